import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from '../src/foundation/database/connect';
import { sealedFields, type SealedField } from '../src/foundation/personal-data/sealed-fields';
import type { Sealed } from '../src/foundation/personal-data/vault';

/** Where a text was found in the database. */
export interface Found {
  where: string;
  text: string;
}

/**
 * Everything the database holds as text, as a dump shows it, and besides what the seals hide: the cells that contain one
 * of the strings. Complete by construction: the columns come from information_schema, the seals from their table.
 */
export async function findInDatabase(reading: Reading, strings: readonly string[]): Promise<Found[]> {
  const columns = await reading.query<{ table: string; column: string }>(
    `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\` FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND (CHARACTER_SET_NAME IS NOT NULL OR DATA_TYPE = 'json')`,
  );
  const found: Found[] = [];
  for (const { table, column } of columns) {
    const like = strings.map(() => `LOCATE(?, CONVERT(\`${column}\` USING utf8mb4)) > 0`).join(' OR ');
    const rows = await reading.query<{ text: string }>(
      `SELECT CONVERT(\`${column}\` USING utf8mb4) AS text FROM \`${table}\` WHERE ${like}`,
      strings,
    );
    found.push(...rows.map(({ text }) => ({ where: `${table}.${column}`, text })));
  }
  return [...found, ...(await findUnderSeals(reading, strings))];
}

async function findUnderSeals(reading: Reading, strings: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const [field, { table, column }] of Object.entries(sealedFields)) {
    const rows = await reading.query<{ value: Sealed }>(
      `SELECT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL`,
    );
    for (const { value } of rows) {
      const text = reading.vault.open(field as SealedField, value);
      if (strings.some((string) => text.includes(string))) found.push({ where: `${table}.${column}`, text });
    }
  }
  return found;
}

/** Files below a folder that hold one of the strings, whatever kind they are. */
export async function filesThatTell(folder: string, strings: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const telling = await Promise.all(
    paths.map(async (path) => {
      const content = await readFile(path);
      return strings.some((string) => content.includes(string)) ? [path] : [];
    }),
  );
  return telling.flat();
}
