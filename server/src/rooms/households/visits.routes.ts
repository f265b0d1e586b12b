import { visitResults } from '@sandan/shared/households/visit.words';
import { visitsApi } from '@sandan/shared/households/visits.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { SigningKeys } from '../../foundation/access/signature';
import { decodeCursor } from '../../foundation/database/cursor';
import type { Reading } from '../../foundation/database/connect';
import { encodeCursor } from '../../foundation/database/cursor';
import { implement } from '../../foundation/http/implement';
import { monthOf, startOfMonth } from './due-dates';
import { householdsOfMember, linksOfHousehold } from './links.queries';
import { visitFigures } from './visit-figures';
import { listOverdue, remindVisits } from './visit-remind.service';
import { changeVisitSettings, visitSettingsOf, visitTownWithin } from './visit-settings';
import { householdToVisit } from './visits.policy';
import { presentHouseholds, presentLinks, presentPeople, presentVisits, type VisitReply } from './visits.presenter';
import { peopleAtHome, visitLine, visitsByMember, visitsOfHousehold } from './visits.queries';
import { changeVisit, recordVisit } from './visits.service';

const shown = 20;

export const visitsRoutes = implement('visits', visitsApi, {
  households: async ({ db, caller }) => {
    const households = await presentHouseholds(db, caller, await householdsOfMember(db, caller.personId, caller.now));
    const count = (due: 'due' | 'overdue') => households.filter((each) => each.due === due).length;
    const since = startOfMonth(caller.now).toISOString();
    const visited = households.filter(({ lastVisitAt }) => lastVisitAt !== null && lastVisitAt >= since).length;
    const toCheck = households.filter(({ checksDue }) => checksDue > 0).length;
    const counts = { due: count('due'), overdue: count('overdue'), visited, toCheck };
    return { month: monthOf(caller.now), ...counts, households };
  },
  household: async ({ db, caller, params: { householdId }, world }) => {
    const line = await householdToVisit(db, caller, householdId);
    const [[household], people, visits, links] = await Promise.all([
      presentHouseholds(db, caller, [line]),
      peopleAtHome(db, householdId),
      visitsOfHousehold(db, householdId, shown),
      linksOfHousehold(db, householdId),
    ]);
    if (!household) throw new Problem('household.not-found');
    const told = await presentVisits(db, caller, world.signing, visits);
    return { ...household, people: presentPeople(people), visits: told, links: presentLinks(links) };
  },
  mine: async ({ db, caller, query: { cursor, limit }, world }) => {
    const filters = { list: 'visits' };
    const after = decodeCursor(cursor, filters, ['time', 'id']);
    const rows = await visitsByMember(db, caller.personId, after, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await presentVisits(db, caller, world.signing, page),
      nextCursor: rows.length > limit && last ? encodeCursor([last.at, last.id], filters) : null,
    };
  },
  atHome: async ({ db, caller }) => {
    const visits = caller.householdId === null ? [] : await visitsOfHousehold(db, caller.householdId, shown);
    return {
      items: visits.map(({ at, byName, result }) => ({
        ...{ at: at.toISOString(), byName, resultName: visitResults[result].name },
      })),
    };
  },
  record: async ({ db, caller, params: { visitId }, body, world }) => {
    await recordVisit(db, caller, visitId, body);
    return oneVisit(db, caller, world.signing, visitId);
  },
  change: async ({ db, caller, params: { visitId }, actionId, body, world }) => {
    await changeVisit(db, caller, { visitId, actionId }, body);
    return oneVisit(db, caller, world.signing, visitId);
  },
  figures: ({ db, caller, query }) => visitFigures(db, caller, query),
  overdue: ({ db, caller, query }) => listOverdue(db, caller, query),
  remind: ({ db, caller, actionId, body }) => remindVisits(db, caller, actionId, body),
  settings: ({ db, caller, params: { gridId } }) => {
    visitTownWithin(caller, 'setting.read', gridId);
    return visitSettingsOf(db, gridId);
  },
  changeSettings: ({ db, caller, params: { gridId }, body }) => changeVisitSettings(db, caller, gridId, body),
});

async function oneVisit(db: Reading, caller: Caller, signing: SigningKeys, visitId: string): Promise<VisitReply> {
  const line = await visitLine(db, visitId);
  const [visit] = line ? await presentVisits(db, caller, signing, [line]) : [];
  if (!visit) throw new Problem('visit.not-found');
  return visit;
}
