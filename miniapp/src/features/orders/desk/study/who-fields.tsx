import { orderLimits, skills, type Skill } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { dateAfter } from '../../../../lib/china-instant';
import { useNow } from '../../../../lib/use-now';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { DateField } from '../../../../ui/date-fields';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import { Stepper } from '../../../../ui/stepper';
import { Switch } from '../../../../ui/switch';
import { PeoplePicker } from '../../../people/people-picker';
import type { Order, OrderTask } from '../../order';
import { waysFor, type StudyFields, type Way } from './study-fields';

interface WhoFieldsProps {
  readonly order: Order;
  readonly fields: StudyFields;
  readonly canAccept: boolean;
  readonly change: (some: Partial<StudyFields>) => void;
}

const wayNames: Record<Way, string> = {
  assigned: '派给一个人',
  open: '让大家抢',
  team: '组个队',
  external: '转外单位',
  later: '先受理，回头再派',
};

/** 派单: who is to do it. */
export function WhoFields(props: WhoFieldsProps) {
  const { order, fields, canAccept, change } = props;
  const ways = waysFor(fields.visibility, canAccept);
  return (
    <>
      <Labelled label="谁来办">
        <Choice
          label="谁来办"
          options={ways.map((value) => ({ value, words: wayNames[value] }))}
          value={fields.way}
          onChange={(way) => change({ way })}
        />
      </Labelled>
      {fields.way === 'assigned' && (
        <PeoplePicker
          wanted={{ purpose: 'dispatch', orderId: order.id }}
          label="派给谁"
          value={fields.assignee?.personId ?? null}
          onChange={({ personId, name }) => change({ assignee: { personId, name } })}
          nobody="这一带没有能派的人，可以让大家抢，或者上报。"
        />
      )}
      {fields.way === 'team' && <Seats fields={fields} change={change} />}
      {(fields.way === 'open' || fields.way === 'team') && <Among {...props} />}
      {fields.way === 'external' && <OutsideUnit fields={fields} change={change} />}
      {fields.way !== 'later' && (
        <TextArea
          label="交代一句"
          hint="可以不写。接单的人看得到。"
          example="比如：带上梯子和 LED 灯泡"
          value={fields.note}
          onChange={(note) => change({ note })}
        />
      )}
      <StandsInFor {...props} />
    </>
  );
}

type PartProps = Pick<WhoFieldsProps, 'fields' | 'change'>;

const Seats = ({ fields, change }: PartProps) => (
  <>
    <Labelled label="要几个人">
      <Stepper
        label="要几个人"
        unit="人"
        min={2}
        max={orderLimits.seats}
        value={fields.seats}
        onChange={(seats) => change({ seats, minSeats: Math.min(fields.minSeats, seats) })}
      />
    </Labelled>
    <Labelled label="至少几个人就能开始">
      <Stepper
        label="至少几个人"
        unit="人"
        min={1}
        max={fields.seats}
        value={fields.minSeats}
        onChange={(minSeats) => change({ minSeats })}
      />
    </Labelled>
  </>
);

/** 抢单, 组队: among whom. */
const Among = ({ order, fields, change }: WhoFieldsProps) => (
  <>
    {order.place.group !== null && (
      <Labelled label="在哪些人里">
        <Choice
          label="在哪些人里"
          options={[
            { value: 'group', words: `${order.place.group}的人` },
            { value: 'village', words: `${order.place.village ?? '全村'}的人` },
          ]}
          value={fields.scope}
          onChange={(scope) => change({ scope })}
        />
      </Labelled>
    )}
    <SkillChoice value={fields.skill} onChange={(skill) => change({ skill })} />
    <Card bare>
      <Switch
        title="只请党员"
        on={fields.partyMembersOnly}
        onChange={(partyMembersOnly) => change({ partyMembersOnly })}
      />
    </Card>
  </>
);

/** Mostly anybody will do: the long list of skills comes only when it is wanted. */
function SkillChoice({ value, onChange }: { value: Skill | null; onChange: (skill: Skill | null) => void }) {
  const [choosing, setChoosing] = useState(value !== null);
  const choose = (kind: 'any' | 'skilled') => {
    setChoosing(kind === 'skilled');
    if (kind === 'any') onChange(null);
  };
  return (
    <Labelled label="要会什么">
      <Choice
        label="要不要手艺"
        options={[
          { value: 'any', words: '谁都行' },
          { value: 'skilled', words: '要会一样手艺' },
        ]}
        value={choosing ? 'skilled' : 'any'}
        onChange={choose}
      />
      {choosing && (
        <View className="study__skills">
          <Choice label="要会什么" options={optionsOf(skills)} value={value} onChange={onChange} />
        </View>
      )}
    </Labelled>
  );
}

function OutsideUnit({ fields, change }: PartProps) {
  const now = useNow();
  return (
    <>
      <Field label="哪个单位" example="比如：东城供电所" value={fields.unit} onChange={(unit) => change({ unit })} />
      <Field
        label="找谁"
        hint="可以不填"
        value={fields.unitContact}
        onChange={(unitContact) => change({ unitContact })}
      />
      <Field
        label="函件或工单编号"
        hint="可以不填"
        value={fields.letterNumber}
        onChange={(letterNumber) => change({ letterNumber })}
      />
      <DateField
        label="哪天前要答复"
        hint="可以不选。由您跟着，答复了您来填。"
        value={fields.dueOn}
        from={dateAfter(now, 0)}
        onChange={(dueOn) => change({ dueOn })}
      />
    </>
  );
}

const further = 'further';

const whoHadIt = ({ seats, external, assignee, stateName }: OrderTask): string => {
  const names = seats.map(({ name }) => name).join('、');
  return `${external?.unit ?? (names || (assignee ?? '没有人接的任务'))}（${stateName}）`;
};

/** Where others still work on it: does this task stand in for one that came back, and has the order to wait for it? */
function StandsInFor({ order, fields, canAccept, change }: WhoFieldsProps) {
  if (canAccept || order.state === 'accepted' || fields.way === 'later') return null;
  const open = order.tasks.filter(({ allows }) => allows.includes('waive'));
  return (
    <>
      {open.length > 0 && (
        <Labelled label="代替哪个任务">
          <Choice
            label="代替哪个任务"
            options={[
              ...open.map((task) => ({ value: task.id, words: whoHadIt(task) })),
              { value: further, words: '都不是，另外加派' },
            ]}
            value={fields.replacesId ?? further}
            onChange={(value) => change({ replacesId: value === further ? null : value })}
          />
        </Labelled>
      )}
      <Card bare>
        <Switch
          title="只是帮忙"
          words="不等它，单子也能办结"
          on={fields.assisting}
          onChange={(assisting) => change({ assisting })}
        />
      </Card>
    </>
  );
}
