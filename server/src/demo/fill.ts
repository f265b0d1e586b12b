import { chinaYear, startOfChinaDay } from '@sandan/shared/china-time';
import { RoleGrant } from '../foundation/access/access.entity';
import { chinaDays } from '../foundation/calendar/china-calendar';
import { DueWork } from '../foundation/due-work/due-work.entity';
import type { Database, Db } from '../foundation/database/connect';
import { makeReadAnew } from '../foundation/reference/read-anew';
import type { Files } from '../foundation/world/files';
import { loadReference } from '../reference';
import { MessageTemplate } from '../foundation/subscribe/subscribe.entity';
import { Category } from '../rooms/catalog/category.entity';
import { defaultCategories } from '../rooms/catalog/default-categories';
import { Grid } from '../rooms/grids/grid.entity';
import { Consent } from '../rooms/privacy/privacy.entity';
import { Opinion } from '../rooms/opinions/opinion.entity';
import { Household, HouseholdLink } from '../rooms/households/household.entity';
import { LinkRequest, Visit } from '../rooms/households/visit.entity';
import { PartyAncestor, PartyGrid, PartyOrganization } from '../rooms/party/party-organization.entity';
import { Person, PersonSkill } from '../rooms/people/person.entity';
import { CalendarDay, ClosedPeriod, Setting } from '../rooms/settings/setting.entity';
import { InspectionDraw, InspectionItem } from '../rooms/orders/inspection.entity';
import { archiveOld, inspectClosed, windClocks, type Inspections } from './aftermath';
import { rememberActs } from './audit-acts';
import { closedStories } from './closed-orders';
import { makePromises } from './commitments';
import { giveOpinions, tellTheRest, typhoon } from './extras';
import { writeHouseholdLife } from './households';
import { demoTemplateRows } from './message-templates';
import { openOffices } from './offices';
import { insertAll, writeStories } from './order-rows';
import { foundParty, type Party } from './party';
import { storePictures } from './pictures';
import { allGrids, layOutTown, type Places } from './places';
import { populate, type Population } from './population';
import { grantRows } from './posts';
import { writePromises } from './promise-rows';
import { createRandom } from './random';
import { firstConsents } from './rights';
import { stageShowcases } from './showcase';
import { writeShowcases } from './showcase-rows';
import { openStage, type Stage } from './stage';
import type { Story } from './story';
import { writeActivities } from './activities';
import { writeContents } from './contents';
import { writeSweeps } from './sweeps';
import { runningStories } from './today';
import { tellVisits, type Visits } from './visits';

/** The same town every time. */
const seed = 20_260_915;

/** 2,158 accepted less 2,076 completed (domain.md §9). */
const runningOrders = 82;

export interface FillOptions {
  database: Database;
  files: Files;
  /** The day of the first run: all times count back from it. */
  today: Date;
  say: (line: string) => void;
}

/** Fills an empty database with the demo town, in one transaction: a fill that is killed leaves nothing behind. */
export async function fillDemoTown({ database, files, today, say }: FillOptions): Promise<void> {
  const pictures = await storePictures(files, today);
  await database.transaction(async (db) => {
    const random = createRandom(seed);
    const places = layOutTown(random, today);
    const party = foundParty(places, random, today);
    const population = populate(places, party, random, today);
    // A chance of its own, so that the rest of the town stays as it is.
    const visited = tellVisits({ places, population, random: createRandom(seed + 1), today });
    await writePlaces(db, places, party);
    await writePeople(db, population);
    await writeVisits(db, visited);
    await writeHouseholdLife(db, population, today);
    await writeCalendar(db, today);
    await db.insert(ClosedPeriod, [typhoon({ random, places, population, today })]);
    say(`16 个村、147 个组、${population.homes.length} 户、${population.people.length} 人`);

    const reference = await loadReference(db, await nextVersion(db));
    const stage = openStage(population, places, reference, random, today);
    const { stories, draws, items } = await tellStories(stage);
    say(`${stories.length} 个单子的来龙去脉`);
    await writeStories(db, stories, pictures, random);
    await insertAll(db, InspectionDraw, draws);
    await insertAll(db, InspectionItem, items);
    await db.insert(Opinion, giveOpinions(stage));
    await db.insert(Consent, firstConsents(population, today));
    const promises = await makePromises(stage, stories);
    await writePromises(db, promises, pictures, random);
    await writeShowcases(db, stageShowcases(stage, promises));
    say(`${promises.deeds.length} 件承诺，两个年度，一场打擂比武，${await writeSweeps(db, stage)} 次排查`);
    await writeActivities(db, stage);
    await writeContents(db, stage);
    await rememberActs(db, stage);
    await openOffices(db, stage);
    await db.insert(MessageTemplate, demoTemplateRows(places.county.grid.id));
    await db.insert(Setting, [
      { gridId: places.town.grid.id, name: 'demo', value: { firstDay: today.toISOString(), seed } },
    ]);
  });
}

/** Everything that was ever ordered, up to today. */
async function tellStories(stage: Stage): Promise<{ stories: Story[] } & Inspections> {
  const running = await runningStories(stage, runningOrders);
  const closed = await closedStories(stage);
  const inspections = await inspectClosed(stage, closed);
  archiveOld(stage, closed);
  const stories = [...closed, ...running];
  windClocks(stage, stories);
  tellTheRest(stage, stories, running);
  return { stories, ...inspections };
}

async function writePlaces(db: Db, places: Places, party: Party): Promise<void> {
  await insertAll(db, Grid, allGrids(places));
  await insertAll(db, PartyOrganization, party.organizations);
  await insertAll(db, PartyAncestor, party.ancestors);
  await insertAll(db, PartyGrid, party.grids);
}

async function writePeople(db: Db, { people, homes, posts, skills, links, registry }: Population): Promise<void> {
  await insertAll(
    db,
    Household,
    homes.map(({ row }) => row),
  );
  await insertAll(
    db,
    Person,
    people.map(({ row }) => row),
  );
  await insertAll(db, RoleGrant, grantRows(registry, posts));
  const skillRows = [...skills].flatMap(([personId, known]) => [...known].map((skill) => ({ personId, skill })));
  await insertAll(db, PersonSkill, skillRows);
  await insertAll(db, HouseholdLink, links);
}

async function writeVisits(db: Db, { visits, requests, clocks }: Visits): Promise<void> {
  await insertAll(db, Visit, visits);
  await insertAll(db, LinkRequest, requests);
  await insertAll(db, DueWork, clocks);
}

/** Categories, and holidays from last year's to next year's. */
async function writeCalendar(db: Db, today: Date): Promise<void> {
  const year = chinaYear(today.getTime());
  const days = chinaDays(year - 1, year + 1).map(({ certain, ...day }) => ({
    ...day,
    certain: certain ? 1 : 0,
    year: chinaYear(startOfChinaDay(day.day)),
  }));
  await db.insert(Category, defaultCategories);
  await db.insert(CalendarDay, days);
}

async function nextVersion(db: Db): Promise<number> {
  await makeReadAnew(db);
  const [row] = await db.query<{ version: number }>('SELECT version FROM tree WHERE id = 1');
  return Number(row?.version);
}
