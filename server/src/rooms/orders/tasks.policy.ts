import type { TaskAction } from '@sandan/shared/orders/task.lifecycle';
import type { ProblemCode } from '@sandan/shared/problems';
import { orderLimits } from '@sandan/shared/orders/order.words';
import type { Permission } from '@sandan/shared/access/roles';
import { holds, type Caller } from '../../foundation/access/caller';
import { test } from '../../foundation/access/rule-predicate';
import { whereOf, type Where } from '../../foundation/access/rule-where';
import type { RowSource, Rule } from '../../foundation/access/rules';
import { snakeOf } from '../../foundation/database/rows';
import { isSealed, mayAct, maySee } from './act';
import { askedSeat } from './asked-seats';
import type { OrderRecord } from './order-record';
import type { Task } from './task.entity';

type TaskColumn = 'mode' | 'state' | 'assigneeId' | 'receiverId' | 'leadId' | 'confidential' | 'partyMembersOnly';
type TaskRelation = 'seat';
type TaskRule = Rule<TaskColumn, TaskRelation>;

/** A task as the rules see it: itself and who sits in it. */
export interface TaskInOrder extends Task {
  seatIds: string[];
}

export const taskSource: RowSource<TaskColumn, TaskRelation> = {
  sqlColumn: (column) => `t.${snakeOf(column)}`,
  sqlTier: (prefix, tier) => `t.${prefix}_${tier}_id`,
  sqlRelation: {
    seat: "EXISTS (SELECT 1 FROM task_claim x WHERE x.task_id = t.id AND x.person_id = ? AND x.state IN ('taken', 'reported'))",
  },
  people: (row) => (row as unknown as TaskInOrder).seatIds,
};

const anyOf = (...rules: TaskRule[]): TaskRule => ({ kind: 'anyOf', rules });
const allOf = (...rules: TaskRule[]): TaskRule => ({ kind: 'allOf', rules });
const seat: TaskRule = { kind: 'among', relation: 'seat' };
const assignee: TaskRule = { kind: 'me', column: 'assigneeId' };
const receiver: TaskRule = { kind: 'me', column: 'receiverId' };
const lead: TaskRule = { kind: 'me', column: 'leadId' };

/** 接单大厅: open to whoever's grid lies on one line with the scope; assigned to the assignee alone. */
export const claimRule: TaskRule = anyOf(
  assignee,
  allOf(
    { kind: 'is', column: 'mode', values: ['open', 'team'] },
    { kind: 'is', column: 'confidential', values: [0] },
    // 作风反映 has a desk of its own, which has nothing to seek in the hall.
    { kind: 'meets', permission: 'task.claim', prefix: 'scope', notRole: 'disciplineDesk' },
  ),
);

/** Concerned as a helper; the desk reads a task through its order. */
export const taskReadRule: TaskRule = anyOf(seat, assignee, receiver, claimRule);

type DeskAction = Extract<TaskAction, 'start' | 'reassign' | 'waive' | 'cancel' | 'note'>;
const byDesk: Partial<Record<TaskAction, true>> = {
  start: true,
  reassign: true,
  waive: true,
  cancel: true,
  note: true,
} satisfies Record<DeskAction, true>;

const helperRules: Partial<Record<TaskAction, TaskRule>> = {
  claim: claimRule,
  start: lead,
  giveBack: anyOf(seat, assignee),
  // Who leads: of a team each has his own seat, and gives that back.
  keep: seat,
  handOver: lead,
  agreeHandOver: receiver,
  refuseHandOver: receiver,
  contact: seat,
  note: seat,
  askHelp: seat,
  askExtension: seat,
  report: lead,
};

export const taskIn = (record: OrderRecord, task: Task): TaskInOrder => ({
  ...task,
  seatIds: record.seats
    .filter(({ taskId, state }) => taskId === task.id && (state === 'taken' || state === 'reported'))
    .map(({ personId }) => personId),
});

const holdsRule = (rule: TaskRule, caller: Caller, task: TaskInOrder): boolean =>
  test(rule, caller, task as unknown as Record<string, unknown>, taskSource);

export const taskWhere = (rule: TaskRule, caller: Caller): Where => whereOf(rule, caller, taskSource);

type Who = Pick<Caller, 'personId' | 'householdId'>;

