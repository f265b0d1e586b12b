import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh } from '@tarojs/taro';
import { useState } from 'react';
import type { ChosenGrid } from '../../../../features/grids/grid-choice';
import { VillageFilter } from '../../../../features/grids/village-filter';
import { dateAfter } from '../../../../lib/china-instant';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { dateWords } from '../../../../lib/time-words';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { besideNames, baseWords, periods, rates, rateWords, type Figures, type Period } from './figure-words';
import './index.scss';

/** The four rates of a place, each with what it counts and what stands beside it. Never of a person. */
export default function FiguresPage() {
  const now = useNow();
  const [period, setPeriod] = useState<Period>('quarter');
  const [grid, setGrid] = useState<ChosenGrid | null>(null);
  const days = periods.find(({ value }) => value === period)?.days ?? 0;
  const figures = useCall('boards.figures', {
    query: { from: dateAfter(now, -days), to: dateAfter(now, 0), ...(grid ? { gridId: grid.gridId } : {}) },
  });
  usePullDownRefresh(() => void figures.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title="数字" wide>
      <View className="figures__top">
        <Choice label="多长时间" options={[...periods]} value={period} onChange={setPeriod} />
        <VillageFilter village={grid} onChange={setGrid} />
      </View>
      <Await query={figures} rows={4}>
        {(read) => <FiguresOf figures={read} now={now} />}
      </Await>
    </Page>
  );
}

const FiguresOf = ({ figures, now }: { figures: Figures; now: number }) => (
  <>
    <View className="figures__where">{`${figures.gridName}，${dateWords(figures.from, now)}到${dateWords(figures.to, now)}`}</View>
    <View className="figures__rates">
      {rates.map(({ key, name, part, of, meaning }) => (
        <View key={key} className="figures__rate">
          <View className="figures__name">{name}</View>
          <View className="figures__percent">{rateWords(figures[key])}</View>
          <View>{baseWords(figures[key], part, of)}</View>
          <View className="figures__meaning">{meaning}</View>
        </View>
      ))}
    </View>
    <Card bare title="另外（不在上面的比率里）">
      {(Object.keys(besideNames) as (keyof Figures['beside'])[]).map((key) => (
        <Row
          key={key}
          title={besideNames[key]}
          end={<View className="figures__count">{`${figures.beside[key]} 件`}</View>}
        />
      ))}
    </Card>
    <View className="figures__note">单子多不算坏事，人不排名。保密的事只算进总数；一个地方不足 5 件时，不算进去。</View>
  </>
);
