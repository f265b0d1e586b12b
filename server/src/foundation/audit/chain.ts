import { createHash } from 'node:crypto';

/** An entry as the chain sees it. `facts` may come as text (MariaDB) or parsed (MySQL). */
export interface SealedRow {
  id: string;
  at: Date;
  personId: string | null;
  act: string;
  thingId: string | null;
  townId: string | null;
  facts: unknown;
}

/** A place in the chain: the number of the last link and its hash. */
export interface Head {
  seq: number;
  hash: Buffer;
}

/** What the first link hangs on. */
export const genesis: Head = { seq: 0, hash: Buffer.alloc(32) };

/** SHA-256 of the hash before it and the entry's canonical JSON: the same whatever order a database keeps keys in. */
export function hashAfter(before: Buffer, seq: number, row: SealedRow): Buffer {
  const { id, at, personId, act, thingId, townId, facts } = row;
  const parsed: unknown = typeof facts === 'string' ? JSON.parse(facts) : facts;
  const canonical = JSON.stringify([seq, id, at.toISOString(), personId, act, thingId, townId, sorted(parsed)]);
  return createHash('sha256').update(before).update(canonical).digest();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

/** `1234:9f86d0…`: what the log, the verification and `--head` say. */
export const headWords = ({ seq, hash }: Head): string => `${seq}:${hash.toString('hex')}`;

/** Null where it is no head. */
export function headOf(words: string): Head | null {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(words) ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash: Buffer.from(hash, 'hex') };
}

/** The columns of {@link SealedRow} of an alias. */
export const sealedColumns = (alias: string): string =>
  `${alias}.id, ${alias}.at, ${alias}.person_id AS personId, ${alias}.act, ${alias}.thing_id AS thingId,
   ${alias}.town_id AS townId, ${alias}.facts`;
