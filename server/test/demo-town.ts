import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import { fillDemoTown } from '../src/demo/fill';
import { connectDatabase, connectionOf, type Database, type Reading } from '../src/foundation/database/connect';
import { migrate } from '../src/foundation/database/migrate';
import { createFiles, type Files } from '../src/foundation/world/files';
import { sealedFields, type SealedField } from '../src/foundation/personal-data/sealed-fields';
import type { Sealed } from '../src/foundation/personal-data/vault';
import { entities } from '../src/rooms';
import { testVault } from './vault';

/** The demo town in a database of its own, as its first run on that day fills it. */
export interface FilledTown {
  name: string;
  url: string;
  database: Database;
  files: Files;
  /** Where the drawings are. */
  folder: string;
  /** What the fill took of this process, in seconds of its own time: a busy machine does not count. */
  cpuSeconds: number;
  fillAgain(): Promise<void>;
  close(): Promise<void>;
}

export async function fillTown(today: Date): Promise<FilledTown> {
  const name = `sandan_demo_${process.env['JEST_WORKER_ID'] ?? '1'}`;
  const url = await freshDatabase(name);
  await migrate({ ownerUrl: url, entities, vault: testVault });
  const database = await connectDatabase({ url, entities, vault: testVault, writers: 2 });
  const folder = await mkdtemp(join(tmpdir(), 'sandan-demo-'));
  const files = await createFiles({ kind: 'local', folder });
  const fillAgain = () => fillDemoTown({ database, files, today, say: () => undefined });
  const before = process.cpuUsage();
  await fillAgain();
  const { user, system } = process.cpuUsage(before);
  const close = async (): Promise<void> => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
    await asRoot(`DROP DATABASE ${name}`);
  };
  return { name, url, database, files, folder, cpuSeconds: (user + system) / 1_000_000, fillAgain, close };
}

async function freshDatabase(name: string): Promise<string> {
  await asRoot(`DROP DATABASE IF EXISTS ${name}`);
  await asRoot(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  const url = new URL(String(process.env['TEST_DATABASE_URL']));
  url.pathname = `/${name}`;
  return url.toString();
}

async function asRoot(sql: string): Promise<void> {
  const { username, password, ...where } = connectionOf(String(process.env['TEST_DATABASE_URL']));
  const connection = await createConnection({ ...where, user: username, password, database: undefined });
  await connection.query(sql);
  await connection.end();
}

/** A row of history as far as it moves a thing. */
export interface Moved {
  thing: string;
  thing_id: string;
  aggregate_id: string;
  seq: number;
  action: string;
  from_state: string | null;
  to_state: string | null;
}

/** The rows of each thing of a kind, in order. */
export async function movesOf(reading: Reading, thing: string): Promise<Map<string, Moved[]>> {
  const rows = await reading.query<Moved>(
    `SELECT thing, thing_id, aggregate_id, seq, action, from_state, to_state FROM history WHERE thing = ?
     ORDER BY aggregate_id, seq`,
    [thing],
  );
  const byThing = new Map<string, Moved[]>();
  for (const row of rows) {
    const known = byThing.get(row.thing_id);
    if (known) known.push(row);
    else byThing.set(row.thing_id, [row]);
  }
  return byThing;
}

/** Walks the rows of one thing: each begins where the last one ended, and the table allows it. Returns where it ends. */
export function walk<State extends string, Action extends string>(
  lifecycle: Lifecycle<State, Action>,
  moves: readonly Moved[],
  start: State | null,
  derivable: readonly State[],
): State | null {
  return moves.reduce<State | null>((state, move) => {
    const [action, to] = [move.action as Action, move.to_state as State];
    const row = lifecycle.actions[action];
    const begins = move.from_state === state && (state === null ? row.fresh === true : row.from.includes(state));
    const leads = state === null || targetsOf(lifecycle, action, state, derivable).includes(to);
    if (!begins || !leads) throw new Error(`${move.thing} ${move.thing_id}: ${action} from ${state} to ${to}`);
    return to;
  }, start);
}

/** Tasks are left out: those settled on the spot are numbered by the orders room itself, as they come. */
const tables = [
  ...['grid', 'party_organization', 'person', 'role_grant', 'household', 'service_order', 'history', 'photo'],
  ...['commitment_round', 'commitment_debtor', 'commitment', 'commitment_version', 'commitment_rating'],
  ...['commitment_dispute', 'commitment_change', 'commitment_opinion', 'commitment_order', 'commitment_helper'],
  ...['showcase', 'showcase_contestant', 'showcase_judge', 'showcase_score'],
];

/** What the rows of each table add up to, and what is sealed in them: the same town, the same sums. */
export async function checksumsOf(reading: Reading): Promise<Record<string, number | string>> {
  const withSeals = new Set<string>(Object.values(sealedFields).map(({ table }) => table));
  const plain = tables.filter((table) => !withSeals.has(table));
  const rows = await reading.query<{ Table: string; Checksum: number }>(`CHECKSUM TABLE ${plain.join(', ')}`);
  const sums = rows.map(({ Table, Checksum }): [string, number] => [Table.split('.').at(-1) ?? '', Number(Checksum)]);
  const besides = await Promise.all([...withSeals].map(async (table) => [table, await sumBesideSeals(reading, table)]));
  const opened = await Promise.all(sealedNames.map(async (field) => [field, await sumOfOpened(reading, field)]));
  return Object.fromEntries([...sums, ...besides, ...opened]) as Record<string, number | string>;
}

const sealedNames = Object.keys(sealedFields) as SealedField[];

/** The same text reads differently each time it is sealed. */
async function sumBesideSeals(reading: Reading, table: string): Promise<number> {
  const columns = await reading.query<{ name: string }>(
    `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND COLUMN_NAME NOT LIKE '%\\_sealed' ORDER BY ORDINAL_POSITION`,
    [table],
  );
  const values = columns.map(({ name }) => `COALESCE(HEX(\`${name}\`), '-')`).join(', ');
  const [row] = await reading.query<{ sum: number }>(
    `SELECT COALESCE(BIT_XOR(CRC32(CONCAT_WS('/', ${values}))), 0) AS sum FROM ${table}`,
  );
  return Number(row?.sum);
}

async function sumOfOpened(reading: Reading, field: SealedField): Promise<string> {
  const { table, column } = sealedFields[field];
  const rows = await reading.query<{ id: string; value: Sealed | null }>(
    `SELECT id, ${column} AS value FROM ${table} ORDER BY id`,
  );
  const sum = createHash('sha256');
  for (const { id, value } of rows) sum.update(`${id} ${reading.vault.open(field, value) ?? ''}\n`);
  return sum.digest('hex');
}
