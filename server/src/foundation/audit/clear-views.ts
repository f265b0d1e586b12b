import { isDeepStrictEqual } from 'node:util';
import type { AuditAct } from '@sandan/shared/audit/audit.words';
import type { FactsOf } from '@sandan/shared/audit/audit-facts';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../access/caller';
import { protectionOf } from '../access/protection';
import { fromJson, type Reading } from '../database/connect';

const day = 24 * 60 * 60_000;

/** Views of one person's numbers, of the contact of an order one works on, and searches for whoever has a number. */
type ClearView = 'revealPerson' | 'revealContact' | 'findByNumber';
const limits = {
  revealPerson: ['revealsPerDay', 'household.reveals-used-up'],
  revealContact: ['contactsPerDay', 'household.reveals-used-up'],
  findByNumber: ['lookupsPerDay', 'household.lookups-used-up'],
} as const;

/**
 * 看明文: so many within 24 hours, by the audit itself, so that nobody reads a whole village out. Whoever calls this holds
 * the person's row, where two presses at once have to count one after the other. @throws Problem household.reveals-used-up, household.lookups-used-up
 */
export async function mustHaveViewsLeft(db: Reading, caller: Caller, act: ClearView): Promise<void> {
  const [row] = await db.query<{ views: number }>(
    'SELECT COUNT(*) AS views FROM audit_entry WHERE person_id = ? AND at > ? AND act = ?',
    [caller.personId, new Date(caller.now.getTime() - day), act],
  );
  const [limit, problem] = limits[act];
  if (Number(row?.views) >= protectionOf(caller)[limit]) throw new Problem(problem);
}

/** A lost answer is asked for again within minutes; later on the same id would be a key to the number for ever. */
const repeatWithin = 10 * 60_000;

interface Pressed {
  id: string;
  act: AuditAct;
}

/**
 * What this very press of this person wrote down a moment ago; null: nothing stands under its id.
 * @throws Problem action.repeated-differently where something else does, or the moment is over
 */
export async function earlierPress(
  db: Reading,
  caller: Caller,
  { id, act }: Pressed,
): Promise<{ thingId: string | null; facts: unknown } | null> {
  const [row] = await db.query<{ personId: string | null; at: Date; act: string; thingId: string; facts: unknown }>(
    'SELECT person_id AS personId, at, act, thing_id AS thingId, facts FROM audit_entry WHERE id = ?',
    [id],
  );
  if (!row) return null;
  const isOwn = row.personId === caller.personId && row.act === act;
  if (!isOwn || caller.now.getTime() - row.at.getTime() > repeatWithin)
    throw new Problem('action.repeated-differently');
  return { thingId: row.thingId, facts: fromJson(row.facts) };
}

interface AskedAgain<Act extends AuditAct> extends Pressed {
  act: Act;
  thingId: string;
  facts: FactsOf<Act>;
}

/**
 * Is this the very press that stands in the audit already: of this person, the same act on the same thing with the same
 * facts, a moment ago? It is answered again and not counted again. @throws Problem action.repeated-differently for anything
 * else under that id: another number, another person, another day
 */
export async function isAskedAgain<Act extends AuditAct>(
  db: Reading,
  caller: Caller,
  { thingId, facts, ...press }: AskedAgain<Act>,
): Promise<boolean> {
  const earlier = await earlierPress(db, caller, press);
  if (earlier && (earlier.thingId !== thingId || !isDeepStrictEqual(earlier.facts, facts)))
    throw new Problem('action.repeated-differently');
  return earlier !== null;
}
