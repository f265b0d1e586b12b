import { ulid } from 'ulid';
import { days, journeyIn, minutes, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { Paper } from '../../foundation/documents/paper';
import { callerById } from '../../foundation/access/sessions';
import { writeToday } from './today.service';

/** 电话通知单 of a whole town: its villages one by one, counted, and each on its own paper. */
let server: TestServer;
let town: Town;
let village: Journey;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
  village = journeyIn(server, town);
});

/** Somebody asks about a lamp, is asked back, and does not look for a day. */
async function silent(by: 'resident' | 'farResident', gridId: string): Promise<string> {
  const orderId = await village.place({ gridId }, by);
  await server.world.background.settled();
  await server.world.database.transaction((db) =>
    db.write('UPDATE session SET last_seen_at = ? WHERE person_id = ?', [
      ...[new Date(server.clock.now()), town.people[by].id],
    ]),
  );
  const desk = by === 'resident' ? 'deskLead' : 'deskLeadOutside';
  await village.does(desk, 'ask', orderId, { words: '是哪一盏？' });
  return orderId;
}
async function threeCalls() {
  const inA = [await silent('resident', town.groups.a1), await silent('resident', town.groups.a1)];
  const inB = [await silent('farResident', town.groups.b1)];
  await village.drain();
  await village.wait(days + minutes);
  return { inA, inB };
}
const callsOf = async (name: 'townDispatcher' | 'deskLead', gridId?: string) =>
  town.as(name).ok('calls.list', { query: { limit: 100, ...(gridId ? { gridId } : {}) } });

test('the town sees how many calls each village has to make, and looks at one village alone', async () => {
  const { inA, inB } = await threeCalls();
  const all = await callsOf('townDispatcher');
  expect(all.villages.map(({ gridId, calls }) => [gridId, calls])).toEqual([
    [town.villageA, 2],
    [town.villageB, 1],
  ]);
  expect(all.items.map(({ orderId }) => orderId).sort()).toEqual([...inA, ...inB].sort());
  const ofB = await callsOf('townDispatcher', town.villageB);
  expect(ofB.items.map(({ orderId }) => orderId)).toEqual(inB);
  expect(ofB.villages).toEqual(all.villages);
  // A village asks for another one in vain.
  expect((await callsOf('deskLead', town.villageB)).items).toEqual([]);
  expect((await callsOf('deskLead')).villages.map(({ gridId }) => gridId)).toEqual([town.villageA]);
});

test('a place in one list is no place in another one', async () => {
  await threeCalls();
  const query = { limit: 1, gridId: town.villageA };
  const first = await town.as('townDispatcher').ok('calls.list', { query });
  const cursor = first.nextCursor ?? '';
  expect((await town.as('townDispatcher').ok('calls.list', { query: { ...query, cursor } })).items).toHaveLength(1);
  const other = { query: { limit: 1, gridId: town.villageB, cursor } };
  expect(await town.as('townDispatcher').refused('calls.list', other)).toBe('request.bad-cursor');
});

test('on paper: the town’s has its villages counted, a village’s own has the calls, whoever prints it', async () => {
  await threeCalls();
  const paperOf = async (gridId: string): Promise<Paper> => {
    const { database, references } = server.world;
    const now = new Date(server.clock.now());
    const caller = await callerById(database.reading, references, town.people.townDispatcher.id, now);
    if (!caller) throw new Error('nobody');
    return (await writeToday(database.reading, caller, gridId)).paper;
  };
  const tableIn = ({ tables }: Paper, name: string) =>
    tables.find((table) => table.name === name)?.groups.flatMap(({ rows }) => rows);
  const ofTown = await paperOf(town.townId);
  expect(tableIn(ofTown, '各村要打的电话')?.map((row) => row[2])).toEqual([2, 1]);
  expect(tableIn(ofTown, '要打的电话')).toBeUndefined();
  const ofA = await paperOf(town.villageA);
  expect(tableIn(ofA, '要打的电话')).toHaveLength(2);
  expect(tableIn(ofA, '各村要打的电话')).toBeUndefined();
  const body = { actionId: ulid(), gridId: town.villageB };
  expect((await town.as('townDispatcher').ok('calls.today', { body })).fileName).toContain('今日待办');
});
