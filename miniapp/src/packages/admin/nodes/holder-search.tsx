import { useQuery } from '@tanstack/react-query';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { call } from '../../../lib/client';
import type { ReplyFrom } from '../../../lib/endpoints';
import { useSettled } from '../../../lib/use-settled';
import { aria } from '../../../ui/aria';
import { Await } from '../../../ui/await';
import { Card } from '../../../ui/card';
import { PickRow } from '../../../ui/pick-row';
import { Row } from '../../../ui/row';
import { SearchBox } from '../../../ui/search-box';
import { Placard } from '../../../ui/trouble';

export type FoundHolder = ReplyFrom<'posts.search'>['people'][number];

interface HolderSearchProps {
  readonly onPick: (person: FoundHolder) => void;
  /** Marks the one chosen; left out where a touch leads on. */
  readonly chosen?: string | null;
}

const about = ({ place, posts, phone }: FoundHolder): string =>
  [place, ...posts.slice(0, 3), phone ?? ''].filter((part) => part !== '').join(' · ');

/** Anybody within reach, by name or by the whole telephone number. It is asked by POST: neither stands in an address. */
export function HolderSearch({ onPick, chosen }: HolderSearchProps) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim());
  const found = useQuery({
    queryKey: ['posts.search', q],
    queryFn: () => call('posts.search', { body: { q } }),
    enabled: q !== '',
  });
  return (
    <>
      <SearchBox label="按姓名或完整手机号找人" example="姓名或完整手机号" value={typed} onChange={setTyped} />
      {q === '' ? (
        <Placard icon="search" title="输入姓名，或完整的手机号" words="只能找到您管的地方的人。" />
      ) : (
        <Await query={found} rows={2}>
          {({ people, more, namesFromStart }) => <Found {...{ people, more, namesFromStart, chosen, onPick }} />}
        </Await>
      )}
    </>
  );
}

interface FoundProps extends HolderSearchProps {
  readonly people: readonly FoundHolder[];
  readonly more: boolean;
  readonly namesFromStart: boolean;
}

function Found({ people, more, namesFromStart, chosen, onPick }: FoundProps) {
  if (people.length === 0)
    return (
      <Placard
        icon="search"
        title="没有找到这个人"
        words={`看看字有没有写错，或者不在您管的地方。${namesFromStart ? '姓名要从姓写起。' : ''}`}
      />
    );
  return (
    <Card bare>
      <View {...aria({ role: chosen === undefined ? 'list' : 'radiogroup', label: '找到的人' })}>
        {people.map((person) => {
          const name = person.disabled ? `${person.name}（已停用）` : person.name;
          return chosen === undefined ? (
            <Row key={person.personId} title={name} words={about(person)} onPress={() => onPick(person)} />
          ) : (
            <PickRow
              key={person.personId}
              title={name}
              words={about(person)}
              chosen={person.personId === chosen}
              onPress={() => onPick(person)}
            />
          );
        })}
      </View>
      {more && <Row title="还有更多同名的人" words="写全姓名，或用手机号找。" />}
    </Card>
  );
}
