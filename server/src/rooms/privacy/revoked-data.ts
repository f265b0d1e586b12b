import type { Revocable } from '@sandan/shared/privacy/revoked.words';
import type { Db } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { clearProfile } from '../../foundation/personal-data/clear-profile';
import { dropPhotos, dropVoices } from '../../foundation/photos/drop-files';

interface Given {
  readonly personId: string;
  /** What was given later stays: it came by a permission that he has given anew. */
  readonly givenBy: Date;
}

/** What of one's own orders goes when its permission is withdrawn; `done`: the orders that are at an end. */
const forgetting: Partial<Record<Revocable, (db: Db, given: Given, now: Date) => Promise<unknown>>> = {
  places: (db, { personId, givenBy }) =>
    db.write(
      `UPDATE service_order SET lat = NULL, lng = NULL
       WHERE requester_id = ? AND placed_at <= ? AND stage NOT IN ('open', 'working')`,
      [personId, givenBy],
    ),
  pictures: (db, given, now) => dropPhotos(db, ofDone, valuesOf(given), now),
  voices: (db, given, now) => dropVoices(db, ofDone, valuesOf(given), now),
};
const done = "SELECT id FROM service_order WHERE requester_id = ? AND stage NOT IN ('open', 'working')";
/** His own, bound to such an order, to a word that its requester said about it, or to nothing. */
const ofDone = `owner_id = ? AND created_at <= ? AND (thing_id IS NULL OR thing_id IN (${done}) OR thing_id IN (
  SELECT h.id FROM history h WHERE h.actor_role = 'resident' AND h.aggregate_id IN (${done})))`;
const valuesOf = ({ personId, givenBy }: Given) => [personId, givenBy, personId, personId];

const kinds = Object.keys(forgetting) as Revocable[];
const dueKind = (kind: Revocable): string => `forget.${kind}`;

/**
 * 撤回同意 (个人信息保护法 15, 47 条): begins at once. What an order in hand needs to be carried out at all, as its requester
 * asked, stays until that order is at an end; it is looked at again every day.
 */
export async function forgetRevoked(db: Db, { personId, townId, revoked, givenBy, now }: Revoked): Promise<void> {
  if (revoked.includes('profile')) await clearProfile(db, personId, now);
  const wanted = revoked.filter((kind) => kinds.includes(kind));
  if (wanted.length === 0) return;
  const known = await db.query<{ kind: string; dueAt: Date }>(
    'SELECT kind, due_at AS dueAt FROM due_work WHERE thing_id = ? AND kind IN (?) AND due_at > ? FOR UPDATE',
    [personId, wanted.map(dueKind), givenBy],
  );
  const alarms = wanted.map((kind) => ({
    ...{ thingId: personId, kind: dueKind(kind), aggregateId: personId, townId, clock: 'always', limitMinutes: 0 },
    // One that comes late takes nothing back of a newer one.
    dueAt: known.find((each) => each.kind === dueKind(kind))?.dueAt ?? givenBy,
    ...{ usedMinutes: 0, nextAt: now, rung: 0, attempts: 0 },
  }));
  await db.upsert(DueWork, alarms, ['dueAt', 'nextAt', 'rung', 'attempts']);
}

interface Revoked extends Given {
  readonly townId: string | null;
  readonly revoked: readonly Revocable[];
  readonly now: Date;
}

const day = 24 * 60 * 60_000;

/** `dueAt` is until when it was given. */
const ring =
  (kind: Revocable): DueHandler =>
  async (db, { thingId: personId, dueAt, rung }, now) => {
    const givenBy = dueAt ?? now;
    await forgetting[kind]?.(db, { personId, givenBy }, now);
    const [row] = await db.query<{ open: string }>(
      `SELECT COUNT(*) AS open FROM service_order
       WHERE requester_id = ? AND placed_at <= ? AND stage IN ('open', 'working')`,
      [personId, givenBy],
    );
    return Number(row?.open) > 0 ? { at: new Date(now.getTime() + day), rung: rung + 1 } : null;
  };

export const revokedDueWork: Readonly<Record<string, DueHandler>> = Object.fromEntries(
  kinds.map((kind) => [dueKind(kind), ring(kind)]),
);
