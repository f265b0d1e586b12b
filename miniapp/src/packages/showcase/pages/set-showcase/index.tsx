import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import type { Showcase } from '../../../../features/commitments/showcase';
import { useDraft, type DraftInHand } from '../../../../lib/draft';
import { goBack, goInstead } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useSubmit, type Submitting } from '../../../../lib/use-submit';
import { useState } from 'react';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Page } from '../../../../ui/page';
import { Resumed } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';
import { Placard } from '../../../../ui/trouble';
import { newPlan, planBody, planOf, type PlanDraft } from '../../planning/plan-draft';
import { PlanFields } from './plan-fields';
import './index.scss';

/** 设立擂台, or its change before it begins. */
export default function SetShowcasePage() {
  const { showcaseId, roundId = '' } = useRouter().params;
  return showcaseId ? <Changing showcaseId={showcaseId} /> : <Setting roundId={roundId} />;
}

function Setting({ roundId }: { roundId: string }) {
  const query = useCall('showcases.list');
  const year = query.data?.toSet.find((each) => each.roundId === roundId);
  if (year) return <NewPlan roundId={roundId} year={year.year} />;
  return (
    <Page title="设擂台">
      <Await query={query}>
        {() => <Placard icon="trophy" title="现在不能设擂台" words="这一年开始拟诺以后，由镇党委设。" />}
      </Await>
    </Page>
  );
}

function NewPlan({ roundId, year }: { roundId: string; year: number }) {
  const [empty] = useState(() => newPlan(year));
  const form = `showcase.set.${roundId}`;
  const draft = useDraft<PlanDraft>(form, empty);
  const sending = useSubmit();
  const set = async () => {
    const state = await sending.send({
      id: draft.id,
      key: 'showcases.set',
      sent: { params: { showcaseId: draft.id }, body: { ...planBody(draft.fields), roundId } },
      photoIds: [],
      title: draft.fields.title,
      ...{ form, fields: draft.fields },
    });
    if (state === 'refused') return;
    draft.clear();
    if (state === 'sent') return goInstead('showcase', { showcaseId: draft.id });
    toast('写好了，等网络好了自动发出');
    await goBack();
  };
  return <PlanForm title="设擂台" verb="设好了" roundId={roundId} {...{ draft, sending }} onSend={() => void set()} />;
}

function Changing({ showcaseId }: { showcaseId: string }) {
  const query = useCall('showcases.read', { params: { showcaseId } });
  if (query.data?.allows.includes('change')) return <ChangedPlan showcase={query.data} />;
  return (
    <Page title="修改擂台">
      <Await query={query}>
        {({ stateName }) => <Placard icon="trophy" title={`擂台已经是“${stateName}”，不能再改`} />}
      </Await>
    </Page>
  );
}

function ChangedPlan({ showcase }: { showcase: Showcase }) {
  const { id, roundId } = showcase;
  const [present] = useState(() => planOf(showcase));
  // Another version is another draft: nobody writes an old plan over a newer one.
  const form = `showcase.change.${id}.${showcase.version}`;
  const draft = useDraft<PlanDraft>(form, present);
  const sending = useSubmit();
  const change = async () => {
    const state = await sending.send({
      id: draft.id,
      key: 'showcases.change',
      sent: { params: { showcaseId: id }, body: { ...planBody(draft.fields), actionId: draft.id } },
      photoIds: [],
      title: `修改“${draft.fields.title}”`,
      ...{ form, fields: draft.fields },
    });
    if (state === 'refused') return;
    draft.clear();
    toast(state === 'sent' ? '改好了' : '改好了，等网络好了自动发出');
    await goBack();
  };
  return (
    <PlanForm title="修改擂台" verb="改好了" roundId={roundId} {...{ draft, sending }} onSend={() => void change()} />
  );
}

interface PlanFormProps {
  readonly title: string;
  readonly verb: string;
  readonly roundId: string;
  readonly draft: DraftInHand<PlanDraft>;
  readonly sending: Submitting;
  readonly onSend: () => void;
}

const PlanForm = ({ title, verb, roundId, draft, sending: { busy, refusal }, onSend }: PlanFormProps) => (
  <Page
    title={title}
    bottom={
      <View className="plan-foot">
        {refusal && <View className="plan-foot__refused">{refusal.title}</View>}
        <Button look="main" busy={busy} onPress={onSend}>
          {verb}
        </Button>
      </View>
    }
  >
    {draft.resumed && <Resumed onForget={draft.clear} />}
    <PlanFields roundId={roundId} fields={draft.fields} errors={refusal?.fields} onChange={draft.change} />
  </Page>
);
