import { stageOf, targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import { derivedOrderStates, orderLifecycle } from '@sandan/shared/orders/order.lifecycle';
import { taskLifecycle } from '@sandan/shared/orders/task.lifecycle';
import type { Reading } from '../src/foundation/database/connect';

/** Replays an order's history through the pure tables and compares what comes out with the rows as they stand. */

interface HistoryRow {
  seq: number;
  id: string;
  thing: 'order' | 'task' | 'clock';
  thing_id: string;
  action: string;
  from_state: string | null;
  to_state: string | null;
}
interface OrderRow {
  state: string;
  stage: string;
  round: number;
  moves: number;
  reopens: number;
  in_sample: number;
  due_at: Date | null;
}
interface TaskRow {
  id: string;
  state: string;
  stage: string;
  round: number;
  places: number;
  taken: number;
  on_the_spot: number;
  lead_id: string | null;
  contacted_at: Date | null;
}
interface SeatRow {
  task_id: string;
  person_id: string;
  state: string;
}
interface ClockRow {
  thing_id: string;
  kind: string;
  due_at: Date | null;
}

const orders: Lifecycle = orderLifecycle;
const tasks: Lifecycle = taskLifecycle;

/** What contradicts what; empty when the history explains everything. */
export async function contradictionsIn(reading: Reading, orderId: string): Promise<string[]> {
  const [history, [order], taskRows, seats, clocks] = await Promise.all([
    reading.query<HistoryRow>(
      'SELECT id, seq, thing, thing_id, action, from_state, to_state FROM history WHERE aggregate_id = ? ORDER BY seq, id',
      [orderId],
    ),
    reading.query<OrderRow>('SELECT * FROM service_order WHERE id = ?', [orderId]),
    reading.query<TaskRow>('SELECT * FROM task WHERE order_id = ?', [orderId]),
    reading.query<SeatRow>('SELECT task_id, person_id, state FROM task_claim WHERE order_id = ?', [orderId]),
    reading.query<ClockRow>(
      'SELECT thing_id, kind, due_at FROM due_work WHERE aggregate_id = ? AND running_since IS NOT NULL',
      [orderId],
    ),
  ]);
  if (!order) return [`there is no order ${orderId}`];
  return [
    ...storyOf(history, order, taskRows),
    ...taskRows.flatMap((task) => seatsOf(task, seats)),
    ...inHand(order, taskRows, seats),
    ...clocksOf(orderId, order, taskRows, clocks),
  ];
}

const explains = (table: Lifecycle, action: string, from: string | null, to: string, derivable: readonly string[]) => {
  const row = table.actions[action];
  if (!row) return false;
  if (from === null) return row.fresh === true && targetsOf(table, action, to, []).includes(to);
  return row.from.includes(from) && targetsOf(table, action, from, derivable).includes(to);
};

/** Order and tasks walk from nothing to where they are, each step by the table. */
function storyOf(history: HistoryRow[], order: OrderRow, taskRows: TaskRow[]): string[] {
  const wrong: string[] = [];
  let state: string | null = null;
  let round = 1;
  const of = new Map(taskRows.filter(({ on_the_spot }) => on_the_spot === 0).map(({ id }) => [id, 'offered']));
  // A task settled on the spot was never offered: it is there with the settling.
  const settle = () => {
    for (const task of taskRows) if (task.on_the_spot === 1 && task.round === round) of.set(task.id, 'reported');
  };
  const finish = () => of.forEach((each, id) => each === 'reported' && of.set(id, 'done'));
  for (const { thing, thing_id, action, from_state, to_state } of inOrder(history)) {
    if (thing === 'clock') continue;
    const was: string | null = thing === 'order' ? state : (of.get(thing_id) ?? null);
    const to = to_state ?? '';
    if (from_state !== was) wrong.push(`${thing} ${action} says it left ${from_state}, but it stood at ${was}`);
    const [table, derivable] = thing === 'order' ? ([orders, derivedOrderStates] as const) : ([tasks, []] as const);
    if (!explains(table, action, was, to, derivable))
      wrong.push(`${thing} ${action} does not lead from ${was} to ${to}`);
    if (thing === 'task') of.set(thing_id, to);
    // What was reported is done when the round ends: by an answer, by silence, by a new round.
    else if (endsRound(action, to)) finish();
    if (action === 'settle') settle();
    if (startsRound(action, to)) round += 1;
    if (thing === 'order') state = to;
  }
  if (round !== order.round) wrong.push(`by its history it is round ${round}, not ${order.round}`);
  if (state !== order.state) wrong.push(`the history ends in ${state}, the order stands at ${order.state}`);
  if (stageOf(orders, order.state) !== order.stage) wrong.push(`${order.state} is not ${order.stage}`);
  for (const task of taskRows) {
    if (of.get(task.id) !== task.state) wrong.push(`a task is ${task.state}, by its history ${of.get(task.id)}`);
    if (stageOf(tasks, task.state) !== task.stage) wrong.push(`task ${task.state} is not ${task.stage}`);
  }
  const count = (...actions: string[]) =>
    history.filter(({ thing, action }) => thing === 'order' && actions.includes(action)).length;
  if (order.moves !== count('escalate', 'sendDown', 'redirect', 'object')) wrong.push(`moved ${order.moves} times`);
  return wrong;
}

/** Rows of one step: the order's own action, then its tasks, then what the order derives from them. */
function rank({ thing, action }: HistoryRow): number {
  if (thing !== 'order') return 1;
  return action === 'derive' ? 2 : 0;
}
function inOrder(history: HistoryRow[]): HistoryRow[] {
  const steps: HistoryRow[][] = [];
  for (const row of history) {
    const last = steps.at(-1);
    if (last && last[0] && row.seq === last[0].seq) last.push(row);
    else steps.push([row]);
  }
  return steps.flatMap((step) => step.sort((one, other) => rank(one) - rank(other)));
}

const endsRound = (action: string, to: string): boolean =>
  ['confirmed', 'unanswered', 'archived'].includes(to) || startsRound(action, to);
const startsRound = (action: string, to: string): boolean => to === 'accepted' && newRound.has(action);
const newRound = new Set(['reopen', 'orderRedo', 'inspect', 'recordCallback']);

function seatsOf(task: TaskRow, all: SeatRow[]): string[] {
  const seats = all.filter(({ task_id }) => task_id === task.id);
  const taken = seats.filter(({ state }) => state === 'taken');
  const finished = seats.filter(({ state }) => state === 'reported' || state === 'absent');
  const wrong: string[] = [];
  if (task.state === 'offered' || task.state === 'claimed') {
    if (task.taken !== taken.length) wrong.push(`${task.taken} seats are counted, ${taken.length} are taken`);
    const leads = task.lead_id === null ? task.taken === 0 : taken.some(({ person_id }) => person_id === task.lead_id);
    if (!leads) wrong.push(`a ${task.state} task is led by nobody who sits in it`);
  } else if (taken.length > 0) wrong.push(`somebody has a ${task.state} task in hand`);
  if (task.state === 'claimed' && task.taken === 0) wrong.push('a claimed task is in nobody’s hand');
  if (['reported', 'done'].includes(task.state) && finished.length === 0)
    wrong.push(`a ${task.state} task was done by nobody`);
  if (task.taken > task.places) wrong.push(`${task.taken} sit on ${task.places} places`);
  return wrong;
}

function inHand(order: OrderRow, taskRows: TaskRow[], seats: SeatRow[]): string[] {
  const open = taskRows.filter(({ state }) => state === 'offered' || state === 'claimed');
  const over = order.stage === 'done' || order.stage === 'stopped';
  return [
    ...(over && open.length > 0 ? [`a task is ${open[0]?.state} of an order that is ${order.state}`] : []),
    ...(open.some(({ round }) => round < order.round) ? ['a task of an earlier round is still open'] : []),
    ...(over && seats.some(({ state }) => state === 'taken')
      ? [`somebody sits in an order that is ${order.state}`]
      : []),
  ];
}

const clockOf: Record<string, string[]> = {
  placed: ['study'],
  asking: ['asking'],
  accepted: ['dispatch'],
  suspended: ['resume'],
  checking: ['verify'],
  reported: ['feedback'],
  inReview: ['review'],
  confirmed: ['window'],
  unanswered: ['window'],
};
/** What was sent back is not asked for a first contact again. */
const taskClocks = ({ state, contacted_at }: TaskRow): string[] => {
  if (state === 'offered') return ['claim'];
  if (state !== 'claimed') return [''];
  return contacted_at === null ? ['contact,handle', 'handle'] : ['handle'];
};

/** The clocks that run are those of the state, no more and no fewer; the order is due by the first of them. */
function clocksOf(orderId: string, order: OrderRow, taskRows: TaskRow[], clocks: ClockRow[]): string[] {
  const runs = (thingId: string) =>
    clocks
      .filter(({ thing_id }) => thing_id === thingId)
      .map(({ kind }) => kind)
      .sort();
  const wrong: string[] = [];
  const own = runs(orderId);
  // A fault stops the window until it is settled; an appeal stops even that.
  const inspected = order.in_sample === 1 && ['', 'fault', 'window'].includes(own.join());
  if (own.join() !== (clockOf[order.state] ?? []).join() && !inspected)
    wrong.push(`${order.state} runs on ${own.join() || 'no clock'}`);
  for (const task of taskRows) {
    const rests = order.state === 'suspended' || order.stage === 'done' || order.stage === 'stopped';
    const expected = rests ? [''] : taskClocks(task);
    if (!expected.includes(runs(task.id).join())) {
      wrong.push(`a ${task.state} task of a ${order.state} order runs on ${runs(task.id).join() || 'no clock'}`);
    }
  }
  const due = clocks.filter(({ kind }) => kind !== 'window').map(({ due_at }) => due_at?.getTime() ?? Infinity);
  const first = due.length > 0 ? Math.min(...due) : null;
  if ((order.due_at?.getTime() ?? null) !== first)
    wrong.push(`due at ${order.due_at?.toISOString()}, its clocks say otherwise`);
  return wrong;
}
