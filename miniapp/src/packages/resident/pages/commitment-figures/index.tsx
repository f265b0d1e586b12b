import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { useState } from 'react';
import type { Round } from '../../../../features/commitments/commitment';
import { currentRound, townsOf } from '../../../../features/commitments/years';
import type { PageParams } from '../../../../lib/page-table';
import { queries } from '../../../../lib/query';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { Placard } from '../../../../ui/trouble';
import { CountyFigures } from './county-figures';
import type { Order } from './order-choice';
import { OrganizationFigures } from './organization-figures';
import './index.scss';

/** 承诺数字: of a town, a village, a branch, down to the members for who watches over them; a county's by town. */
export default function CommitmentFiguresPage() {
  const rounds = useCall('rounds.list');
  return (
    <Page title="办得怎么样" wide>
      <Await query={rounds}>
        {({ items }) =>
          currentRound(items) ? (
            <Years rounds={items.filter(({ state }) => state !== 'preparing')} />
          ) : (
            <Placard icon="chart-column" title="还没有数字" words="镇里开始承诺以后，这里看得到办了多少。" />
          )
        }
      </Await>
    </Page>
  );
}

const mostYears = 4;

function Years({ rounds }: { rounds: readonly Round[] }) {
  const { roundId, under, alone } = useRouter().params as PageParams['commitmentFigures'];
  const opened = rounds.find(({ id }) => id === roundId);
  const isCounty = opened === undefined && townsOf(rounds).length > 1;
  const here = isCounty ? rounds : rounds.filter(({ townId }) => townId === (opened ?? rounds[0])?.townId);
  const years = [...new Set(here.map(({ year }) => year))].slice(0, mostYears);
  const [year, setYear] = useState(opened?.year ?? years[0] ?? 0);
  const [order, setOrder] = useState<Order>('name');
  const round = here.find((each) => each.year === year);
  usePullDownRefresh(() => void queries.invalidateQueries().finally(() => Taro.stopPullDownRefresh()));
  return (
    <>
      {years.length > 1 && (
        <Segments
          label="哪一年"
          segments={years.map((value) => ({ value: String(value), words: `${value} 年` }))}
          value={String(year)}
          onChange={(value) => setYear(Number(value))}
        />
      )}
      {isCounty && <CountyFigures year={year} order={order} onOrder={setOrder} />}
      {!isCounty && round && (
        <OrganizationFigures
          round={round}
          under={under ?? null}
          alone={alone === 'true'}
          order={order}
          onOrder={setOrder}
        />
      )}
    </>
  );
}
