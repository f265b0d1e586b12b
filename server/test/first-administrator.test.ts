import { ulid } from 'ulid';
import { makeAdministrator } from '../src/first-administrator/first-administrator';
import { connectDatabase, fromJson } from '../src/foundation/database/connect';
import { migrate } from '../src/foundation/database/migrate';
import { entities } from '../src/rooms';
import { WechatAccount } from '../src/rooms/people/person.entity';
import { clientOf } from './client';
import { codeAt } from './one-time-code';
import { startTestServer, type TestServer } from './server';
import { buildTown, type Town } from './town';
import { testVault } from './vault';

/** `npm run admin:create`, and the link that it prints. */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
  await server.world.database.transaction((db) => db.write('DELETE FROM sign_in_failure'));
});
afterAll(() => server.close());
beforeEach(async () => (town = await buildTown(server)));

const make = (name: string, grid = town.countyId) =>
  server.world.database.transaction((db) => makeAdministrator(db, { name, grid }, new Date(server.clock.now())));
const open = (key: string) => clientOf(server.url).call('access.openLink', { body: { key } });

test('the link signs in at a computer, once, and the second factor is set up', async () => {
  const made = await make('孙启明');
  const { data } = await open(made.key);
  expect(data?.personId).toBe(made.personId);
  expect((await open(made.key)).problem?.code).toBe('sign-in.link-unknown');
  const admin = clientOf(server.url, data?.token);
  const me = await admin.ok('people.me');
  expect(me).toMatchObject({ name: '孙启明', roles: [{ role: 'admin', nodeId: town.countyId }] });
  expect((await admin.ok('access.sessions')).sessions[0]).toMatchObject({ channel: 'desktop', here: true });
  const { secret } = await admin.ok('access.enrol', { body: {} });
  const code = codeAt(secret, server.clock.now());
  await admin.ok('access.confirmEnrolment', { body: { actionId: ulid(), code } });
  expect(await admin.ok('access.secondFactor')).toMatchObject({ enrolled: true });
});

test('of twenty who open it at once one is in', async () => {
  const { key } = await make('孙启明');
  const all = await Promise.all(Array.from({ length: 20 }, () => open(key)));
  expect(all.filter(({ data }) => data)).toHaveLength(1);
  expect(new Set(all.flatMap(({ problem }) => problem?.code ?? []))).toEqual(new Set(['sign-in.link-unknown']));
});

test('the link is good for half an hour, and stands in the base as a hash', async () => {
  const { key } = await make('孙启明');
  const rows = await server.world.database.reading.query<{ keyHash: Buffer }>(
    'SELECT key_hash AS keyHash FROM sign_in_link',
  );
  expect(rows.some(({ keyHash }) => keyHash.equals(Buffer.from(key, 'base64url')))).toBe(false);
  server.clock.advance(30 * 60_000);
  expect((await open(key)).problem?.code).toBe('sign-in.link-unknown');
});

test('a lost administrator is let in by the same command: earlier links and the old second factor are void', async () => {
  const first = await make('孙启明');
  const second = await make('孙启明');
  expect(second).toMatchObject({ personId: first.personId, isNew: false });
  expect((await open(first.key)).problem?.code).toBe('sign-in.link-unknown');
  const admin = clientOf(server.url, (await open(second.key)).data?.token);
  const { secret } = await admin.ok('access.enrol', { body: {} });
  await admin.ok('access.confirmEnrolment', { body: { actionId: ulid(), code: codeAt(secret, server.clock.now()) } });
  // Whoever has found the phone would be the first to enrol: he is out, and his WeChat is nobody's.
  const openid = `openid-${ulid()}`;
  await server.world.database.transaction((db) =>
    db.insert(WechatAccount, [
      { openid, personId: first.personId, unionid: null, createdAt: new Date(server.clock.now()) },
    ]),
  );
  const wechat = async () => {
    const body = { code: await server.wechat.issueCode(openid) };
    return clientOf(server.url, (await clientOf(server.url).ok('people.signInWithWechat', { body })).token);
  };
  const found = await wechat();
  const third = await make('孙启明');
  const again = clientOf(server.url, (await open(third.key)).data?.token);
  expect(await again.ok('access.secondFactor')).toMatchObject({ enrolled: false, recoveryCodesLeft: 0 });
  for (const old of [admin, found]) expect(await old.refused('people.me')).toBe('session.expired');
  expect((await (await wechat()).ok('people.me')).personId).not.toBe(first.personId);
  const acts = await server.world.database.reading.query<{ facts: unknown }>(
    "SELECT facts FROM audit_entry WHERE act = 'openSignInLink' AND thing_id = ?",
    [first.personId],
  );
  const facts = acts.map((each) => fromJson(each.facts));
  expect(facts).toContainEqual({ tookFactor: true, ended: 2, unbound: 1 });
});

test('a namesake who is no administrator of that grid is left alone', async () => {
  const { personId, isNew } = await make(town.people.resident.name);
  expect(isNew).toBe(true);
  expect(personId).not.toBe(town.people.resident.id);
});

test('is written down: who was made, over what', async () => {
  const { personId } = await make('孙启明', town.townId);
  const [entry] = await server.world.database.reading.query<{ facts: unknown }>(
    "SELECT facts FROM audit_entry WHERE act = 'createAdministrator' AND thing_id = ?",
    [personId],
  );
  const facts = typeof entry?.facts === 'string' ? (JSON.parse(entry.facts) as unknown) : entry?.facts;
  expect(facts).toEqual({ gridId: town.townId, isNew: true });
});

test('a grid that does not exist is said in plain words', async () => {
  await expect(make('孙启明', '000000000000')).rejects.toThrow('没有编号是 000000000000 的网格');
});

describe('on an empty database', () => {
  const name = `first_${process.env['JEST_WORKER_ID'] ?? '1'}_${process.pid}`;
  const runOnEmpty = async (wish: { countyName?: string; countyCode?: string }) => {
    const { source } = server.world.database;
    await source.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
    const address = new URL(server.world.config.databaseUrl);
    address.pathname = `/${name}`;
    const url = address.toString();
    try {
      await migrate({ ownerUrl: url, entities, vault: testVault });
      const database = await connectDatabase({ url, entities, writers: 2, vault: testVault });
      try {
        const made = await database.transaction((db) => makeAdministrator(db, { name: '孙启明', ...wish }, new Date()));
        const [row] = await database.reading.query<Record<string, unknown>>(
          'SELECT name, code, tier, county_id = id AS own, (SELECT COUNT(*) FROM category) > 0 AS categories, (SELECT COUNT(*) FROM calendar_day) > 0 AS days FROM grid',
        );
        return { made, row };
      } finally {
        await database.close();
      }
    } finally {
      await source.query(`DROP DATABASE ${name}`);
    }
  };

  test('it makes the county and what it stands on', async () => {
    const { made, row } = await runOnEmpty({ countyName: '青禾县', countyCode: '449901000000' });
    expect(made).toMatchObject({ isNew: true, gridName: '青禾县' });
    expect(row).toMatchObject({ name: '青禾县', code: '449901000000', tier: 'county', own: 1, categories: 1, days: 1 });
  });

  test('it asks for the county where none is named, and for a code of a county', async () => {
    await expect(runOnEmpty({})).rejects.toThrow('--county-name');
    await expect(runOnEmpty({ countyName: '青禾县', countyCode: '449901101201' })).rejects.toThrow('12 位');
  });
});
