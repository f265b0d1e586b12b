import { showcasesApi } from '@sandan/shared/commitments/showcases.contract';
import { Problem } from '@sandan/shared/problems';
import { implement, type Route } from '../../foundation/http/implement';
import { holds, type Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { seesRound, townsSeen } from './rounds.policy';
import { roundById, roundsOf } from './rounds.queries';
import { contestantsOf, deedsOf, judgesFor } from './showcase-candidates.queries';
import { asShown, mayHold } from './showcases.policy';
import { presentShowcase, presentShowcaseCard } from './showcases.presenter';
import { showcasesOf } from './showcases.queries';
import * as showcases from './showcases.service';
import { visibleShowcase } from './visible-showcase';

/** 设立擂台 waits until somebody owes something: a year that is only prepared has nothing to show. */
async function roundsToShow(db: Reading, caller: Caller) {
  if (!holds(caller, 'showcase.set')) return [];
  return (await roundsOf(db, townsSeen(caller)))
    .filter(({ state, organizationId }) => state !== 'preparing' && mayHold(caller, 'set', organizationId))
    .map(({ id: roundId, year }) => ({ roundId, year }));
}

/** The year for which the caller sets up a showcase. */
async function roundToShow(db: Reading, caller: Caller, roundId: string) {
  const round = await roundById(db, roundId);
  if (!round || !seesRound(caller, round)) throw new Problem('round.not-found');
  if (!mayHold(caller, 'set', round.organizationId)) throw new Problem('access.forbidden');
  return round;
}

export const showcasesRoutes: Route[] = implement('showcases', showcasesApi, {
  set: ({ db, caller, params, body }) => showcases.setShowcase(db, caller, params.showcaseId, body()),
  list: async ({ db, caller }) => ({
    items: (await showcasesOf(db, townsSeen(caller), caller.now)).map((record) =>
      presentShowcaseCard(asShown(record, caller), caller),
    ),
    toSet: await roundsToShow(db, caller),
  }),
  read: async ({ db, caller, params }) => presentShowcase(await visibleShowcase(db, caller, params.showcaseId), caller),
  deeds: async ({ db, caller, params }) => {
    const { roundId, contestantIds } = await visibleShowcase(db, caller, params.showcaseId);
    return { items: await deedsOf(db, roundId, contestantIds) };
  },
  contestants: async ({ db, caller, params }) => {
    const round = await roundToShow(db, caller, params.roundId);
    return { items: await contestantsOf(db, round.id) };
  },
  judges: async ({ db, caller, params, query }) =>
    judgesFor(db, caller, await roundToShow(db, caller, params.roundId), query),
  change: (call) => showcases.act(call, 'change', showcases.change),
  start: (call) => showcases.act(call, 'start'),
  score: (call) => showcases.act(call, 'score', showcases.score),
  finish: (call) => showcases.act(call, 'finish', showcases.finish),
  sign: (call) => showcases.act(call, 'sign', showcases.sign),
  cancel: (call) => showcases.act(call, 'cancel'),
});
