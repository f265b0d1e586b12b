import fc from 'fast-check';
import { orderStateFromTasks, worstOutcome, type TaskFact } from './derive-order-state';
import { derivedOrderStates } from './order.lifecycle';
import { outcomes, type Outcome } from './order.words';
import { taskLifecycle, type TaskState } from './task.lifecycle';

/** `offered`, `claimed?` (assisting), `returned!` (replaced or waived): a round of tasks in one line. */
function round(line: string): TaskFact[] {
  const tasks = line.split(' ').filter((each) => each !== '');
  return tasks.map((task) => ({
    state: task.replace(/[?!]/, '') as TaskState,
    required: !task.endsWith('?'),
    replaced: task.endsWith('!'),
  }));
}

describe('the state of an order follows from its tasks', () => {
  test.each([
    ['', 'accepted', 'nothing has been dispatched'],
    ['offered', 'dispatched', 'it waits to be claimed'],
    ['offered offered', 'dispatched', 'two wait'],
    ['claimed', 'handling', 'somebody has it in hand'],
    ['claimed offered', 'handling', 'one has begun, the other waits'],
    ['reported offered', 'handling', 'one is ready, the other waits: not finished'],
    ['reported claimed', 'handling', 'one is ready, the other is at work'],
    ['reported', 'reported', 'one task, done: the resident is asked'],
    ['reported reported', 'checking', 'more than one task is looked at first'],
    ['returned', 'accepted', 'it came back to the desk'],
    ['expired', 'accepted', 'nobody took it'],
    ['returned expired', 'accepted', 'nobody has anything'],
    ['cancelled', 'accepted', 'what was cancelled does not count'],
    ['reported cancelled', 'reported', 'one of two was cancelled: one task is left'],
    ['reported returned', 'handling', 'never closed over a task that came back'],
    ['reported expired', 'handling', 'never closed over a task nobody took'],
    ['reported returned!', 'reported', 'the desk has waived the one that came back'],
    ['offered returned!', 'dispatched', 'a new task stands in for the one that came back'],
    ['offered returned', 'dispatched', 'one came back, the other still waits'],
    ['claimed?', 'accepted', 'an assisting task alone decides nothing'],
    ['reported offered?', 'reported', 'an assisting task does not hold the order up'],
    ['offered reported?', 'dispatched', 'nor does it move the order on'],
  ])('%s → %s: %s', (line, state) => {
    expect(orderStateFromTasks(round(line), false)).toBe(state);
  });

  test('a category that is verified goes to the desk first, even with one task', () => {
    expect(orderStateFromTasks(round('reported'), true)).toBe('checking');
    expect(orderStateFromTasks(round('claimed'), true)).toBe('handling');
  });
});

const gone: TaskState[] = ['returned', 'expired'];
const anyTask: fc.Arbitrary<TaskFact> = fc
  .record({
    state: fc.constantFrom(...(Object.keys(taskLifecycle.states) as TaskState[])),
    required: fc.boolean(),
    replaced: fc.boolean(),
  })
  .map((task) => ({ ...task, replaced: task.replaced && gone.includes(task.state) }));
const anyRound = fc.array(anyTask, { maxLength: 6 });
const often = { numRuns: 5_000 };

/** The tasks that decide, in the words of the rule. */
const deciding = (tasks: TaskFact[]) =>
  tasks.filter(({ state, required, replaced }) => required && state !== 'cancelled' && !replaced);

describe('whatever the tasks are', () => {
  test('the order is in one of the five states that tasks may put it into', () => {
    const check = fc.property(anyRound, fc.boolean(), (tasks, verify) => {
      expect(derivedOrderStates).toContain(orderStateFromTasks(tasks, verify));
    });
    fc.assert(check, often);
  });

  test('it is never closed over a task nobody did', () => {
    const check = fc.property(anyRound, fc.boolean(), (tasks, verify) => {
      const isOver = ['checking', 'reported'].includes(orderStateFromTasks(tasks, verify));
      const decide = deciding(tasks);
      expect(isOver).toBe(decide.length > 0 && decide.every(({ state }) => state === 'reported' || state === 'done'));
    });
    fc.assert(check, often);
  });

  test('it waits for a dispatch exactly when nobody has anything to do', () => {
    const check = fc.property(anyRound, fc.boolean(), (tasks, verify) => {
      const nothing = deciding(tasks).every(({ state }) => gone.includes(state));
      expect(orderStateFromTasks(tasks, verify) === 'accepted').toBe(nothing);
    });
    fc.assert(check, often);
  });

  test('assisting, cancelled, replaced and waived tasks change nothing, nor does the order in which they stand', () => {
    const check = fc.property(anyRound, anyRound, fc.boolean(), fc.nat(), (tasks, others, verify, turn) => {
      const idle = others.filter((task) => deciding([task]).length === 0);
      const mixed = [...idle.slice(turn % 7), ...[...tasks].reverse(), ...idle.slice(0, turn % 7)];
      expect(orderStateFromTasks(mixed, verify)).toBe(orderStateFromTasks(tasks, verify));
    });
    fc.assert(check, often);
  });

  test('verifying only ever puts the desk before the resident', () => {
    const check = fc.property(anyRound, (tasks) => {
      const [plain, verified] = [orderStateFromTasks(tasks, false), orderStateFromTasks(tasks, true)];
      expect(verified).toBe(plain === 'reported' ? 'checking' : plain);
    });
    fc.assert(check, often);
  });
});

describe('the outcome of an order is the worst of its tasks', () => {
  test.each<[Outcome[], Outcome | null]>([
    [[], null],
    [['solved'], 'solved'],
    [['solved', 'partlySolved'], 'partlySolved'],
    [['partlySolved', 'planned', 'solved'], 'planned'],
    [['explained', 'partlySolved'], 'explained'],
    [['solved', 'beyondPower'], 'beyondPower'],
    [['notFound', 'solved'], 'notFound'],
  ])('%p → %s', (given, worst) => {
    expect(worstOutcome(given)).toBe(worst);
  });

  test('it is one of them, in whatever order, and only solved when all are', () => {
    const all = Object.keys(outcomes) as Outcome[];
    const check = fc.property(fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 6 }), (given) => {
      const worst = worstOutcome(given) as Outcome;
      expect(given).toContain(worst);
      expect(worstOutcome([...given].reverse())).toBe(worst);
      expect(worst === 'solved').toBe(given.every((each) => each === 'solved'));
    });
    fc.assert(check, often);
  });
});
