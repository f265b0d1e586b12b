import type { Revocable } from '@sandan/shared/privacy/revoked.words';
import type { Db } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { clearProfile } from '../../foundation/personal-data/clear-profile';
import { dropPhotos, dropVoices } from '../../foundation/photos/drop-files';

/** What of one's own orders goes when its permission is withdrawn; `done`: the orders that are at an end. */
const forgetting: Partial<Record<Revocable, (db: Db, personId: string, now: Date) => Promise<unknown>>> = {
  places: (db, personId) =>
    db.write(
      "UPDATE service_order SET lat = NULL, lng = NULL WHERE requester_id = ? AND stage NOT IN ('open', 'working')",
      [personId],
    ),
  pictures: (db, personId, now) =>
    dropPhotos(db, `owner_id = ? AND ${boundToDone}`, [personId, personId, personId], now),
  voices: (db, personId, now) => dropVoices(db, `owner_id = ? AND ${boundToDone}`, [personId, personId, personId], now),
};
const done = "SELECT id FROM service_order WHERE requester_id = ? AND stage NOT IN ('open', 'working')";
/** To such an order, to a word that its requester said about it, or to nothing. */
const boundToDone = `(thing_id IS NULL OR thing_id IN (${done}) OR thing_id IN (
  SELECT h.id FROM history h WHERE h.actor_role = 'resident' AND h.aggregate_id IN (${done})))`;

const kinds = Object.keys(forgetting) as Revocable[];
const dueKind = (kind: Revocable): string => `forget.${kind}`;

/**
 * 撤回同意 (个人信息保护法 15, 47 条): begins at once. What an order in hand needs to be carried out at all, as its requester
 * asked, stays until that order is at an end; it is looked at again every day.
 */
export async function forgetRevoked(
  db: Db,
  {
    personId,
    townId,
    revoked,
    now,
  }: { personId: string; townId: string | null; revoked: readonly Revocable[]; now: Date },
): Promise<void> {
  if (revoked.includes('profile')) await clearProfile(db, personId, now);
  const alarms = revoked
    .filter((kind) => kinds.includes(kind))
    .map((kind) => ({
      ...{ thingId: personId, kind: dueKind(kind), aggregateId: personId, townId, clock: 'always', limitMinutes: 0 },
      ...{ usedMinutes: 0, dueAt: now, nextAt: now, rung: 0, attempts: 0 },
    }));
  await db.upsert(DueWork, alarms, ['dueAt', 'nextAt', 'rung', 'attempts']);
}

const day = 24 * 60 * 60_000;

const ring =
  (kind: Revocable): DueHandler =>
  async (db, { thingId: personId, rung }, now) => {
    await forgetting[kind]?.(db, personId, now);
    const [row] = await db.query<{ open: string }>(
      "SELECT COUNT(*) AS open FROM service_order WHERE requester_id = ? AND stage IN ('open', 'working')",
      [personId],
    );
    return Number(row?.open) > 0 ? { at: new Date(now.getTime() + day), rung: rung + 1 } : null;
  };

export const revokedDueWork: Readonly<Record<string, DueHandler>> = Object.fromEntries(
  kinds.map((kind) => [dueKind(kind), ring(kind)]),
);
