import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../access/caller';
import { protectionOf } from '../access/protection';
import type { Reading } from '../database/connect';

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
