import { ulid } from 'ulid';
import { chinaDate } from '@sandan/shared/china-time';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { HouseholdName, PersonName } from '../../../test/town-cast';
import { endOfMonth } from './due-dates';
import { HouseholdFlag } from './household.entity';
import { defaultVisitSettings } from './visit-settings';

/** 大走访. The clock begins on Tuesday, 15 September 2026, at nine. */
let server: TestServer;
let town: Town;
const hour = 60 * 60_000;
const day = 24 * hour;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
});

type Result = 'met' | 'phone' | 'notHome' | 'declined';
interface Given {
  household?: HouseholdName;
  visitId?: string;
  at?: Date;
  [field: string]: unknown;
}
const bodyOf = (result: Result, { household = 'resident', at, visitId: _, ...more }: Given = {}) => ({
  ...{ householdId: town.households[household], result, at: (at ?? new Date(server.clock.now())).toISOString() },
  ...more,
});
const record = (by: PersonName, result: Result, given: Given = {}) =>
  town.as(by).call('visits.record', { params: { visitId: given.visitId ?? ulid() }, body: bodyOf(result, given) });
const mine = async (by: PersonName = 'member') => (await town.as(by).ok('visits.households')).households[0];
const write = (sql: string, values: (string | Date)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));
const due = (dueOn: string) =>
  write('UPDATE household_link SET next_due_on = ? WHERE household_id = ?', [dueOn, town.households.resident]);
const messagesOf = async (person: PersonName, kind: string) => {
  await server.drain(town.townId);
  const { items } = await town.as(person).ok('messages.list', { query: { limit: 100 } });
  return items.filter((each) => each.kind === kind).map(({ words }) => words);
};
const flag = (name: 'livesAlone' | 'tenant') =>
  server.world.database.transaction((db) =>
    db.insert(HouseholdFlag, [
      {
        ...{ id: ulid(), householdId: town.households.resident, flag: name, source: 'visit', since: '2026-01-01' },
        ...{ checkedUntil: '2027-01-01', addedAt: new Date(server.clock.now()) },
      },
    ]),
  );

test('who is linked sees what is due, with masked names and the flags of the house', async () => {
  await due('2026-08-31');
  await flag('livesAlone');
  expect(await mine()).toMatchObject({
    ...{ name: '王*英', grid: '碧塘村一组', door: '12号', flags: ['独居老人'], due: 'overdue', tries: 0 },
    phoneAllowed: false,
  });
  await due('2026-09-30');
  expect(await town.as('member').ok('visits.households')).toMatchObject({ month: '2026-09', due: 1, overdue: 0 });
});

test('a visit is due again by the end of the next month, and the household sees who came', async () => {
  const metPersonId = town.people.spouse.id;
  const { data } = await record('member', 'met', { metPersonId, words: '腿好多了', needs: ['medical'] });
  expect(data).toMatchObject({ met: '陈*柱', needs: [{ name: '看病买药' }], changes: 0, allows: ['change', 'order'] });
  expect(await mine()).toMatchObject({ dueOn: '2026-10-31', due: 'later', lastResultName: '见到人了' });
  const { items } = await town.as('spouse').ok('visits.atHome');
  expect(items).toEqual([{ at: expect.any(String), byName: '李晓峰', resultName: '见到人了' }]);
  expect((await town.as('otherResident').ok('visits.atHome')).items).toEqual([]);
});

test('nobody at home counts apart; after two times one may call instead', async () => {
  await due('2026-09-30');
  expect((await record('member', 'phone')).problem?.code).toBe('visit.phone-too-early');
  await record('member', 'notHome');
  expect((await record('member', 'phone')).problem?.code).toBe('visit.phone-too-early');
  server.clock.advance(day);
  await record('member', 'notHome');
  expect(await mine()).toMatchObject({ tries: 2, phoneAllowed: true, dueOn: '2026-09-30', lastVisitAt: null });
  server.clock.advance(hour);
  expect((await record('member', 'phone')).status).toBe(200);
  expect(await mine()).toMatchObject({ tries: 0, phoneAllowed: false, dueOn: '2026-10-31' });
  const { total } = await town.as('secretary').ok('visits.figures', { query: { gridId: town.villageA } });
  expect(total).toMatchObject({ households: 4, unlinked: 3, visited: 1, phone: 1, notHome: 0, overdue: 0 });
});

