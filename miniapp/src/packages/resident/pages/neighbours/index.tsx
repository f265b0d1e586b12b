import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh } from '@tarojs/taro';
import { useState } from 'react';
import { householdTitle } from '../../../../features/households/household-words';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { SearchBox } from '../../../../ui/search-box';
import { Sheet } from '../../../../ui/sheet';
import { Placard } from '../../../../ui/trouble';
import './index.scss';

type Neighbours = ReplyFrom<'households.neighbours'>['items'][number];

/** 我这片的户, for the keeper of a hub household: for whom to order. No numbers, nothing that is noted of anybody. */
export default function NeighboursPage() {
  const neighbours = useCall('households.neighbours');
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState<Neighbours | null>(null);
  usePullDownRefresh(() => void neighbours.refetch().finally(() => Taro.stopPullDownRefresh()));
  const q = typed.trim();
  return (
    <Page title="我这片的户">
      <Await query={neighbours}>
        {({ items }) => {
          const shown = items.filter((each) => matches(each, q));
          return items.length === 0 ? (
            <Placard icon="house" title="这一片还没有登记的户" words="网格员登记好以后，会列在这里。" />
          ) : (
            <>
              <SearchBox label="找一户" example="门牌或姓" value={typed} onChange={setTyped} />
              <View className="neighbours__sum">{`一共 ${items.length} 户。点一户，就能替他家点单。`}</View>
              {shown.map((each) => (
                <HouseCard key={each.householdId} house={each} onPress={() => setOpened(each)} />
              ))}
              {shown.length === 0 && <Placard icon="search" title="没有找到" words="写门牌，或者户主的姓。" />}
            </>
          );
        }}
      </Await>
      {opened && <WhoSheet house={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

const matches = ({ door, head }: Neighbours, q: string): boolean =>
  q === '' || (door ?? '').includes(q) || (head ?? '').startsWith(q);

const HouseCard = ({ house, onPress }: { house: Neighbours; onPress: () => void }) => (
  <Card bare>
    <Row
      icon="house"
      title={householdTitle({ name: house.head, door: house.door })}
      words={[house.place, `${house.people.length} 人`, consentWords(house)].filter(Boolean).join(' · ')}
      onPress={onPress}
    />
  </Card>
);

const consentWords = ({ consents }: Neighbours): string | null =>
  consents.length === 0 ? null : consents.map(({ name, endsOn }) => `${name}请您代办到 ${endsOn}`).join('，');

const WhoSheet = ({ house, onClose }: { house: Neighbours; onClose: () => void }) => (
  <Sheet title="替谁点单？" open onClose={onClose}>
    <Card bare>
      {house.people.map(({ personId, name, relationName }) => (
        <Row
          key={personId}
          icon="user-round"
          title={name}
          words={relationName}
          onPress={() => void go('place', { way: 'proxy', personId })}
        />
      ))}
      {house.people.length === 0 && <Row title="这一户还没有登记的人" words="可以在点单时写名字。" />}
    </Card>
  </Sheet>
);
