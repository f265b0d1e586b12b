import { Problem } from '@sandan/shared/problems';
import type { Db, Reading } from '../database/connect';
import { sha256 } from '../fingerprint';
import type { World } from '../http/world';
import { newId } from '../ids';
import { SignInFailure } from './access.entity';

interface Window {
  count: number;
  minutes: number;
}

/** So many failures within so many minutes close the door for as long: whoever goes on, waits ever longer. */
type Windows = readonly [Window, Window, Window];

/** A whole village shares one address (decisions.md §4.7). */
const addressWindows: Windows = [
  { count: 300, minutes: 1 },
  { count: 600, minutes: 10 },
  { count: 1200, minutes: 60 },
];
const personWindows: Windows = [
  { count: 5, minutes: 1 },
  { count: 10, minutes: 10 },
  { count: 20, minutes: 60 },
];

/** Whose failures are counted together; kept as a hash. */
export interface Subject {
  readonly hash: Buffer;
  readonly windows: Windows;
}

/** `what` keeps apart what is guessed: whoever tries codes of computers does not lock out the phones of his village. */
export const addressSubject = (address: string, what: 'wechat' | 'desktop' | 'link'): Subject => ({
  hash: sha256(what === 'wechat' ? address : `${what} ${address}`),
  windows: addressWindows,
});
export const personSubject = (personId: string): Subject => ({
  hash: sha256(`person ${personId}`),
  windows: personWindows,
});

/** @throws Problem sign-in.too-many, with how long to wait */
export async function refuseTooMany(reading: Reading, { hash, windows }: Subject, now: Date): Promise<void> {
  const since = ({ minutes }: Window): Date => new Date(now.getTime() - minutes * 60_000);
  const [short, middle, long] = windows;
  const [row] = await reading.query<{ short: number; middle: number; long: number }>(
    `SELECT COALESCE(SUM(at > ?), 0) AS short, COALESCE(SUM(at > ?), 0) AS middle, COUNT(*) AS \`long\`
     FROM sign_in_failure WHERE address_hash = ? AND at > ? AND at <= ?`,
    [since(short), since(middle), hash, since(long), now],
  );
  const counts = [Number(row?.short), Number(row?.middle), Number(row?.long)];
  const closed = windows.filter(({ count }, index) => (counts[index] ?? 0) >= count).at(-1);
  if (closed) throw new Problem('sign-in.too-many', { retryAfter: closed.minutes * 60 });
}

/** How often the same has failed, this time included. */
export interface Seen {
  readonly inHour: number;
  readonly inSlot: number;
}

/** In a transaction of its own: what follows is a refusal, which takes nothing back. */
export const noteFailure = (
  world: Pick<World, 'database'>,
  subject: Subject,
  now: Date,
  also?: (db: Db, seen: Seen) => Promise<void>,
): Promise<void> =>
  world.database.transaction(async (db) => {
    await db.insert(SignInFailure, [{ id: newId(now), addressHash: subject.hash, at: now }]);
    await also?.(db, await seenOf(db, subject, now));
  });

const slot = 10 * 60_000;

async function seenOf(db: Reading, { hash }: Subject, now: Date): Promise<Seen> {
  const [row] = await db.query<{ inHour: number; inSlot: number }>(
    `SELECT COUNT(*) AS inHour, COALESCE(SUM(at >= ?), 0) AS inSlot
     FROM sign_in_failure WHERE address_hash = ? AND at > ? AND at <= ?`,
    [new Date(Math.floor(now.getTime() / slot) * slot), hash, new Date(now.getTime() - 60 * 60_000), now],
  );
  return { inHour: Number(row?.inHour), inSlot: Number(row?.inSlot) };
}

/**
 * Whoever tries codes by the thousand must not write the audit full: of one address it has the first of each ten minutes
 * and every hundredth of an hour, each with how many there were.
 */
export const isTelling = ({ inHour, inSlot }: Seen): boolean => inSlot === 1 || inHour % 100 === 0;
