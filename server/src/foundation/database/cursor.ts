import { createHash } from 'node:crypto';
import { Problem } from '@sandan/shared/problems';

/** A sort key: times as Date or milliseconds since 1970, ids and words as they are. */
export type CursorKey = readonly (string | number | Date)[];

/** What each part of a key must be when it comes back. */
export type KeyPart = 'time' | 'id' | 'number' | 'text';
type PartOf<P extends KeyPart> = P extends 'time' ? Date : P extends 'number' ? number : string;
type KeyOf<Shape extends readonly KeyPart[]> = { -readonly [Index in keyof Shape]: PartOf<Shape[Index]> };

/**
 * The place after the last row of a page: base64url JSON of its key and a check sum over key and filters, so that a
 * cursor goes on with its own list only (decisions.md §2.3). It opens nothing: rights are in every query.
 */
export function encodeCursor(key: CursorKey, filters: unknown): string {
  const plain = key.map((part) => (part instanceof Date ? part.getTime() : part));
  return Buffer.from(JSON.stringify([...plain, checkSum(plain, filters)])).toString('base64url');
}

/**
 * The key in a cursor; undefined at the beginning of a list. Throws `request.bad-cursor` (400) when it was changed,
 * belongs to other filters or is of another shape.
 */
export function decodeCursor<const Shape extends readonly KeyPart[]>(
  cursor: string | undefined,
  filters: unknown,
  shape: Shape,
): KeyOf<Shape> | undefined {
  if (cursor === undefined) return undefined;
  const given = parse(cursor);
  const key = given.slice(0, -1);
  const fits = key.length === shape.length && shape.every((part, index) => isPart[part](key[index]));
  if (!fits || given.at(-1) !== checkSum(key, filters)) throw new Problem('request.bad-cursor');
  return key.map((part, index) => (shape[index] === 'time' ? new Date(part as number) : part)) as KeyOf<Shape>;
}

function parse(cursor: string): unknown[] {
  try {
    const given: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(given) ? given : [];
  } catch (error) {
    throw new Problem('request.bad-cursor', { cause: error });
  }
}

/** Up to the year 2200: what no DATETIME holds must not reach the database, whoever made the cursor. */
const lastTime = 7_258_118_400_000;

const isPart: Record<KeyPart, (part: unknown) => boolean> = {
  time: (part) => Number.isInteger(part) && Number(part) >= 0 && Number(part) < lastTime,
  id: (part) => typeof part === 'string' && /^[0-9A-Z]{26}$/.test(part),
  number: (part) => Number.isFinite(part),
  text: (part) => typeof part === 'string',
};

const checkSum = (key: unknown, filters: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([key, sorted(filters)]))
    .digest('base64url')
    .slice(0, 16);

/** The same filters in another order, or given as undefined, are the same filters. */
function sorted(filters: unknown): unknown {
  if (typeof filters !== 'object' || filters === null || Array.isArray(filters)) return filters;
  return Object.entries(filters)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
