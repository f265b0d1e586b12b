import type { Caller } from '../../foundation/access/caller';
import type { GridNode } from '../../foundation/reference/tree';
import type { TodayRow } from './today.queries';
import { todayPaper } from './today-paper';

const tree = { grid: (name: string) => ({ name }) };
const now = new Date('2026-11-23T09:00:00+08:00');
const caller = { name: '刘建华', now, reference: { tree, town: () => ({ dutyPhone: null }) } } as unknown as Caller;
const grid = { name: '碧塘村', town: 'town', dutyPhone: '0700-8880201' } as unknown as GridNode;
const none = { toStudy: [], toDispatch: [], toVerify: [], dueToday: [], overdue: [] };
const order = {
  title: '路灯不亮',
  state: 'placed',
  visibility: 'normal',
  dueAt: now,
  contactName: null,
} as unknown as TodayRow;

test('今日待办 counts what it lists in its own words: orders by pieces, households by doors', () => {
  const visits = [
    { gridId: '一组', overdue: 2 },
    { gridId: '二组', overdue: 3 },
  ];
  const today = { sections: { ...none, toStudy: [order] }, calls: [], villages: [], visits };
  const { lines, tables } = todayPaper({} as never, caller, grid, today);
  expect(lines[0]).toContain('2026 年 11 月 23 日');
  expect(tables.map(({ caption }) => caption)).toEqual(['待研判（1 件）', '该走访的户（5 户）']);
});
