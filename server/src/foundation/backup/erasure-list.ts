import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { closingReasons, type ClosingReason } from '@sandan/shared/privacy/privacy.words';
import { z } from 'zod';
import type { Database } from '../database/connect';
import type { KeyRing } from '../personal-data/key-ring';
import { namesIn } from './manifest';
import { keyOfSealed, opening, sealing } from './sealed-stream';

/**
 * 注销名单: who was erased, kept beside the backups, because the database that is put back from one does not know it.
 * One small sealed file for each, which holds ids and codes only, read by a restore. An erasure is through when its file is
 * written (`listed_at`): where it cannot be, the erasure waits (privacy.due-work.ts) and is written down as soon as it can.
 */
const Erased = z.object({
  personId: z.string().length(26),
  closingId: z.string().length(26),
  reason: z.enum(Object.keys(closingReasons) as [ClosingReason, ...ClosingReason[]]),
  askedById: z.string().length(26),
  askedAt: z.iso.datetime(),
});
export type ErasedPerson = z.output<typeof Erased>;

export interface ErasureRow {
  closingId: string;
  personId: string;
  reason: ClosingReason;
  askedById: string;
  askedAt: Date;
}
export const erasureColumns = `id AS closingId, person_id AS personId, reason, asked_by_id AS askedById, asked_at AS askedAt`;

const listIn = (folder: string): string => join(folder, 'erasures');
/** The name stands in the seal: nobody makes another one's entry of it. */
const nameFor = (personId: string): string => `erasures/${personId}`;

/** Writes it once; a repeat changes nothing. */
export async function noteErasure(folder: string, ring: KeyRing, row: ErasureRow): Promise<void> {
  const { personId, askedAt, closingId, reason, askedById } = row;
  const path = join(listIn(folder), `${personId}.sealed`);
  if ((await keyOfSealed(path)) !== null) return;
  const entry: ErasedPerson = { personId, closingId, reason, askedById, askedAt: askedAt.toISOString() };
  await writeEntry(listIn(folder), ring, personId, JSON.stringify(entry));
}

async function writeEntry(list: string, ring: KeyRing, personId: string, text: string): Promise<void> {
  await mkdir(list, { recursive: true, mode: 0o700 });
  const sealed = await buffer(Readable.from([Buffer.from(text)]).compose(sealing(ring, nameFor(personId))));
  const path = join(list, `${personId}.sealed`);
  await writeFile(`${path}.new`, sealed, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Those whose erasure has begun since the last look. Returns how many. */
export async function noteErasures(database: Database, ring: () => KeyRing, folder: string): Promise<number> {
  const rows = await database.reading.query<ErasureRow>(
    `SELECT ${erasureColumns} FROM account_closing WHERE listed_at IS NULL AND state IN ('erasing', 'erased')`,
  );
  for (const row of rows) {
    await noteErasure(folder, ring(), row);
    await database.transaction((db) =>
      db.write('UPDATE account_closing SET listed_at = UTC_TIMESTAMP(3) WHERE id = ?', [row.closingId]),
    );
  }
  return rows.length;
}

/** Whom no backup knows any more: nobody is kept in a list for good. */
export async function forgetErasures(folder: string, personIds: readonly string[]): Promise<void> {
  for (const personId of personIds) await rm(join(listIn(folder), `${personId}.sealed`), { force: true });
}

/** All that stand in the lists of these folders, each once. Throws `DamagedBackup` where an entry does not open. */
export async function erasuresIn(folders: readonly string[], ring: KeyRing): Promise<ErasedPerson[]> {
  const found = new Map<string, ErasedPerson>();
  for (const folder of new Set(folders)) {
    for (const personId of await listedIn(folder)) {
      found.set(personId, Erased.parse(JSON.parse(await textOf(folder, ring, personId))));
    }
  }
  return [...found.values()];
}

const listedIn = async (folder: string): Promise<string[]> =>
  (await namesIn(listIn(folder))).filter((name) => name.endsWith('.sealed')).map((name) => name.replace('.sealed', ''));

async function textOf(folder: string, ring: KeyRing, personId: string): Promise<string> {
  const sealed = await readFile(join(listIn(folder), `${personId}.sealed`));
  return (await buffer(Readable.from([sealed]).compose(opening(ring, nameFor(personId))))).toString();
}

/** With a rotation: the list must open as long as there are keys at all. */
export async function resealErasures(folder: string, ring: KeyRing): Promise<void> {
  for (const personId of await listedIn(folder)) {
    const path = join(listIn(folder), `${personId}.sealed`);
    if ((await keyOfSealed(path)) === ring.seal.current) continue;
    await writeEntry(listIn(folder), ring, personId, await textOf(folder, ring, personId));
  }
}
