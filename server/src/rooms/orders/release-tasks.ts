import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { Reference } from '../../foundation/reference/reference';
import { orderStepOf } from './act-task';
import { advance, systemActor } from './advance';
import { leaveTask } from './leave-task';
import { loadRecord } from './order-record';

export interface HeldTask {
  taskId: string;
  orderId: string;
}

/** Tasks in which somebody sits, and those that wait for his signature (待签收). */
export const heldBy = (db: Db, personId: string): Promise<HeldTask[]> =>
  db.query<HeldTask>(
    `SELECT s.task_id AS taskId, s.order_id AS orderId FROM task_claim s JOIN task t ON t.id = s.task_id
     WHERE s.person_id = ? AND s.state = 'taken' AND t.state IN ('offered', 'claimed')
     UNION SELECT id, order_id FROM task WHERE assignee_id = ? AND state = 'offered' ORDER BY taskId`,
    [personId, personId],
  );

type ReleaseReason = 'postEnded' | 'accountClosed';
const releaseReasons: Readonly<Record<ReleaseReason, string>> = {
  postEnded: '原经办人已离任',
  accountClosed: '原经办人的账号已停用',
};

/** 经办人变动 (domain.md §3.4 release): back to the hall or the desk, without a blot on him. */
export async function releaseAll(
  db: Db,
  personId: string,
  reason: ReleaseReason,
  now: Date,
  reference: Reference,
): Promise<void> {
  const actor = systemActor(now, reference);
  for (const { taskId, orderId } of await heldBy(db, personId)) {
    const record = await loadRecord(db, orderId, null);
    const task = record?.tasks.find(({ id }) => id === taskId);
    if (!record || !task || task.round !== record.round) continue;
    const left = leaveTask({ record, task, actor, personId, seat: 'released', reason: 'handover', isBlot: false });
    const step = { ...left, facts: { reason, reasonName: releaseReasons[reason], personId } };
    await advance(db, record, orderStepOf(record, task, 'release', actor, newId(now), step));
  }
}
