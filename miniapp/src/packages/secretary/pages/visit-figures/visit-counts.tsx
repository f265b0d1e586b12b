import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh } from '@tarojs/taro';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';

type Counts = ReplyFrom<'visits.figures'>['total'];

/** This month, place by place. */
export function VisitCounts({ gridId, by }: { gridId: string; by: 'grid' | 'branch' }) {
  const query = useCall('visits.figures', { query: { gridId, by } });
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Await query={query}>
      {({ month, total, rows }) => (
        <>
          <Card bare title={`${Number(month.slice(5))} 月合计`}>
            <CountRow name="全部" counts={total} />
          </Card>
          <Card bare title={by === 'grid' ? '各村各组' : '各支部'}>
            {rows.map(({ id, name, ...counts }) => (
              <CountRow key={id ?? name} name={name} counts={counts} />
            ))}
          </Card>
          <View className="visit-figures__note">没人在家的另算，不算走访；一户记一次，人不排名。</View>
        </>
      )}
    </Await>
  );
}

/** 去过几户，还有什么 */
export const CountRow = ({ name, counts }: { name: string; counts: Counts }) => (
  <Row
    title={name}
    words={countWords(counts)}
    end={<View className="visit-figures__count">{`${counts.visited} / ${counts.households} 户`}</View>}
  />
);

function countWords({ phone, notHome, declined, overdue, unlinked }: Counts): string {
  const parts = [
    overdue > 0 ? `${overdue} 户超过时间` : null,
    phone > 0 ? `${phone} 户打电话` : null,
    notHome > 0 ? `${notHome} 户没人在家` : null,
    declined > 0 ? `${declined} 户不方便` : null,
    unlinked > 0 ? `${unlinked} 户还没联系党员` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '没有超过时间的' : parts.join('，');
}
