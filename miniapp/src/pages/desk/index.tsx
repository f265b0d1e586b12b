import { View } from '@tarojs/components';
import { lazy, Suspense, useEffect, useState } from 'react';
import { groupByVillage } from '../../features/orders/desk/by-village';
import {
  deskFilters,
  deskStages,
  shownFilters,
  type DeskFilterName,
  type DeskStage,
} from '../../features/orders/desk/desk-filters';
import { DeskRow } from '../../features/orders/desk/desk-row';
import { isToStudy } from '../../features/orders/desk/is-to-study';
import { seesOrders } from '../../features/orders/desk/sees-orders';
import type { OrderCardItem } from '../../features/orders/order';
import { NotifyMe } from '../../features/subscriptions/notify-me';
import { go } from '../../lib/navigation';
import { useMe } from '../../lib/session';
import { useLiveRead } from '../../lib/live/use-live';
import { useLiveList } from '../../lib/live/use-live-list';
import { useCall } from '../../lib/use-call';
import { useFreshOnShow } from '../../lib/use-fresh-on-show';
import { useSettled } from '../../lib/use-settled';
import { Skeleton } from '../../ui/await';
import { ListView } from '../../ui/list-view';
import { Page } from '../../ui/page';
import { Segments } from '../../ui/segments';
import { Placard } from '../../ui/trouble';
import { TwoPane, useWide } from '../../ui/two-pane';
import { Entries } from './entries';
import { Searching, type Search } from './searching';
import './index.scss';

/** Only a browser has room for it; in WeChat the detail is a page of its own and takes no room in the main package. */
const DeskDetail = process.env.TARO_ENV === 'h5' ? lazy(() => import('../../features/orders/desk/desk-detail')) : null;

/** 工作台: what waits, by when it is due; beside it, on a wide screen, the order itself. */
export default function DeskPage() {
  const wide = useWide();
  const can = useMe()?.can ?? [];
  const mayStudy = can.includes('order.accept');
  const [filter, setFilter] = useState<DeskFilterName>(mayStudy ? 'toStudy' : 'all');
  const [search, setSearch] = useState<Search>({ typed: '', village: null });
  const counts = useCall('orders.counts');
  useFreshOnShow(counts);
  useLiveRead('orders', counts);
  return (
    <Page title="工作台" tab="desk" wide>
      <View className={wide && seesOrders(can) ? 'desk desk--wide' : 'desk'}>
        <View className="desk__top">
          {seesOrders(can) && <NotifyMe moment="desk" words="急单通知我" />}
          <Entries wide={wide} short={seesOrders(can)} />
          {seesOrders(can) && (
            <Segments label="看哪些" segments={shownFilters(counts.data, filter)} value={filter} onChange={setFilter} />
          )}
        </View>
        {seesOrders(can) && <Orders key={filter} filter={filter} wide={wide} search={search} onSearch={setSearch} />}
      </View>
    </Page>
  );
}

const stages = (Object.keys(deskStages) as DeskStage[]).map((value) => ({ value, words: deskStages[value].words }));

interface OrdersProps {
  filter: DeskFilterName;
  wide: boolean;
  search: Search;
  onSearch: (search: Search) => void;
}

function Orders({ filter, wide, search, onSearch }: OrdersProps) {
  const [stage, setStage] = useState<DeskStage>('running');
  const q = useSettled(search.typed.trim());
  const list = useLiveList('orders', 'orders.list', {
    scope: 'desk',
    ...deskFilters[filter].query,
    ...(filter === 'all' ? deskStages[stage].query : {}),
    ...(q === '' ? {} : { q }),
    ...(search.village ? { gridId: search.village.gridId } : {}),
  });
  useFreshOnShow(list.query);
  const headed = groupByVillage(list.items);
  const [selected, select] = useSelected(wide ? (headed[0]?.order.id ?? null) : null);
  const chooseStage = (chosen: DeskStage) => {
    setStage(chosen);
    select(null);
  };
  const [title, words] = deskFilters[filter].empty as readonly [string, string?];
  const rows = (
    <>
      {filter === 'all' && <Segments label="办到哪一步" segments={stages} value={stage} onChange={chooseStage} />}
      <Searching search={search} onChange={onSearch} />
      <ListView
        list={{ ...list, items: headed }}
        label={deskFilters[filter].words}
        keyOf={({ order }) => order.id}
        row={({ order, heading }) => (
          <>
            {heading && <View className="desk__village">{heading}</View>}
            <DeskRow
              order={order}
              selected={order.id === selected}
              gone={list.gone.has(order.id)}
              onPress={() => (wide ? select(order.id) : void openPage(order))}
            />
          </>
        )}
        empty={q === '' ? { icon: 'layout-list', title, words } : notFound(q)}
      />
    </>
  );
  if (!wide || !DeskDetail) return rows;
  return (
    <TwoPane
      list={rows}
      ids={headed.map(({ order }) => order.id)}
      selected={selected}
      onSelect={select}
      detail={
        selected === null ? (
          <Placard icon="layout-list" title="选中的单子在这里看" />
        ) : (
          <Suspense fallback={<Skeleton />}>
            <DeskDetail key={selected} orderId={selected} />
          </Suspense>
        )
      }
    />
  );
}

/** What stands beside the list: the first of it to begin with. It stays when it leaves the list by what was done to it. */
function useSelected(first: string | null) {
  const [selected, select] = useState<string | null>(null);
  useEffect(() => {
    if (selected === null && first !== null) select(first);
  }, [selected, first]);
  return [selected, select] as const;
}

const openPage = (order: OrderCardItem): Promise<void> =>
  go(isToStudy(order) ? 'study' : 'order', { orderId: order.id });

/** One filter is searched at a time, and who does not find may stand in the wrong one. */
const notFound = (q: string) =>
  ({ icon: 'search', title: `没有找到“${q}”`, words: '换个词，或者点“全部”再找。' }) as const;
