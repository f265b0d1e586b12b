import { suites } from './suites';
import type { KeyRing, RingKey } from './key-ring';
import { sealedFields, type IndexedField, type SealedField } from './sealed-fields';

declare const sealed: unique symbol;
/** A value as it stands in the database: `<key id>.<base64url>`. Only {@link Vault.open} makes text of it. */
export type Sealed = string & { readonly [sealed]: true };

/**
 * Personal data on its way into the database and out of it. What `db.insert` writes by an entity's `@SealedWords` is
 * sealed by itself; an UPDATE seals and indexes its values here, a query opens what it read.
 */
export interface Vault {
  seal(field: SealedField, text: string): Sealed;
  seal(field: SealedField, text: string | null): Sealed | null;
  /** Throws {@link SealFault} where the value was changed, belongs to another field, or its key is gone; never repeats it. */
  open(field: SealedField, value: Sealed): string;
  open(field: SealedField, value: Sealed | null): string | null;
  /** For the index column, by the key that is in use now. */
  index(field: IndexedField, text: string): Buffer;
  index(field: IndexedField, text: string | null): Buffer | null;
  /** For searching: `… WHERE phone_index IN (?)`. More than one while keys are being changed. */
  indexes(field: IndexedField, text: string): Buffer[];
  /** Id of the key that seals now. */
  currentKey(): string;
  /** Id of the key that indexes now. */
  currentIndexKey(): string;
}

/** A value that the ring does not open, or a key that it lacks. A file that is no ring at all is a ConfigFault. */
export class SealFault extends Error {}

export function createVault(ringNow: () => KeyRing): Vault {
  const seal = (field: SealedField, text: string | null): Sealed | null => {
    if (text === null) return null;
    const { seal: ring } = ringNow();
    const key = keyOf(ring.keys, ring.current);
    const bytes = suites[key.suite].seal(secretOf(key), Buffer.from(text), field);
    return `${key.id}.${bytes.toString('base64url')}` as Sealed;
  };
  const open = (field: SealedField, value: Sealed | null): string | null => {
    if (value === null) return null;
    const [, id = '', bytes = ''] = /^([a-z0-9]{1,12})\.([\w-]+)$/.exec(value) ?? [];
    if (id === '') throw new SealFault(`What stands in ${field} is not sealed`);
    const key = keyOf(ringNow().seal.keys, id);
    try {
      return suites[key.suite].open(secretOf(key), Buffer.from(bytes, 'base64url'), field).toString();
    } catch {
      throw new SealFault(`A sealed ${field} does not open with key ${key.id}`);
    }
  };
  const digest = (key: RingKey, field: IndexedField, text: string): Buffer =>
    suites[key.suite].digest(secretOf(key), `${field}\n${text}`);
  const index = (field: IndexedField, text: string | null): Buffer | null => {
    if (text === null) return null;
    const { index: ring } = ringNow();
    return digest(keyOf(ring.keys, ring.current), field, text);
  };
  return {
    seal: seal as Vault['seal'],
    open: open as Vault['open'],
    index: index as Vault['index'],
    indexes: (field, text) => ringNow().index.keys.map((key) => digest(key, field, text)),
    currentKey: () => ringNow().seal.current,
    currentIndexKey: () => ringNow().index.current,
  };
}

function keyOf(keys: readonly RingKey[], id: string): RingKey {
  const key = keys.find((each) => each.id === id);
  if (!key) throw new SealFault(`There is no key ${id} in the ring`);
  return key;
}

const secrets = new WeakMap<RingKey, Buffer>();
function secretOf(key: RingKey): Buffer {
  const known = secrets.get(key) ?? Buffer.from(key.secret, 'base64');
  secrets.set(key, known);
  return known;
}

export const isIndexed = (field: SealedField): field is IndexedField => 'index' in sealedFields[field];
