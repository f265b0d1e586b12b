import { endCaresOf, releaseWardsOf, revokeProxiesOf } from '../../foundation/access/ended-ties';
import { endAllSessions } from '../../foundation/access/sessions';
import type { Doer } from '../../foundation/audit/record-act';
import type { Db } from '../../foundation/database/connect';
import { closeHubs } from './hub';
import { followFlags } from './visit-rhythm';

/** What was noted of somebody ends with him; the house he leaves is visited as often as it needs without him. */
export async function endFlagsOf(db: Db, now: Date, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const open = 'person_id IN (?) AND ended_at IS NULL';
  const houses = await db.query<{ id: string }>(
    `SELECT DISTINCT household_id AS id FROM household_flag WHERE ${open}`,
    [personIds],
  );
  if (houses.length === 0) return;
  await db.write(`UPDATE household_flag SET ended_at = ? WHERE ${open}`, [now, personIds]);
  await followFlags(
    db,
    houses.map(({ id }) => id),
    now,
  );
}

/** 死亡: whom they cared for and answered for, who acted for them and for whom they did, whom they visited, where they were signed in. */
export async function endTiesOf(db: Db, by: Doer, gone: readonly string[]): Promise<void> {
  if (gone.length === 0) return;
  await endCaresOf(db, by, 'carer_id', gone);
  await revokeProxiesOf(db, by, gone);
  await releaseWardsOf(db, by, gone);
  await closeHubs(db, gone);
  await endLinksOf(db, by, gone);
  await endAllSessions(db, gone, by.now);
}

export interface Leaving {
  readonly personId: string;
  /** The household that he moves into; null: out of sight. */
  readonly to: string | null;
}

/**
 * 迁出、迁入别户、分户, by hand or by a roster, as long as they still stand in the household that they leave: what was noted
 * of them ends, the door they kept open is no 中心户 of theirs any more, and whoever is out of sight visits nobody.
 */
export async function leaveHouses(db: Db, by: Doer, left: readonly Leaving[]): Promise<void> {
  const gone = left.map(({ personId }) => personId);
  await endFlagsOf(db, by.now, gone);
  await closeHubs(db, gone);
  await endLinksOf(
    db,
    by,
    left.flatMap(({ personId, to }) => (to === null ? [personId] : [])),
  );
}

/** A member who is gone visits nobody any more: his secretary hears of it, and the next plan gives his households another one. */
async function endLinksOf(db: Db, { now, personId }: Doer, gone: readonly string[]): Promise<void> {
  if (gone.length === 0) return;
  await db.write(
    `UPDATE household_link SET ends_at = ?, end_reason = 'memberLeft', ended_by_id = ?
     WHERE member_id IN (?) AND (ends_at IS NULL OR ends_at > ?)`,
    [now, personId, gone, now],
  );
}

/** 销户: nobody lives there any more, and all that hung on the house ends. */
export async function closeHouses(db: Db, by: Doer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { now, personId } = by;
  await db.write(
    'UPDATE household SET closed_at = ?, head_person_id = NULL, is_hub = 0, hub_keeper_id = NULL WHERE id IN (?)',
    [now, ids],
  );
  await db.write('UPDATE household_flag SET ended_at = ? WHERE household_id IN (?) AND ended_at IS NULL', [now, ids]);
  await db.write(
    `UPDATE household_link SET ends_at = ?, end_reason = 'closed', ended_by_id = ?
     WHERE household_id IN (?) AND (ends_at IS NULL OR ends_at > ?)`,
    [now, personId, ids, now],
  );
  await endCaresOf(db, by, 'household_id', ids);
}

/** Houses that people have left: without a head where he is among them, and closed where nobody is left. */
export async function settleHouses(db: Db, by: Doer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.write(
    `UPDATE household h LEFT JOIN person p ON p.id = h.head_person_id AND p.household_id = h.id AND p.disabled_at IS NULL
     SET h.head_person_id = NULL WHERE h.id IN (?) AND h.head_person_id IS NOT NULL AND p.id IS NULL`,
    [ids],
  );
  const empty = await db.query<{ id: string }>(
    `SELECT h.id FROM household h WHERE h.id IN (?) AND h.closed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM person p WHERE p.household_id = h.id AND p.disabled_at IS NULL)`,
    [ids],
  );
  await closeHouses(
    db,
    by,
    empty.map(({ id }) => id),
  );
}
