import { needOf, type NeedOfKey } from '../backup/needed-keys';
import { isBusy } from '../database/conflicts';
import { readKeyRing, writeKeyRing } from './key-ring';
import { aloneWithData, fieldNames, patiently, resealWhole, type RingName, type Rotation } from './rotate-keys';
import { sealedFields, type SealedField } from './sealed-fields';
import type { SuiteName } from './suites';

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

/** Why a key must stay. `busy`: somebody has had a transaction open for minutes, in which its values may stand. */
export type Dropped =
  | { readonly is: 'dropped' }
  | { readonly is: 'unknown' | 'in-use' | 'still-holds-values' | 'busy' }
  | { readonly is: 'needed-by-backups'; readonly need: NeedOfKey };

export interface Dropping {
  /** Backups that need it are given up: nobody will ever restore them. */
  giveUpBackups: boolean;
}

/**
 * Takes a key out of the file, once nothing is sealed with it: no row, no row of an open transaction, no backup in the
 * folder that this installation knows.
 */
export const dropKey = (rotation: Rotation, id: string, dropping: Dropping): Promise<Dropped> =>
  aloneWithData(rotation, async () => {
    const refused = await refusedBy(rotation, id, dropping);
    if (refused) return refused;
    const use = readKeyRing(rotation.keysFile);
    const name: RingName = use.seal.keys.some((key) => key.id === id) ? 'seal' : 'index';
    const keys = use[name].keys.filter((key) => key.id !== id);
    writeKeyRing(rotation.keysFile, { ...use, [name]: { ...use[name], keys } });
    return { is: 'dropped' };
  });

async function refusedBy(rotation: Rotation, id: string, { giveUpBackups }: Dropping): Promise<Dropped | null> {
  const use = (await keysInUse(rotation)).find((key) => key.id === id);
  if (!use) return { is: 'unknown' };
  const isChangedTo = readKeyRing(rotation.keysFile)[use.ring].changingTo === id;
  if (use.isCurrent || isChangedTo) return { is: 'in-use' };
  const need = use.ring === 'seal' ? await needOf(rotation.backupDir, id) : null;
  if (need && !giveUpBackups && need.backups.length + need.files > 0) return { is: 'needed-by-backups', need };
  try {
    // Whoever still sealed with it when another came into use has written by now, and is waited for until he commits.
    await rotation.wait(rotation.settle);
    for (const field of fieldNames) await passEveryRow(rotation, field);
  } catch (error) {
    if (isBusy(error)) return { is: 'busy' };
    throw error;
  }
  return (await resealWhole(rotation)) > 0 ? { is: 'still-holds-values' } : null;
}

const passed = 1_000;

/**
 * Locks every row for a moment. What an open transaction has written and not committed yet no reading shows, and the lists
 * of transactions are not for every account; but its rows cannot be passed.
 */
async function passEveryRow(rotation: Rotation, field: SealedField): Promise<void> {
  const sql = `SELECT id FROM ${sealedFields[field].table} WHERE id > ? ORDER BY id LIMIT ${passed} FOR UPDATE NOWAIT`;
  for (let [after, more] = ['', true]; more;) {
    const from = after;
    const rows = await patiently(rotation, () =>
      rotation.database.transaction((db) => db.query<{ id: string }>(sql, [from])),
    );
    after = rows.at(-1)?.id ?? '';
    more = rows.length === passed;
  }
}
