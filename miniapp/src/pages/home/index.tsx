import { View } from '@tarojs/components';
import Taro, { useDidShow, usePullDownRefresh } from '@tarojs/taro';
import { ScoringCard } from '../../features/commitments/showcase-doors';
import { AskConsent } from '../../features/privacy/ask-consent';
import { BindDoor } from '../../features/households/home-rows';
import { go } from '../../lib/navigation';
import { queries } from '../../lib/query';
import { refreshMe, useMe, type Me } from '../../lib/session';
import { Card } from '../../ui/card';
import { Page } from '../../ui/page';
import { Row } from '../../ui/row';
import { countWords } from '../../ui/segments';
import { Greeting } from './greeting';
import { InHand } from './in-hand';
import { MyMember } from './my-member';
import { OrderDoor } from './order-door';
import { VillageActivities } from './village-activities';
import { VillagePromises } from './village-promises';
import { VillageNews } from './village-news';
import { WorkHere } from './work-here';
import './index.scss';

export default function HomePage() {
  const me = useMe();
  useDidShow(() => void refreshMe());
  usePullDownRefresh(() => void readAnew().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title="首页" tab="home" wide>
      {me && <AskConsent />}
      {me && <Greeting me={me} />}
      {me && (me.home || !hasWork(me) ? <AtHome me={me} /> : <AtWork me={me} />)}
    </Page>
  );
}

const hasWork = ({ tabs }: Me): boolean => tabs.includes('claims') || tabs.includes('desk');

const readAnew = () => Promise.all([refreshMe(), queries.invalidateQueries()]);

/** Who lives here: ordering comes first. On a wide screen what is going on stands beside it. */
const AtHome = ({ me }: { me: Me }) => (
  <View className="home">
    <View>
      <OrderDoor />
      {me.roles.length > 0 && <ScoringCard />}
      <NewMessages count={me.unreadMessages} />
      <BindDoor me={me} />
      <MyMember me={me} />
    </View>
    <View className="home__going-on">
      <InHand />
      {hasWork(me) && <WorkHere me={me} />}
      <VillageActivities />
      <VillagePromises me={me} />
      <VillageNews me={me} />
    </View>
  </View>
);

/** Who only works here (town, county): the work comes first, and an own order is one of its rows. */
const AtWork = ({ me }: { me: Me }) => (
  <View className="home__work">
    <ScoringCard />
    <NewMessages count={me.unreadMessages} />
    <WorkHere me={me} />
    <InHand />
    <VillagePromises me={me} />
  </View>
);

function NewMessages({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Card bare>
      <Row icon="bell" title={`有 ${countWords(count)} 条新消息`} onPress={() => void go('messages')} />
    </Card>
  );
}
