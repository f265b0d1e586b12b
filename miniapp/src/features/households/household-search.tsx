import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/client';
import type { ReplyFrom } from '../../lib/endpoints';
import { useSettled } from '../../lib/use-settled';
import { Await } from '../../ui/await';
import { Labelled } from '../../ui/field';
import { PickRow } from '../../ui/pick-row';
import { Row } from '../../ui/row';
import { SearchBox } from '../../ui/search-box';

export type FoundHousehold = ReplyFrom<'households.search'>['items'][number];

/** Phones have eleven digits, doors end in 号 or are short numbers; the rest is looked for among names, then numbers. */
function searchOf(q: string) {
  if (/^1\d{10}$/.test(q)) return { phone: q };
  if (/^\d{1,4}号?(之.{1,4})?$/.test(q)) return { door: /号/.test(q) ? q : `${q}号` };
  return /^[\w-]+$/.test(q) ? { code: q } : { name: q };
}

/** Households one serves, by name, or by exactly the phone, the door or the number. */
export const useHouseholdSearch = (q: string): UseQueryResult<ReplyFrom<'households.search'>> =>
  useQuery({
    queryKey: ['households.search', q],
    queryFn: () => call('households.search', { body: searchOf(q) }),
    enabled: q !== '',
  });

interface HouseholdPickerProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: FoundHousehold | null;
  /** The one that is spoken of already. */
  readonly exceptId: string;
  readonly onChange: (household: FoundHousehold | null) => void;
}

/** Another household that one serves. */
export function HouseholdPicker({ label, hint, value, exceptId, onChange }: HouseholdPickerProps) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim());
  const found = useHouseholdSearch(q);
  if (value !== null)
    return (
      <Labelled label={label}>
        <PickRow title={titleOf(value)} words={value.place} chosen onPress={() => onChange(null)} />
      </Labelled>
    );
  return (
    <Labelled label={label} hint={hint}>
      <SearchBox label={label} example="姓名、手机号、门牌或户号" value={typed} onChange={setTyped} />
      {q !== '' && (
        <Await query={found} rows={1}>
          {({ items }) => <Found items={items.filter((each) => each.householdId !== exceptId)} onChange={onChange} />}
        </Await>
      )}
    </Labelled>
  );
}

const Found = ({ items, onChange }: Pick<HouseholdPickerProps, 'onChange'> & { items: readonly FoundHousehold[] }) =>
  items.length === 0 ? (
    <Row title="没有找到" words="电话、门牌和户号要写全；姓名写一部分就行。" />
  ) : (
    items.map((each) => (
      <PickRow
        key={each.householdId}
        title={titleOf(each)}
        words={each.place}
        chosen={false}
        onPress={() => onChange(each)}
      />
    ))
  );

const titleOf = ({ head, door }: FoundHousehold): string =>
  [head, door].filter(Boolean).join(' · ') || '没有户主的一户';
