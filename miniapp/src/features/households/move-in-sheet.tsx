import { chinaDate } from '@sandan/shared/china-time';
import { useState } from 'react';
import type { ReplyFrom } from '../../lib/endpoints';
import { useAct, useCall } from '../../lib/use-call';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Choices } from '../../ui/choice';
import { DateField } from '../../ui/date-fields';
import { Field, Labelled } from '../../ui/field';
import { Row } from '../../ui/row';
import { Segments } from '../../ui/segments';
import { toast } from '../../ui/toast';
import { ActSheet, ActTrouble } from '../orders/act-sheet';
import type { Household } from './household';
import { HouseholdPicker, type FoundHousehold } from './household-picker';

const ways = [
  { value: 'household', words: '从别的一户来' },
  { value: 'outside', words: '从外面来' },
] as const;

/** 迁入: out of another house that one serves, or somebody who belongs to none here. Nobody is written down twice. */
export function MoveInSheet({ household: { householdId }, onClose }: { household: Household; onClose: () => void }) {
  const today = chinaDate(Date.now());
  const [way, setWay] = useState<(typeof ways)[number]['value']>('household');
  const [from, setFrom] = useState<FoundHousehold | null>(null);
  const [personIds, setPersonIds] = useState<string[]>([]);
  const [on, setOn] = useState(today);
  const record = useAct('households.record', { householdId });
  const choose = (change: () => void) => {
    change();
    setPersonIds([]);
  };
  const send = () => {
    const onSuccess = () => {
      toast('迁进来了，请更正和户主的关系');
      onClose();
    };
    record.mutate({ kind: 'moveIn', on, personIds }, { onSuccess });
  };
  return (
    <ActSheet
      title="迁入"
      yes="迁进来"
      doing={record}
      unready={personIds.length === 0 || on === ''}
      onYes={send}
      onClose={onClose}
    >
      <Segments label="从哪里来" segments={ways} value={way} onChange={(value) => choose(() => setWay(value))} />
      {way === 'household' && (
        <HouseholdPicker
          label="从哪一户来？"
          hint="您服务的地方都可以找；别处的，请那边先办迁出。"
          value={from}
          exceptId={householdId}
          onChange={(value) => choose(() => setFrom(value))}
        />
      )}
      {way === 'household' && from !== null && (
        <PeopleOf householdId={from.householdId} values={personIds} onChange={setPersonIds} />
      )}
      {way === 'outside' && <Coming values={personIds} onChange={setPersonIds} />}
      <DateField label="哪一天？" to={today} value={on} onChange={setOn} />
    </ActSheet>
  );
}

interface Choosing {
  readonly values: string[];
  readonly onChange: (personIds: string[]) => void;
}

function PeopleOf({ householdId, ...choosing }: Choosing & { householdId: string }) {
  const household = useCall('households.read', { params: { householdId } });
  return (
    <Await query={household} rows={1}>
      {({ people }) => (
        <Labelled label="是哪一位？">
          <Choices
            label="是哪一位"
            options={people.map(({ personId, name }) => ({ value: personId, words: name }))}
            {...choosing}
          />
        </Labelled>
      )}
    </Await>
  );
}

/** Somebody who has left another house, or never lived in one here: by the whole number he gives. */
function Coming({ values, onChange }: Choosing) {
  const [typed, setTyped] = useState('');
  const number = typed.trim().toUpperCase();
  const type = (value: string) => {
    setTyped(value);
    onChange([]);
  };
  return (
    <>
      <Field
        label="他的手机号或身份证号"
        hint="要写全。每查一次都有记录，查到的人看得到。从没登记过的人，用“登记一位家人”。"
        maxLength={18}
        value={typed}
        onChange={type}
      />
      <NumberSearch key={number} number={number} values={values} onChange={onChange} />
    </>
  );
}

/**
 * Each search is counted, written down and told to whom it found: none is made by itself. Keyed by the number, so that a lost
 * answer is asked for again as the same search and another number is another one.
 */
function NumberSearch({ number, ...choosing }: Choosing & { number: string }) {
  const search = useAct('households.coming', undefined);
  const look = () => search.mutate(isPhone(number) ? { phone: number } : { idNumber: number });
  if (search.data) return <FoundComing items={search.data.items} {...choosing} />;
  const isWhole = isPhone(number) || /^\d{17}[\dX]$/.test(number);
  return (
    <>
      <ActTrouble error={search.error} />
      <Button icon="search" busy={search.isPending} disabled={!isWhole} onPress={look}>
        查一查
      </Button>
    </>
  );
}

const isPhone = (number: string): boolean => /^1\d{10}$/.test(number);

function FoundComing({ items, ...choosing }: Choosing & { items: ReplyFrom<'households.coming'>['items'] }) {
  if (items.length === 0)
    return <Row title="没有找到不在任何一户的人" words="他可能还登记在原来的户里，请那边先办迁出。" />;
  return (
    <Labelled label="是哪一位？">
      <Choices
        label="是哪一位"
        options={items.map(({ personId, name }) => ({ value: personId, words: name }))}
        {...choosing}
      />
    </Labelled>
  );
}
