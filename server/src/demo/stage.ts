import { addMinutes, type ClockKind } from '@sandan/shared/working-time';
import type { Caller } from '../foundation/access/caller';
import { grantsOf } from '../foundation/access/sessions';
import type { Reference, TownRule } from '../foundation/reference/reference';
import type { Home, Inhabitant } from './homes';
import type { Place, Places } from './places';
import type { Population } from './population';
import type { Random } from './random';

/** Where the made-up histories play: the town as it stands, its people, its calendar. */
export interface Stage {
  random: Random;
  reference: Reference;
  town: TownRule;
  places: Places;
  population: Population;
  /** The moment of the first run: nothing has happened after it. */
  today: Date;
  /** This person as the door would know him at that moment. */
  caller(person: Inhabitant, at: Date): Caller;
  /** Holders of posts at that very grid. */
  holders(role: string, gridId: string): Inhabitant[];
  /** 接单的人 of a village and its groups. */
  helpers(villageId: string): Inhabitant[];
  homes(groupId: string): Home[];
  groups: Place[];
  person(id: string): Inhabitant;
  /** How many things somebody has in hand today, by the stories that are not over. */
  inHand(person: Inhabitant): number;
  noteInHand(personId: string): void;
}

export function openStage(
  population: Population,
  places: Places,
  reference: Reference,
  random: Random,
  today: Date,
): Stage {
  const byId = new Map(population.people.map((person) => [person.row.id, person]));
  const holdersAt = groupBy(
    population.posts,
    ({ role, nodeId }) => `${role} ${nodeId}`,
    ({ person }) => person,
  );
  const homesOf = groupBy(
    population.homes,
    ({ row }) => row.gridId,
    (home) => home,
  );
  const helperPosts = population.posts.filter(({ role }) => role === 'helper');
  const helpersOf = groupBy(
    helperPosts,
    ({ nodeId }) => reference.tree.gridOf(nodeId).village ?? nodeId,
    ({ person }) => person,
  );
  const grantRows = groupBy(
    population.posts,
    ({ person }) => person.row.id,
    (post) => post,
  );
  const known = new Map<Inhabitant, Omit<Caller, 'now'>>();
  const inHand = new Map<string, number>();

  const callerAnyTime = (person: Inhabitant): Omit<Caller, 'now'> => {
    const { row, home } = person;
    const rows = (grantRows.get(row.id) ?? []).map(
      ({ role, kind, tree, nodeId }) => [role, kind, tree, nodeId] as const,
    );
    return {
      ...{ personId: row.id, sessionId: '', channel: null, provedAt: null },
      ...{ name: row.name, sealedPhone: null, caresFor: [], householdId: row.householdId },
      ...{ homeGridId: home?.row.gridId ?? null, awayUntil: null, largeType: row.largeType === 1 },
      ...{ bornOn: row.bornOn ?? null, agreedNotice: 1 },
      skills: [...(population.skills.get(row.id) ?? [])],
      grants: grantsOf(
        rows.map((each) => [...each]),
        reference,
      ),
      reference,
    };
  };
  return {
    ...{ random, reference, places, population, today },
    town: reference.town(places.town.grid.id),
    caller: (person, at) => {
      const caller = known.get(person) ?? callerAnyTime(person);
      known.set(person, caller);
      return { ...caller, now: at, awayUntil: isRecent(at, today) ? person.row.awayUntil : null };
    },
    holders: (role, gridId) => holdersAt.get(`${role} ${gridId}`) ?? [],
    helpers: (villageId) => [...new Set(helpersOf.get(villageId) ?? [])],
    homes: (groupId) => homesOf.get(groupId) ?? [],
    groups: places.villages.flatMap(({ groups }) => groups),
    person: (id) => {
      const person = byId.get(id);
      if (!person) throw new Error(`Nobody has the id ${id}`);
      return person;
    },
    inHand: ({ row }) => inHand.get(row.id) ?? 0,
    noteInHand: (personId) => void inHand.set(personId, (inHand.get(personId) ?? 0) + 1),
  };
}

/** Who is away today was not away all the year. */
const isRecent = (at: Date, today: Date): boolean => today.getTime() - at.getTime() < 5 * 24 * 60 * 60_000;

/** So many minutes later (earlier, when negative), counted only while that clock runs. */
export const shifted = ({ town }: Stage, clock: ClockKind, from: Date, minutes: number): Date =>
  new Date(addMinutes(town.calendar, clock, from.getTime(), minutes));

function groupBy<T, V>(items: readonly T[], keyOf: (item: T) => string, valueOf: (item: T) => V): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(valueOf(item));
    else groups.set(keyOf(item), [valueOf(item)]);
  }
  return groups;
}
