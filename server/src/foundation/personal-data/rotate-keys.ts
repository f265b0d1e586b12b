import type { Database, Db } from '../database/connect';
import { ConfigFault } from '../config';
import { newKey, readKeyRing, writeKeyRing, type KeyRing } from './key-ring';
import { sealedFields, type SealedField } from './sealed-fields';
import type { SuiteName } from './suites';
import { createVault, isIndexed, type Sealed, type Vault } from './vault';

/** Which of the two rings: the keys that seal, or those of the search index. */
export type RingName = keyof KeyRing;

export interface Rotation {
  database: Database;
  keysFile: string;
  /** Milliseconds after which every process has read a changed file again. */
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
 * anywhere: the next run goes on. Returns how many values were sealed or indexed anew.
 */
export async function rotateKeys(rotation: Rotation, which: RingName, suite: SuiteName): Promise<number> {
  const { keysFile, settle, wait, say } = rotation;
  const id = addKey(keysFile, which, suite);
  say(`新密钥 ${id} 已加入，等待各进程读取`);
  await wait(settle);
  useKey(keysFile, which, id);
  say(`新密钥 ${id} 已启用`);
  await wait(settle);
  return resealAll(rotation);
}

/** Adds a key that is not used yet; returns its id, the next number. */
export function addKey(keysFile: string, which: RingName, suite: SuiteName): string {
  const ring = readKeyRing(keysFile);
  const prefix = which === 'seal' ? 'k' : 'i';
  const numbers = ring[which].keys.map(({ id }) => Number(id.replace(/\D/g, '')));
  const id = `${prefix}${Math.max(0, ...numbers) + 1}`;
  writeKeyRing(keysFile, { ...ring, [which]: { ...ring[which], keys: [...ring[which].keys, newKey(id, suite)] } });
  return id;
}

/** From now on this key seals (or indexes). Throws {@link ConfigFault} where there is no such key. */
export function useKey(keysFile: string, which: RingName, id: string): void {
  const ring = readKeyRing(keysFile);
  if (!ring[which].keys.some((key) => key.id === id)) throw new ConfigFault([`there is no key ${id} in ${keysFile}`]);
  writeKeyRing(keysFile, { ...ring, [which]: { ...ring[which], current: id } });
}

/** Brings every value to the keys in use now. A transaction that began before may still bring an old one: so again, until none. */
export async function resealAll(rotation: Rotation): Promise<number> {
  const ring = readKeyRing(rotation.keysFile);
  const vault = createVault(() => ring);
  let total = 0;
  for (;;) {
    let done = 0;
    for (const field of fieldNames) done += await resealField(rotation, vault, field);
    total += done;
    if (done === 0) return total;
    await rotation.wait(rotation.settle);
  }
}

const fieldNames = Object.keys(sealedFields) as SealedField[];

interface SealedRow {
  id: string;
  value: Sealed;
  found: Buffer | null;
}

/** By id from the first to the last; each value only if it still is what was read. */
async function resealField({ database, say }: Rotation, vault: Vault, field: SealedField): Promise<number> {
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
    done += await database.transaction((db) => resealRows(db, vault, field, rows));
  }
  if (done > 0) say(`${table}.${column}：重新加密 ${done} 条`);
  return done;
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

export interface KeyUse {
  id: string;
  ring: RingName;
  suite: SuiteName;
  isCurrent: boolean;
  /** Sealed values of this key; null for the index, whose bytes do not tell. */
  values: number | null;
}

/** Which keys there are, and how many values each still holds. */
export async function keysInUse({ database, keysFile }: Pick<Rotation, 'database' | 'keysFile'>): Promise<KeyUse[]> {
  const ring = readKeyRing(keysFile);
  const counts = new Map<string, number>();
  for (const { table, column } of Object.values(sealedFields)) {
    const rows = await database.reading.query<{ id: string; n: number }>(
      `SELECT SUBSTRING_INDEX(${column}, '.', 1) AS id, COUNT(*) AS n FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1`,
    );
    for (const { id, n } of rows) counts.set(id, (counts.get(id) ?? 0) + Number(n));
  }
  return (['seal', 'index'] as const).flatMap((name) =>
    ring[name].keys.map(({ id, suite }) => ({
      ...{ id, suite, ring: name, isCurrent: id === ring[name].current },
      values: name === 'seal' ? (counts.get(id) ?? 0) : null,
    })),
  );
}

/** Why a key must stay; null where it may go. */
export type Dropped = 'dropped' | 'unknown' | 'in-use' | 'still-holds-values';

/** Takes a key out of the file, once nothing is sealed with it. Backups from its time cannot be read afterwards. */
export async function dropKey(rotation: Rotation, id: string): Promise<Dropped> {
  const use = (await keysInUse(rotation)).find((key) => key.id === id);
  if (!use) return 'unknown';
  if (use.isCurrent) return 'in-use';
  if ((use.values ?? 0) > 0 || (await resealAll(rotation)) > 0) return 'still-holds-values';
  const ring = readKeyRing(rotation.keysFile);
  const keys = ring[use.ring].keys.filter((key) => key.id !== id);
  writeKeyRing(rotation.keysFile, { ...ring, [use.ring]: { ...ring[use.ring], keys } });
  return 'dropped';
}
