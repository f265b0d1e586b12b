import { View } from '@tarojs/components';
import { skills, type Skill } from '@sandan/shared/orders/order.words';
import { useState } from 'react';
import type { ReplyFrom, SentTo } from '../../lib/endpoints';
import { useCall } from '../../lib/use-call';
import { useSettled } from '../../lib/use-settled';
import { aria } from '../../ui/aria';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Field } from '../../ui/field';
import { PickRow } from '../../ui/pick-row';
import './people-picker.scss';

export type FoundPerson = ReplyFrom<'people.find'>['people'][number];
type Wanted = Omit<NonNullable<SentTo<'people.find'>['query']>, 'q'>;

interface PeoplePickerProps {
  /** For which purpose, and for which order or task. */
  readonly wanted: Wanted;
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (person: FoundPerson) => void;
  /** Said where nobody fits. */
  readonly nobody: string;
}

const firstShown = 3;

/** Whom to give it to: the three best placed, with what they have in hand; the rest on request or by name. */
export function PeoplePicker({ wanted, label, value, onChange, nobody }: PeoplePickerProps) {
  const [typed, setTyped] = useState('');
  const [all, setAll] = useState(false);
  const q = useSettled(typed.trim());
  const found = useCall('people.find', { query: { ...wanted, ...(q === '' ? {} : { q }) } });
  const wide = all || q !== '';
  return (
    <View className="people-picker">
      <Await query={found} rows={1}>
        {({ people, namesFromStart }) => {
          const shown = wide
            ? people
            : people.filter((person, index) => index < firstShown || person.personId === value);
          return (
            <>
              {shown.length > 0 && (
                <Card bare>
                  <View {...aria({ role: 'radiogroup', label })}>
                    {shown.map((person) => (
                      <PickRow
                        key={person.personId}
                        title={`${person.name}（${person.kindName}）`}
                        words={wanted.purpose === 'proxy' ? person.place : aboutHelper(person)}
                        chosen={person.personId === value}
                        onPress={() => onChange(person)}
                      />
                    ))}
                  </View>
                </Card>
              )}
              {people.length === 0 && (
                <View className="people-picker__nobody">{q === '' ? nobody : nothing(namesFromStart)}</View>
              )}
              {!wide && people.length > shown.length && (
                <Button look="text" onPress={() => setAll(true)}>
                  {`再看 ${people.length - shown.length} 个人`}
                </Button>
              )}
            </>
          );
        }}
      </Await>
      <Field label="按姓名找" value={typed} onChange={setTyped} example="输入姓名" maxLength={20} />
    </View>
  );
}

const nothing = (namesFromStart: boolean): string =>
  namesFromStart ? '没有找到这个人，姓名要从姓写起' : '没有找到这个人';

/** 碧塘村一组 · 手上 2 件 · 联系这户 · 电工 */
function aboutHelper({ place, load, skills: known, linked, away }: FoundPerson): string {
  const parts = [
    place,
    away ? '外出中' : null,
    linked ? '联系这户' : null,
    load === 0 ? '手上没有任务' : `手上 ${load} 件`,
    ...known.map((skill) => skills[skill as Skill] ?? skill),
  ];
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}
