import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { seesRound } from './rounds.policy';
import { asShown } from './showcases.policy';
import { showcaseById, type ShowcaseRecord } from './showcases.queries';

/** The showcase, for whoever lives or serves in its town. Throws `showcase.not-found`. */
export async function visibleShowcase(db: Reading, caller: Caller, showcaseId: string): Promise<ShowcaseRecord> {
  const record = await showcaseById(db, showcaseId, caller.now);
  if (!record || !seesRound(caller, record)) throw new Problem('showcase.not-found');
  return asShown(record, caller);
}
