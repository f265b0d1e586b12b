import type { BodyOf } from '@sandan/shared/endpoint';
import { channels } from '@sandan/shared/orders/order.words';
import type { ordersApi } from '@sandan/shared/orders/orders.contract';
import { Problem } from '@sandan/shared/problems';
import { test } from '../../foundation/access/rule-predicate';
import { SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db } from '../../foundation/database/connect';
import type { Effect, Scene } from './act';
import { clocksInto, clocksOnly, stopAll, stopTask } from './clock-changes';
import { deskAbove, deskColumns, placeColumns, placeGrid } from './order-places';
import { loadRecord, type OrderRecord } from './order-record';
import { OrderParty } from './order.entity';
import { orderPolicy, orderSource } from './orders.policy';
import { cancelOpen } from './study.service';

type Body<Name extends keyof typeof ordersApi> = BodyOf<(typeof ordersApi)[Name]>;

/** 并单: the requester becomes a party of the primary: told, asked, may rate. */
export const merge: Effect<Body<'merge'>> = async (scene, { primaryId, words }) => {
  const { db, record, actor } = scene;
  const primary = primaryId === record.id ? null : await loadRecord(db, primaryId, null);
  checkPrimary(scene, primary);
  const parties = [
    record.requesterId,
    ...record.parties.filter(({ kind }) => kind === 'merged').map(({ personId }) => personId),
  ]
    .filter((personId) => personId !== null && personId !== primary.requesterId)
    .map((personId) => ({
      orderId: primaryId,
      personId: personId ?? '',
      kind: 'merged' as const,
      fromOrderId: record.id,
      words: null,
      at: actor.now,
    }));
  return {
    set: { primaryId, closedAt: actor.now },
    tasks: cancelOpen(record, ['offered']),
    clocks: clocksOnly(record, actor, 'merged'),
    words: words ?? null,
    facts: { primaryId },
    beside: async (tx) => {
      await holdPrimary(tx, primary);
      // A party may already be there: merged, taken apart, merged again.
      await tx.upsert(OrderParty, parties, ['kind', 'fromOrderId']);
    },
  };
};

/** The primary must still stand as it was read: two orders merged into each other at once would both be gone. */
async function holdPrimary(db: Db, primary: OrderRecord): Promise<void> {
  const held = await db.write('UPDATE service_order SET version = version + 1 WHERE id = ? AND version = ?', [
    primary.id,
    primary.version,
  ]);
  if (held === 0) throw new SomebodyWasQuicker();
}

const live = ['placed', 'asking', 'accepted', 'dispatched', 'handling', 'suspended', 'checking', 'reported'];

function checkPrimary({ record, caller }: Scene, primary: OrderRecord | null): asserts primary is OrderRecord {
  const fits =
    primary !== null &&
    live.includes(primary.state) &&
    primary.visibility !== 'confidential' &&
    primary.primaryId === null &&
    primary.subjectIds.length === 0 &&
    record.subjectIds.length === 0 &&
    test(orderPolicy.merge, caller, primary as unknown as Record<string, unknown>, orderSource);
  if (!fits) throw new Problem('order.merge-target');
}

export const unmerge: Effect<Body<'unmerge'>> = async ({ db, record, actor }, { words }) => {
  const primary = record.primaryId ? await loadRecord(db, record.primaryId, null) : null;
  if (primary?.state === 'archived') throw new Problem('order.merge-target');
  return {
    set: { primaryId: null, closedAt: null },
    clocks: clocksInto(record, actor, 'placed'),
    words: words ?? null,
    beside: async (tx) => {
      await tx.write('DELETE FROM order_party WHERE order_id = ? AND from_order_id = ?', [record.primaryId, record.id]);
    },
  };
};

/** 上报: the desk above; claimed tasks stay with their holders, offered ones go. */
export const escalate: Effect<Body<'escalate'>> = async ({ record, actor }, { words }) =>
  escalated(record, actor, words);

export function escalated(
  record: OrderRecord,
  actor: Scene['actor'],
  words: string,
  facts: Record<string, string> = {},
) {
  const { tree } = actor.reference;
  const above = deskAbove(tree, record.deskGridId);
  const holds = record.state === 'handling';
  const to = holds ? ('handling' as const) : ('placed' as const);
  return {
    to,
    set: { ...deskColumns(tree, above), moves: record.moves + 1, deskPersonId: null },
    ...(holds ? {} : tasksGone(record, actor)),
    words,
    facts: { ...facts, toGrid: above, toName: tree.gridOf(above).name },
  };
}

/** What nobody has taken yet is taken down, what somebody has in hand goes on; it is studied anew. */
function tasksGone(record: OrderRecord, actor: Scene['actor']) {
  const tasks = cancelOpen(record, ['offered']);
  const stopped = tasks.flatMap(({ task }) => stopTask(record, actor, task.id));
  return { tasks, clocks: [...stopped, ...clocksInto(record, actor, 'placed')] };
}

/** 交办下级: to the child that contains the place. */
export const sendDown: Effect<Body<'sendDown'>> = async ({ record, actor }, { gridId, words }) => {
  const { tree } = actor.reference;
  const child = tree.grid(gridId);
  const fits =
    child?.tier === 'village' && child.parentId === record.deskGridId && tree.isWithin(record.placeGridId, gridId);
  if (!child || !fits) throw new Problem('order.no-child');
  return {
    ...tasksGone(record, actor),
    set: { ...deskColumns(tree, gridId), moves: record.moves + 1, deskPersonId: null },
    words,
    facts: { toGrid: gridId, toName: child.name },
  };
};

/** 改派网格: the place was wrong. */
export const redirect: Effect<Body<'redirect'>> = async ({ record, actor }, { gridId, words }) => {
  const { tree } = actor.reference;
  const grid = placeGrid(tree, gridId);
  if (grid.town !== record.townId) throw new Problem('order.scope-outside');
  if (gridId === record.placeGridId) throw new Problem('order.same-place');
  const desk = tree.gridOf(record.deskGridId).tier === 'town' ? record.deskGridId : (grid.village ?? record.deskGridId);
  return {
    set: {
      ...placeColumns(tree, gridId),
      ...deskColumns(tree, desk),
      redirected: 1,
      moves: record.moves + 1,
      deskPersonId: null,
    },
    clocks: clocksInto(record, actor, 'placed'),
    words,
    facts: { toGrid: gridId, toName: grid.name },
  };
};

export const convert: Effect<Body<'convert'>> = async ({ record, actor }, { channel, words, reference }) => ({
  set: { convertedTo: channel, convertedReference: reference ?? null, closedAt: actor.now },
  tasks: cancelOpen(record),
  clocks: clocksOnly(record, actor, 'converted'),
  words,
  facts: { channel, channelName: channels[channel], reference: reference ?? null },
});

/** 收回: the other channel refused. */
export const takeBack: Effect<Body<'takeBack'>> = async ({ record, actor }, { words }) => ({
  set: {
    convertedTo: null,
    convertedReference: null,
    closedAt: null,
    acceptedAt: record.acceptedAt ?? actor.now,
  },
  clocks: [...stopAll(record, actor), ...clocksInto(record, actor, 'accepted')],
  words,
});
