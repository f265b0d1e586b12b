import type { Endpoint } from '@sandan/shared/endpoint';
import type { Permission } from '@sandan/shared/access/roles';
import { Problem } from '@sandan/shared/problems';
import { canDo, type Lifecycle } from '@sandan/shared/lifecycle';
import { actionsFrom } from '@sandan/shared/lifecycle';
import { orderLifecycle, type OrderAction, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import { nameFor, roleFor, type Caller } from '../../foundation/access/caller';
import { holds } from '../../foundation/access/caller';
import { test } from '../../foundation/access/rule-predicate';
import type { Db } from '../../foundation/database/connect';
import type { Call } from '../../foundation/http/implement';
import { actorOf, advance, roleNameOf, type Actor, type OrderStep } from './advance';
import { loadRecord, type OrderRecord } from './order-record';
import { orderGuards } from './orders.guards';
import { orderPolicy, orderSource, presentSeats, publicRule, readRule } from './orders.policy';

const table: Lifecycle<OrderState, OrderAction> = orderLifecycle;

export const maySee = (record: OrderRecord, caller: Caller): boolean =>
  test(readRule, caller, record as unknown as Record<string, unknown>, orderSource);
export const maySeePublicly = (record: OrderRecord, caller: Caller): boolean =>
  test(publicRule, caller, record as unknown as Record<string, unknown>, orderSource);

export const mayAct = (action: OrderAction, record: OrderRecord, caller: Caller): boolean =>
  holds(caller, `order.${action}` as Permission) &&
  test(orderPolicy[action], caller, record as unknown as Record<string, unknown>, orderSource);

/** 保密件 that nobody has opened: this person may open it, and until then sees only that it is there. */
export const isSealed = (record: OrderRecord, caller: Caller): boolean =>
  record.visibility === 'confidential' &&
  record.deskPersonId === null &&
  record.requesterId !== caller.personId &&
  !presentSeats(record).some(({ personId }) => personId === caller.personId) &&
  mayAct('open', record, caller);

/** `allows` = lifecycle ∩ policy ∩ guards: what the app draws its buttons from. */
export const allowsOf = (record: OrderRecord, caller: Caller): OrderAction[] =>
  actionsFrom(table, record.state).filter(
    (action) => mayAct(action, record, caller) && !orderGuards[action]?.(record, caller),
  );

/** What an effect is given: the order as read, who acts, the one transaction. */
export interface Scene {
  db: Db;
  record: OrderRecord;
  caller: Caller;
  actor: Actor;
  actionId: string;
}

export type Effect<Body> = (scene: Scene, body: Body) => Promise<Omit<OrderStep, 'actionId' | 'actor' | 'action'>>;

type ActionCall<E extends Endpoint> = Call<E> & { db: Db; caller: Caller; params: { orderId: string } };

/**
 * One action on an order, with its answers in the fixed order (decisions.md §2.6): not visible 404 → never 403 → a
 * repeat 200 → not in this state or against a guard 409 → bad body 400 → the effect.
 */
export async function act<E extends Endpoint, Body extends { actionId: string }>(
  call: ActionCall<E>,
  action: OrderAction,
  body: () => Body,
  effect: Effect<Body>,
) {
  const { db, caller, params } = call;
  const record = await loadRecord(db, params.orderId, call.actionId);
  // First of all: who has passed an order on may not see it any more, but may well repeat that he did.
  if (record && isOwnRepeat(record, action, record.id, caller)) return replyOf(record, caller);
  if (!record || !(maySee(record, caller) || maySeePublicly(record, caller))) throw new Problem('order.not-found');
  if (record.repeat) throw new Problem('action.repeated-differently');
  if (!mayAct(action, record, caller)) throw new Problem('access.forbidden');
  if (!canDo(table, action, record.state)) throw await wrongState(db, record);
  const against = orderGuards[action]?.(record, caller);
  if (against) throw new Problem(against);

  const given = body();
  const permission = `order.${action}` as Permission;
  const { deskGridId } = record;
  const actor = actorOf(caller, roleFor(caller, permission, deskGridId), nameFor(caller, permission, deskGridId));
  const named = await effect({ db, record, caller, actor, actionId: given.actionId }, given);
  const step: OrderStep = { ...named, actionId: given.actionId, actor, action };
  return replyOf(await advance(db, record, openedBy(step, record, caller, action)), caller);
}

/** The first desk person who acts on a confidential order is its named one from then on (domain.md §3.5). */
function openedBy(step: OrderStep, record: OrderRecord, caller: Caller, action: OrderAction): OrderStep {
  const isDesk = mayAct('open', { ...record, visibility: step.set?.visibility ?? record.visibility }, caller);
  const becomes = (step.set?.visibility ?? record.visibility) === 'confidential';
  const moves = step.set?.deskGridId !== undefined && step.set.deskGridId !== record.deskGridId;
  if (moves) return { ...step, set: { ...step.set, deskPersonId: null } };
  if (!becomes || record.deskPersonId !== null || !isDesk || action === 'protect') return step;
  return { ...step, set: { deskPersonId: caller.personId, ...step.set } };
}

/** True for the caller's own earlier action with this id. */
export const isOwnRepeat = ({ repeat }: OrderRecord, action: string, thingId: string, caller: Caller): boolean =>
  repeat?.actorId === caller.personId && repeat.action === action && repeat.thingId === thingId;

export function replyOf(record: OrderRecord, caller: Caller) {
  const { name, stage } = table.states[record.state];
  return {
    orderId: record.id,
    state: record.state,
    stateName: name,
    stage,
    dueAt: record.dueAt?.toISOString() ?? null,
    allows: maySee(record, caller) ? allowsOf(record, caller) : [],
  };
}

/** A resident's name is nobody's business here. */
const whoDid = ({ actor_name: name, actor_role: role }: { actor_name: string; actor_role: string }): string =>
  role === 'resident' ? '群众' : `${name}（${roleNameOf(role)}）`;

/** 409 with the state it is in now and who put it there. */
export async function wrongState(db: Db, record: OrderRecord): Promise<Problem> {
  const [last] = await db.query<{ actor_name: string; actor_role: string; at: Date }>(
    `SELECT actor_name, actor_role, at FROM history
     WHERE aggregate_id = ? AND thing = 'order' AND (from_state IS NULL OR from_state <> to_state) ORDER BY seq DESC LIMIT 1`,
    [record.id],
  );
  return new Problem('order.wrong-state', {
    facts: {
      state: record.state,
      stateName: table.states[record.state].name,
      by: last ? whoDid(last) : null,
      at: last?.at.toISOString() ?? null,
    },
  });
}
