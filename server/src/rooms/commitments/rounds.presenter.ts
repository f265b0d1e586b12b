import type { z } from 'zod';
import type { Round as RoundReply } from '@sandan/shared/commitments/round.schema';
import { roundLifecycle } from '@sandan/shared/commitments/round.lifecycle';
import type { Caller } from '../../foundation/access/caller';
import type { Round } from './round.entity';
import { allowsOfRound } from './rounds.policy';

export const presentRound = (round: Round, caller: Caller): z.input<typeof RoundReply> => ({
  ...{ id: round.id, townId: round.townId, organizationId: round.organizationId, year: round.year },
  ...{ state: round.state, stateName: roundLifecycle.states[round.state].name, stage: round.stage },
  minima: { ...round.minima },
  ranks: [...round.ranks],
  ...{ draftsUntil: round.draftsUntil, reviewsUntil: round.reviewsUntil, endsOn: round.endsOn },
  allows: allowsOfRound(round, caller),
});
