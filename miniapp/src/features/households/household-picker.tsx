import { useState } from 'react';
import type { ReplyFrom } from '../../lib/endpoints';
import { useSettled } from '../../lib/use-settled';
import { Await } from '../../ui/await';
import { Labelled } from '../../ui/field';
import { PickRow } from '../../ui/pick-row';
import { Row } from '../../ui/row';
import { SearchBox } from '../../ui/search-box';
import { useFoundHouseholds } from './found-households';

export type FoundHousehold = ReplyFrom<'households.search'>['items'][number];

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
  const found = useFoundHouseholds(q);
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
