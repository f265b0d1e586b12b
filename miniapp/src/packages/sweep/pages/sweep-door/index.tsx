import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import type { Door, Round, Target } from '../../../../features/sweeps/sweep';
import { TargetTag } from '../../../../features/sweeps/target-tag';
import '../../../../features/sweeps/sweeps.scss';
import { useCarried } from '../../../../lib/carried';
import { useDraft } from '../../../../lib/draft';
import { goBack } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useSubmit } from '../../../../lib/use-submit';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Page } from '../../../../ui/page';
import { Resumed } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';
import { CheckForm, type DoorFormProps } from './check-form';
import { Mend } from './mend-buttons';
import { RollCallForm } from './roll-call-form';
import { emptyVisit, missingIn, visitBody, type VisitDraft } from './visit-draft';
import { Visits } from './visits';

/** 一户: what the door needs, from what is carried along or from the server; then the form; then what was found. */
export default function SweepDoorPage() {
  const { sweepId = '', targetId = '' } = useRouter().params;
  const round = useCarried('sweeps.round', { params: { sweepId } });
  const target = useCall('sweeps.target', { params: { targetId } });
  const carried = round.data?.targets.find(({ id }) => id === targetId);
  if (round.data && carried)
    return <DoorPage door={carried} form={round.data} mayRecord={mayRecordOf(target.data)} target={target.data} />;
  return target.data ? (
    <DoorPage door={target.data} form={target.data} mayRecord={mayRecordOf(target.data)} target={target.data} />
  ) : (
    <Page title="记这一户">
      <Await query={target}>{() => null}</Await>
    </Page>
  );
}

/** Without a network nobody knows: it is written down, and the server says. */
const mayRecordOf = (target: Target | undefined): boolean => target?.allows.includes('record') ?? true;

interface DoorPageProps {
  readonly door: Pick<
    Door,
    'id' | 'door' | 'head' | 'place' | 'people' | 'state' | 'stateName' | 'tries' | 'needs' | 'persons'
  >;
  readonly form: Pick<Round, 'kind' | 'questions' | 'places' | 'namesPeople' | 'title'>;
  readonly target: Target | undefined;
  readonly mayRecord: boolean;
}

function DoorPage({ door, form, target, mayRecord }: DoorPageProps) {
  const name = `sweepVisit.${door.id}`;
  const draft = useDraft<VisitDraft>(name, emptyVisit);
  const { busy, refusal, send } = useSubmit();
  const where = [door.place.group, door.door].filter(Boolean).join('');
  const record = async () => {
    const missing = missingIn(draft.fields, form.kind);
    if (missing !== null) return toast(missing);
    const body = visitBody(draft.fields, form.kind, form.questions);
    const photoIds = body.photoIds ?? [];
    const state = await send({
      ...{ id: draft.id, key: 'sweeps.record', sent: { params: { targetId: door.id, visitId: draft.id }, body } },
      ...{ photoIds, title: `${form.title} ${where}`, form: name, fields: draft.fields },
    });
    if (state === 'refused') return;
    draft.clear();
    toast(state === 'sent' ? '记上了' : '记下了，等网络好了自动发出');
    await goBack();
  };
  const foot = (
    <View className="door-foot">
      {refusal && <View className="door-foot__refused">{refusal.title}</View>}
      <Button look="main" busy={busy} onPress={() => void record()}>
        记下
      </Button>
    </View>
  );
  return (
    <Page title={where || '记这一户'} bottom={mayRecord ? foot : undefined}>
      <View className="sweep-progress__head door-head">
        <View className="sweep-progress__name">
          {[door.head, `${door.people} 口人`, ...door.needs].filter(Boolean).join('　')}
        </View>
        <TargetTag target={target ?? door} />
      </View>
      {draft.resumed && <Resumed onForget={draft.clear} />}
      {mayRecord && (
        <Form form={form} persons={target?.persons ?? door.persons} draft={draft} errors={refusal?.fields ?? {}} />
      )}
      {target && <Mend target={target} />}
      {target && <Visits visits={target.visits} />}
    </Page>
  );
}

const Form = (props: DoorFormProps) =>
  props.form.kind === 'rollCall' ? <RollCallForm {...props} /> : <CheckForm {...props} />;
