import type { Db, SqlValue } from '../database/connect';

/** Files that nobody may see any more; housekeeping takes them away. `where` is a condition on the table. */
const noteFiles = (db: Db, table: 'photo' | 'voice_note', where: string, values: readonly SqlValue[], now: Date) =>
  db.write(
    `INSERT INTO erased_file (storage_key, at) SELECT DISTINCT storage_key, ? FROM ${table}
     WHERE (${where}) AND storage_key NOT IN (SELECT storage_key FROM erased_file)`,
    [now, ...values],
  );

/** Rows of `photo` go at once, their files soon after. */
export async function dropPhotos(db: Db, where: string, values: readonly SqlValue[], now: Date): Promise<void> {
  await noteFiles(db, 'photo', where, values, now);
  await db.write(`DELETE FROM photo WHERE ${where}`, [...values]);
}

/** The same for `voice_note`. */
export async function dropVoices(db: Db, where: string, values: readonly SqlValue[], now: Date): Promise<void> {
  await noteVoices(db, where, values, now);
  await db.write(`DELETE FROM voice_note WHERE ${where}`, [...values]);
}

/** The files only: the rows go with their orders. */
export const noteVoices = (db: Db, where: string, values: readonly SqlValue[], now: Date): Promise<number> =>
  noteFiles(db, 'voice_note', where, values, now);
