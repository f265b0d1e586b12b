import { bindingJourney } from '../../../test/binding-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { strangePhone } from '../../../test/strangers';
import { buildTown, type Town } from '../../../test/town';
import type { HouseholdName } from '../../../test/town-cast';
import { linkTo } from '../../foundation/links/links';

/** 门牌码 shows whoever reads it the people of a house by half their names: to how many houses, and who. */
let server: TestServer;
let town: Town;
const { newcomer, phoneCode } = bindingJourney(() => ({ server, town }));

beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
});
afterAll(() => server.close());

test('nobody goes from door to door with the codes: three houses a day, the same one again is none more', async () => {
  const keyOf = (house: HouseholdName) =>
    server.world.database.transaction((db) =>
      linkTo(db, { what: 'home', thingId: town.households[house] }, new Date(server.clock.now())),
    );
  const keys = await Promise.all((['resident', 'otherResident', 'farResident', 'member'] as const).map(keyOf));
  const mine = await newcomer();
  await mine.client.ok('bindings.phone', await phoneCode(mine, strangePhone()));
  const look = async (key = '') => (await mine.client.call('bindings.door', { body: { key } })).problem?.code ?? 'seen';
  const [first, second, third, fourth] = keys;
  for (const key of [first, first, second, third]) expect(await look(key)).toBe('seen');
  expect(await look(fourth)).toBe('binding.too-many');
  expect(await look(first)).toBe('seen');
  server.clock.advance(25 * 60 * 60_000);
  expect(await look(fourth)).toBe('seen');
  const looked = await server.world.database.reading.query<{ count: number }>(
    "SELECT COUNT(*) AS count FROM audit_entry WHERE act = 'lookBehindDoor' AND thing_id = ?",
    [town.households.resident],
  );
  expect(Number(looked[0]?.count)).toBe(1);
});
