import { ulid } from 'ulid';
import { createLog } from '../src/foundation/log';
import { maxAttempts } from '../src/foundation/outbox/outbox';
import { clientOf } from './client';
import { testDatabaseUrl } from './database';
import { days, journeyIn, type Journey } from './journey';
import { startTestServer, type TestServer } from './server';
import { buildTown, type Town } from './town';
import { unusualPerson, wholeLife, type Somebody } from './whole-life';

/**
 * Nothing personal in logs, metrics, addresses, errors and the outbox: a whole life in one town, with everything going
 * wrong that can, and afterwards every place searched that is not made for personal data.
 */
const logged: string[] = [];
const addresses: string[] = [];
const refusals: string[] = [];
let server: TestServer;
let town: Town;
let village: Journey;
let who: Somebody;
/** All that would tell, beside the person: names, numbers, doors and words of others, as they were sent. */
const told = [
  '王桂英',
  '陈大柱',
  '黄阿妹',
  '邓国梁',
  '门口那盏',
  '灯不亮',
  '腿疼',
  '电线老了',
  '不在家',
  '亮堂',
  '字太小',
];
const realFetch = globalThis.fetch;

beforeAll(async () => {
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  // Of its own: its database is given triggers that fail.
  const databaseUrl = await testDatabaseUrl('nothing_personal');
  server = await startTestServer({ log, config: { databaseUrl } });
  town = await buildTown(server);
  village = journeyIn(server, town);
  who = await unusualPerson(server, town);
  globalThis.fetch = async (...request) => {
    addresses.push(decodeURIComponent(request[0] as string));
    const response = await realFetch(...request);
    if (!response.ok) refusals.push(await response.clone().text());
    return response;
  };
});
afterAll(async () => {
  globalThis.fetch = realFetch;
  await dropTriggers();
  await server.close();
});

const triggers = ['tell_opinion', 'tell_message', 'tell_person'];
const query = (sql: string) => server.world.database.source.query<unknown>(sql);
const dropTriggers = () => Promise.all(triggers.map((name) => query(`DROP TRIGGER IF EXISTS ${name}`)));

/** From now on the database refuses such a row, and says aloud what was in it. */
async function refusing(name: string, when: string, telling: string): Promise<void> {
  await query(`DROP TRIGGER IF EXISTS ${name}`);
  await query(
    `CREATE TRIGGER ${name} BEFORE ${when} FOR EACH ROW BEGIN
       DECLARE words VARCHAR(128) DEFAULT LEFT(${telling}, 100);
       SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = words;
     END`,
  );
}

/** Every text of the tables that tell of events and failures, and of the audit. */
async function machinery(): Promise<string[]> {
  const { reading } = server.world.database;
  const columns = ['history.facts', 'outbox_delivery.error', 'due_work.error', 'audit_entry.facts', 'audit_entry.act'];
  const found = await Promise.all(
    columns.map(async (place) => {
      const [table = '', column = ''] = place.split('.');
      const rows = await reading.query<{ text: string }>(
        `SELECT CONVERT(${column} USING utf8mb4) AS text FROM ${table} WHERE ${column} IS NOT NULL`,
      );
      return rows.map(({ text }) => `${place}: ${text}`);
    }),
  );
  return found.flat();
}

/** Those of the texts that hold something that tells. */
const telling = (texts: readonly string[], strings = [...who.strings, ...told, town.people.resident.phone]) =>
  texts.filter((text) => strings.some((string) => text.includes(string)));

/** A stranger who is not believed, wrong bodies of every kind, a search by name. */
async function beRefused(): Promise<void> {
  const stranger = clientOf(server.url);
  const { phone, name, idNumber } = who;
  const json = { 'content-type': 'application/json' };
  const broken = [`{"phone": "${phone}", "name": "${name}`, `"${name}`, `[${idNumber}]`];
  for (const body of broken) {
    await stranger.raw('POST', '/api/sign-in/wechat', { body, headers: json });
    await town.as('farResident').raw('PUT', `/api/orders/${ulid()}`, { body, headers: json });
  }
  const order = { categoryId: 'streetLight', words: who.say('灯'), contactPhone: `${phone}9`, contactName: name };
  await town.as('farResident').call('orders.place', { params: { orderId: ulid() }, body: order });
  await town.as('resident').call('privacy.askCorrection', {
    params: { correctionId: ulid() },
    body: { field: 'phone', value: `${phone}x`, words: name },
  });
  await town.as('deskLeadOutside').call('households.search', { body: { name, phone } });
  await town.as('townDispatcher').ok('people.find', { query: { purpose: 'proxy', q: name } });
  await town.as('secretaryOutside').call('households.search', { body: { phone: `${phone}0` } });
}

async function signInByPhone(): Promise<void> {
  const openid = `openid-${ulid()}`;
  const code = await server.wechat.issueCode(openid);
  const { token } = await clientOf(server.url).ok('people.signInWithWechat', { body: { code } });
  const body = { actionId: ulid(), code: await server.wechat.issuePhoneCode(openid, who.phone) };
  await clientOf(server.url, token).ok('bindings.phone', { body });
}

test('a whole life, refusals and failures leave nothing personal where it does not belong', async () => {
  await signInByPhone();
  await wholeLife(server, town, who);
  await beRefused();
  await failOnTheWay();
  await server.world.background.settled();

  const problems = refusals.filter((text) => text.includes('urn:sandan:problem'));
  expect(problems.length).toBeGreaterThan(5);
  expect(telling(problems)).toEqual([]);
  expect(addresses.length).toBeGreaterThan(40);
  expect(telling(addresses)).toEqual([]);
  expect(logged.length).toBeGreaterThan(40);
  expect(telling(logged)).toEqual([]);
  const page = await server.metrics.registry.metrics();
  expect(page).toContain('sandan_deliveries_parked_total{reaction=');
  expect(telling([page])).toEqual([]);
  const kept = await machinery();
  expect(kept.some((text) => text.startsWith('outbox_delivery.error: '))).toBe(true);
  expect(kept.some((text) => text.startsWith('due_work.error: '))).toBe(true);
  expect(telling(kept)).toEqual([]);
}, 120_000);

/** A request that ends in a 500, a reaction that is given up, a clock that rings in vain. */
async function failOnTheWay(): Promise<void> {
  const self = town.as('farResident');
  await refusing('tell_opinion', 'INSERT ON opinion', 'NEW.words');
  const opinion = { kind: 'complaint', words: who.say('字太小') } as const;
  expect(await self.refused('opinions.give', { params: { opinionId: ulid() }, body: opinion })).toBe('server.internal');

  await refusing('tell_message', 'INSERT ON message', `CONCAT('${who.say('灯不亮')}', NEW.words)`);
  await village.place({ words: '王桂英家的灯不亮' }, 'resident');
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    await query('UPDATE outbox_delivery SET next_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE done_at IS NULL');
    await village.drain();
  }
  await query('DROP TRIGGER tell_message');
  await village.wait(16 * days);

  await refusing('tell_person', 'UPDATE ON person', `CONCAT(OLD.name, '${who.phone}')`);
  await query('DROP TRIGGER tell_opinion');
  await self.ok('privacy.closeAccount', { body: { actionId: ulid(), sure: true } });
  await village.wait(7 * days);
}
