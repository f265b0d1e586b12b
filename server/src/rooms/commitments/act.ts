import type { Permission } from '@sandan/shared/access/roles';
import {
  commitmentLifecycle,
  type CommitmentAction,
  type CommitmentState,
} from '@sandan/shared/commitments/commitment.lifecycle';
import type { Endpoint } from '@sandan/shared/endpoint';
import { actionsFrom, canDo, stageOf, targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import { Problem } from '@sandan/shared/problems';
import { holds, roleFor, type Caller } from '../../foundation/access/caller';
import { test } from '../../foundation/access/rules';
import { SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db, SqlValue } from '../../foundation/database/connect';
import { snakeOf } from '../../foundation/database/rows';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import type { Call } from '../../foundation/http/implement';
import { History, type HistoryFacts } from '../../foundation/outbox/history.entity';
import { deedClock } from './commitment-clocks';
import type { Commitment } from './commitment.entity';
import { loadCommitment, type CommitmentRecord } from './commitment-record';
import { commitmentGuards } from './commitments.guards';
import { commitmentPolicy, commitmentSource, readRule } from './commitments.policy';

const table: Lifecycle<CommitmentState, CommitmentAction> = commitmentLifecycle;
type Row = Record<string, unknown>;

export const maySee = (record: CommitmentRecord, caller: Caller): boolean =>
  test(readRule, caller, record as unknown as Row, commitmentSource);

export const mayAct = (action: CommitmentAction, record: CommitmentRecord, caller: Caller): boolean =>
  holds(caller, `commitment.${action}` as Permission) &&
  test(commitmentPolicy[action], caller, record as unknown as Row, commitmentSource);

/** `allows` = lifecycle ∩ policy ∩ guards: what the app draws its buttons from. */
export const allowsOf = (record: CommitmentRecord, caller: Caller): CommitmentAction[] =>
  actionsFrom(table, record.state).filter(
    (action) => mayAct(action, record, caller) && !commitmentGuards[action]?.(record, caller),
  );

/** What an effect is given: the deed as read, who acts, the one transaction. */
export interface Scene {
  db: Db;
  record: CommitmentRecord;
  caller: Caller;
  actionId: string;
}

export interface Step {
  /** Left out: the only state the table names. */
  to?: CommitmentState;
  set?: Partial<Commitment>;
  words?: string | null;
  facts?: HistoryFacts;
  /** Clocks that start with this step, beside the deed's own. */
  clocks?: readonly Partial<DueWork>[];
  /** Many do this at once and must not refuse each other: only the state must still be the one that was read (decisions.md §1.3). */
  together?: true;
  /** Rows beside the deed, written after it is locked (decisions.md §1.1). */
  beside?: (db: Db) => Promise<void>;
}

export type Effect<Body> = (scene: Scene, body: Body) => Promise<Step>;

type ActionCall<E extends Endpoint> = Call<E> & { db: Db; caller: Caller; params: { commitmentId: string } };

/** One action on a deed, with its answers in the fixed order (decisions.md §2.6). */
export async function act<E extends Endpoint, Body extends { actionId: string }>(
  {
    db,
    caller,
    params,
    actionId,
    body,
  }: Pick<ActionCall<E>, 'db' | 'caller' | 'params' | 'actionId'> & {
    body: () => Body;
  },
  action: CommitmentAction,
  effect: Effect<Body>,
) {
  const record = await loadCommitment(db, caller, params.commitmentId, actionId);
  if (record && isOwnRepeat(record, action, caller)) return replyOf(record, caller);
  if (!record || !maySee(record, caller)) throw new Problem('commitment.not-found');
  if (record.repeat) throw new Problem('action.repeated-differently');
  if (!mayAct(action, record, caller)) throw new Problem('access.forbidden');
  if (!canDo(table, action, record.state)) {
    const { state } = record;
    throw new Problem('commitment.wrong-state', { facts: { state, stateName: table.states[state].name } });
  }
  const against = commitmentGuards[action]?.(record, caller);
  if (against) throw new Problem(against);
  const given = body();
  const step = await effect({ db, record, caller, actionId: given.actionId }, given);
  await advance({ db, record, caller, actionId: given.actionId }, action, step);
  const after = await loadCommitment(db, caller, record.id);
  if (!after) throw new Problem('commitment.not-found');
  return replyOf(after, caller);
}

const isOwnRepeat = ({ id, repeat }: CommitmentRecord, action: string, caller: Caller): boolean =>
  repeat?.actorId === caller.personId && repeat.action === action && repeat.thingId === id;

export const replyOf = (record: CommitmentRecord, caller: Caller) => ({
  commitmentId: record.id,
  state: record.state,
  stateName: table.states[record.state].name,
  version: record.contentVersion,
  allows: maySee(record, caller) ? allowsOf(record, caller) : [],
});

const onlyTarget = (action: CommitmentAction, from: CommitmentState): CommitmentState => {
  const targets = targetsOf(table, action, from, []);
  const [first] = targets;
  if (!first || targets.length > 1) throw new Error(`${action} may lead to several states; the step must say which`);
  return first;
};

/** The only way a deed changes (house.md rule 4): on the version that was read, then what hangs on it, then history. */
export async function advance(
  { db, record, caller, actionId }: Scene,
  action: CommitmentAction,
  { to = onlyTarget(action, record.state), set = {}, words, facts, clocks = [], together, beside }: Step,
): Promise<void> {
  if (!canDo(table, action, record.state) || !targetsOf(table, action, record.state, []).includes(to)) {
    throw new Error(`${action} does not lead from ${record.state} to ${to}`);
  }
  const changes = { ...set, state: to, stage: stageOf(table, to) };
  const assignments = Object.keys(changes).map((property) => `${snakeOf(property)} = ?`);
  const moved = await db.write(
    `UPDATE commitment SET ${assignments.join(', ')}, version = version + 1 WHERE id = ? AND ${together ? 'state' : 'version'} = ?`,
    [...(Object.values(changes) as SqlValue[]), record.id, together ? record.state : record.version],
  );
  if (moved === 0) throw new SomebodyWasQuicker();
  await beside?.(db);
  await db.insert(History, [
    historyRow({ record, caller, actionId }, action, { to, words: words ?? null, facts: facts ?? null }),
  ]);
  const running = startsKeeping(record, to, set) ? [deedClock({ ...record, ...set }, caller.now)] : [];
  await db.upsert(DueWork, [...running, ...clocks], ['dueAt', 'nextAt', 'rung', 'leasedUntil']);
}

/** From publication on, and whenever the last day is another one. */
const startsKeeping = (record: CommitmentRecord, to: CommitmentState, set: Partial<Commitment>): boolean =>
  to === 'published' && (record.state !== 'published' || (set.deadline ?? record.deadline) !== record.deadline);

export const historyRow = (
  { record, caller, actionId }: Pick<Scene, 'record' | 'caller' | 'actionId'>,
  action: CommitmentAction,
  { to, words, facts }: { to: CommitmentState; words: string | null; facts: HistoryFacts | null },
): Partial<History> => ({
  id: actionId,
  ...{ thing: 'commitment', thingId: record.id, aggregateId: record.id, seq: record.version + 1 },
  ...{ townId: record.townId, actorId: caller.personId, actorName: caller.name, onBehalfId: null, at: caller.now },
  actorRole: roleFor(caller, `commitment.${action}` as Permission, record.forGridId),
  ...{ action, fromState: action === 'draft' ? null : record.state, toState: to, words, facts, fannedOutAt: null },
});
