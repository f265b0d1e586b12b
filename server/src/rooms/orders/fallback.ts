import type { Db } from '../../foundation/database/connect';
import { presentMember } from '../households/links.queries';
import type { Actor } from './advance';
import type { OrderRecord } from './order-record';
import type { Task } from './task.entity';

const kinds = ['linkedMember', 'hubKeeper', 'smallGridLead'] as const;
export type FallbackKind = (typeof kinds)[number];

export interface Fallback {
  kind: FallbackKind;
  personId: string;
  /** The step to continue after. */
  step: number;
}

const overloaded = 5;
const free = `p.disabled_at IS NULL AND (p.away_until IS NULL OR p.away_until <= ?)
  AND (SELECT COUNT(*) FROM task_claim c WHERE c.person_id = p.id AND c.state = 'taken') < ${overloaded}
  AND (p.household_id IS NULL OR p.household_id <> COALESCE(?, ''))
  AND NOT EXISTS (SELECT 1 FROM order_subject s WHERE s.order_id = ? AND s.person_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM task_claim g WHERE g.task_id = ? AND g.person_id = p.id)`;

/**
 * Whom the task is assigned to when nobody claims it: the household's linked member → the hub keeper → the small grid's
 * lead; whoever is away, overloaded, concerned or complained about is passed over. Null when all are used up.
 */
export async function nextFallback(db: Db, record: OrderRecord, task: Task, actor: Actor): Promise<Fallback | null> {
  for (const [index, kind] of kinds.entries()) {
    if (index < task.fallbackStep) continue;
    const personId = await personFor(db, kind, record, task, actor);
    if (personId) return { kind, personId, step: index + 1 };
  }
  return null;
}

async function personFor(
  db: Db,
  kind: FallbackKind,
  record: OrderRecord,
  task: Task,
  actor: Actor,
): Promise<string | null> {
  const checks = [actor.now, record.householdId, record.id, task.id];
  const [row] =
    kind === 'linkedMember'
      ? await db.query<{ id: string }>(
          `SELECT p.id FROM household_link l JOIN person m ON m.id = l.member_id JOIN person p ON p.id = ${presentMember}
           WHERE l.household_id = ? AND (l.ends_at IS NULL OR l.ends_at > ?) AND ${free} ORDER BY l.starts_at DESC LIMIT 1`,
          [actor.now, record.householdId, actor.now, ...checks],
        )
      : await db.query<{ id: string }>(
          `SELECT p.id FROM role_grant g JOIN person p ON p.id = g.person_id
           WHERE g.node_id = ? AND g.role = ? AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?) AND ${free} ORDER BY p.id LIMIT 1`,
          [record.groupId ?? record.villageId, kind, actor.now, actor.now, ...checks],
        );
  return row?.id ?? null;
}
