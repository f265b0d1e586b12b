import { recordAct } from '../audit/record-act';
import type { Database, Db } from '../database/connect';
import { erasureSteps, runErasureStep } from '../personal-data/erasure';
import type { KeyRing } from '../personal-data/key-ring';
import { sweepErased } from '../photos/sweep';
import type { Files } from '../world/files';
import { erasuresIn, type ErasedPerson } from './erasure-list';
import type { Manifest } from './manifest';

export interface Finishing {
  /** Restored and migrated, by the owner's account. */
  database: Database;
  files: Files;
  ring: KeyRing;
  manifest: Manifest;
  /** Folders beside whose backups lists of erasures may stand. */
  folders: readonly string[];
  now: Date;
}

export interface Finished {
  /** Sessions that the backup brought back and that were ended. */
  ended: number;
  erasedAgain: number;
}

/**
 * What a database of some days ago does not know. Whoever was erased since is erased again, by the list beside the
 * backups; whatever let somebody in then, and may have been used or ended since, lets nobody in now. May be repeated.
 * Throws `DamagedBackup` where an entry of the list does not open.
 */
export async function finishRestore(finishing: Finishing): Promise<Finished> {
  const { database, files, ring, manifest, folders, now } = finishing;
  const erased = await erasuresIn(folders, ring);
  const ended = await database.transaction((db) => endAccess(db, now));
  let erasedAgain = 0;
  for (const each of erased) if (await eraseAgain(database, each, now)) erasedAgain += 1;
  while ((await sweepErased(database, files)) > 0);
  await database.transaction((db) =>
    recordAct(db, nobody(now), 'restoreBackup', { facts: { takenAt: manifest.at, ended, erasedAgain } }),
  );
  return { ended, erasedAgain };
}

/** At the terminal of the server nobody is signed in. */
const nobody = (now: Date) => ({ personId: null, now, townId: null });

/** Sessions, one-time links and codes, sign-ins and connections under way; lists that were read in and not imported. */
async function endAccess(db: Db, now: Date): Promise<number> {
  const ended = await db.write('UPDATE session SET revoked_at = ? WHERE revoked_at IS NULL', [now]);
  for (const table of ['sign_in_link', 'recovery_code', 'desktop_sign_in', 'phone_connection', 'live_ticket'])
    await db.write(`DELETE FROM ${table}`);
  await db.write(
    "UPDATE roster_import SET state = 'cancelled' WHERE state IN ('reading', 'checking', 'ready', 'applying')",
  );
  return ended;
}

/** False for somebody who came after the backup, or was erased in it already. */
async function eraseAgain(database: Database, { personId, ...closing }: ErasedPerson, now: Date): Promise<boolean> {
  const [person] = await database.reading.query<{ erasedAt: Date | null }>(
    'SELECT erased_at AS erasedAt FROM person WHERE id = ?',
    [personId],
  );
  if (!person || person.erasedAt !== null) return false;
  for (const step of erasureSteps) await database.transaction((db) => runErasureStep(db, personId, step, now));
  await database.transaction((db) => closeAgain(db, { personId, ...closing }, now));
  return true;
}

async function closeAgain(db: Db, { personId, closingId, reason, askedById, askedAt }: ErasedPerson, now: Date) {
  await db.write("DELETE FROM due_work WHERE kind = 'erasePerson' AND thing_id = ?", [closingId]);
  await db.write("UPDATE account_closing SET state = 'withdrawn', is_open = NULL WHERE person_id = ? AND id <> ?", [
    ...[personId, closingId],
  ]);
  await db.write(
    `INSERT INTO account_closing (id, person_id, reason, asked_by_id, asked_at, due_at, state, is_open, ended_at, listed_at)
     VALUES (?, ?, ?, ?, ?, ?, 'erased', NULL, ?, ?)
     ON DUPLICATE KEY UPDATE state = 'erased', is_open = NULL, ended_at = VALUES(ended_at), listed_at = VALUES(listed_at)`,
    [closingId, personId, reason, askedById, new Date(askedAt), now, now, now],
  );
  const facts = { closingId, why: reason, askedById };
  await recordAct(db, nobody(now), 'personErased', { thingId: personId, facts });
}
