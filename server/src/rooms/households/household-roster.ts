import { chinaDate } from '@sandan/shared/china-time';
import { householdFlags } from '@sandan/shared/households/household.words';
import { actorOf } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { maskName } from '../../foundation/access/masking';
import { planLocked, type ChangedRows } from '../../foundation/rosters/plan-locked';
import type { Roster, RosterScope, Touch, UnitPlan } from '../../foundation/rosters/roster';
import type { FoundPerson } from '../people/roster-people.queries';
import { Household, HouseholdFlag, HouseholdLink } from './household.entity';
import { findFor } from './household-roster-find';
import type { PersonWork } from './household-roster-person';
import { openHubs } from './hub';
import { noteDepartures, type Departure } from './departures';
import { opensHousehold, planHousehold, type HouseholdWork } from './household-roster-plan';
import { householdColumns, readHouseholdRow, type HouseholdRow } from './household-roster-row';
import { startFlagChecks } from './flags.due-work';
import { followFlags } from './visit-rhythm';
import { countMissingHouseholds, householdsAfter, missingHouseholds } from './household-roster.queries';
import { leaveHouses, settleHouses } from './leave-house';
import { recordDeaths } from './record-deaths';

type Facts = Partial<Omit<FoundPerson, 'id' | 'homeGridId' | 'createdAt' | 'isBound' | 'isGone'>>;

/** How people are written: the room `people` does it, the house brings the two together (rooms.ts). */
export interface PeopleWriter {
  addPeople(db: Db, people: readonly (Facts & { id: string; name: string })[], now: Date): Promise<void>;
  changePeople(db: Db, changes: readonly { id: string; name: string; set: Facts }[], now: Date): Promise<void>;
}

/** 户籍名册: one row per person, a household is the rows with one 户号. */
export const householdRoster = (writer: PeopleWriter): Roster<HouseholdRow, HouseholdWork> => ({
  kind: 'households',
  columns: householdColumns,
  read: readHouseholdRow,
  keyOf: ({ code }) => code,
  markOf: ({ idNumber }, vault) => vault.index('person.idNumber', idNumber),
  markColumn: 'idNumber',
  plan: async (db, scope, units, lock) => {
    const plan = async () => {
      const found = await findFor(db, scope, units);
      return units.map((unit) => planHousehold(unit, found, scope));
    };
    return lock ? planLocked(db, plan, changedRows) : plan();
  },
  apply: (db, scope, plans, touch) => applyHouseholds(db, scope, plans, { writer, touch }),
  missing: async (db, { grid, importId, tree }, page) =>
    (await missingHouseholds(db, grid, importId, page)).map(({ id, gridId, code, head }) => ({
      id,
      title: [tree.grid(gridId)?.name, code ? `户号 ${code}` : '没有户号', head && maskName(head)]
        .filter(Boolean)
        .join('　'),
    })),
  countMissing: (db, { grid, importId }) => countMissingHouseholds(db, grid, importId),
});

const changedRows: ChangedRows<HouseholdWork> = {
  household: ({ work: { id, people } }) => [id, ...people.map(({ leaves }) => leaves)].filter((each) => each !== null),
  // Whoever stands in the file unchanged places his orders while it is applied.
  person: ({ work: { people } }) => people.flatMap((each) => (each.id !== null && changes(each) ? [each.id] : [])),
};

const changes = ({ set, joins, ending }: PersonWork): boolean =>
  joins || ending !== null || Object.keys(set).length > 0;

interface Placed extends PersonWork {
  readonly personId: string;
  readonly householdId: string;
}

async function applyHouseholds(
  db: Db,
  scope: RosterScope,
  plans: readonly UnitPlan<HouseholdWork>[],
  { writer, touch }: { writer: PeopleWriter; touch: Touch },
): Promise<void> {
  const { now } = scope;
  const works = plans.map(({ work }) => ({ ...work, householdId: work.id ?? newId() }));
  const people = works.flatMap(({ householdId, people: each }): Placed[] =>
    each.map((person) => ({ ...person, householdId, personId: person.id ?? newId() })),
  );
  const departures = departuresOf(people);
  const actor = actorOf(scope.caller, 'roster.import', scope.grid.id);
  await leaveHouses(
    db,
    scope.caller,
    departures.filter(({ kind }) => kind === 'moveOut'),
  );
  await writeHouseholds(db, works, people);
  touch(people.filter(isTouched).map(({ personId }) => personId));
  const added = people.filter(({ id }) => id === null);
  await writer.addPeople(
    db,
    added.map(({ personId, householdId, name, set }) => ({ ...set, id: personId, name, householdId })),
    now,
  );
  await writer.changePeople(db, people.filter(({ id }) => id !== null).map(changeOf), now);
  const moved = people.filter(({ id, joins }) => id !== null && joins);
  await openHubs(
    db,
    moved.map(({ personId }) => personId),
    now,
  );
  const dead = people.flatMap(({ ending, personId }) => (ending === 'dead' ? [personId] : []));
  await recordDeaths(db, scope.caller, dead, actor);
  await writeFlags(db, scope, works, people);
  await writeLinks(db, scope, works);
  await noteDepartures(db, { caller: scope.caller, actor, on: chinaDate(now.getTime()) }, departures);
  await settleLeft(db, scope, departures, works.at(-1)?.code ?? '');
}

/** Not whoever merely stands in a household of which something else is changed. */
const isTouched = ({ id, set, joins, ending, addFlags, endFlags }: Placed): boolean =>
  id === null || joins || ending !== null || Object.keys(set).length + addFlags.length + endFlags.length > 0;

