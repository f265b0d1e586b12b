import { chinaDate } from '@sandan/shared/china-time';
import { roundsApi } from '@sandan/shared/commitments/rounds.contract';
import { Problem } from '@sandan/shared/problems';
import { implement, type Route } from '../../foundation/http/implement';
import { blockersOf } from './commitment-list.queries';
import { presentCard } from './commitments.presenter';
import { findKeepers } from './keepers.queries';
import { debtorsOf, rosterOf } from './debtors.queries';
import { figuresOf, yearFiguresOf } from './figures.service';
import { nextRound } from './next-round';
import { remind } from './remind.service';
import { countsOf } from './round-figures.queries';
import { mayMove, townsSeen, watchedOrganizations, watchesOver } from './rounds.policy';
import { presentRound } from './rounds.presenter';
import { roundsOf } from './rounds.queries';
import * as rounds from './rounds.service';
import { visibleRound } from './visible-round';

export const roundsRoutes: Route[] = implement('rounds', roundsApi, {
  open: async ({ db, caller, params, body }) =>
    presentRound(await rounds.openRound(db, caller, params.roundId, body()), caller),
  list: async ({ db, caller }) => {
    const found = await roundsOf(db, townsSeen(caller));
    return { items: found.map((round) => presentRound(round, caller)), next: nextRound(caller, found) };
  },
  read: async ({ db, caller, params, query }) => {
    const round = await visibleRound(db, caller, params.roundId);
    const scope = {
      organizationId: query.organizationId ?? null,
      today: chinaDate(caller.now.getTime()),
      watches: watchesOver(caller, query.organizationId ?? round.organizationId),
    };
    return { ...presentRound(round, caller), counts: await countsOf(db, round.id, scope) };
  },
  debtors: async ({ db, caller, params, query }) => {
    const round = await visibleRound(db, caller, params.roundId);
    return debtorsOf(db, caller, round, watchedOrganizations(caller), query);
  },
  members: async ({ db, caller, params, query }) => {
    const round = await visibleRound(db, caller, params.roundId);
    return { people: await findKeepers(db, caller, round.organizationId, query.q) };
  },
  blockers: async ({ db, caller, params }) => {
    const round = await visibleRound(db, caller, params.roundId);
    if (!mayMove(caller, 'close', round.organizationId)) throw new Problem('access.forbidden');
    return { items: (await blockersOf(db, caller, round.id)).map((record) => presentCard(record, caller)) };
  },
  figures: async ({ db, caller, params, query }) =>
    figuresOf(db, caller, await visibleRound(db, caller, params.roundId), query),
  yearFigures: ({ db, caller, params, query }) => yearFiguresOf(db, caller, params.year, query.order),
  roster: async ({ db, caller, params, query }) => {
    const round = await visibleRound(db, caller, params.roundId);
    if (!mayMove(caller, 'include', round.organizationId)) throw new Problem('access.forbidden');
    return rosterOf(db, caller, round, query);
  },
  remind: (call) => remind(call),
  startDrafting: (call) => rounds.move(call, 'startDrafting', rounds.listDebtors),
  startReview: (call) => rounds.move(call, 'startReview'),
  begin: (call) => rounds.move(call, 'begin'),
  lookBack: (call) => rounds.move(call, 'lookBack'),
  goOn: (call) => rounds.move(call, 'goOn'),
  startClosing: (call) => rounds.move(call, 'startClosing'),
  close: (call) => rounds.move(call, 'close', rounds.close),
  exempt: (call) => rounds.move(call, 'exempt', rounds.exempt),
  readmit: (call) => rounds.move(call, 'readmit', rounds.readmit),
  include: (call) => rounds.move(call, 'include', rounds.include),
});
