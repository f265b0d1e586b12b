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
  const [row] = await db.query<{ key: string }>('SELECT link_key AS `key` FROM link WHERE what = ? AND thing_id = ?', [
    what,
    thingId,
  ]);
  return row?.key ?? null;
};

/** The key of a thing, made when it is first asked for and the same for ever. Who may have it is the caller's affair. */
export async function linkTo(db: Db, thing: Thing, now: Date): Promise<string> {
  const known = await keyOf(db, thing);
  if (known !== null) return known;
  const key = newKey();
  // Two who ask at once: the other's key stands, and the whole request reads it (decisions.md §1.5).
  await db.insert(Link, [{ key, ...thing, createdAt: now }]).catch((error: unknown) => {
    throw isDuplicate(error) ? new SomebodyWasQuicker() : error;
  });
  return key;
}

/** What a key stands for; null for one that was never given out. A key is no right: reading the thing is. */
export async function thingOf(db: Reading, key: string): Promise<Thing | null> {
  const [row] = await db.query<Thing>('SELECT what, thing_id AS thingId FROM link WHERE link_key = ?', [key]);
  return row ?? null;
}
