import type { MigrationInterface, QueryRunner } from 'typeorm';
import { vaultOf } from '../../personal-data/migration-vault';
import { isIndexed, type Sealed, type Vault } from '../../personal-data/vault';
import { sealedFields, sealedPattern, type SealedField } from '../../personal-data/sealed-fields';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Columns that stood in plain text, as they were, and the fields that take their place. */
const moved: readonly { field: SealedField; from: string; type: string }[] = [
  { field: 'person.phone', from: 'phone', type: `VARCHAR(20) ${ascii} NULL` },
  { field: 'person.publishedPhone', from: 'published_phone', type: `VARCHAR(20) ${ascii} NULL` },
  { field: 'household.door', from: 'door', type: 'VARCHAR(60) NULL' },
  { field: 'order.contactPhone', from: 'contact_phone', type: `VARCHAR(20) ${ascii} NULL` },
  { field: 'order.address', from: 'address', type: 'VARCHAR(80) NULL' },
];
const fresh: readonly SealedField[] = ['person.idNumber'];

const batch = 500;

/**
 * Phones, identity numbers, addresses and flags under encryption; what a household and its people are in the roster. A run
 * that was cut off goes on where it stopped: nothing plain is dropped before all of it is sealed.
 */
export class PersonalData1765500000000 implements MigrationInterface {
  name = 'PersonalData1765500000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const field of [...moved.map((each) => each.field), ...fresh]) await addSealed(runner, field);
    for (const [table, column, definition] of rosterColumns) {
      if (!(await runner.hasColumn(table, column)))
        await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${definition}`);
    }
    if (!(await runner.hasTable('household_flag'))) await runner.query(flagTable);
    for (const { field, from } of moved) await sealOld(runner, vaultOf(runner), field, from);
    for (const { field, from } of moved) {
      const { table } = sealedFields[field];
      if (await runner.hasColumn(table, from)) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${from}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { field, from, type } of moved) {
      const { table } = sealedFields[field];
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${from} ${type}`);
      await openAll(runner, vaultOf(runner), field, from);
    }
    for (const field of [...moved.map((each) => each.field), ...fresh]) await dropSealed(runner, field);
    for (const [table, column] of rosterColumns) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    await runner.query('ALTER TABLE person ADD KEY person_phone (phone)');
    await runner.query('DROP TABLE household_flag');
  }
}

const code = (length: number) => `VARCHAR(${length}) ${ascii} NULL`;
const id = `CHAR(26) ${ascii} NULL`;

const rosterColumns: readonly [table: string, column: string, definition: string][] = [
  ['person', 'relation', code(20)],
  ['person', 'residence', code(20)],
  ['person', 'born_on', `CHAR(10) ${ascii} NULL`],
  ['person', 'guardian_id', id],
  ['person', 'erased_at', 'DATETIME(3) NULL'],
  ['household', 'code', `${code(40)}, ADD KEY household_code (code)`],
  ['household', 'closed_at', 'DATETIME(3) NULL'],
];

async function addSealed(runner: QueryRunner, field: SealedField): Promise<void> {
  const { table, column } = sealedFields[field];
  if (await runner.hasColumn(table, column)) return;
  const index = isIndexed(field) ? sealedFields[field].index : null;
  const indexed = index ? `, ADD COLUMN ${index} BINARY(32) NULL, ADD KEY ${table}_${index} (${index})` : '';
  const check = `CONSTRAINT ${table}_${column} CHECK (${column} REGEXP '${sealedPattern}')`;
  await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} VARCHAR(600) ${ascii} NULL${indexed}, ADD ${check}`);
}

async function dropSealed(runner: QueryRunner, field: SealedField): Promise<void> {
  const { table, column } = sealedFields[field];
  const indexed = isIndexed(field) ? `, DROP COLUMN ${sealedFields[field].index}` : '';
  await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column}`);
  await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}${indexed}`);
}

const flagTable = `CREATE TABLE household_flag (
  id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
  household_id CHAR(26) ${ascii} NOT NULL,
  person_id ${id},
  flag_sealed VARCHAR(600) ${ascii} NOT NULL,
  flag_index BINARY(32) NOT NULL,
  source VARCHAR(20) ${ascii} NOT NULL,
  ground VARCHAR(20) ${ascii} NULL,
  since CHAR(10) ${ascii} NOT NULL,
  checked_until CHAR(10) ${ascii} NOT NULL,
  added_by_id ${id},
  added_at DATETIME(3) NOT NULL,
  ended_at DATETIME(3) NULL,
  KEY household_flag_household (household_id),
  KEY household_flag_person (person_id),
  KEY household_flag_index (flag_index, household_id),
  KEY household_flag_check (checked_until),
  CONSTRAINT household_flag_flag_sealed CHECK (flag_sealed REGEXP '${sealedPattern}')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

/** By id, so that a million orders are walked once and not searched anew for every batch. */
async function inBatches(
  runner: QueryRunner,
  select: (after: string) => { sql: string; values: unknown[] },
  each: (row: { id: string; value: string }) => Promise<void>,
): Promise<void> {
  let after = '';
  for (;;) {
    const { sql, values } = select(after);
    const rows = (await runner.query(sql, values)) as { id: string; value: string }[];
    const last = rows.at(-1);
    if (!last) return;
    await runner.query('START TRANSACTION');
    for (const row of rows) await each(row);
    await runner.query('COMMIT');
    after = last.id;
  }
}

async function sealOld(runner: QueryRunner, vault: Vault, field: SealedField, from: string): Promise<void> {
  const { table, column } = sealedFields[field];
  if (!(await runner.hasColumn(table, from))) return;
  const where = `${from} IS NOT NULL AND ${column} IS NULL AND id > ?`;
  const sql = `SELECT id, ${from} AS value FROM ${table} WHERE ${where} ORDER BY id LIMIT ${batch}`;
  await inBatches(
    runner,
    (after) => ({ sql, values: [after] }),
    async ({ id: rowId, value }) => {
      const index = isIndexed(field)
        ? { sql: `, ${sealedFields[field].index} = ?`, value: vault.index(field, value) }
        : null;
      await runner.query(`UPDATE ${table} SET ${column} = ?${index?.sql ?? ''} WHERE id = ?`, [
        ...[vault.seal(field, value), ...(index ? [index.value] : []), rowId],
      ]);
    },
  );
}

async function openAll(runner: QueryRunner, vault: Vault, field: SealedField, to: string): Promise<void> {
  const { table, column } = sealedFields[field];
  const sql = `SELECT id, ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL AND id > ? ORDER BY id LIMIT ${batch}`;
  await inBatches(
    runner,
    (after) => ({ sql, values: [after] }),
    async ({ id: rowId, value }) => {
      const text = vault.open(field, value as Sealed);
      await runner.query(`UPDATE ${table} SET ${to} = ? WHERE id = ?`, [text, rowId]);
    },
  );
}
