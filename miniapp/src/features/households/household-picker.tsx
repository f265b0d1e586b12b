import { useState } from 'react';
import type { ReplyFrom } from '../../lib/endpoints';
import { useSettled } from '../../lib/use-settled';
import { Await } from '../../ui/await';
import { Labelled } from '../../ui/field';
import { PickRow } from '../../ui/pick-row';
import { Row } from '../../ui/row';
import { SearchBox } from '../../ui/search-box';
import { notFoundWords, useFoundHouseholds } from './found-households';

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
          {({ items, namesFromStart }) => (
            <Found
              items={items.filter((each) => each.householdId !== exceptId)}
              nothing={notFoundWords(namesFromStart)}
              onChange={onChange}
            />
          )}
        </Await>
      )}
    </Labelled>
  );
}

interface FoundProps extends Pick<HouseholdPickerProps, 'onChange'> {
  readonly items: readonly FoundHousehold[];
  readonly nothing: string;
}

const Found = ({ items, nothing, onChange }: FoundProps) =>
  items.length === 0 ? (
    <Row title="没有找到" words={nothing} />
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
