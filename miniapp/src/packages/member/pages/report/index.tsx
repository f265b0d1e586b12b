import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { useDraft } from '../../../../lib/draft';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { goBack } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useSubmit } from '../../../../lib/use-submit';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Page } from '../../../../ui/page';
import { toast } from '../../../../ui/toast';
import { emptyReport, missingIn, reportBody, type ReportDuty } from './report-fields';
import { ReportForm } from './report-form';
import { ReportPreview } from './report-preview';
import './index.scss';

type TaskDetail = ReplyFrom<'tasks.read'>;

/** 办完了: an honest outcome, words, photos; then what the person concerned will read; then it is sent. */
export default function ReportPage() {
  const { taskId = '' } = useRouter().params;
  const detail = useCall('tasks.read', { params: { taskId } });
  const categories = useCall('categories.list');
  if (!detail.data || !categories.data) {
    return (
      <Page title="办完了">
        <Await query={detail}>{() => <Await query={categories}>{() => null}</Await>}</Await>
      </Page>
    );
  }
  const category = categories.data.categories.find(({ id }) => id === detail.data.order.category.id);
  return <Report detail={detail.data} photo={category?.photo ?? 'none'} />;
}

const dutyOf = ({ task }: TaskDetail, photo: ReportDuty['photo']): ReportDuty => ({
  photo,
  external: task.mode === 'external',
  team: task.mode === 'team',
  companions: task.seats.filter(({ mine, state }) => !mine && state === 'taken'),
});

function Report({ detail, photo }: { detail: TaskDetail; photo: ReportDuty['photo'] }) {
  const { task, order } = detail;
  const form = `report.${task.id}`;
  const draft = useDraft(form, emptyReport);
  const duty = dutyOf(detail, photo);
  const [tried, setTried] = useState(false);
  const [previewing, setPreviewing] = useState(false);
  const { busy, refusal, send } = useSubmit();

  const missing = missingIn(draft.fields, duty);

  const look = () => {
    setTried(true);
    const [first] = Object.values(missing);
    if (first === undefined) setPreviewing(true);
    else toast(first);
  };
  const report = async () => {
    const state = await send({
      id: draft.id,
      key: 'tasks.report',
      sent: { params: { taskId: task.id }, body: reportBody(draft.fields, duty, draft.id) },
      photoIds: draft.fields.photoIds,
      title: `${order.title}：办完了`,
      form,
      fields: draft.fields,
    });
    if (state === 'refused') return setPreviewing(false);
    draft.clear();
    toast(state === 'sent' ? '报上去了，辛苦了' : '写好了，等网络好了自动发出');
    await goBack();
  };

  if (previewing) {
    return (
      <Page
        title="对方会看到"
        bottom={
          <>
            <Button look="main" busy={busy} onPress={() => void report()}>
              就这样报
            </Button>
            <Button look="text" short disabled={busy} onPress={() => setPreviewing(false)}>
              再改改
            </Button>
          </>
        }
      >
        <ReportPreview fields={draft.fields} order={order} />
      </Page>
    );
  }
  return (
    <Page
      title="办完了"
      bottom={
        <Button look="main" onPress={look}>
          看看对方会看到什么
        </Button>
      }
    >
      {refusal && <View className="report__refused">{refusal.title}</View>}
      {draft.resumed && <View className="report__resumed">接着上次写的</View>}
      <ReportForm draft={draft} duty={duty} order={order} errors={{ ...(tried ? missing : {}), ...refusal?.fields }} />
    </Page>
  );
}
