import { endAllSessions } from '../../foundation/access/sessions';
import type { Db } from '../../foundation/database/connect';
import { followFlags } from './visit-rhythm';

/** Who answers for a change, and when it is made: a caller is one. */
export interface Answerable {
  readonly now: Date;
  readonly personId: string;
}

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
export async function endTiesOf(db: Db, { now, personId }: Answerable, gone: readonly string[]): Promise<void> {
  if (gone.length === 0) return;
  await db.write(
    "UPDATE care_relation SET state = 'ended', open_mark = NULL, ends_at = ? WHERE carer_id IN (?) AND open_mark = 1",
    [now, gone],
  );
  await db.write(
    'UPDATE proxy_consent SET revoked_at = ? WHERE (person_id IN (?) OR agent_id IN (?)) AND revoked_at IS NULL',
    [now, gone, gone],
  );
  await db.write('UPDATE person SET guardian_id = NULL WHERE guardian_id IN (?)', [gone]);
  await db.write('UPDATE household SET is_hub = 0, hub_keeper_id = NULL WHERE hub_keeper_id IN (?)', [gone]);
  await endLinksOf(db, { now, personId }, gone);
  for (const id of gone) await endAllSessions(db, id, now);
}

/** A member who is gone visits nobody any more: his secretary hears of it, and the next plan gives his households another one. */
export async function endLinksOf(db: Db, { now, personId }: Answerable, gone: readonly string[]): Promise<void> {
  if (gone.length === 0) return;
  await db.write(
    `UPDATE household_link SET ends_at = ?, end_reason = 'memberLeft', ended_by_id = ?
     WHERE member_id IN (?) AND (ends_at IS NULL OR ends_at > ?)`,
    [now, personId, gone, now],
  );
}

/** 销户: nobody lives there any more, and all that hung on the house ends. */
export async function closeHouses(db: Db, { now, personId }: Answerable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
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
  await db.write(
    "UPDATE care_relation SET state = 'ended', open_mark = NULL, ends_at = ? WHERE household_id IN (?) AND open_mark = 1",
    [now, ids],
  );
}

/** Houses that people have left: without a head where he is among them, and closed where nobody is left. */
export async function settleHouses(db: Db, by: Answerable, ids: readonly string[]): Promise<void> {
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