test('who does not want a visit is left in peace until the next one, and is no visit in the figures', async () => {
  await record('member', 'declined');
  expect(await mine()).toMatchObject({ dueOn: '2026-10-31', due: 'later' });
  const { total } = await town.as('secretary').ok('visits.figures', { query: { gridId: town.villageA } });
  expect(total).toMatchObject({ visited: 0, declined: 1 });
});

test('a record made without a network arrives late, once, and never overtakes a later one', async () => {
  const visitId = ulid();
  const at = new Date(server.clock.now() - 3 * day);
  await record('member', 'met');
  const late = { visitId, at, words: '那天没信号' };
  expect((await record('member', 'notHome', late)).status).toBe(200);
  expect((await record('member', 'notHome', late)).data).toMatchObject({ id: visitId, at: at.toISOString() });
  expect((await record('member', 'met', late)).problem?.code).toBe('visit.sent-differently');
  expect((await record('groupLead', 'notHome', late)).problem?.code).toBe('visit.id-taken');
  expect(await mine()).toMatchObject({ tries: 0, dueOn: '2026-10-31' });
  const tooOld = new Date(server.clock.now() - 61 * day);
  expect((await record('member', 'met', { at: tooOld })).problem?.fields).toHaveProperty('at');
  const ahead = new Date(server.clock.now() + day);
  expect((await record('member', 'met', { at: ahead })).problem?.fields).toHaveProperty('at');
});

test('its author mends a record for a day; what stood there before is kept and counted anew', async () => {
  await due('2026-09-30');
  const visitId = ulid();
  await record('member', 'met', { visitId, words: '写错了' });
  const change = (by: PersonName, actionId = ulid()) => {
    const { householdId: _, ...body } = bodyOf('notHome');
    return town.as(by).call('visits.change', { params: { visitId }, body: { actionId, ...body } });
  };
  expect((await change('groupLead')).problem?.code).toBe('visit.not-yours');
  expect((await change('memberOutside')).problem?.code).toBe('visit.not-found');
  const actionId = ulid();
  expect((await change('member', actionId)).data).toMatchObject({ result: 'notHome', words: null, changes: 1 });
  expect((await change('member', actionId)).data).toMatchObject({ changes: 1 });
  expect(await mine()).toMatchObject({ tries: 1, lastVisitAt: null, dueOn: '2026-09-30' });
  const versions = await server.world.database.reading.query<{ words: string }>(
    "SELECT JSON_VALUE(content, '$.words') AS words FROM visit_version WHERE visit_id = ?",
    [visitId],
  );
  expect(versions).toEqual([{ words: '写错了' }]);
  server.clock.advance(25 * hour);
  expect((await change('member')).problem?.code).toBe('visit.change-over');
});

test('grid lead and worker come to every house of the group; other members to none but their own', async () => {
  expect((await record('gridWorker', 'notHome', { household: 'resident' })).problem?.code).toBeUndefined();
  expect((await record('groupLead', 'met', { household: 'hubKeeper' })).status).toBe(200);
  expect((await record('member2', 'met')).problem?.code).toBe('household.not-found');
  expect((await record('member', 'met', { household: 'hubKeeper' })).problem?.code).toBe('household.not-found');
  expect((await record('groupLead', 'met', { household: 'otherResident' })).problem?.code).toBe('household.not-found');
  const wrong = await record('member', 'met', { metPersonId: town.people.otherResident.id });
  expect(wrong.problem?.fields).toHaveProperty('metPersonId');
});

