import { runDueWork } from '../../foundation/due-work/due-work';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { startWebServer } from '../../foundation/http/web-server';
import { createLog } from '../../foundation/log';
import type { PushHandler } from '../../foundation/world/wechat/push-handler';
import { bindingJourney } from '../../../test/binding-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { eventOf, push, sealedPush, secondsNow, sendPush } from '../../../test/wechat-pushes';
import { createApp } from '../../app';
import { dueHandlers } from '../../rooms';
import { failedPushDueWork } from './failed-pushes';

/** What WeChat tells three times within seconds and never again must not be lost by an error of ours. */
let server: TestServer;
const logged: string[] = [];
let town: Town;
beforeAll(async () => {
  const to = { write: (line: string) => void logged.push(line) };
  server = await startTestServer({ log: createLog('error', to) });
  town = await buildTown(server);
});
afterAll(() => server.close());
beforeEach(() => server.clock.advance(60_000));

const { newcomer, phoneCode } = bindingJourney(() => ({ server, town }));
const rows = <Row extends object>(sql: string, ...values: string[]) =>
  server.world.database.reading.query<Row>(sql, values);

/** The door as it is, but that transactions fail as `fails` says, counted from 1. */
async function throughFailing<T>(
  fails: (count: number) => boolean,
  work: (door: TestServer) => Promise<T>,
): Promise<T> {
  const { database } = server.world;
  let count = 0;
  const transaction: typeof database.transaction = (inside) =>
    fails((count += 1)) ? Promise.reject(new Error('fallen')) : database.transaction(inside);
  const app = createApp({ ...server.world, database: { ...database, transaction } });
  const web = await startWebServer(app, { host: '127.0.0.1', port: 0, log: server.world.log });
  return work({ ...server, url: web.url }).finally(() => web.close(0));
}

async function ringAll(handlers: Readonly<Record<string, DueHandler>> = dueHandlers): Promise<void> {
  const { world, clock } = server;
  const reference = () => world.references.current();
  await runDueWork({ ...world, handlers, reference, now: () => new Date(clock.now()) });
}
const kept = () => rows<{ id: string; text: string }>('SELECT id, text_sealed AS text FROM wechat_push_failed');
const state = async () => {
  await server.world.wechatTally.flush();
  return town.as('admin').ok('wechat.state', {});
};
const phoneOf = async (id: string) =>
  (await rows<{ phone: string | null }>('SELECT phone_sealed AS phone FROM person WHERE id = ?', id))[0]?.phone ?? null;
const withPhone = async (phone: string) => {
  const who = await newcomer();
  await who.client.ok('bindings.phone', await phoneCode(who, phone));
  return who;
};
const revoked = (openid: string) =>
  sealedPush(
    server,
    eventOf(server, 'user_authorization_revoke', 'gh_sender', { OpenID: openid, RevokeInfo: '8', Nonce: '村' }),
  );

test('WeChat gives up after its third try: it is kept once, under seal, told to the administrator, and done', async () => {
  const who = await withPhone('15400000001');
  const sealed = revoked(who.openid);
  const isWrite = (count: number) => count % 2 === 1;
  await throughFailing(isWrite, async (door) => {
    for (const _ of [1, 2, 3]) expect((await sendPush(door, sealed)).status).toBe(500);
  });
  expect(await phoneOf(who.id)).not.toBeNull();
  const [row, ...more] = await kept();
  expect(more).toEqual([]);
  expect(row?.text).not.toContain(who.openid);
  const { alarms, pushes } = await state();
  expect(pushes).toMatchObject({ failed: 3, lost: 0, waiting: 1 });
  expect(alarms.map(({ title }) => title)).toContain('有推送没有办成');
  expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(/^sandan_wechat_pushes_waiting 1$/m);

  await ringAll();
  expect(await phoneOf(who.id)).not.toBeNull();
  server.clock.advance(60_000);
  await ringAll();
  expect(await phoneOf(who.id)).toBeNull();
  expect(await kept()).toEqual([]);
  expect((await state()).alarms.map(({ title }) => title)).not.toContain('有推送没有办成');
  expect(await (await sendPush(server, sealed)).text()).toBe('success');
});

test('a repeat of WeChat’s that goes well is enough: nothing is done twice', async () => {
  const who = await withPhone('15400000002');
  const sealed = revoked(who.openid);
  await throughFailing(
    (count) => count === 1,
    async (door) => {
      expect((await sendPush(door, sealed)).status).toBe(500);
      expect(await (await sendPush(door, sealed)).text()).toBe('success');
    },
  );
  expect(await phoneOf(who.id)).toBeNull();
  server.clock.advance(60_000);
  await ringAll();
  expect(await kept()).toEqual([]);
  const acts = await rows("SELECT id FROM audit_entry WHERE thing_id = ? AND act = 'revokeWechat'", who.id);
  expect(acts).toHaveLength(1);
});

test('one that keeps failing holds up no other, and is done once the program is mended', async () => {
  const [who, other] = [await withPhone('15400000003'), await withPhone('15400000004')];
  await throughFailing(
    (count) => count % 2 === 1,
    (door) => sendPush(door, revoked(who.openid)),
  );
  server.clock.advance(60_000);
  const falls: PushHandler = { event: 'user_authorization_revoke', run: () => Promise.reject(new Error('a bug')) };
  await ringAll({ ...dueHandlers, ...failedPushDueWork([falls]) });
  expect(await kept()).toHaveLength(1);
  expect(await (await sendPush(server, revoked(other.openid))).text()).toBe('success');
  expect([await phoneOf(who.id), await phoneOf(other.id)]).toEqual([expect.any(String), null]);

  // Seconds later, by the database's clock.
  await server.world.database.transaction((db) => db.write('UPDATE due_work SET leased_until = NULL', []));
  await ringAll();
  expect([await kept(), await phoneOf(who.id)]).toEqual([[], null]);
});

test('where not even that can be written down the log says so, and of what nobody wants nothing is kept', async () => {
  logged.length = 0;
  const who = await withPhone('15400000005');
  await throughFailing(
    () => true,
    async (door) => {
      await sendPush(door, revoked(who.openid));
      await sendPush(door, sealedPush(server, eventOf(server, 'debug_demo', who.openid)));
    },
  );
  expect(await kept()).toEqual([]);
  expect(logged.filter((line) => line.includes('is lost'))).toHaveLength(1);
  expect(logged.join()).not.toContain(who.openid);
  const { alarms, pushes } = await state();
  expect(pushes).toMatchObject({ lost: 1, waiting: 0 });
  expect(alarms.map(({ title }) => title)).toContain('有推送可能丢了');
});

test('carried out late, it does not meet whoever has come back since', async () => {
  const who = await newcomer();
  const CreateTime = secondsNow(server) - 3_600;
  for (const event of ['user_authorization_cancellation', 'user_authorization_revoke'])
    await push(server, event, 'gh_sender', { OpenID: who.openid, RevokeInfo: '8', CreateTime });
  await who.client.ok('people.me', {});
  await push(server, 'user_authorization_cancellation', 'gh_sender', { OpenID: who.openid });
  expect(await who.client.refused('people.me')).toBe('session.expired');
});
