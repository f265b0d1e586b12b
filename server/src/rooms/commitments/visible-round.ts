import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import type { Round } from './round.entity';
import { seesRound } from './rounds.policy';
import { roundById } from './rounds.queries';

/** The year, for whoever lives or serves in its town. Throws `round.not-found`. */
export async function visibleRound(db: Reading, caller: Caller, roundId: string): Promise<Round> {
  const round = await roundById(db, roundId);
  if (!round || !seesRound(caller, round)) throw new Problem('round.not-found');
  return round;
}
