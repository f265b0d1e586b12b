import type { Permission } from '@sandan/shared/access/roles';
import {
  commitmentLifecycle,
  type CommitmentAction,
  type CommitmentState,
} from '@sandan/shared/commitments/commitment.lifecycle';
import type { Endpoint } from '@sandan/shared/endpoint';
import { actionsFrom, type Lifecycle } from '@sandan/shared/lifecycle';
import { Problem } from '@sandan/shared/problems';
import { holds, type Caller } from '../../foundation/access/caller';
import { test } from '../../foundation/access/rule-predicate';
import type { Db, Reading } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import type { Call } from '../../foundation/http/implement';
import { admit } from '../../foundation/lifecycle/admit';
import {
  historyRow as rowOfHistory,
  moveRow,
  type Moving,
  type SystemActor,
} from '../../foundation/lifecycle/move-row';
import type { History, HistoryFacts } from '../../foundation/outbox/history.entity';
import { askAboutAnswer } from './answer-checks';
import { deedClock } from './commitment-clocks';
import type { Commitment } from './commitment.entity';
import { loadCommitment, type CommitmentRecord } from './commitment-record';
import { commitmentGuards } from './commitments.guards';
import { commitmentPolicy, commitmentSource, readRule } from './commitments.policy';

const table: Lifecycle<CommitmentState, CommitmentAction> = commitmentLifecycle;
const thing = 'commitment';
const kind = { table: 'commitment', thing, lifecycle: table } as const;
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

export interface Step extends Moving<CommitmentState> {
  set?: Partial<Commitment>;
  /** Clocks that start with this step, beside the deed's own. */
  clocks?: readonly Partial<DueWork>[];
}

export type Effect<Body> = (scene: Scene, body: Body) => Promise<Step>;

type ActionCall<E extends Endpoint> = Call<E> & { db: Db; caller: Caller; params: { commitmentId: string } };

/** The deed, if the action may go on; what stands against it is thrown in the fixed order (decisions.md §2.6). */
export async function admitted(
  db: Reading,
  { caller, params, actionId }: Pick<ActionCall<Endpoint>, 'caller' | 'params' | 'actionId'>,
  action: CommitmentAction,
): Promise<{ record: CommitmentRecord; isRepeat: boolean }> {
  const found = await loadCommitment(db, caller, params.commitmentId, actionId);
  return admit({
    ...{ table, thing, action, record: found, repeat: found?.repeat ?? null, caller },
    sees: (deed) => maySee(deed, caller),
    may: (deed) => mayAct(action, deed, caller),
    against: (deed) => commitmentGuards[action]?.(deed, caller) ?? null,
  });
}

/** One action on a deed. */
export async function act<E extends Endpoint, Body extends { actionId: string }>(
  { db, body, ...call }: Pick<ActionCall<E>, 'db' | 'caller' | 'params' | 'actionId'> & { body: () => Body },
  action: CommitmentAction,
  effect: Effect<Body>,
) {
  const { caller } = call;
  const { record, isRepeat } = await admitted(db, call, action);
  if (isRepeat) return replyOf(record, caller);
  const given = body();
  const step = await effect({ db, record, caller, actionId: given.actionId }, given);
  await advance({ db, record, caller, actionId: given.actionId }, action, step);
  const after = await loadCommitment(db, caller, record.id);
  if (!after) throw new Problem('commitment.not-found');
  return replyOf(after, caller);
}

export const replyOf = (record: CommitmentRecord, caller: Caller) => ({
  commitmentId: record.id,
  state: record.state,
  stateName: table.states[record.state].name,
  version: record.contentVersion,
  allows: maySee(record, caller) ? allowsOf(record, caller) : [],
});

/** The only way a deed changes: the row with its history, and the clock of its last day. */
export async function advance(
  scene: Omit<Scene, 'caller'> & { caller: Caller | SystemActor },
  action: CommitmentAction,
  { clocks = [], ...step }: Step,
): Promise<void> {
  const { db, record, caller } = scene;
  const to = await moveRow({ ...scene, ...kind, action, gridId: record.forGridId }, step);
  const running = startsKeeping(record, to, step.set ?? {}) ? [deedClock({ ...record, ...step.set }, caller.now)] : [];
  if (caller.personId !== null)
    await askAboutAnswer(db, record, caller, { action, actionId: scene.actionId, words: step.words });
  await db.upsert(DueWork, [...running, ...clocks], ['dueAt', 'nextAt', 'rung', 'leasedUntil']);
}

/** From publication on, and whenever the last day is another one. */
const startsKeeping = (record: CommitmentRecord, to: CommitmentState, set: Partial<Commitment>): boolean =>
  to === 'published' && (record.state !== 'published' || (set.deadline ?? record.deadline) !== record.deadline);

export const historyRow = (
  scene: Pick<Scene, 'record' | 'caller' | 'actionId'>,
  action: CommitmentAction,
  told: { to: CommitmentState; words: string | null; facts: HistoryFacts | null },
): Partial<History> =>
  rowOfHistory(
    { ...scene, thing, action, gridId: scene.record.forGridId },
    { from: action === 'draft' ? null : scene.record.state, ...told },
  );