/** 回避: not one's own affair, nor one's household's, nor a matter that is about oneself. */
export const isConcerned = (record: OrderRecord, { personId, householdId }: Who): boolean =>
  record.subjectIds.includes(personId) ||
  (record.householdId !== null && record.householdId === householdId) ||
  (record.requesterId === personId && (record.source === 'resident' || record.source === 'family'));

/**
 * With its order, in the hall, or as one of its people. A confidential order shows its tasks to those who see the order
 * itself, and a sealed one to nobody (domain.md §3.5).
 */
export function maySeeTask(record: OrderRecord, task: Task, caller: Caller): boolean {
  if (maySee(record, caller)) return !isSealed(record, caller);
  if (record.visibility === 'confidential' || record.subjectIds.includes(caller.personId)) return false;
  return holdsRule(taskReadRule, caller, taskIn(record, task));
}

/** May this person ever do this to this task, whatever its state? */
export function mayActOnTask(action: TaskAction, record: OrderRecord, task: Task, caller: Caller): boolean {
  if (!holds(caller, `task.${action}` as Permission)) return false;
  const rule = helperRules[action];
  if (rule && !record.subjectIds.includes(caller.personId) && holdsRule(rule, caller, taskIn(record, task)))
    return true;
  return byDesk[action] === true && mayAct('dispatch', record, caller);
}

const isPartyMember = (caller: Caller): boolean =>
  caller.grants.some(({ role, kind }) => role === 'helper' && kind === 'partyMember');

const earlierSeat = (record: OrderRecord, task: Task, caller: Caller) =>
  record.seats.find(({ taskId, personId }) => taskId === task.id && personId === caller.personId);

/** What stands against claiming; the number of tasks in hand is asked of the database by the service. */
function againstClaiming(record: OrderRecord, task: Task, caller: Caller): ProblemCode | null {
  // Nothing of an order that rests is begun; its tasks wait with it.
  if (!['accepted', 'dispatched', 'handling'].includes(record.state)) return 'task.wrong-state';
  if (isConcerned(record, caller))
    return record.subjectIds.includes(caller.personId) ? 'order.subject' : 'order.own-household';
  const seatBefore = earlierSeat(record, task, caller);
  if (seatBefore?.state === 'givenBack') return 'task.gave-back';
  if (task.taken >= task.places) return task.mode === 'team' ? 'task.full' : 'task.already-claimed';
  if (seatBefore) return 'task.already-claimed';
  // 签收: the desk has chosen this person; what is asked of volunteers is not asked again.
  if (task.assigneeId === caller.personId) return null;
  if (caller.awayUntil && caller.awayUntil > caller.now) return 'task.away';
  if (task.skill && !caller.skills.includes(task.skill)) return 'task.skill-needed';
  if (task.partyMembersOnly === 1 && !isPartyMember(caller)) return 'access.forbidden';
  return null;
}

/** Tasks are made and replaced only while the order is carried on. */
const isUnderWay = ({ state }: OrderRecord): boolean =>
  ['accepted', 'dispatched', 'handling', 'suspended'].includes(state);

/** Guards that need nothing but the record; null when nothing stands against it. */
export function againstTask(action: TaskAction, record: OrderRecord, task: Task, caller: Caller): ProblemCode | null {
  switch (action) {
    case 'claim':
      return againstClaiming(record, task, caller);
    case 'start':
      return task.mode === 'team' && task.taken >= task.minPlaces ? null : 'task.too-few';
    case 'keep':
      return askedSeat(record, task, caller.personId) ? null : 'task.not-asked';
    case 'report':
      return record.state === 'suspended' ? 'order.suspended' : null;
    case 'agreeHandOver':
    case 'refuseHandOver':
      return task.receiverId === caller.personId ? null : 'task.wrong-state';
    case 'waive':
      return isUnderWay(record) && task.replaced === 0 ? null : 'task.wrong-state';
    case 'reassign':
      return isUnderWay(record) && task.replaced === 0 && task.mode !== 'team' ? null : 'task.wrong-state';
    default:
      return null;
  }
}

export const maxClaimed = orderLimits.claimedTasks;

/** Five in hand are enough, but for an emergency and for what the desk has chosen this person for. */
export const isLimited = (task: Task, caller: Caller): boolean =>
  task.urgency !== 'emergency' && task.assigneeId !== caller.personId;
