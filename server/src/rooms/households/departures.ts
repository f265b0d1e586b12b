import { chinaDate } from '@sandan/shared/china-time';
import type { HouseholdEventKind } from '@sandan/shared/households/household-events.words';
import { roleFor } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import type { RosterScope } from '../../foundation/rosters/roster';
import { HouseholdEvent } from './care.entity';

/** Somebody leaves a household by what a roster says. */
export interface Departure {
  readonly householdId: string;
  readonly personId: string;
  readonly kind: HouseholdEventKind & ('death' | 'moveOut');
  /** The household that he moves into. */
  readonly to: string | null;
}

/** As by hand (household-events.service): a row of the household's own history for each, and one that the rooms react to. */
export async function noteDepartures(
  db: Db,
  { caller, grid, tree, now }: RosterScope,
  departures: readonly Departure[],
): Promise<void> {
  if (departures.length === 0) return;
  const happenedOn = chinaDate(now.getTime());
  await db.insert(
    HouseholdEvent,
    departures.map(({ householdId, personId, kind, to }) => ({
      ...{ id: newId(now), householdId, personId, kind, happenedOn },
      ...{ otherHouseholdId: to, byId: caller.personId, at: now },
    })),
  );
  const houses = await db.query<{ id: string; gridId: string }>(
    'SELECT id, grid_id AS gridId FROM household WHERE id IN (?)',
    [[...new Set(departures.map(({ householdId }) => householdId))]],
  );
  const townOf = new Map(houses.map(({ id, gridId }) => [id, tree.grid(gridId)?.town ?? null]));
  const actor = {
    actorId: caller.personId,
    actorName: caller.name,
    actorRole: roleFor(caller, 'roster.import', grid.id),
  };
  const together = new Map<string, Departure[]>();
  for (const each of departures) {
    const key = `${each.householdId} ${each.kind}`;
    together.set(key, [...(together.get(key) ?? []), each]);
  }
  await db.insert(
    History,
    [...together.values()].flatMap((some) =>
      some.slice(0, 1).map(({ householdId, kind }) => ({
        ...{ id: newId(now), thing: 'household', thingId: householdId, aggregateId: householdId, seq: 0, action: kind },
        ...{ ...actor, townId: townOf.get(householdId) ?? null, onBehalfId: null, at: now },
        ...{ fromState: null, toState: 'open', words: null, fannedOutAt: null },
        facts: { personIds: some.map(({ personId }) => personId) },
      })),
    ),
  );
}
