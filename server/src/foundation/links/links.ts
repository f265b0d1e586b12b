import { randomInt } from 'node:crypto';
import { isDuplicate, SomebodyWasQuicker } from '../database/conflicts';
import type { Db, Reading } from '../database/connect';
import { Link } from './link.entity';

/** Without what is mistaken for something else when it is read aloud or typed from paper: 0 o, 1 l i. */
const letters = '23456789abcdefghjkmnpqrstuvwxyz';
const keyLength = 12;

const newKey = (): string => Array.from({ length: keyLength }, () => letters[randomInt(letters.length)]).join('');

export interface Thing {
  what: string;
  thingId: string;
}

const keyOf = async (db: Reading, { what, thingId }: Thing): Promise<string | null> => {
  const [row] = await db.query<{ key: string }>(
    'SELECT link_key AS `key` FROM link WHERE what = ? AND thing_id = ? AND revoked_at IS NULL',
    [what, thingId],
  );
  return row?.key ?? null;
};

/** The key of a thing, made when it is first asked for and the same until somebody replaces it. Who may have it is the caller's affair. */
export async function linkTo(db: Db, thing: Thing, now: Date): Promise<string> {
  const known = await keyOf(db, thing);
  if (known !== null) return known;
  return insertLink(db, { ...thing, createdAt: now, madeIn: null });
}

/** The same for many at once, by {@link nameOf}: new ones are written together, in one order, so that two who do so do not wait for each other in a ring. */
export async function linksTo(db: Db, things: readonly Thing[], now: Date): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Map(things.map((thing) => [nameOf(thing), thing])).values()];
  if (asked.length === 0) return new Map();
  const known = await keysOf(db, asked);
  const missing = asked
    .filter((thing) => !known.has(nameOf(thing)))
    .sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  if (missing.length === 0) return known;
  const rows = missing.map((thing) => ({ ...thing, key: newKey(), createdAt: now, madeIn: null, revokedAt: null }));
  // Somebody who was quicker has the key that stands: it is read afterwards, and nothing has to be done again.
  await db.upsert(Link, rows, ['what']);
  return keysOf(db, asked);
}

export const nameOf = ({ what, thingId }: Thing): string => `${what} ${thingId}`;

async function keysOf(db: Reading, things: readonly Thing[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<Thing & { key: string }>(
    `SELECT what, thing_id AS thingId, link_key AS \`key\` FROM link
     WHERE thing_id IN (?) AND (what, thing_id) IN (?) AND what IN (?) AND revoked_at IS NULL`,
    [
      things.map(({ thingId }) => thingId),
      things.map(({ what, thingId }) => [what, thingId]),
      [...new Set(things.map(({ what }) => what))],
    ],
  );
  return new Map(rows.map((row) => [nameOf(row), row.key]));
}

async function insertLink(db: Db, link: Pick<Link, 'what' | 'thingId' | 'createdAt' | 'madeIn'>): Promise<string> {
  const key = newKey();
  // Two who ask at once: the other's key stands, and the whole request reads it (decisions.md §1.5).
  await db.insert(Link, [{ ...link, key, revokedAt: null }]).catch((error: unknown) => {
    throw isDuplicate(error) ? new SomebodyWasQuicker() : error;
  });
  return key;
}

/**
 * Another key for a thing whose paper was lost or is abused: the old one is good for nothing from now on. Says whether
 * this act has done it now; a repeat of it changes nothing.
 */
export async function replaceLink(db: Db, { what, thingId }: Thing, actionId: string, now: Date): Promise<boolean> {
  const [done] = await db.query('SELECT 1 FROM link WHERE made_in = ?', [actionId]);
  if (done) return false;
  await db.write('UPDATE link SET revoked_at = ? WHERE what = ? AND thing_id = ? AND revoked_at IS NULL', [
    ...[now, what, thingId],
  ]);
  await insertLink(db, { what, thingId, createdAt: now, madeIn: actionId });
  return true;
}

/** What a key was given out for, and whether it is still good; null for one that never was. */
export async function linkOf(db: Reading, key: string): Promise<(Thing & { isGood: boolean }) | null> {
  const [row] = await db.query<Thing & { revokedAt: Date | null }>(
    'SELECT what, thing_id AS thingId, revoked_at AS revokedAt FROM link WHERE link_key = ?',
    [key],
  );
  return row ? { what: row.what, thingId: row.thingId, isGood: row.revokedAt === null } : null;
}

/** What a key stands for; null for one that is not good. A key is no right: reading the thing is. */
export async function thingOf(db: Reading, key: string): Promise<Thing | null> {
  const link = await linkOf(db, key);
  return link?.isGood ? { what: link.what, thingId: link.thingId } : null;
}
