import { nowWords, standingOfStaff, untilWords, type Until } from './now-words';

const china = (text: string): string => new Date(Date.parse(`${text.replace(' ', 'T')}:00+08:00`)).toISOString();
const now = Date.parse(china('2026-09-15 09:00'));
const desk = { gridId: '01', name: '碧塘村', servedBy: null };

const seat = (state: 'taken' | 'givenBack', at: string) => ({ state, promisedAt: china(at) });
const until = (more: Partial<Until>) =>
  untilWords({ state: 'placed', dueAt: null, resumeAt: null, tasks: [], round: 1, ...more }, now);

test('a person reads who has it, not a state', () => {
  expect(nowWords({ state: 'handling', holder: '李晓峰', desk })).toBe('李晓峰在办');
  expect(nowWords({ state: 'handling', holder: null, desk })).toBe('有人在办');
  const asked = [
    { state: 'returned', assignee: '刘建华' },
    { state: 'offered', assignee: '李晓峰' },
  ];
  expect(nowWords({ state: 'dispatched', holder: null, desk, tasks: asked })).toBe('正在等李晓峰接');
  expect(nowWords({ state: 'dispatched', holder: null, desk })).toBe('正在等人接');
  expect(nowWords({ state: 'placed', holder: null, desk })).toBe('碧塘村正在看');
  const served = { ...desk, servedBy: '东澄镇' };
  expect(nowWords({ state: 'placed', holder: null, desk: served })).toBe('碧塘村（东澄镇代管）正在看');
});

test('a neighbour is not asked whether the work of another is good', () => {
  expect(nowWords({ state: 'reported', holder: null, desk, mine: true })).toBe('办好了，您看行不行');
  expect(nowWords({ state: 'reported', holder: null, desk, mine: false })).toBe('办好了，等点单的人说行不行');
  expect(nowWords({ state: 'asking', holder: null, desk, mine: false })).toBe('正在等点单的人回话');
  expect(nowWords({ state: 'handling', holder: '李晓峰', desk, mine: false })).toBe('李晓峰在办');
});

test('and until when', () => {
  expect(until({ dueAt: china('2026-09-15 17:30') })).toBe('今天 17:30 前给您回话');
  expect(until({ state: 'handling', dueAt: china('2026-09-18 18:00') })).toBe('周五 18:00 前办好');
  expect(until({ state: 'reported', dueAt: china('2026-09-22 09:00') })).toBe('9月22日 9:00 前没回音，就先算办结');
  expect(until({ state: 'suspended', resumeAt: china('2026-09-16 09:00') })).toBe('明天 9:00 接着办');
  expect(until({ state: 'confirmed', dueAt: china('2026-09-30 09:00') })).toBeNull();
});

test('what was promised counts before the limit; a promise given back does not', () => {
  const tasks = [{ round: 1, seats: [seat('givenBack', '2026-09-15 12:00'), seat('taken', '2026-09-16 18:00')] }];
  expect(until({ state: 'handling', dueAt: china('2026-09-18 18:00'), tasks })).toBe('约好明天 18:00 前来办');
});

test('a promise of an earlier round, or one that was broken, says nothing', () => {
  const earlier = [{ round: 1, seats: [seat('taken', '2026-09-16 18:00')] }];
  const broken = [{ round: 2, seats: [seat('taken', '2026-09-14 18:00')] }];
  for (const tasks of [earlier, broken])
    expect(until({ state: 'handling', round: 2, dueAt: china('2026-09-18 18:00'), tasks })).toBe('周五 18:00 前办好');
});

test('what is late is called late, but nobody is told to remind himself', () => {
  expect(until({ dueAt: china('2026-09-15 08:59') })).toBe('比说好的晚了，可以催一催');
  expect(until({ state: 'asking', dueAt: china('2026-09-14 09:00') })).toBe('请尽快告诉我们');
});

test('staff read who has it, at which desk, and its limit', () => {
  expect(standingOfStaff({ holder: '李晓峰', desk, dueAt: china('2026-09-15 17:30') }, now)).toEqual({
    now: '经办：李晓峰',
    until: '在碧塘村，今天 17:30 前到期',
  });
  expect(standingOfStaff({ holder: null, desk, dueAt: null }, now)).toEqual({ now: '还没有人经办', until: '在碧塘村' });
});
