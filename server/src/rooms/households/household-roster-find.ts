import { postsBeyond } from '../../foundation/access/posts-beyond';
import type { Reading } from '../../foundation/database/connect';
import type { GridNode } from '../../foundation/reference/tree';
import type { RosterScope, Unit } from '../../foundation/rosters/roster';
import {
  partyMembersAmong,
  peopleByIdNumbers,
  peopleByPhones,
  peopleOfHouseholds,
  type FoundPerson,
} from '../people/roster-people.queries';
import {
  codesByMarks,
  flagsOfHouseholds,
  householdsByCodes,
  linksOfHouseholds,
  type FoundFlag,
  type FoundHousehold,
  type FoundLink,
  type PlacedCode,
} from './household-roster.queries';
import type { HouseholdRow } from './household-roster-row';
import { lostZeros } from './lost-zeros';

export type HouseholdUnit = Unit<HouseholdRow>;

/** What the system knows of some units of a file. */
export interface Found {
  readonly gridByCode: ReadonlyMap<string, GridNode>;
  readonly households: ReadonlyMap<string, readonly FoundHousehold[]>;
  /** What a code of the file was before a spreadsheet took its zeros away. */
  readonly lostZeros: ReadonlyMap<string, PlacedCode>;
  readonly membersOf: ReadonlyMap<string, readonly FoundPerson[]>;
  /** Who died there, by household. */
  readonly goneOf: ReadonlyMap<string, readonly FoundPerson[]>;
  readonly byIdNumber: ReadonlyMap<string, FoundPerson>;
  readonly byPhone: ReadonlyMap<string, readonly FoundPerson[]>;
  readonly partyMembers: ReadonlySet<string>;
  /** Members of these households who come into another one by the same file. */
  readonly movedByFile: ReadonlySet<string>;
  /** Who holds a post that this importer could not give: his death and his numbers are the level above's to write down. */
  readonly postsBeyond: ReadonlySet<string>;
  readonly flagsOf: ReadonlyMap<string, readonly FoundFlag[]>;
  readonly linksOf: ReadonlyMap<string, readonly FoundLink[]>;
}

const codesOfTree = new WeakMap<object, ReadonlyMap<string, GridNode>>();
function gridsByCode({ tree }: RosterScope): ReadonlyMap<string, GridNode> {
  const known = codesOfTree.get(tree) ?? new Map(tree.grids.map((grid) => [grid.code, grid]));
  codesOfTree.set(tree, known);
  return known;
}

const present = (texts: readonly (string | null)[]): string[] => [...new Set(texts.filter((text) => text !== null))];

function grouped<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** A handful of statements, however many units there are. */
export async function findFor(db: Reading, scope: RosterScope, units: readonly HouseholdUnit[]): Promise<Found> {
  const values = units.flatMap(({ rows }) => rows.map(({ value }) => value));
  const codes = present(values.map(({ code }) => code));
  const households = await householdsByCodes(db, codes);
  const ids = households.map(({ id }) => id);
  const there = await peopleOfHouseholds(db, ids);
  const members = there.filter(({ isGone }) => !isGone);
  const byNumber = await peopleByIdNumbers(db, present(values.map(({ idNumber }) => idNumber)));
  const phones = present(values.flatMap(({ phone, memberPhone }) => [phone, memberPhone]));
  const byPhone = await peopleByPhones(db, phones);
  const ending = values.some((value) => value.ending !== null);
  const known = [...members, ...byNumber, ...byPhone].map(({ id }) => id);
  return {
    gridByCode: gridsByCode(scope),
    households: grouped(households, ({ code }) => code),
    lostZeros: await lostZeros(db, scope, codes, households),
    membersOf: grouped(members, ({ householdId }) => householdId),
    goneOf: grouped(
      there.filter(({ isGone }) => isGone),
      ({ householdId }) => householdId,
    ),
    byIdNumber: new Map(byNumber.flatMap((person) => (person.idNumber ? [[person.idNumber, person] as const] : []))),
    byPhone: grouped(byPhone, ({ phone }) => phone),
    partyMembers: await partyMembersAmong(
      db,
      byPhone.map(({ id }) => id),
      scope.now,
    ),
    movedByFile: ending ? await movedByFile(db, scope, members, households) : new Set(),
    postsBeyond: new Set(await postsBeyond(db, scope.caller, [...new Set(known)])),
    flagsOf: grouped(await flagsOfHouseholds(db, ids), ({ householdId }) => householdId),
    linksOf: grouped(await linksOfHouseholds(db, ids, scope.now), ({ householdId }) => householdId),
  };
}

/** A house is empty when one has died and the other moves to their child, wherever in the file that is said. */
async function movedByFile(
  db: Reading,
  { importId, vault }: RosterScope,
  members: readonly FoundPerson[],
  households: readonly FoundHousehold[],
): Promise<Set<string>> {
  const codeOf = new Map(households.map(({ id, code }) => [id, code]));
  const markOf = (person: FoundPerson): string | undefined =>
    vault.index('person.idNumber', person.idNumber)?.toString('hex');
  const said = await codesByMarks(
    db,
    importId,
    members.flatMap(({ idNumber }) => vault.index('person.idNumber', idNumber) ?? []),
  );
  return new Set(
    members.flatMap((person) => {
      const code = said.get(markOf(person) ?? '');
      return code !== undefined && code !== codeOf.get(person.householdId ?? '') ? [person.id] : [];
    }),
  );
}
