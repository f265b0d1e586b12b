import { resealErasures } from '../backup/erasure-list';
import { ConfigFault } from '../config';
import { isBusy } from '../database/conflicts';
import type { Database, Db } from '../database/connect';
import { newKey, readKeyRing, writeKeyRing, type KeyRing } from './key-ring';
import { sealedFields, type SealedField } from './sealed-fields';
import type { SuiteName } from './suites';
import { createVault, isIndexed, type Sealed, type Vault } from './vault';

/** Which of the two rings: the keys that seal, or those of the search index. */
export type RingName = keyof KeyRing;

export interface Rotation {
  database: Database;
  keysFile: string;
  /** The folder of backups that this installation knows. */
  backupDir: string;
  /** Milliseconds after which every process has read a changed file again, and written what it sealed before. */
  settle: number;
  wait: (milliseconds: number) => Promise<void>;
  say: (line: string) => void;
}

/** Rows of one transaction: short enough that nobody waits for it. */
const batch = 500;

/**
 * A new key for everything, while the server runs. In this order, so that at no moment somebody meets a value whose key he
 * does not know: the key is added and all processes learn it; it comes into use; what the old ones sealed is sealed anew,
 * until nothing is left. The old key stays in the file, for backups from before, until {@link dropKey}. May be cut off
 * anywhere: the next run goes on with the same key. Returns how many values were sealed or indexed anew.
 */
export const rotateKeys = (rotation: Rotation, which: RingName, suite: SuiteName): Promise<number> =>
  aloneWithData(rotation, async () => {
    const { keysFile, settle, wait, say } = rotation;
    const begun = readKeyRing(keysFile)[which].changingTo;
    const id = begun ?? addKey(keysFile, which, suite, { changing: true });
    say(begun ? `上次换到 ${id} 没有换完，接着换` : `新密钥 ${id} 已加入，等待各进程读取`);
    await wait(settle);
    useKey(keysFile, which, id);
    say(`新密钥 ${id} 已启用`);
    await wait(settle);
    return resealWhole(rotation);
  });

/**
 * An import writes for minutes before it commits, with the keys of its beginning, and reads its file by them: while keys
 * are changed nothing is imported, and while something is imported no key is changed. So is a second change at once.
 */
export async function aloneWithData<T>({ database, settle, wait, say }: Rotation, work: () => Promise<T>): Promise<T> {
  for (let isFirst = true; ; isFirst = false) {
    const done = await database.alone('rosters', async () => ({ value: await work() }));
    if (done) return done.value;
    if (isFirst) say('正在导入名册，或者另一个终端正在换密钥，等它结束再继续');
    await wait(settle);
  }
}

/** Adds a key that is not used yet; returns its id, the next number. `changing`: as the beginning of a change. */
export function addKey(keysFile: string, which: RingName, suite: SuiteName, { changing = false } = {}): string {
  const ring = readKeyRing(keysFile);
  const prefix = which === 'seal' ? 'k' : 'i';
  const numbers = ring[which].keys.map(({ id }) => Number(id.replace(/\D/g, '')));
  const id = `${prefix}${Math.max(0, ...numbers) + 1}`;
  const keys = [...ring[which].keys, newKey(id, suite)];
  writeKeyRing(keysFile, { ...ring, [which]: { ...ring[which], keys, ...(changing ? { changingTo: id } : {}) } });
  return id;
}

/** From now on this key seals (or indexes). Throws {@link ConfigFault} where there is no such key. */
export function useKey(keysFile: string, which: RingName, id: string): void {
  const ring = readKeyRing(keysFile);
  if (!ring[which].keys.some((key) => key.id === id))
    throw new ConfigFault([`${keysFile} 里没有密钥 ${id} / there is no key ${id} in it`]);
  writeKeyRing(keysFile, { ...ring, [which]: { ...ring[which], current: id } });
}

/** Brings every value to the keys in use now; waits until no list is being imported. */
export const resealAll = (rotation: Rotation): Promise<number> => aloneWithData(rotation, () => resealWhole(rotation));

/** A transaction that began before may still bring an old one: so again, until none. */
export async function resealWhole(rotation: Rotation): Promise<number> {
  const ring = readKeyRing(rotation.keysFile);
  const vault = createVault(() => ring);
  let total = 0;
  for (;;) {
    let done = 0;
    for (const field of fieldNames) done += await resealField(rotation, vault, field);
    total += done;
    if (done === 0) break;
    await rotation.wait(rotation.settle);
  }
  await resealErasures(rotation.backupDir, ring);
  endChange(rotation.keysFile);
  return total;
}

function endChange(keysFile: string): void {
  const { seal, index } = readKeyRing(keysFile);
  if (seal.changingTo === undefined && index.changingTo === undefined) return;
  const ended = ({ current, keys, changingTo }: KeyRing[RingName]) => ({
    ...{ current, keys, ...(changingTo === undefined || changingTo === current ? {} : { changingTo }) },
  });
  writeKeyRing(keysFile, { seal: ended(seal), index: ended(index) });
}

export const fieldNames = Object.keys(sealedFields) as SealedField[];

interface SealedRow {
  id: string;
  value: Sealed;
  found: Buffer | null;
}

/** By id from the first to the last; each value only if it still is what was read. */
async function resealField(rotation: Rotation, vault: Vault, field: SealedField): Promise<number> {
  const { database, say } = rotation;
  const { table, column } = sealedFields[field];
  const index = isIndexed(field) ? sealedFields[field].index : null;
  let [after, done] = ['', 0];
  for (;;) {
    const rows = await database.reading.query<SealedRow>(
      `SELECT id, ${column} AS value, ${index ?? 'NULL'} AS found FROM ${table}
       WHERE ${column} IS NOT NULL AND id > ? ORDER BY id LIMIT ${batch}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
    done += await patiently(rotation, () => database.transaction((db) => resealRows(db, vault, field, rows)));
  }
  if (done > 0) say(`${table}.${column}：重新加密 ${done} 条`);
  return done;
}

/** Times that rows held by somebody are asked for again: minutes, until he is done. */
const mostTries = 30;

/** Where somebody holds a row for long, it is waited for and not begun anew. */
export async function patiently<T>({ settle, wait }: Rotation, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || tries === mostTries) throw error;
      await wait(settle);
    }
  }
}

async function resealRows(db: Db, vault: Vault, field: SealedField, rows: readonly SealedRow[]): Promise<number> {
  const { table, column } = sealedFields[field];
  let done = 0;
  for (const { id, value, found } of rows) {
    const text = vault.open(field, value);
    const sealed = value.startsWith(`${vault.currentKey()}.`) ? value : vault.seal(field, text);
    const index = isIndexed(field) ? vault.index(field, text) : null;
    if (sealed === value && (index === null || found?.equals(index))) continue;
    const beside = isIndexed(field) ? `, ${sealedFields[field].index} = ?` : '';
    done += await db.write(`UPDATE ${table} SET ${column} = ?${beside} WHERE id = ? AND ${column} = ?`, [
      ...[sealed, ...(index ? [index] : []), id, value],
    ]);
  }
  return done;
}
