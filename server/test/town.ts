import { newId } from '../src/foundation/ids';
import { chinaYear, startOfChinaDay } from '@sandan/shared/china-time';
import { chinaDays } from '../src/foundation/calendar/china-calendar';
import type { Db } from '../src/foundation/database/connect';
import { makeReadAnew } from '../src/foundation/reference/read-anew';
import { Category } from '../src/rooms/catalog/category.entity';
import { defaultCategories } from '../src/rooms/catalog/default-categories';
import { CalendarDay, Setting } from '../src/rooms/settings/setting.entity';
import { clientOf, type Client } from './client';
import type { TestServer } from './server';
import { cast, households, type GroupName, type HouseholdName, type Part, type PersonName } from './town-cast';
import { insertPeople, settle, type TownPerson } from './town-people';
import { layOut, type Places } from './town-places';

export interface Town {
  countyId: string;
  townId: string;
  villageA: string;
  villageB: string;
  groups: Readonly<Record<GroupName, string>>;
  centres: Places['centres'];
  branches: Places['branches'];
  households: Readonly<Record<HouseholdName, string>>;
  people: Readonly<Record<PersonName, TownPerson>>;
  /** The phone of one of them. */
  as(name: PersonName): Client;
  /** More party members who serve village A, signed in, in one go. */
  moreMembers(count: number): Promise<(TownPerson & { client: Client })[]>;
}

/**
 * One small town for one test, under its own root, so that nothing is ever emptied: county → town → two villages of
 * three groups, two party branches, and the people of town-cast.ts, signed in.
 */
export async function buildTown({ world, url, clock }: Pick<TestServer, 'world' | 'url' | 'clock'>): Promise<Town> {
  const homes = Object.fromEntries(Object.keys(households).map((name) => [name, newId()])) as Town['households'];
  const built = await world.database.transaction(async (db) => {
    const number = await nextNumber(db);
    await fillOnce(db);
    const settlement = { number, homes, now: new Date(clock.now()), places: await layOut(db, number) };
    await drawNothing(db, settlement.places.grids.town);
    return { settlement, people: await settle(db, settlement) };
  });
  const { settlement, people } = built;
  const { county, town, villageA, villageB, ...groups } = settlement.places.grids;
  let counted = Object.keys(cast).length;

  return {
    ...{ countyId: county, townId: town, villageA, villageB, groups, households: homes, people },
    centres: settlement.places.centres,
    branches: settlement.places.branches,
    as: (name) => clientOf(url, people[name].token),
    moreMembers: async (count) => {
      const from = counted;
      counted += count;
      const parts = Array.from({ length: count }, (_, index) => anotherMember(from + index));
      const more = await world.database.transaction((db) => insertPeople(db, parts, settlement, from));
      return more.map((person) => ({ ...person, client: clientOf(url, person.token) }));
    },
  };
}

/** 内容抽查: what is drawn goes by its id, so in a test it would go by chance. */
const drawNothing = (db: Db, townId: string): Promise<void> =>
  db.insert(Setting, [{ gridId: townId, name: 'town', value: { reviewSamplePercent: 0 } }]);

const anotherMember = (number: number): Part => ({
  name: `党员${number}`,
  role: 'helper',
  kind: 'partyMember',
  over: 'villageA',
});

/** Every change of the trees has a number of its own: it makes codes, phones and the place on the map unique. */
async function nextNumber(db: Db): Promise<number> {
  await makeReadAnew(db);
  const [row] = await db.query<{ version: number }>('SELECT version FROM tree WHERE id = 1');
  return Number(row?.version);
}

/** Categories and holidays are the same for all towns of a database. */
async function fillOnce(db: Db): Promise<void> {
  const [row] = await db.query<{ filled: number }>('SELECT EXISTS (SELECT 1 FROM category) AS filled');
  if (Number(row?.filled) === 1) return;
  await db.insert(Category, defaultCategories);
  await db.insert(
    CalendarDay,
    chinaDays(2025, 2027).map((day) => ({
      ...day,
      certain: day.certain ? 1 : 0,
      year: chinaYear(startOfChinaDay(day.day)),
    })),
  );
}
