import type { OrderCardItem } from '../order';

export interface Headed {
  readonly order: OrderCardItem;
  /** Above the first order of each village; none where all are of one. */
  readonly heading: string | null;
}

const villageOf = ({ place, desk }: OrderCardItem): string => place.village ?? desk.name;

/** For whoever sees several villages: together by village, the one with the nearest due time first, inside as they came. */
export function groupByVillage(orders: readonly OrderCardItem[]): readonly Headed[] {
  const villages = [...new Set(orders.map(villageOf))];
  if (villages.length < 2) return orders.map((order) => ({ order, heading: null }));
  return villages.flatMap((village) =>
    orders
      .filter((order) => villageOf(order) === village)
      .map((order, index) => ({ order, heading: index === 0 ? village : null })),
  );
}