const changeOf = ({ personId, householdId, name, set, joins, ending }: Placed) => ({
  ...{ id: personId, name },
  set: {
    ...{ ...set, ...(joins ? { householdId } : {}) },
    ...(ending === 'moved' ? { householdId: null, relation: null } : {}),
  },
});

type Work = HouseholdWork & { readonly householdId: string };

async function writeHouseholds(db: Db, works: readonly Work[], people: readonly Placed[]): Promise<void> {
  const heads = new Map(people.map(({ householdId, number, personId }) => [`${householdId} ${number}`, personId]));
  const headOf = ({ householdId, headRow }: Work): string | null => heads.get(`${householdId} ${headRow}`) ?? null;
  await db.insert(
    Household,
    works
      .filter(({ id, people: each }) => id === null && opensHousehold(each))
      .map((work) => ({
        ...{ id: work.householdId, code: work.code, gridId: work.gridId, door: work.set.door ?? null },
        ...{ headPersonId: headOf(work), isHub: work.set.isHub ?? 0 },
      })),
  );
  await changeHouseholds(
    db,
    works.filter(({ id }) => id !== null).map((work) => ({ work, head: headOf(work) })),
  );
}

/** One statement for all in which the same facts change. */
async function changeHouseholds(db: Db, works: readonly { work: Work; head: string | null }[]): Promise<void> {
  const alike = new Map<string, Partial<Household>[]>();
  for (const { work, head } of works) {
    // 中心户 否: nobody keeps it open any more.
    const keeper = work.set.isHub === 0 ? { hubKeeperId: null } : {};
    const given = { ...work.set, ...keeper, ...(head === null ? {} : { headPersonId: head }) };
    const facts = Object.keys(given).sort().join(' ');
    const row = { id: work.householdId, gridId: work.gridId, isHub: 0, ...given };
    if (facts !== '') alike.set(facts, [...(alike.get(facts) ?? []), row]);
  }
  for (const [facts, rows] of alike) await db.upsert(Household, rows, facts.split(' ') as (keyof Household & string)[]);
}

/** The day of the import, and a year later: flags are looked at again every year (domain.md §12.8). */
async function writeFlags(
  db: Db,
  { now, caller, tree }: RosterScope,
  works: readonly Work[],
  people: readonly Placed[],
): Promise<void> {
  const since = chinaDate(now.getTime());
  const checkedUntil = `${Number(since.slice(0, 4)) + 1}${since.slice(4)}`.replace(/02-29$/, '02-28');
  const ended = people.flatMap(({ endFlags }) => endFlags);
  if (ended.length > 0) await db.write('UPDATE household_flag SET ended_at = ? WHERE id IN (?)', [now, ended]);
  const added = people.flatMap(({ personId, householdId, addFlags }) =>
    addFlags.map(({ flag, ground }) => ({
      ...{ householdId, personId: householdFlags[flag].ofPerson ? personId : null, flag, ground },
    })),
  );
  // What is the household's own may stand in the rows of several people.
  const once = new Map(added.map((flag) => [`${flag.householdId} ${flag.personId} ${flag.flag}`, flag]));
  const about = { source: 'roster' as const, since, checkedUntil, addedById: caller.personId, addedAt: now };
  await db.insert(
    HouseholdFlag,
    [...once.values()].map((flag) => ({ id: newId(), ...flag, ...about })),
  );
  const changed = people.filter(({ addFlags, endFlags }) => addFlags.length + endFlags.length > 0);
  await followFlags(
    db,
    changed.map(({ householdId }) => householdId),
    now,
  );
  if (added.length > 0) await startFlagChecks(db, townsOf(works, tree), now);
}

const townsOf = (works: readonly Work[], tree: RosterScope['tree']): string[] => [
  ...new Set(works.flatMap(({ gridId }) => tree.columns(gridId).townId ?? [])),
];

async function writeLinks(db: Db, { now, caller }: RosterScope, works: readonly Work[]): Promise<void> {
  const instead = works.flatMap(({ link }) => link?.instead ?? []);
  if (instead.length > 0)
    await db.write("UPDATE household_link SET ends_at = ?, end_reason = 'roster', ended_by_id = ? WHERE id IN (?)", [
      ...[now, caller.personId, instead],
    ]);
  await db.insert(
    HouseholdLink,
    works.flatMap(({ link, householdId }) =>
      link
        ? [
            {
              ...{ id: newId(), householdId, memberId: link.memberId, startsAt: now },
              ...{ reason: 'roster' as const, madeById: caller.personId },
            },
          ]
        : [],
    ),
  );
}

/** 死亡、迁出、迁入别户: from the household that he lived in until now, wherever in the file that is said. */
const departuresOf = (people: readonly Placed[]): Departure[] =>
  people.flatMap(({ personId, householdId, leaves, ending }) => {
    if (leaves === null) return [];
    const kind = ending === 'dead' ? 'death' : 'moveOut';
    return [{ ...{ householdId: leaves, personId, kind }, to: ending === null ? householdId : null }];
  });

/** Whoever is still to come or go by a later batch is waited for: nobody's house is closed before him. */
async function settleLeft(
  db: Db,
  scope: RosterScope,
  departures: readonly Departure[],
  lastCode: string,
): Promise<void> {
  const left = [...new Set(departures.map(({ householdId }) => householdId))];
  const later = await householdsAfter(db, scope.importId, left, lastCode);
  await settleHouses(
    db,
    scope.caller,
    left.filter((id) => !later.has(id)),
  );
}
