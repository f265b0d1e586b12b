import { useMutation } from '@tanstack/react-query';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { download } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { dateWords, whenWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { toast } from '../../../../ui/toast';
import '../../nodes/admin.scss';

type Handover = ReplyFrom<'handovers.read'>;

/** One handover: row by row what will change, or has. */
export default function HandoverPage() {
  const { handoverId = '' } = useRouter().params;
  const query = useCall('handovers.read', { params: { handoverId } });
  return (
    <Page title="换届交接" bottom={query.data && <Actions handover={query.data} />}>
      <Await query={query}>{(handover) => <Shown handover={handover} />}</Await>
    </Page>
  );
}

function Shown({ handover }: { handover: Handover }) {
  const now = useNow();
  const { lines, warnings, state } = handover;
  return (
    <>
      <View className="admin-head">
        <View className="admin-head__name">{`${handover.nodeName} ${handover.kindName}`}</View>
        <View className="admin-head__line">{`${handover.stateName} · ${whenWords(handover.effectiveAt, now)} 生效 · ${handover.by} 准备`}</View>
        <View className="admin-head__line">{`十日内交接，最迟${dateWords(handover.handBy, now)}`}</View>
      </View>
      <Card bare title={state === 'prepared' ? '到时会变的' : '变了的'}>
        {lines.map(({ what, words, count }) => (
          <Row key={`${what}${words}`} title={what} words={words} end={count === null ? undefined : `${count} 件`} />
        ))}
      </Card>
      {warnings.length > 0 && (
        <Card bare title="请留意">
          {warnings.map((words) => (
            <Row key={words} icon="circle-alert" title={words} />
          ))}
        </Card>
      )}
    </>
  );
}

function Actions({ handover: { id: handoverId, allows, nodeName } }: { handover: Handover }) {
  const cancel = useAct('handovers.cancel', { handoverId });
  const undo = useAct('handovers.undo', { handoverId });
  const print = useMutation({
    mutationFn: () => download('handovers.paper', { handoverId }, `${nodeName}交接清单.pdf`),
  });
  const ask = async (act: typeof cancel, question: Parameters<typeof confirm>[0], done: string) => {
    if (await confirm(question)) act.mutate({}, { onSuccess: () => toast(done) });
  };
  return (
    <>
      <ActTrouble error={cancel.error ?? undo.error ?? print.error} />
      {allows.includes('print') && (
        <Button look="main" icon="file-text" busy={print.isPending} onPress={() => print.mutate()}>
          交接清单
        </Button>
      )}
      {allows.includes('cancel') && (
        <Button
          look="text"
          busy={cancel.isPending}
          onPress={() =>
            void ask(
              cancel,
              { title: '取消这次交接？', words: '什么都不会变。', yes: '取消交接', no: '再想想' },
              '已取消',
            )
          }
        >
          取消交接
        </Button>
      )}
      {allows.includes('undo') && (
        <Button
          look="text"
          busy={undo.isPending}
          onPress={() =>
            void ask(
              undo,
              { title: '撤回这次交接？', words: '职务和事项恢复原样，两次都留在历史里。', yes: '撤回', no: '再想想' },
              '已撤回',
            )
          }
        >
          撤回
        </Button>
      )}
    </>
  );
}
