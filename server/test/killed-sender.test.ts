import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReadAnew } from '../src/foundation/reference/read-anew';
import { Setting } from '../src/rooms/settings/setting.entity';
import { testDatabaseUrl } from './database';
import { journeyIn } from './journey';
import { templateFields, templateIdOf, templatesInUse } from './message-templates';
import { program } from './program';
import { startTestServer, type TestServer } from './server';
import { subscribingIn } from './subscribing';
import { buildTown } from './town';
import { until } from './web-process';

/**
 * A sender as its own process, killed while WeChat has its messages in hand; another goes on. Nothing is sent twice, nobody
 * is sent two at once, and whatever the dead one had not begun arrives.
 */
let server: TestServer;
let databaseUrl: string;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  // Background workers fire what is due in every town, so they have a database of their own, and the clock on the wall.
  databaseUrl = await testDatabaseUrl('killedsender');
  dataDir = await mkdtemp(join(tmpdir(), 'sandan-killed-sender-'));
  server = await startTestServer({ config: { databaseUrl }, now: Date.now() });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

function startSender(): ChildProcess {
  const { keysFile, wechat } = server.world.config;
  const [node, args, options] = program('main', {
    ...{
      KEYS_FILE: keysFile,
      WECHAT_ORIGIN: server.wechat.origin,
      WECHAT_APPID: wechat.appid,
      WECHAT_SECRET: wechat.secret,
    },
    ...{ SANDAN_MODE: 'test', ROLE: 'worker', DATABASE_URL: databaseUrl, DATA_DIR: dataDir, LOG_LEVEL: 'error' },
  });
  const child = spawn(node, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
  children.push(child);
  return child;
}

const names = ['resident', 'otherResident', 'hubKeeper', 'member', 'member2'] as const;
const each = 3;

test('killed in the middle of its sends, it sends nothing twice and keeps back nothing that it had not begun', async () => {
  const town = await buildTown(server);
  const village = journeyIn(server, town);
  const people = subscribingIn(server, town);
  await templatesInUse(server, town);
  // It may be night where this runs.
  const value = { quietHours: { from: '03:00', to: '03:00' } };
  await server.world.database.transaction(async (db) => {
    await db.upsert(Setting, [{ gridId: town.townId, name: 'town', value }], ['value']);
    await makeReadAnew(db);
  });
  const templateId = templateIdOf(town, 'progress');
  const fields = templateFields.progress.map(({ field }) => ({ name: field, title: field }));
  await server.wechat.setTemplates([{ id: templateId, title: '进度', kind: 'oneTime', fields }]);
  const openids: string[] = [];
  for (const name of names) {
    const openid = await people.agrees(name, 'progress', each);
    openids.push(openid);
    await server.wechat.grant(openid, templateId, each);
    for (let number = 0; number < each; number += 1) {
      const orderId = await village.place({ gridId: town.groups.a1 }, name);
      await village.does('deskLead', 'ask', orderId, { words: '哪一盏？' });
    }
  }
  const states = async () => {
    const count = new Map<string, number>();
    for (const { state } of await people.messages()) count.set(state, (count.get(state) ?? 0) + 1);
    return Object.fromEntries(count);
  };
  const inHand = async () =>
    (await server.wechat.journal()).filter(({ call, outcome }) => call.endsWith('/send') && outcome === 'unanswered');

  await server.wechat.sendTakes(2_000);
  const killed = startSender();
  await until(async () => (await inHand()).length >= 2);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const begun = (await states())['sending'] ?? 0;
  expect(begun).toBeGreaterThanOrEqual(2);
  // Nobody hears it, but WeChat has taken them.
  await until(async () => (await inHand()).length === 0);
  const arrived = (await server.wechat.sentMessages()).length;
  expect(arrived).toBeGreaterThanOrEqual(2);

  // A minute passes: what the dead one had leased is nobody's.
  await server.world.database.transaction((db) =>
    db.write('UPDATE outbox_delivery SET leased_until = NULL WHERE done_at IS NULL'),
  );
  await people.write(
    'UPDATE wechat_message SET leased_until = leased_until - INTERVAL 61 SECOND WHERE county_id = ? AND leased_until IS NOT NULL',
    town.countyId,
  );
  await server.wechat.sendTakes(3);
  const other = startSender();
  await until(async () => {
    const { waiting = 0, sending = 0 } = await states();
    return (await people.messages()).length === names.length * each && waiting + sending === 0;
  });
  other.kill('SIGTERM');
  expect(await once(other, 'exit')).toEqual([0, null]);

  // Those in the dead one's hands are not sent again, whether they arrived or not; all others have.
  const all = names.length * each;
  expect(await states()).toEqual({ sent: all - begun, unknown: begun });
  const cards = await server.wechat.sentMessages();
  expect(cards).toHaveLength(all - begun + arrived);
  expect(new Set(cards.map(({ openid, page }) => `${openid} ${page}`)).size).toBe(cards.length);
  // WeChat's own word (subscribe_msg_sent_event) says of those that did arrive.
  await server.wechat.deliverPushes();
  expect((await states())['sent']).toBe(cards.length);
  for (const name of names) {
    const { items } = await town.as(name).ok('messages.list');
    expect(items.filter(({ kind }) => kind === 'order.ask')).toHaveLength(each);
  }
}, 90_000);