test('the stand-in has the household in his list, and only while he is needed', async () => {
  await write('UPDATE household_link SET stand_in_id = ? WHERE household_id = ?', [
    town.people.member2.id,
    town.households.resident,
  ]);
  expect(await mine('member2')).toBeUndefined();
  await write('UPDATE person SET away_until = ? WHERE id = ?', [
    new Date(server.clock.now() + 40 * day),
    town.people.member.id,
  ]);
  expect(await mine('member2')).toMatchObject({ standInFor: '李晓峰' });
  expect(await mine('member')).toMatchObject({ standIn: '张建平' });
  expect((await record('member2', 'met')).status).toBe(200);
});

test('a visit becomes an order of that household, and knows of it; nobody uses the visit of another', async () => {
  const visitId = ulid();
  await record('member', 'met', { visitId, needs: ['repair'] });
  const place = (by: PersonName) =>
    town.as(by).call('orders.place', {
      params: { orderId: ulid() },
      body: { categoryId: 'streetLight', words: '屋顶漏水', source: 'visit', gridId: town.groups.a1, visitId },
    });
  const placed = await place('member');
  expect(placed.problem).toBeUndefined();
  expect((await place('gridWorker')).problem?.code).toBe('visit.not-found');
  await server.drain(town.townId);
  const { items } = await town.as('member').ok('visits.mine', { query: {} });
  expect(items[0]?.orderIds).toEqual([placed.data?.id]);
  const [order] = await server.world.database.reading.query<{ household: string; source: string }>(
    'SELECT household_id AS household, source FROM service_order WHERE id = ?',
    [placed.data?.id ?? ''],
  );
  expect(order).toEqual({ household: town.households.resident, source: 'visit' });
});

test('the secretary reminds who is late, once a day, and hears on Monday how many wait', async () => {
  await due('2026-08-31');
  const { items } = await town.as('secretary').ok('visits.overdue', { query: { gridId: town.villageA } });
  expect(items).toEqual([
    expect.objectContaining({ name: '李晓峰', households: 1, overdue: 1, dueOn: '2026-08-31', allows: ['remind'] }),
  ]);
  const remind = (by: PersonName, actionId = ulid()) =>
    town.as(by).ok('visits.remind', { body: { actionId, gridId: town.villageA } });
  const actionId = ulid();
  expect(await remind('secretary', actionId)).toEqual({ reminded: 1, already: 0 });
  expect(await remind('secretary', actionId)).toEqual({ reminded: 1, already: 0 });
  expect(await remind('townSecretary')).toEqual({ reminded: 0, already: 1 });
  expect(await messagesOf('member', 'visits.remind')).toEqual([
    '何国栋提醒您：有 1 户过了时间还没走访，方便时去坐坐。',
  ]);
  expect(await town.as('secretary').refused('visits.overdue', { query: { gridId: town.villageB } })).toBe(
    'access.forbidden',
  );

  // The digest begins with the first visit in the town.
  await record('groupLead', 'met', { household: 'hubKeeper' });
  server.clock.advance(6 * day);
  expect(await messagesOf('secretary', 'visits.digest')).toEqual([
    '有 1 户过了时间还没走访，点开看看是谁联系的，可以提醒一声。',
  ]);
  expect(await messagesOf('secretaryOutside', 'visits.digest')).toEqual([]);
  server.clock.advance(7 * day);
  expect(await messagesOf('secretary', 'visits.digest')).toHaveLength(2);
});

test('a town may ask for a visit every three months, but every month where somebody lives alone', async () => {
  const settings = { ...defaultVisitSettings, everyMonths: 3 };
  const params = { gridId: town.townId };
  expect(await town.as('admin').ok('visits.changeSettings', { params, body: settings })).toEqual(settings);
  expect(await town.as('townDispatcher').ok('visits.settings', { params })).toEqual(settings);
  await record('member', 'met');
  expect(await mine()).toMatchObject({ dueOn: '2026-12-31' });
  await flag('tenant');
  server.clock.advance(hour);
  await record('member', 'met');
  expect(await mine()).toMatchObject({ dueOn: '2026-12-31' });
  await flag('livesAlone');
  server.clock.advance(hour);
  await record('member', 'met');
  expect(await mine()).toMatchObject({ dueOn: '2026-10-31' });
  const village = { params: { gridId: town.villageA }, body: settings };
  expect(await town.as('admin').refused('visits.changeSettings', village)).toBe('grid.not-found');
});

