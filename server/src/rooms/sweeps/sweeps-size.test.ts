import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { sweepIn } from '../../../test/sweep-journey';
import { buildTown, type Town } from '../../../test/town';
import { Household } from '../households/household.entity';
import { Person } from '../people/person.entity';

/** A village of 438 households, a town of 5,000: set up with a handful of statements, however many doors there are. */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
});

const batch = 500;

async function settle(count: number): Promise<void> {
  const groups = Object.values(town.groups).slice(0, 3);
  const createdAt = new Date(server.clock.now());
  for (let from = 0; from < count; from += batch) {
    const homes = Array.from({ length: Math.min(batch, count - from) }, (_, index) => ({
      ...{ id: ulid(), gridId: groups[index % groups.length] ?? '', door: `${from + index}号`, isHub: 0 },
    }));
    const people = homes.flatMap(({ id }) =>
      ['甲', '乙', '丙'].map((name) => ({ id: ulid(), name: `村民${name}`, householdId: id, createdAt })),
    );
    await server.world.database.transaction(async (db) => {
      await db.insert(Household, homes);
      await db.insert(Person, people);
    });
  }
}

test.each([438, 5_000])('%d households are split and told of in a few statements', async (count) => {
  await settle(count - 4);
  const sweep = sweepIn(server, town);
  await sweep.set();
  const began = performance.now();
  const statements = await server.statements.during(() => sweep.act('deskLead', 'start'));
  const milliseconds = Math.round(performance.now() - began);
  expect((await sweep.read()).counts).toMatchObject({ households: count });
  // Reading, splitting, a thousand doors at a time; none of it grows with the households but the inserts.
  expect(statements.length).toBeLessThanOrEqual(20 + Math.ceil(count / 1_000));
  expect(milliseconds).toBeLessThan(10_000);
});
