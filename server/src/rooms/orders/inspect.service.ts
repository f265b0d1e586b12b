import type { BodyOf } from '@sandan/shared/endpoint';
import { faultKinds } from '@sandan/shared/orders/order.words';
import type { ordersApi } from '@sandan/shared/orders/orders.contract';
import { Problem } from '@sandan/shared/problems';
import type { Db } from '../../foundation/database/connect';
import type { Effect } from './act';
import { basisOf } from './advance';
import { clocksOnly, stopAll } from './clock-changes';
import { newRound, overturnDone, overturned } from './close.service';
import { startClock } from './order-clocks';
import type { Inspection, OrderRecord } from './order-record';
import { evidence } from './order-checks';

type Body<Name extends keyof typeof ordersApi> = BodyOf<(typeof ordersApi)[Name]>;

/**
 * Still to be looked at, or an appeal still to be decided. A fault that the resident's later word has overtaken is neither,
 * and does not keep the order out of the archive.
 */
export async function isSampleOpen(db: Db, orderId: string): Promise<boolean> {
  const [row] = await db.query<{ open: number }>(
    `SELECT i.result IS NULL OR (i.appealed_at IS NOT NULL AND i.appeal_upheld IS NULL) AS open
     FROM inspection_item i JOIN inspection_draw d ON d.id = i.draw_id WHERE i.order_id = ? ORDER BY d.drawn_at DESC LIMIT 1`,
    [orderId],
  );
  return Number(row?.open ?? 0) === 1;
}

/** Its place in the latest draw, which the guards have looked at. */
function inspectionOf({ inspection }: OrderRecord): Inspection {
  if (!inspection) throw new Problem('order.not-sampled');
  return inspection;
}

const resultNames = { pass: '通过', fault: '有问题', redo: '退回重办' };

/** 督查: pass and a settled fault are final; redo starts a new round and leaves the resident both reopenings. */
export const inspect: Effect<Body<'inspect'>> = async (scene, body) => {
  const { record, actor, caller, actionId } = scene;
  const found = inspectionOf(record);
  if (body.result === 'fault' && !body.fault)
    throw new Problem('request.bad-input', { fields: { fault: '请选择问题' } });
  const fault = body.result === 'pass' ? null : (body.fault ?? 'notSolved');
  const photos = evidence(record, actor, body.photoIds, actionId);
  const common = {
    words: body.words,
    facts: {
      result: body.result,
      resultName: fault ? `${resultNames[body.result]}：${faultKinds[fault]}` : resultNames[body.result],
      calledBack: body.calledBack,
    },
  };
  const beside = async (tx: Db) => {
    await photos(tx);
    await tx.write(
      `UPDATE inspection_item SET result = ?, fault = ?, words = ?, inspector_id = ?, inspected_at = ?
       WHERE draw_id = ? AND order_id = ? AND result IS NULL`,
      [body.result, fault, body.words, caller.personId, actor.now, found.drawId, record.id],
    );
  };
  if (body.result === 'pass') {
    return { ...common, beside, to: 'archived', set: { inSample: 0 }, clocks: clocksOnly(record, actor, 'archived') };
  }
  if (body.result === 'fault') {
    // The handler may appeal within five working days; then it stands and the order is archived.
    return {
      ...common,
      beside,
      known: { inspection: { ...found, result: 'fault', inspectorId: caller.personId } },
      to: record.state,
      clocks: [...stopAll(record, actor), startClock('fault', basisOf(record, actor))],
    };
  }
  return {
    ...common,
    to: 'accepted',
    set: { ...newRound(record), inSample: 0 },
    tasks: overturned(record),
    clocks: clocksOnly(record, actor, 'accepted'),
    beside: async (tx) => {
      await beside(tx);
      await overturnDone(record)(tx);
    },
  };
};

export const appealFault: Effect<Body<'appealFault'>> = async (
  { record, actor, caller, actionId },
  { words, photoIds },
) => {
  const found = inspectionOf(record);
  const photos = evidence(record, actor, photoIds, actionId);
  return {
    words,
    known: { inspection: { ...found, appealed: true } },
    clocks: stopAll(record, actor).filter(({ kind }) => kind === 'fault'),
    beside: async (tx) => {
      await photos(tx);
      await tx.write(
        'UPDATE inspection_item SET appeal = ?, appealed_by_id = ?, appealed_at = ? WHERE draw_id = ? AND order_id = ?',
        [words, caller.personId, actor.now, found.drawId, record.id],
      );
    },
  };
};

export const decideAppeal: Effect<Body<'decideAppeal'>> = async ({ record, actor }, { upheld, words }) => {
  const { drawId } = inspectionOf(record);
  return {
    to: 'archived',
    set: { inSample: 0 },
    clocks: clocksOnly(record, actor, 'archived'),
    words,
    facts: { upheld },
    beside: async (tx) => {
      await tx.write(
        "UPDATE inspection_item SET appeal_upheld = ?, result = IF(?, 'pass', result) WHERE draw_id = ? AND order_id = ?",
        [upheld ? 1 : 0, upheld, drawId, record.id],
      );
    },
  };
};
