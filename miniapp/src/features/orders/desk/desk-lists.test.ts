import type { OrderCardItem } from '../order';
import { groupByVillage } from './by-village';
import { shownFilters } from './desk-filters';
import { isToStudy } from './is-to-study';

const none = { mine: 0, toStudy: 0, toDispatch: 0, toVerify: 0, toCallBack: 0, overdue: 0, inReview: 0 };
const words = (filters: readonly { words: string }[]) => filters.map((filter) => filter.words);

test('what nobody waits for takes no room on a phone', () => {
  expect(words(shownFilters(none, 'toStudy'))).toEqual(['待研判', '待派单', '超时', '全部']);
  const busy = shownFilters({ ...none, toVerify: 2, overdue: 99 }, 'toStudy');
  expect(words(busy)).toContain('待核实');
  expect(busy.find(({ value }) => value === 'overdue')?.count).toBe(99);
});

test('the list in front stays chosen when it has become empty', () => {
  expect(words(shownFilters(none, 'inReview'))).toContain('提级核查');
});

const order = (id: string, village: string | null) =>
  ({
    id,
    place: { gridId: id, town: '东城镇', village, group: null },
    desk: { gridId: 'town', name: '东城镇' },
  }) as unknown as OrderCardItem;

test('the town reads by village, the most urgent village first', () => {
  const orders = [order('1', '龙湾村'), order('2', '碧塘村'), order('3', '龙湾村'), order('4', null)];
  expect(groupByVillage(orders).map(({ order: { id }, heading }) => [heading, id])).toEqual([
    ['龙湾村', '1'],
    [null, '3'],
    ['碧塘村', '2'],
    ['东城镇', '4'],
  ]);
});

test('a village needs no heading over its own orders', () => {
  expect(groupByVillage([order('1', '碧塘村'), order('2', '碧塘村')]).every(({ heading }) => heading === null)).toBe(
    true,
  );
});

test('a sealed order is opened before it is studied', () => {
  const fresh = { allows: ['accept', 'open'], state: 'placed', sealed: true } as const;
  expect(isToStudy({ ...fresh, allows: [...fresh.allows] })).toBe(false);
  expect(isToStudy({ ...fresh, allows: [...fresh.allows], sealed: false })).toBe(true);
  expect(isToStudy({ allows: ['dispatch'], state: 'accepted', sealed: false })).toBe(true);
  expect(isToStudy({ allows: ['dispatch'], state: 'handling', sealed: false })).toBe(false);
});
