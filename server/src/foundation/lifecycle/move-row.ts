import type { Permission } from '@sandan/shared/access/roles';
import { stageOf, targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import { nameFor, roleFor, type Caller } from '../access/caller';
import { recordDecisions } from '../audit/record-act';
import { SomebodyWasQuicker } from '../database/conflicts';
import type { Db, SqlValue } from '../database/connect';
import { snakeOf } from '../database/rows';
import { History, type HistoryFacts } from '../outbox/history.entity';

/** A thing with a lifecycle, as it was read. */
export interface Movable<State extends string> {
  id: string;
  state: State;
  version: number;
  townId: string | null;
}

/** What happens by time or by events, by nobody in particular. */
export interface SystemActor {
  personId: null;
  name: string;
  now: Date;
}
export const systemAt = (now: Date): SystemActor => ({ personId: null, name: '系统', now });

interface Move<State extends string, Action extends string> {
  db: Db;
  caller: Caller | SystemActor;
  actionId: string;
  /** Its table in the database, and its name in history and permissions. */
  table: 'commitment' | 'commitment_round' | 'showcase' | 'binding_request' | 'sweep';
  thing: 'commitment' | 'round' | 'showcase' | 'binding' | 'sweep';
  lifecycle: Lifecycle<State, Action>;
  record: Movable<State>;
  action: Action;
  /** Where the actor's role is looked for, if he has several. */
  gridId?: string;
}

export interface Moving<State extends string> {
  /** Left out: the only state the table names. */
  to?: State | undefined;
  /** Columns by their properties. */
  set?: Readonly<Record<string, unknown>>;
  words?: string | null | undefined;
  facts?: HistoryFacts | undefined;
  /** Many do this at once and must not refuse each other: only the state must still be the one that was read (decisions.md §1.3). */
  together?: boolean | undefined;
  /** Rows beside it, written after it is locked (decisions.md §1.1). */
  beside?: ((db: Db) => Promise<void>) | undefined;
  /** What is about the row of history itself. */
  afterwards?: ((db: Db) => Promise<void>) | undefined;
}

/**
 * The only way a thing changes (house.md rule 4): as the table says, on the version that was read, then what hangs on it,
 * then one row of history, which is the event. Returns the state it is in now.
 */
export async function moveRow<State extends string, Action extends string>(
  move: Move<State, Action>,
  { to: wanted, set = {}, words = null, facts, together = false, beside, afterwards }: Moving<State>,
): Promise<State> {
  const { db, table, lifecycle, record, action } = move;
  const to = targetOf(lifecycle, action, record.state, wanted);
  const changes = { ...set, state: to, stage: stageOf(lifecycle, to) };
  const assignments = Object.keys(changes).map((property) => `${snakeOf(property)} = ?`);
  const [condition, seen] = together ? ['state', record.state] : ['version', record.version];
  const moved = await db.write(
    `UPDATE ${table} SET ${assignments.join(', ')}, version = version + 1 WHERE id = ? AND ${condition} = ?`,
    [...(Object.values(changes) as SqlValue[]), record.id, seen],
  );
  if (moved === 0) throw new SomebodyWasQuicker();
  await beside?.(db);
  const told = [historyRow(move, { from: record.state, to, words, facts: facts ?? null })];
  await db.insert(History, told);
  await recordDecisions(db, told);
  await afterwards?.(db);
  return to;
}

function targetOf<State extends string, Action extends string>(
  lifecycle: Lifecycle<State, Action>,
  action: Action,
  from: State,
  wanted: State | undefined,
): State {
  const targets = lifecycle.actions[action].from.includes(from) ? targetsOf(lifecycle, action, from, []) : [];
  const [only] = targets;
  const to = wanted ?? (targets.length === 1 ? only : undefined);
  if (to === undefined || !targets.includes(to)) throw new Error(`${action} does not lead from ${from} to ${to}`);
  return to;
}

interface Told<State extends string> {
  from: State | null;
  to: State;
  words: string | null;
  facts: HistoryFacts | null;
}

/** The row of a step, also of the one that makes the thing (`from` is null). Its id is the caller's action id. */
export const historyRow = <State extends string, Action extends string>(
  { caller, actionId, thing, record, action, gridId }: Omit<Move<State, Action>, 'db' | 'table' | 'lifecycle'>,
  { from, to, words, facts }: Told<State>,
): Partial<History> => ({
  id: actionId,
  ...{ thing, thingId: record.id, aggregateId: record.id, seq: record.version + 1, townId: record.townId },
  ...{ actorId: caller.personId, at: caller.now },
  ...(caller.personId === null
    ? { actorName: caller.name, onBehalfId: null }
    : nameFor(caller, `${thing}.${action}` as Permission, gridId)),
  actorRole: caller.personId === null ? 'system' : roleFor(caller, `${thing}.${action}` as Permission, gridId),
  ...{ action, fromState: from, toState: to, words, facts, fannedOutAt: null },
});
