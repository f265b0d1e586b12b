import { View } from '@tarojs/components';
import { go } from '../../lib/navigation';
import { useCall } from '../../lib/use-call';
import { Await } from '../../ui/await';
import { Card } from '../../ui/card';
import { ProgressBar } from '../../ui/progress-bar';
import { Row } from '../../ui/row';
import { Tag } from '../../ui/tags';
import type { Sweep } from './sweep';
import { useEvery } from './use-every';

const everyTenSeconds = 10_000;

/** 转移情况: how many are where, and who is not moved yet, whoever cannot move alone first. */
export function RollCallBoard({ sweep }: { sweep: Sweep }) {
  const query = useCall('sweeps.rollCall', { params: { sweepId: sweep.id } });
  useEvery(everyTenSeconds, () => sweep.state === 'running' && query.refetch());
  return (
    <Await query={query}>
      {({ places, notMoved, notMovedIsMore, ...counts }) => (
        <>
          <Card title="人">
            <View className="sweep-numbers">
              {(
                [
                  ['还没点到', counts.waiting],
                  ['已转移', counts.moved],
                  ['投亲靠友', counts.relatives],
                  ['不愿转移', counts.refused],
                  ['没找到', counts.notFound],
                  ['已回家', counts.returned],
                ] as const
              ).map(([name, value]) => (
                <View key={name} className="sweep-numbers__one">
                  <View className="sweep-numbers__number">{value}</View>
                  <View className="sweep-numbers__name">{name}</View>
                </View>
              ))}
            </View>
          </Card>
          <Card title="安置点">
            {places.map(({ id, name, address, capacity, people, keeper, dutyPhone }) => (
              <View key={id} className="door-visit">
                <View className="sweep-progress__name">{name}</View>
                <View className="sweep-progress__words">
                  {[address, keeper, dutyPhone && `值班 ${dutyPhone}`].filter(Boolean).join('　')}
                </View>
                <ProgressBar
                  percent={(100 * people) / capacity}
                  words={`${people} / ${capacity} 人`}
                  colour={people > capacity ? 'overdue' : 'working'}
                />
              </View>
            ))}
          </Card>
          {notMoved.length > 0 && (
            <Card title="还没转移的" bare>
              {notMoved.map(({ targetId, personId, name, door, group, standing, needs, holder }) => (
                <Row
                  key={personId}
                  title={[name, ...needs].join('　')}
                  words={`${group}${door ?? ''}　${holder === null ? '没人负责' : `${holder}负责`}`}
                  end={<Tag colour={standing === '还没点到' ? 'open' : 'overdue'} words={standing} />}
                  onPress={() => void go('sweepDoor', { sweepId: sweep.id, targetId })}
                />
              ))}
              {notMovedIsMore && <Row title="后面还有" words="先列这些人，其余的在“住户”里按组找。" />}
            </Card>
          )}
        </>
      )}
    </Await>
  );
}
