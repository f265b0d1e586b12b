import { activityAudiences, activityKinds, activityLimits } from '@sandan/shared/activities/activity.words';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { GridChoice } from '../../../../features/grids/grid-choice';
import { servedGrid } from '../../../../features/grids/served-grid';
import { ActTrouble, fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraft } from '../../../../lib/draft';
import { goInstead } from '../../../../lib/navigation';
import type { PageParams } from '../../../../lib/page-table';
import { useMe, type Me } from '../../../../lib/session';
import { useCall, usePut } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { DateTimeField } from '../../../../ui/date-fields';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import { Page } from '../../../../ui/page';
import { Resumed } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';
import type { Activity } from '../../activity-row';
import { bodyOf, fieldsOf, newFields, type ActivityFields } from './activity-draft';

/** 发布活动, or its change before it begins. */
export default function SetActivityPage() {
  const { activityId } = useRouter().params as PageParams['setActivity'];
  const me = useMe();
  if (!me) return <Page title="发布活动">{null}</Page>;
  return activityId === undefined ? <Form me={me} /> : <Changing me={me} activityId={activityId} />;
}

function Changing({ me, activityId }: { me: Me; activityId: string }) {
  const query = useCall('activities.read', { params: { activityId } });
  if (query.data) return <Form me={me} present={query.data} />;
  return (
    <Page title="改活动">
      <Await query={query}>{() => null}</Await>
    </Page>
  );
}

function Form({ me, present }: { me: Me; present?: Activity }) {
  const [first] = useState(() => (present ? fieldsOf(present) : newFields(me)));
  // Another version is another draft: nobody writes an old plan over a newer one.
  const form = present ? `activity.${present.activityId}.${present.version}` : 'activity';
  const draft = useDraft<ActivityFields>(form, first);
  const save = usePut('activities.save');
  const body = bodyOf(draft.fields, present?.version ?? 0);
  const activityId = present?.activityId ?? draft.id;
  const send = () => {
    if (!body) return;
    const onSuccess = () => {
      draft.clear();
      toast(doneWords(body, present));
      void goInstead('activity', { activityId });
    };
    save.mutate({ params: { activityId }, body }, { onSuccess });
  };
  const foot = (
    <>
      <ActTrouble error={save.error} />
      <Button look="main" busy={save.isPending} disabled={body === null} onPress={send}>
        {present ? '改好了' : '发布'}
      </Button>
    </>
  );
  return (
    <Page title={present ? '改活动' : '发布活动'} bottom={foot}>
      {draft.resumed && !present && <Resumed onForget={draft.clear} />}
      <Fields fields={draft.fields} errors={fieldErrors(save.error)} me={me} onChange={draft.change} />
    </Page>
  );
}

/** Whoever signed up is told where and when he is to be, and nothing else. */
function doneWords(sent: Pick<Activity, 'startsAt' | 'place'>, before: Activity | undefined): string {
  if (!before) return '发布了';
  const moved = Date.parse(sent.startsAt) !== Date.parse(before.startsAt) || sent.place !== before.place;
  return moved ? '改好了，报名的人会收到消息' : '改好了';
}

interface FieldsProps {
  readonly fields: ActivityFields;
  readonly errors: Readonly<Record<string, string>>;
  readonly me: Me;
  readonly onChange: (some: Partial<ActivityFields>) => void;
}

const Fields = ({ fields, errors, me, onChange }: FieldsProps) => (
  <>
    <Card title="什么活动">
      <Labelled label="哪一类">
        <Choice
          label="哪一类"
          options={optionsOf(activityKinds)}
          value={fields.kind}
          onChange={(kind) => onChange({ kind })}
        />
      </Labelled>
      <Field
        label="叫什么"
        example="比如：周末一起清理沟渠"
        maxLength={activityLimits.title}
        value={fields.title}
        error={errors['title']}
        onChange={(title) => onChange({ title })}
      />
      <TextArea
        label="做什么、带什么"
        maxLength={activityLimits.words}
        value={fields.words}
        error={errors['words']}
        onChange={(words) => onChange({ words })}
      />
    </Card>
    <WhenAndWhere fields={fields} errors={errors} me={me} onChange={onChange} />
    <Card title="谁来">
      <Labelled label="请谁">
        <Choice
          label="请谁"
          options={optionsOf(activityAudiences)}
          value={fields.audience}
          onChange={(audience) => onChange({ audience })}
        />
      </Labelled>
      <Field
        label="几个名额"
        hint="不写就是不限"
        kind="number"
        maxLength={3}
        value={fields.places}
        error={errors['places']}
        onChange={(places) => onChange({ places })}
      />
    </Card>
  </>
);

function WhenAndWhere({ fields, errors, me, onChange }: FieldsProps) {
  const { underId } = servedGrid(me);
  return (
    <Card title="什么时候、在哪里">
      <DateTimeField
        label="开始"
        value={fields.starts}
        error={errors['startsAt']}
        onChange={(starts) => onChange({ starts })}
      />
      <DateTimeField
        label="结束"
        value={fields.ends}
        error={errors['endsAt']}
        onChange={(ends) => onChange({ ends })}
      />
      <GridChoice
        label="哪个村、哪个组的？"
        to="group"
        wholeVillage
        {...(underId === undefined ? {} : { underId })}
        value={fields.grid}
        onChange={(grid) => onChange({ grid })}
      />
      <Field
        label="在哪里集合"
        example="比如：村文化广场"
        maxLength={activityLimits.place}
        value={fields.place}
        error={errors['place']}
        onChange={(place) => onChange({ place })}
      />
    </Card>
  );
}
