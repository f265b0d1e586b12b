import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh } from '@tarojs/taro';
import type { ShowcaseCard } from '../../../../features/commitments/showcase';
import { go } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { dateWords } from '../../../../lib/time-words';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { StageTag } from '../../../../ui/tags';
import { Placard } from '../../../../ui/trouble';
import './index.scss';

/** 打擂比武: the showcases of the town, newest first. Whoever moves the town's year sets up the next one. */
export default function ShowcasesPage() {
  const query = useCall('showcases.list');
  useFreshOnShow(query);
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  const [year] = query.data?.toSet ?? [];
  const setUp = year && (
    <Button look="main" icon="plus" onPress={() => void go('setShowcase', { roundId: year.roundId })}>
      设一个擂台
    </Button>
  );
  return (
    <Page title="打擂比武" bottom={setUp}>
      <View className="showcases__rule">每年二月，各村书记上台说一年的承诺兑现得怎样，评委打分，群众评诺算一份。</View>
      <Await query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Placard icon="trophy" title="还没有打擂比武" words="镇里设了擂台，谁参赛、谁得第几都在这里看。" />
          ) : (
            <View className="list" {...aria({ role: 'list', label: '打擂比武' })}>
              {items.map((showcase) => (
                <View key={showcase.id} className="list__item" {...aria({ role: 'listitem' })}>
                  <ShowcaseLine showcase={showcase} />
                </View>
              ))}
            </View>
          )
        }
      </Await>
    </Page>
  );
}

function ShowcaseLine({ showcase }: { showcase: ShowcaseCard }) {
  const { id, title, heldOn, stage, stateName, contestants, judges, toScore } = showcase;
  const now = useNow();
  const words = `${dateWords(heldOn, now)}，${contestants} 个党组织参赛，${judges} 位评委`;
  return (
    <Card bare>
      <Row
        icon="trophy"
        title={title}
        words={toScore > 0 ? `${words}。还有 ${toScore} 个等您评` : words}
        onPress={() => void go('showcase', { showcaseId: id })}
      >
        <View className="showcases__state">
          <StageTag stage={stage} words={stateName} />
        </View>
      </Row>
    </Card>
  );
}
