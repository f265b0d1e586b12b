import { ulid } from 'ulid';
import { startSession } from '../../foundation/access/sessions';
import { RoleGrant } from '../../foundation/access/access.entity';
import { bindingJourney } from '../../../test/binding-journey';
import { clientOf } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { WechatAccount } from './person.entity';

/** 绑定 of somebody who holds a post: it opens by a second yes alone. */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
});

const { newcomer, phoneCode, choosing } = bindingJourney(() => ({ server, town }));
const queueOf = async (name: PersonName) => (await town.as(name).ok('bindings.list', { query: {} })).items;
const lastIn = async (name: PersonName): Promise<string> => (await queueOf(name))[0]?.bindingId ?? '';

test('a post never opens by a phone match alone: the level above says the second yes, until then he is a resident', async () => {
  const mine = await newcomer();
  await mine.client.ok('bindings.phone', await phoneCode(mine, town.people.hubKeeper.phone));
  const standing = await mine.client.ok('bindings.choose', choosing(town.people.hubKeeper.id));
  expect(standing).toMatchObject({ isHome: false, request: { state: 'waitingAbove' } });
  expect(await mine.client.ok('people.me')).toMatchObject({ roles: [], tabs: ['home', 'orders', 'me'] });
  // The worker of the same group is not above it.
  const bindingId = await lastIn('deskLead');
  const press = () => ({ params: { bindingId }, body: { actionId: ulid() } });
  expect(await town.as('gridWorker').refused('bindings.approve', press())).toBe('access.forbidden');
  // As for giving a post, whoever opens one has shown the second factor.
  const unproved = await server.world.database.transaction((db) =>
    startSession(db, town.people.deskLead.id, 'wechat', new Date(server.clock.now())),
  );
  const bare = clientOf(server.url, unproved.token);
  expect(await bare.refused('bindings.approve', press())).toBe('access.second-factor-missing');
  // Whoever came in as him by a WeChat that was never bound is out afterwards.
  const before = `openid-${ulid()}`;
  await server.world.database.transaction((db) =>
    db.insert(WechatAccount, [
      { openid: before, personId: town.people.hubKeeper.id, unionid: null, createdAt: new Date(server.clock.now()) },
    ]),
  );
  await town.as('deskLead').ok('bindings.approve', press());
  const me = await mine.client.ok('people.me');
  expect(me.roles.map(({ role }) => role)).toEqual(['hubKeeper']);
  const gone = await newcomer(before);
  expect(await gone.client.ok('people.me')).toMatchObject({ home: null, roles: [] });
  const [audit] = await server.world.database.reading.query<{ acts: number }>(
    "SELECT COUNT(*) AS acts FROM audit_entry WHERE thing_id IN (?, ?) AND act IN ('askBinding', 'approveBinding', 'bind')",
    [bindingId, town.people.hubKeeper.id],
  );
  expect(Number(audit?.acts)).toBe(3);
});

test('of a desk the town says it, and nobody says it of himself', async () => {
  const mine = await newcomer();
  await mine.client.ok('bindings.phone', await phoneCode(mine, town.people.deskLead.phone));
  await mine.client.ok('bindings.choose', choosing(town.people.deskLead.id));
  expect(await queueOf('deskLead')).toEqual([]);
  expect(await queueOf('deskLead2')).toEqual([]);
  const params = { bindingId: await lastIn('townDispatcher') };
  await town.as('townDispatcher').ok('bindings.approve', { params, body: { actionId: ulid() } });
  expect((await mine.client.ok('people.me')).personId).toBe(town.people.deskLead.id);
});

test('a post that begins only tomorrow does not open by itself then', async () => {
  const grant = { id: ulid(), personId: town.people.resident.id, role: 'hubKeeper' as const, tree: 'grid' as const };
  const startsAt = new Date(server.clock.now() + 24 * 60 * 60_000);
  await server.world.database.transaction((db) =>
    db.insert(RoleGrant, [{ ...grant, kind: null, nodeId: town.groups.a1, startsAt, endsAt: null }]),
  );
  const mine = await newcomer();
  await mine.client.ok('bindings.phone', await phoneCode(mine, town.people.resident.phone));
  const standing = await mine.client.ok('bindings.choose', choosing(town.people.resident.id));
  expect(standing).toMatchObject({ isHome: false, request: { state: 'waitingAbove' } });
});
