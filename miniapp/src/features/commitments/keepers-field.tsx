import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ReplyFrom } from '../../lib/endpoints';
import { useCall } from '../../lib/use-call';
import { useSettled } from '../../lib/use-settled';
import { aria } from '../../ui/aria';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Labelled } from '../../ui/field';
import { PickRow } from '../../ui/pick-row';
import { SearchBox } from '../../ui/search-box';
import { Sheet } from '../../ui/sheet';
import './keepers-field.scss';

/** Who keeps a deed, or helps. */
export type Keeper = Pick<ReplyFrom<'rounds.members'>['people'][number], 'personId' | 'name'>;

interface KeepersFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
  readonly roundId: string;
  readonly people: readonly Keeper[];
  /** One is replaced by the next one that is chosen. */
  readonly most: number;
  /** On the button: 换一个人, 加上一个人. */
  readonly verb: string;
  readonly onChange: (people: readonly Keeper[]) => void;
}

/** Members chosen by name: those of the own branch stand first. */
export function KeepersField({ label, hint, error, roundId, people, most, verb, onChange }: KeepersFieldProps) {
  const [choosing, setChoosing] = useState(false);
  const isChosen = ({ personId }: Keeper) => people.some((one) => one.personId === personId);
  const press = ({ personId, name }: Keeper) => {
    if (most === 1) {
      onChange([{ personId, name }]);
      return setChoosing(false);
    }
    const others = people.filter((one) => one.personId !== personId);
    if (others.length < people.length) return onChange(others);
    if (people.length < most) onChange([...people, { personId, name }]);
  };
  return (
    <Labelled label={label} hint={hint} error={error}>
      <View className="keepers">
        {people.length > 0 && <View className="keepers__names">{people.map(({ name }) => name).join('、')}</View>}
        <Button short look="plain" icon="users-round" label={`${label}，${verb}`} onPress={() => setChoosing(true)}>
          {verb}
        </Button>
      </View>
      {choosing && (
        <Sheet
          title={label}
          open
          onClose={() => setChoosing(false)}
          foot={
            most > 1 && (
              <Button look="main" onPress={() => setChoosing(false)}>
                {people.length === 0 ? '不用别人' : `就这 ${people.length} 个人`}
              </Button>
            )
          }
        >
          <FindKeepers label={label} roundId={roundId} several={most > 1} isChosen={isChosen} onPress={press} />
        </Sheet>
      )}
    </Labelled>
  );
}

interface FindKeepersProps {
  readonly label: string;
  readonly roundId: string;
  readonly several: boolean;
  readonly isChosen: (person: Keeper) => boolean;
  readonly onPress: (person: Keeper) => void;
}

function FindKeepers({ label, roundId, several, isChosen, onPress }: FindKeepersProps) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim());
  const found = useCall('rounds.members', { params: { roundId }, query: q === '' ? {} : { q } });
  return (
    <>
      <SearchBox label="按姓名找" example="输入姓名" value={typed} onChange={setTyped} />
      <Await query={found} rows={3}>
        {({ people }) =>
          people.length === 0 ? (
            <View className="keepers__nobody">没有找到这个人，只能选本镇的党员和党组织干部。</View>
          ) : (
            <View className="keepers__found">
              <Card bare>
                <View {...aria({ role: several ? 'group' : 'radiogroup', label })}>
                  {people.map((person) => (
                    <PickRow
                      key={person.personId}
                      several={several}
                      title={person.name}
                      words={person.organizationName}
                      chosen={isChosen(person)}
                      onPress={() => onPress(person)}
                    />
                  ))}
                </View>
              </Card>
            </View>
          )
        }
      </Await>
    </>
  );
}
