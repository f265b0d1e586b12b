import type { Db } from '../database/connect';
import { thingsTouched, type Telling } from './erased-person';
import { erasureTable } from './erasure-table';
import { sealedFields, type SealedField } from './sealed-fields';
import type { Sealed } from './vault';

/** In place of a name inside a sentence: never longer than what it replaces, so that no column overflows. */
export const somebody = '某某';
export const someNumber = '***';

/** Rows opened at once. */
const batch = 1_000;

interface SealedRow {
  id: string;
  thing: string;
  value: Sealed;
}

/** What the database cannot search: every seal of this table that words may stand under is opened. */
export async function forgetUnderSeals(db: Db, telling: Telling, table: string): Promise<void> {
  for (const [column, how] of Object.entries(erasureTable[table] ?? {})) {
    if (typeof how === 'string') continue;
    if ('sealedWords' in how) await eachTelling(db, telling, { table, column, thing: how.sealedWords }, sealAgain);
    if ('staged' in how) await eachTelling(db, telling, { table, column, thing: how.staged }, dropRow);
  }
}

interface Place {
  table: string;
  column: string;
  /** The column that says which thing it is about. */
  thing: string;
}
type Deed = (db: Db, place: Place & { field: SealedField }, id: string, replaced: string) => Promise<unknown>;

const sealAgain: Deed = (db, { table, column, field }, id, replaced) =>
  db.write(`UPDATE ${table} SET ${column} = ? WHERE id = ?`, [db.vault.seal(field, replaced), id]);
const dropRow: Deed = (db, { table }, id) => db.write(`DELETE FROM ${table} WHERE id = ?`, [id]);

async function eachTelling(db: Db, telling: Telling, place: Place, deed: Deed): Promise<void> {
  const { table, column, thing } = place;
  const field = fieldOf(table, column);
  const touched = new Set(telling.sharedNames.length > 0 ? await thingsTouched(db, telling.personId) : []);
  let after = '';
  for (;;) {
    const rows = await db.query<SealedRow>(
      `SELECT id, ${thing} AS thing, ${column} AS value FROM ${table}
       WHERE id > ? AND ${column} IS NOT NULL ORDER BY id LIMIT ${batch}`,
      [after],
    );
    for (const row of rows) {
      const text = db.vault.open(field, row.value);
      const replaced = withoutPerson(text, telling, touched.has(row.thing));
      if (replaced !== text) await deed(db, { ...place, field }, row.id, replaced);
    }
    if (rows.length < batch) return;
    after = rows.at(-1)?.id ?? after;
  }
}

function withoutPerson(text: string, { names, sharedNames, numbers }: Telling, isTouched: boolean): string {
  const numberless = numbers.reduce((rest, number) => rest.replaceAll(number, someNumber), text);
  const meant = isTouched ? [...names, ...sharedNames] : names;
  return meant.reduce((rest, name) => rest.replaceAll(name, somebody), numberless);
}

function fieldOf(table: string, column: string): SealedField {
  const found = (Object.keys(sealedFields) as SealedField[]).find(
    (field) => sealedFields[field].table === table && sealedFields[field].column === column,
  );
  if (!found) throw new Error(`${table}.${column} is under no seal that is known`);
  return found;
}
