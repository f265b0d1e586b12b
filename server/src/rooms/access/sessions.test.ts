import { ulid } from 'ulid';
import { unattendedHeader } from '@sandan/shared/live/live.words';
import { clientOf, type Client } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { startSession } from '../../foundation/access/sessions';
import { fromJson } from '../../foundation/database/connect';
import { WechatAccount } from '../people/person.entity';

/** 登录的设备 */
let server: TestServer;
let town: Town;
beforeAll(async () => (server = await startTestServer()));
afterAll(() => server.close());
beforeEach(async () => (town = await buildTown(server)));

async function enter(channel: 'wechat' | 'desktop', device: string): Promise<Client> {
  const at = new Date(server.clock.now());
  const { id } = town.people.deskLead;
  const { token } = await server.world.database.transaction((db) => startSession(db, id, channel, at, device));
  return clientOf(server.url, token);
}
const act = () => ({ body: { actionId: ulid() } });
const devicesOf = async (client: Client) => (await client.ok('access.sessions')).sessions.map(({ device }) => device);

test('a person sees where he is signed in, and which of them this is', async () => {
  const phone = await enter('wechat', '微信（Android）');
  await enter('desktop', 'Edge（Windows）');
  const { sessions } = await phone.ok('access.sessions');
  expect(sessions[0]).toMatchObject({ here: true, channelName: '微信小程序', device: '微信（Android）' });
  expect(sessions.map(({ here }) => here)).toEqual([true, false, false]);
  expect(JSON.stringify(sessions)).not.toContain('token');
});

test('one that has idled out is not shown', async () => {
  const phone = await enter('wechat', '微信（iOS）');
  await enter('desktop', 'Chrome（Linux）');
  server.clock.advance(3 * 60 * 60_000);
  expect(await devicesOf(phone)).not.toContain('Chrome（Linux）');
});

test('a computer that is left standing idles out, though its screen goes on reading by itself', async () => {
  const [used, left] = [await enter('desktop', '有人'), await enter('desktop', '没人')];
  server.clock.advance(90 * 60_000);
  await left.raw('GET', '/api/me', { headers: { [unattendedHeader]: '1' } });
  await used.ok('people.me');
  await server.world.background.settled();
  server.clock.advance(60 * 60_000);
  await used.ok('people.me');
  expect(await left.refused('people.me')).toBe('session.expired');
});

test('one that is ended is out at once; ending it again is no error, ending another’s is', async () => {
  const [phone, desk] = [await enter('wechat', '手机'), await enter('desktop', '电脑')];
  const { sessions } = await phone.ok('access.sessions');
  const sessionId = sessions.find(({ device }) => device === '电脑')?.sessionId ?? '';
  expect(await phone.ok('access.endSession', { params: { sessionId }, ...act() })).toEqual({ ended: 1 });
  expect(await desk.refused('people.me')).toBe('session.expired');
  expect(await phone.ok('access.endSession', { params: { sessionId }, ...act() })).toEqual({ ended: 1 });
  expect(await town.as('member').refused('access.endSession', { params: { sessionId }, ...act() })).toBe(
    'request.not-found',
  );
});

test('all others are ended, this one stays', async () => {
  const [phone, desk] = [await enter('wechat', '手机'), await enter('desktop', '电脑')];
  expect((await phone.ok('access.endOtherSessions', act())).ended).toBe(2);
  expect(await desk.refused('people.me')).toBe('session.expired');
  expect(await devicesOf(phone)).toEqual(['手机']);
});

test('a lost phone is signed out by the administrator over its owner, which is written down', async () => {
  const phone = await enter('wechat', '手机');
  const params = { personId: town.people.deskLead.id };
  const body = { actionId: ulid(), reason: 'lostPhone' as const };
  expect(await town.as('townDispatcher').refused('access.endSessionsOf', { params, body })).toBe('access.forbidden');
  expect((await town.as('admin').ok('access.endSessionsOf', { params, body })).ended).toBe(2);
  expect(await phone.refused('people.me')).toBe('session.expired');
  const [entry] = await server.world.database.reading.query<{ personId: string; facts: unknown }>(
    "SELECT person_id AS personId, facts FROM audit_entry WHERE act = 'endSessionsOf' AND thing_id = ?",
    [params.personId],
  );
  expect(entry?.personId).toBe(town.people.admin.id);
  const { id: elsewhere } = (await buildTown(server)).people.deskLead;
  const far = { params: { personId: elsewhere }, body: { ...body, actionId: ulid() } };
  expect(await town.as('admin').refused('access.endSessionsOf', far)).toBe('person.not-found');
});

test('whoever holds the lost phone is let in by WeChat as a stranger, not as the officer', async () => {
  const { id: personId } = town.people.deskLead;
  const openid = `openid-${ulid()}`;
  const account = { openid, personId, unionid: null, createdAt: new Date(server.clock.now()) };
  await server.world.database.transaction((db) => db.insert(WechatAccount, [account]));
  const entersAs = async () => {
    const body = { code: await server.wechat.issueCode(openid) };
    return (await clientOf(server.url).ok('people.signInWithWechat', { body })).personId;
  };
  for (const key of ['access.resetSecondFactor', 'access.endSessionsOf'] as const) {
    await server.world.database.transaction((db) =>
      db.write('UPDATE wechat_account SET person_id = ? WHERE openid = ?', [personId, openid]),
    );
    const act = (reason: 'newPhone' | 'lostPhone') =>
      town.as('admin').ok(key, { params: { personId }, body: { actionId: ulid(), reason } });
    await act('newPhone');
    expect(await entersAs()).toBe(personId);
    await act('lostPhone');
    expect(await entersAs()).not.toBe(personId);
    const entries = await server.world.database.reading.query<{ facts: unknown }>(
      'SELECT facts FROM audit_entry WHERE act = ? AND thing_id = ?',
      [key.replace('access.', ''), personId],
    );
    expect(entries.map(({ facts }) => fromJson(facts))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ reason: 'newPhone', unbound: 0 }),
        expect.objectContaining({ reason: 'lostPhone', unbound: 1 }),
      ]),
    );
  }
});
