import { View } from '@tarojs/components';
import { usePullDownRefresh } from '@tarojs/taro';
import type { Round } from '../../../../features/commitments/commitment';
import { useMe } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { go } from '../../../../lib/navigation';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { besideWords, figuresOf, sharesOf } from './figures-of';

/** The year in figures, as one tells a neighbour. */
export function YearFigures({ round, organizationId }: { round: Round; organizationId: string | null }) {
  const query = useCall('rounds.read', {
    params: { roundId: round.id },
    query: organizationId === null ? {} : { organizationId },
  });
  const town = useMe()?.town;
  usePullDownRefresh(() => void query.refetch());
  const isOver = round.stage === 'done';
  const committee = useCall('cards.organization', { params: { organizationId: round.organizationId } });
  const ofTown = town?.gridId === round.townId ? town.name : (committee.data?.name ?? '全镇');
  const under = organizationId === null ? {} : { under: organizationId };
  const place = organizationId === null ? `${ofTown} ` : '';
  return (
    <View className="year">
      <Await query={query} rows={1}>
        {({ counts, stateName }) => (
          <Card>
            <View className="year__title">{`${place}${round.year} 年，${stateName}`}</View>
            <View className="year__figures">
              {figuresOf(counts, isOver).map(({ words, count }) => (
                <View key={words} className="year__figure">
                  <View className="year__count">{count}</View>
                  <View className="year__name">{words}</View>
                </View>
              ))}
            </View>
            {[besideWords(counts), ...sharesOf(counts, isOver)]
              .filter((words) => words !== null)
              .map((words) => (
                <View key={words} className="year__words">
                  {words}
                </View>
              ))}
            <View className="year__more">
              <Button
                short
                look="text"
                icon="chart-column"
                onPress={() => void go('commitmentFigures', { roundId: round.id, ...under })}
              >
                {organizationId === null ? '各村办得怎么样' : '办得怎么样'}
              </Button>
            </View>
          </Card>
        )}
      </Await>
    </View>
  );
}
