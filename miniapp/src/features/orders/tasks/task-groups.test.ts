import { groupTasks, type TaskOfMine } from './task-groups';

const china = (text: string): string => new Date(Date.parse(`${text.replace(' ', 'T')}:00+08:00`)).toISOString();
/** A Tuesday. */
const now = Date.parse(china('2026-09-15 09:00'));

const task = (name: string, more: Partial<TaskOfMine>) => ({
  name,
  state: 'claimed',
  handleDueAt: null,
  seats: [],
  allows: [],
  ...more,
});
const promised = (at: string) => [{ mine: true, promisedAt: china(at) }];

test('who is asked by name reads that first, then what is late, then today, this week, later, and what was reported', () => {
  const tasks = [
    task('reported', { state: 'reported' }),
    task('next Monday', { handleDueAt: china('2026-09-21 09:00') }),
    task('Sunday', { handleDueAt: china('2026-09-20 23:59') }),
    task('today', { handleDueAt: china('2026-09-15 18:00') }),
    task('late', { handleDueAt: china('2026-09-15 08:59') }),
    task('asked', { state: 'offered', allows: ['claim', 'giveBack'] }),
    task('handed over to me', { allows: ['agreeHandOver', 'refuseHandOver'] }),
  ];
  expect(groupTasks(tasks, now).map(({ task: { name }, heading }) => [heading, name])).toEqual([
    ['指名请您接', 'asked'],
    [null, 'handed over to me'],
    ['已经超时', 'late'],
    ['今天要办', 'today'],
    ['这周要办', 'Sunday'],
    ['以后要办', 'next Monday'],
    ['办完了，等回话', 'reported'],
  ]);
});

test('what was promised counts before a later limit, and only one’s own promise', () => {
  const tasks = [
    task('others’ promise', {
      handleDueAt: china('2026-09-18 18:00'),
      seats: [{ mine: false, promisedAt: china('2026-09-15 10:00') }],
    }),
    task('my promise', { handleDueAt: china('2026-09-25 18:00'), seats: promised('2026-09-15 18:00') }),
  ];
  expect(groupTasks(tasks, now).map(({ task: { name }, heading }) => [heading, name])).toEqual([
    ['今天要办', 'my promise'],
    ['这周要办', 'others’ promise'],
  ]);
});

test('on a Sunday the week ends today', () => {
  const sunday = Date.parse(china('2026-09-20 09:00'));
  const [first] = groupTasks([task('Monday', { handleDueAt: china('2026-09-21 09:00') })], sunday);
  expect(first?.heading).toBe('以后要办');
});
