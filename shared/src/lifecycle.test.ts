import { actionsFrom, canDo, stageOf, targetsOf, type Lifecycle } from './lifecycle';
import { derivedOrderStates, orderLifecycle } from './orders/order.lifecycle';
import { sweepLifecycle } from './sweeps/sweep.lifecycle';
import { seatLifecycle, taskLifecycle } from './orders/task.lifecycle';

interface Case {
  table: Lifecycle;
  derivable: readonly string[];
  /** Where a thing rests for good. */
  final: string[];
}

const cases: [name: string, Case][] = [
  ['an order', { table: orderLifecycle, derivable: derivedOrderStates, final: ['archived', 'withdrawn'] }],
  ['a task', { table: taskLifecycle, derivable: [], final: ['cancelled', 'done'] }],
  ['a sweep', { table: sweepLifecycle, derivable: [], final: ['cancelled'] }],
  ['a seat', { table: seatLifecycle, derivable: [], final: ['absent', 'givenBack', 'handedOver', 'released'] }],
];

/** All arrows of the table, those that stay where they are included; null: there was nothing before. */
const arrowsOf = ({ table, derivable }: Case) =>
  Object.entries(table.actions).flatMap(([action, { from, fresh }]) =>
    [...from, ...(fresh ? [null] : [])].flatMap((start) =>
      targetsOf(table, action, start ?? '', derivable).map((to) => ({ action, from: start, to })),
    ),
  );

function reachable(given: Case): string[] {
  const arrows = arrowsOf(given);
  const reached = new Set<string | null>([null]);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const { from, to } of arrows) if (reached.has(from)) reached.add(to);
  }
  reached.delete(null);
  return [...(reached as Set<string>)].sort();
}

describe.each(cases)('the lifecycle of %s', (_, given) => {
  const { table } = given;
  const states = Object.keys(table.states).sort();

  test('names states of its own only', () => {
    for (const { from, to } of arrowsOf(given)) {
      expect(states).toContain(to);
      if (from !== null) expect(states).toContain(from);
    }
  });

  test('has a way in, and a way to every state', () => {
    expect(arrowsOf(given).some(({ from }) => from === null)).toBe(true);
    expect(reachable(given)).toEqual(states);
  });

  test('can be left from everywhere but from where a thing rests for good', () => {
    const stuck = states.filter((state) => !arrowsOf(given).some(({ from, to }) => from === state && to !== state));
    expect(stuck).toEqual(given.final.filter((state) => stuck.includes(state)));
    for (const state of given.final) expect(actionsFrom(table, state)).toEqual([]);
  });

  test('makes a thing or starts from somewhere: no action is idle', () => {
    for (const [action, { from, fresh }] of Object.entries(table.actions)) {
      expect([action, from.length > 0 || fresh === true]).toEqual([action, true]);
      expect([action, new Set(from).size]).toEqual([action, from.length]);
    }
  });

  test('names another of its actions where one may be done only so often', () => {
    for (const { atMost, then } of Object.values(table.actions)) {
      if (then === undefined) continue;
      expect(atMost).toBeGreaterThan(0);
      expect(Object.keys(table.actions)).toContain(then);
    }
  });
});

test('the stages of an order are those of the village: what waits, what is worked on, what is done, what was stopped', () => {
  const statesIn = (stage: string) =>
    Object.entries(orderLifecycle.states).flatMap(([state, row]) => (row.stage === stage ? [state] : []));
  expect(statesIn('open')).toEqual(['placed', 'asking', 'accepted', 'dispatched']);
  expect(statesIn('working')).toEqual(['handling', 'suspended', 'checking', 'reported', 'inReview']);
  expect(statesIn('done')).toEqual(['confirmed', 'unanswered', 'archived']);
  expect(statesIn('stopped')).toEqual(['declined', 'merged', 'converted', 'withdrawn']);
  expect(stageOf(taskLifecycle, 'offered')).toBe('open');
});

test('what was stopped comes back only by objecting, by taking a merge apart and by taking it back', () => {
  const back = arrowsOf(cases[0]?.[1] as Case).filter(
    ({ from }) => from !== null && stageOf<string>(orderLifecycle, from) === 'stopped',
  );
  expect(back.map(({ action, from, to }) => `${from} ${action} ${to}`).sort()).toEqual([
    'converted takeBack accepted',
    'declined object placed',
    'merged unmerge placed',
  ]);
});

test('what only time may do is offered to nobody', () => {
  expect(canDo(orderLifecycle, 'archive', 'confirmed')).toBe(true);
  expect(actionsFrom(orderLifecycle, 'confirmed')).not.toContain('archive');
  expect(actionsFrom(orderLifecycle, 'confirmed')).toContain('reopen');
});

test('a resident may say 没办好 twice; the third wish goes to the level above', () => {
  expect(orderLifecycle.actions.reopen).toMatchObject({ atMost: 2, then: 'appealUp' });
});
