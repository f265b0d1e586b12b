import { sweepTemplates, type SweepTemplateCode } from '@sandan/shared/sweeps/sweep-templates';
import { sweepLimits } from '@sandan/shared/sweeps/sweep.words';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState, type ReactNode } from 'react';
import type { Sweep } from '../../../../features/sweeps/sweep';
import '../../../../features/sweeps/sweeps.scss';
import { useDraft, type DraftInHand } from '../../../../lib/draft';
import { useDraftOver } from '../../../../lib/draft-over';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { goBack, goInstead } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useSubmit, type Submitting } from '../../../../lib/use-submit';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Choice } from '../../../../ui/choice';
import { DateTimeField } from '../../../../ui/date-fields';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import { Page } from '../../../../ui/page';
import { DraftNote, Resumed } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';
import { Placard } from '../../../../ui/trouble';
import { PlaceFields } from './place-fields';
import { fromTemplate, newPlan, planBody, planOf, type PlanDraft } from './plan-draft';
import { QuestionFields } from './question-fields';
import { WhomFields } from './whom-fields';

type List = ReplyFrom<'sweeps.list'>;

/** 新建排查, or its change before it starts. */
export default function SetSweepPage() {
  const { sweepId } = useRouter().params;
  const list = useCall('sweeps.list', { query: {} });
  if (!list.data)
    return (
      <Page title="新建排查">
        <Await query={list}>{() => null}</Await>
      </Page>
    );
  return sweepId ? <Changing sweepId={sweepId} list={list.data} /> : <Setting list={list.data} />;
}

function Setting({ list }: { list: List }) {
  const [empty] = useState(() => newPlan(Date.now()));
  const draft = useDraft<PlanDraft>('sweep.set', empty);
  const sending = useSubmit();
  const set = async () => {
    const { id, fields } = draft;
    const state = await sending.send({
      ...{ id, key: 'sweeps.set', sent: { params: { sweepId: id }, body: planBody(fields) }, photoIds: [] },
      ...{ title: fields.title, form: 'sweep.set', fields },
    });
    if (state === 'refused') return;
    draft.clear();
    if (state === 'sent') return goInstead('sweep', { sweepId: id });
    toast('写好了，等网络好了自动发出');
    await goBack();
  };
  const note = draft.resumed && <Resumed onForget={draft.clear} />;
  return <PlanForm title="新建排查" {...{ note, draft, sending, list }} onSend={() => void set()} />;
}

function Changing({ sweepId, list }: { sweepId: string; list: List }) {
  const query = useCall('sweeps.read', { params: { sweepId } });
  if (query.data?.allows.includes('change')) return <Changed sweep={query.data} list={list} />;
  return (
    <Page title="修改排查">
      <Await query={query}>
        {({ stateName }) => <Placard icon="clipboard-list" title={`这次排查${stateName}，不能再改`} />}
      </Await>
    </Page>
  );
}

function Changed({ sweep, list }: { sweep: Sweep; list: List }) {
  const [present] = useState(() => planOf(sweep));
  const form = `sweep.change.${sweep.id}`;
  const draft = useDraftOver<PlanDraft>(form, present);
  const sending = useSubmit();
  const change = async () => {
    const { id, fields } = draft;
    const body = { ...planBody(fields), actionId: id };
    const state = await sending.send({
      ...{ id, key: 'sweeps.change', sent: { params: { sweepId: sweep.id }, body }, photoIds: [] },
      ...{ title: fields.title, form, fields },
    });
    if (state === 'refused') return;
    draft.clear();
    toast(state === 'sent' ? '改好了' : '改好了，等网络好了自动发出');
    await goBack();
  };
  return (
    <PlanForm
      title="修改排查"
      note={<DraftNote draft={draft} />}
      {...{ draft, sending, list }}
      onSend={() => void change()}
    />
  );
}

const templates = (Object.keys(sweepTemplates) as SweepTemplateCode[]).map((value) => ({
  ...{ value, words: sweepTemplates[value].name },
}));

interface PlanFormProps {
  readonly title: string;
  readonly note: ReactNode;
  readonly list: List;
  readonly draft: DraftInHand<PlanDraft>;
  readonly sending: Submitting;
  readonly onSend: () => void;
}

function PlanForm({ title, note, list, draft, sending: { busy, refusal }, onSend }: PlanFormProps) {
  const { fields, change } = draft;
  const errors = refusal?.fields ?? {};
  const wrong = (name: string) => {
    const key = Object.keys(errors).find((each) => each === name || each.startsWith(`${name}.`));
    return key === undefined ? {} : { error: errors[key] ?? '' };
  };
  return (
    <Page
      title={title}
      bottom={
        <View className="door-foot">
          {refusal && <View className="door-foot__refused">{refusal.title}</View>}
          <Button look="main" busy={busy} onPress={onSend}>
            存下来
          </Button>
        </View>
      }
    >
      {note}
      <Labelled label="照哪个样子？" hint="选一个再改，省得从头写">
        <Choice
          label="照哪个样子"
          options={templates}
          value={fields.template}
          onChange={(code) => change(fromTemplate(code))}
        />
      </Labelled>
      <Field
        label="叫什么？"
        maxLength={sweepLimits.title}
        value={fields.title}
        {...wrong('title')}
        onChange={(value) => change({ title: value })}
      />
      <TextArea
        label="为什么查？"
        maxLength={sweepLimits.purpose}
        value={fields.purpose}
        {...wrong('purpose')}
        onChange={(purpose) => change({ purpose })}
      />
      <Field
        label="谁交办的？"
        example="比如：镇安办"
        maxLength={sweepLimits.orderedBy}
        value={fields.orderedBy}
        {...wrong('orderedBy')}
        onChange={(orderedBy) => change({ orderedBy })}
      />
      <WhomFields
        fields={fields}
        areas={list.areas}
        sensitive={list.choosesFlags}
        errors={Object.fromEntries(
          ['gridId', 'selection'].flatMap((name) => ('error' in wrong(name) ? [[name, wrong(name).error ?? '']] : [])),
        )}
        onChange={change}
      />
      <DateTimeField
        label="做到什么时候？"
        value={fields.until}
        {...wrong('deadline')}
        onChange={(until) => change({ until })}
      />
      {fields.kind === 'rollCall' ? (
        <PlaceFields places={fields.places} {...wrong('places')} onChange={(places) => change({ places })} />
      ) : (
        <QuestionFields
          questions={fields.questions}
          {...wrong('questions')}
          onChange={(questions) => change({ questions })}
        />
      )}
    </Page>
  );
}
