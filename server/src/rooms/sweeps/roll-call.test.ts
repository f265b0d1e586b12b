import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { HouseholdName, PersonName } from '../../../test/town-cast';
import { HouseholdFlag } from '../households/household.entity';

/** 转移安置点名: who is moved, where to, by whom; person by person, at once. */
const hour = 60 * 60_000;
let server: TestServer;
let town: Town;
let sweepId: string;
let school: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  [sweepId, school] = [ulid(), ulid()];
  await flagged('otherResident', 'bedridden');
  await flagged('resident', 'over80', town.people.spouse.id);
  const body = {
    ...{ kind: 'rollCall' as const, title: '台风转移点名', purpose: '点到人', orderedBy: '镇防汛办', questions: [] },
    ...{ gridId: town.villageA, selection: { by: 'all' as const }, deadline: at(12 * hour) },
    places: [{ id: school, name: '村小学', address: '教学楼一楼', capacity: 200, dutyPhone: '0713-5550101' }],
  };
  await town.as('townDispatcher').ok('sweeps.set', { params: { sweepId }, body });
  await town.as('townDispatcher').ok('sweeps.start', { params: { sweepId }, body: { actionId: ulid() } });
});

const at = (milliseconds = 0): string => new Date(server.clock.now() + milliseconds).toISOString();
const flagged = (household: HouseholdName, flag: HouseholdFlag['flag'], personId: string | null = null) =>
  server.world.database.transaction((db) =>
    db.insert(HouseholdFlag, [
      {
        ...{ id: ulid(), householdId: town.households[household], personId, flag, source: 'roster', ground: 'law' },
        ...{ since: '2026-01-01', checkedUntil: '2027-01-01', addedAt: new Date(server.clock.now()) },
      },
    ]),
  );
const rollCall = (who: PersonName = 'deskLead') => town.as(who).ok('sweeps.rollCall', { params: { sweepId } });
const targetOf = async (household: HouseholdName): Promise<string> => {
  const { items } = await town.as('deskLead').ok('sweeps.targets', { params: { sweepId } });
  return items.find(({ householdId }) => householdId === town.households[household])?.id ?? '';
};
const call = async (who: PersonName, targetId: string, persons: object[], visitedAt = at()) => {
  const sent = { params: { targetId, visitId: ulid() }, body: { visitedAt, persons } };
  const { data, problem } = await town.as(who).call('sweeps.record', sent as never);
  return (problem?.code ?? data) as never;
};
const moved = (person: PersonName) => ({ personId: town.people[person].id, standing: 'moved', placeId: school });

test('everybody who has doors is told at once', async () => {
  await server.drain(town.townId);
  const { items } = await town.as('member').ok('messages.list');
  expect(items).toMatchObject([{ title: '马上转移点名' }]);
});

test('people are called one by one; a household is through when everybody stands somewhere', async () => {
  const target = await targetOf('resident');
  expect(await call('member', target, [moved('resident')])).toMatchObject({ state: 'todo' });
  expect(await rollCall()).toMatchObject({ moved: 1, places: [{ id: school, people: 1 }] });
  server.clock.advance(hour);
  const spouse = { personId: town.people.spouse.id, standing: 'relatives', words: '县城女儿家' };
  expect(await call('member', target, [spouse])).toMatchObject({
    state: 'met',
    persons: [{ standing: 'moved' }, { standing: 'relatives' }],
    visits: [{ persons: [{ name: '陈*柱', words: '投亲靠友 · 县城女儿家' }] }, {}],
  });
  expect(await rollCall()).toMatchObject({ moved: 1, relatives: 1, refused: 0 });
});

test('who cannot move alone stands first for those who look after them; to others not even the order tells it', async () => {
  const { notMoved, notMovedIsMore, waiting } = await rollCall();
  expect([waiting, notMovedIsMore]).toEqual([5, false]);
  const asTheyLive = ['8号', '1号', '12号', '12号', '15号'];
  for (const seen of [notMoved, (await rollCall('secretary')).notMoved, (await rollCall('townDispatcher')).notMoved]) {
    expect(seen.map(({ door }) => door)).toEqual(asTheyLive);
    expect(seen.flatMap(({ needs }) => needs)).toEqual([]);
  }
  expect(notMoved.map(({ holder }) => holder)).toEqual(expect.arrayContaining(['李晓峰', null]));
  expect((await rollCall('groupLead')).notMoved).toMatchObject([{ name: '陈*柱', needs: ['高龄'] }, {}, {}, {}]);
  const round = await town.as('member').ok('sweeps.round', { params: { sweepId } });
  expect(round.targets).toMatchObject([{ needs: ['高龄'], persons: [{ name: '王*英' }, { name: '陈*柱' }] }]);
});

test('moved needs a place of this roll-call, and only people of the household are called', async () => {
  const target = await targetOf('resident');
  expect(await call('member', target, [{ ...moved('resident'), placeId: ulid() }])).toBe('sweep.answers');
  expect(await call('member', target, [moved('farResident')])).toBe('sweep.stranger');
});

test('what a phone sends late does not move somebody back; going home is the last step', async () => {
  const target = await targetOf('resident');
  const before = at();
  server.clock.advance(hour);
  await call('member', target, [moved('resident'), moved('spouse')]);
  await call('groupLead', target, [{ personId: town.people.resident.id, standing: 'refused' }], before);
  expect(await rollCall()).toMatchObject({ moved: 2, refused: 0 });
  server.clock.advance(hour);
  const home = (person: PersonName) => ({ personId: town.people[person].id, standing: 'returned' });
  expect(await call('member', target, [home('resident'), home('spouse')])).toMatchObject({ state: 'met' });
  expect(await rollCall()).toMatchObject({ moved: 0, returned: 2, places: [{ people: 0 }] });
});

test('two who call the same people at once: the later visit stands, both are kept', async () => {
  const target = await targetOf('resident');
  const refused = [
    { personId: town.people.resident.id, standing: 'refused' },
    { personId: town.people.spouse.id, standing: 'refused' },
  ];
  const [first, second] = [at(), at(60_000)];
  server.clock.advance(hour);
  await Promise.all([
    call('member', target, [moved('resident'), moved('spouse')], second),
    call('deskLead', target, refused, first),
  ]);
  expect(await rollCall()).toMatchObject({ moved: 2, refused: 0 });
  const after = await town.as('deskLead').ok('sweeps.target', { params: { targetId: target } });
  expect(after.visits).toHaveLength(2);
});
