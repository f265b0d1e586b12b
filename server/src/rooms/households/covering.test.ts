import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { countUncovered } from './covering.queries';

/** 要有人代联系: households whose member is not there. */
let server: TestServer;
let town: Town;
const day = 24 * 60 * 60_000;

beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
});
afterAll(() => server.close());

const query = <Row>(sql: string, values: (string | Date)[] = []) =>
  server.world.database.reading.query<Row>(sql, values);
const write = (sql: string, values: (string | Date)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));
const plan = (by: PersonName, gridId: string) => town.as(by).ok('householdLinks.plan', { body: { gridId, moves: [] } });
const applied = async () => {
  const { base } = await plan('secretary', town.villageA);
  const body = { actionId: ulid(), gridId: town.villageA, base, moves: [] };
  await town.as('secretary').ok('householdLinks.apply', { body });
};
const messagesOf = async (person: PersonName, kind: string) => {
  await server.drain(town.townId);
  const { items } = await town.as(person).ok('messages.list', { query: { limit: 100 } });
  return items.filter((each) => each.kind === kind).map(({ title }) => title);
};

test('whose member goes away for long, is closed out or moves away is somebody’s at once, and the secretary hears of it', async () => {
  await applied();
  // However many grids there are, whoever counts by those who are away or gone counts the same.
  const county = [...Object.values(town.groups), ...Array.from({ length: 150 }, () => ulid())];
  const waiting = async () => {
    const { uncovered } = await town.as('secretary').ok('boards.waiting');
    const { reading } = server.world.database;
    expect(await countUncovered(reading, county, new Date(server.clock.now()))).toBe(uncovered);
    return uncovered;
  };
  const mine = () => town.as('resident').ok('householdLinks.mine');
  const leaves = (days: number) =>
    town.as('member').ok('people.changeMe', {
      body: { awayUntil: new Date(server.clock.now() + days * day).toISOString() },
    });
  const count = (await plan('secretary', town.villageA)).members.find(
    ({ personId }) => personId === town.people.member.id,
  );
  await leaves(20);
  expect([await waiting(), await messagesOf('secretary', 'person.away')]).toEqual([0, []]);
  // Still there for a while, and in all it is long: the secretary of the branch looks after them until he has arranged it.
  server.clock.advance(day);
  await leaves(40);
  expect([await waiting(), await messagesOf('secretary', 'person.away')]).toEqual([
    count?.after,
    ['有联系户要人代联系'],
  ]);
  // Saved again, it is the same absence.
  await leaves(41);
  expect(await messagesOf('secretary', 'person.away')).toHaveLength(1);
  await leaves(40);
  expect((await town.as('secretaryOutside').ok('boards.waiting')).uncovered).toBe(0);
  expect(await mine()).toMatchObject({ member: { away: true }, serving: { name: '何国栋', kindName: '党组织书记' } });
  await applied();
  expect([await waiting(), (await mine()).serving]).toEqual([0, null]);
  const standIn = (await mine()).member?.personId;
  // The last of the forty days is as much an absence as the first.
  server.clock.advance(30 * day);
  expect((await plan('secretary', town.villageA)).standIns).toBe(0);
  expect((await mine()).member?.personId).toBe(standIn);

  await write("UPDATE household_link SET last_visit_at = ?, last_visit_result = 'met' WHERE household_id = ?", [
    ...[new Date(server.clock.now()), town.households.resident],
  ]);
  server.clock.advance(12 * day);
  const leaving = { kind: 'moveOut' as const, on: '2026-09-01', personIds: [town.people.member.id] };
  await town.as('gridWorker').ok('households.record', {
    params: { householdId: town.households.member },
    body: { ...leaving, actionId: ulid() },
  });
  expect(await mine()).toMatchObject({ member: null, serving: { name: '何国栋' } });
  expect(await messagesOf('secretary', 'household.moveOut')).toEqual(['有联系户要人代联系']);
  server.clock.advance(day);
  await applied();
  const [link] = await query<{ visit: string; memberId: string }>(
    'SELECT last_visit_result AS visit, member_id AS memberId FROM household_link WHERE household_id = ? AND ends_at IS NULL',
    [town.households.resident],
  );
  expect(link?.visit).toBe('met');
  const next = Object.values(town.people).find(({ id }) => id === link?.memberId);
  await town.as('admin').ok('posts.disable', {
    params: { personId: next?.id ?? '' },
    body: { actionId: ulid(), reason: '停职' },
  });
  expect(await messagesOf('secretary', 'person.disable')).toEqual(['有联系户要人代联系']);
  expect([(await mine()).member, (await waiting()) > 0]).toEqual([null, true]);
  await applied();
  expect(await waiting()).toBe(0);
});
