import { chinaDate } from '@sandan/shared/china-time';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/client';
import { newId } from '../../lib/ids';
import { useSettled } from '../../lib/use-settled';
import { useAct, useCall } from '../../lib/use-call';
import { Await } from '../../ui/await';
import { Choices } from '../../ui/choice';
import { DateField } from '../../ui/date-fields';
import { Field, Labelled } from '../../ui/field';
import { Row } from '../../ui/row';
import { Segments } from '../../ui/segments';
import { toast } from '../../ui/toast';
import { ActSheet } from '../orders/act-sheet';
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
function Coming(choosing: Choosing) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim().toUpperCase());
  const body = /^1\d{10}$/.test(q) ? { phone: q } : { idNumber: q };
  const isWhole = /^1\d{10}$/.test(q) || /^\d{17}[\dX]$/.test(q);
  const found = useQuery({
    queryKey: ['households.coming', q],
    queryFn: () => call('households.coming', { body: { ...body, actionId: newId() } }),
    enabled: isWhole,
    // Each search is counted and written down: none is made by itself.
    ...{ gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
  });
  return (
    <>
      <Field
        label="他的手机号或身份证号"
        hint="要写全。从没登记过的人，用“登记一位家人”。"
        maxLength={18}
        value={typed}
        onChange={setTyped}
      />
      {isWhole && (
        <Await query={found} rows={1}>
          {({ items }) =>
            items.length === 0 ? (
              <Row title="没有找到不在任何一户的人" words="他可能还登记在原来的户里，请那边先办迁出。" />
            ) : (
              <Labelled label="是哪一位？">
                <Choices
                  label="是哪一位"
                  options={items.map(({ personId, name }) => ({ value: personId, words: name }))}
                  {...choosing}
                />
              </Labelled>
            )
          }
        </Await>
      )}
    </>
  );
}
