import { ulid } from 'ulid';
import { usualProtection, type ProtectionRules } from '@sandan/shared/settings/protection.words';
import { clientOf } from '../../../test/client';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { startSession } from '../../foundation/access/sessions';

/** 数据保护的设置 of a county: how much may be shown, how long a session and a wish to leave may last. */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
});
afterAll(async () => server.close());

const minute = 60_000;
const set = (rules: Partial<ProtectionRules>, gridId = town.countyId) =>
  town.as('admin').call('settings.changeProtection', { params: { gridId }, body: { ...usualProtection, ...rules } });
const atComputer = async (name: 'deskLead') => {
  const { id } = town.people[name];
  const now = new Date(server.clock.now());
  const { token } = await server.world.database.transaction((db) => startSession(db, id, 'desktop', now));
  return clientOf(server.url, token);
};

test('is as usual until the administrator of the county changes it, and says who did and what', async () => {
  const params = { gridId: town.countyId };
  expect(await town.as('admin').ok('settings.protection', { params })).toEqual({
    ...{ rules: usualProtection, auditKeepDays: 365 },
  });
  const stricter = { revealsPerDay: 10, thinkingDays: 15 };
  for (let turn = 0; turn < 2; turn += 1) expect((await set(stricter)).status).toBe(200);
  const { items } = await town.as('admin').ok('settings.changes', { params });
  expect(items).toMatchObject([
    {
      by: town.people.admin.name,
      actName: '改数据保护的设置',
      facts: [
        { name: '改了', words: '一个人一天最多看几次完整号码、申请注销后留几天反悔' },
        { name: '原来', words: '一个人一天最多看几次完整号码 50；申请注销后留几天反悔 7' },
        { name: '现在', words: '一个人一天最多看几次完整号码 10；申请注销后留几天反悔 15' },
      ],
    },
  ]);
  expect((await town.as('resident').ok('privacy.closing')).thinkingDays).toBe(15);
  const far = await buildTown(server);
  expect((await far.as('resident').ok('privacy.closing')).thinkingDays).toBe(7);
  expect((await set({}, far.countyId)).problem?.code).toBe('access.forbidden');
  expect((await set({}, town.townId)).problem?.code).toBe('grid.not-found');
});

test('shorter sessions hold at once for those that run', async () => {
  const [left, used] = [await atComputer('deskLead'), await atComputer('deskLead')];
  await set({ desktopIdleMinutes: 20, desktopHours: 1 });
  expect((await used.ok('access.sessions')).desktop).toEqual({ idleMinutes: 20, hours: 1 });
  for (let turn = 0; turn < 3; turn += 1) {
    server.clock.advance(19 * minute);
    await used.ok('people.me');
    // Noted as seen outside of the request's transaction.
    await server.world.background.settled();
  }
  expect(await left.refused('people.me')).toBe('session.expired');
  server.clock.advance(3 * minute);
  expect(await used.refused('people.me')).toBe('session.expired');
});

test('contacts on orders are counted too', async () => {
  const orderId = ulid();
  const body = { categoryId: 'streetLight', words: '路灯不亮', gridId: town.groups.a1 };
  await town.as('resident').ok('orders.place', { params: { orderId }, body });
  await set({ contactsPerDay: 20 });
  const look = () =>
    town
      .as('deskLead')
      .call('orders.revealContact', { params: { orderId }, body: { actionId: ulid(), purpose: 'study' } });
  for (let turn = 0; turn < 20; turn += 1) expect((await look()).status).toBe(200);
  expect((await look()).problem?.code).toBe('household.reveals-used-up');
});

test.each<[Partial<ProtectionRules>, keyof ProtectionRules]>([
  [{ revealsPerDay: 4 }, 'revealsPerDay'],
  [{ listPeople: 5001 }, 'listPeople'],
  [{ desktopIdleMinutes: 90, desktopHours: 1 }, 'desktopIdleMinutes'],
  [{ phoneIdleDays: 30, phoneDays: 29 }, 'phoneIdleDays'],
])('not %j', async (rules, field) => {
  const { status, problem } = await set(rules);
  expect([status, Object.keys(problem?.fields ?? {})]).toEqual([400, [field]]);
});