test('what is noted of a house, or no more, changes how often it is visited at once; nobody is late by it', async () => {
  const settings = { ...defaultVisitSettings, everyMonths: 3 };
  await town.as('admin').ok('visits.changeSettings', { params: { gridId: town.townId }, body: settings });
  await record('member', 'met');
  const met = new Date(server.clock.now());
  const [oneOn, threeOn] = [endOfMonth(met, 1), endOfMonth(met, 3)];
  server.clock.set(Date.parse(`${oneOn}T04:00:00Z`) + 5 * day);
  const params = { householdId: town.households.resident };
  const flagged = await town.as('gridWorker').ok('households.addFlag', {
    params,
    body: { actionId: ulid(), flag: 'emptyNest', source: 'visit', since: '2026-09-01' },
  });
  // The end of the month after the visit is over: it is this month.
  expect(await mine()).toMatchObject({ dueOn: endOfMonth(new Date(server.clock.now())), due: 'due' });
  const flagId = flagged.flags?.[0]?.flagId ?? '';
  await town.as('gridWorker').ok('households.checkFlag', {
    params: { ...params, flagId },
    body: { actionId: ulid(), holds: false },
  });
  expect(await mine()).toMatchObject({ dueOn: threeOn, due: 'later' });
});

test('a year after it was noted, the linked member and the worker are told to look again, once, and have it in their lists', async () => {
  const params = { householdId: town.households.resident };
  const body = { actionId: ulid(), flag: 'emptyNest' as const, source: 'visit' as const, since: '2026-09-01' };
  const flagged = await town.as('gridWorker').ok('households.addFlag', { params, body });
  const toldOf = async (person: PersonName) => (await messagesOf(person, 'flags.checksDue')).length;
  server.clock.advance(2 * day);
  expect(await toldOf('member')).toBe(0);
  expect(await mine()).toMatchObject({ checksDue: 0 });
  await write('UPDATE household_flag SET checked_until = ? WHERE household_id = ?', [
    chinaDate(server.clock.now()),
    town.households.resident,
  ]);
  server.clock.advance(day);
  expect(await messagesOf('member', 'flags.checksDue')).toEqual(['有 1 户登记的情况满一年了，看看还是不是这样。']);
  expect([await toldOf('gridWorker'), await toldOf('groupLead')]).toEqual([1, 1]);
  for (const nobody of ['deskLead', 'resident', 'hubKeeper', 'secretary', 'member2'] as const)
    expect(await toldOf(nobody)).toBe(0);
  server.clock.advance(day);
  expect(await toldOf('member')).toBe(1);
  expect(await town.as('member').ok('visits.households')).toMatchObject({ toCheck: 1, households: [{ checksDue: 1 }] });
  const waiting = (person: PersonName) => town.as(person).ok('households.list', { query: { only: 'checkDue' } });
  expect((await waiting('gridWorker')).items).toHaveLength(1);
  // Which houses have something noted is not the desk's to know either.
  expect((await waiting('deskLead')).items).toEqual([]);
  const flagId = flagged.flags?.[0]?.flagId ?? '';
  await town.as('member').ok('households.checkFlag', {
    params: { ...params, flagId },
    body: { actionId: ulid(), holds: true },
  });
  expect([(await mine())?.checksDue, (await waiting('gridWorker')).items.length]).toEqual([0, 0]);
});

test('figures by village and by branch are sums of the same households', async () => {
  await record('member', 'met');
  const ofTown = await town.as('townSecretary').ok('visits.figures', { query: { gridId: town.townId } });
  expect(ofTown.rows.map(({ name, households, visited }) => [name, households, visited])).toEqual([
    ['碧塘村', 4, 1],
    ['石岭村', 1, 0],
  ]);
  const query = { gridId: town.townId, by: 'branch' } as const;
  const byBranch = await town.as('townSecretary').ok('visits.figures', { query });
  expect(byBranch.total).toEqual(ofTown.total);
  expect(byBranch.rows).toHaveLength(2);
});
