import type { HouseholdEventKind } from '@sandan/shared/households/household-events.words';
import type { Actor, Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { HouseholdEvent } from './care.entity';

/** Somebody leaves a household by what a roster says, or because another one takes him in. */
export interface Departure {
  readonly householdId: string;
  readonly personId: string;
  readonly kind: HouseholdEventKind & ('death' | 'moveOut');
  /** The household that he moves into. */
  readonly to: string | null;
}

export interface Departing {
  readonly caller: Caller;
  readonly actor: Actor;
  /** The day on which it happened. */
  readonly on: string;
}

/** As when it is written down there by hand (household-events.service): a row of the household's own history for each, and one that the rooms react to. */
export async function noteDepartures(
  db: Db,
  { caller, actor, on }: Departing,
  departures: readonly Departure[],
): Promise<void> {
  if (departures.length === 0) return;
  const { now, personId: byId, reference } = caller;
  await db.insert(
    HouseholdEvent,
    departures.map(({ householdId, personId, kind, to }) => ({
      ...{ id: newId(now), householdId, personId, kind, happenedOn: on },
      ...{ otherHouseholdId: to, byId, at: now },
    })),
  );
  const houses = await db.query<{ id: string; gridId: string }>(
    'SELECT id, grid_id AS gridId FROM household WHERE id IN (?)',
    [[...new Set(departures.map(({ householdId }) => householdId))]],
  );
  const townOf = new Map(houses.map(({ id, gridId }) => [id, reference.tree.grid(gridId)?.town ?? null]));
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
        ...{ ...actor, townId: townOf.get(householdId) ?? null, at: now },
        ...{ fromState: null, toState: 'open', words: null, fannedOutAt: null },
        facts: { personIds: some.map(({ personId }) => personId) },
      })),
    ),
  );
}
