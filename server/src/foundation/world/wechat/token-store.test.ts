import { startTestServer, type TestServer } from '../../../../test/server';
import { newKeyRing } from '../../personal-data/key-ring';
import { createVault } from '../../personal-data/vault';
import { createWechat, type Wechat } from './client';
import { tokensInDatabase } from './token-store';

/** One access token for all processes: here two clients that share nothing but the database. */
let server: TestServer;
let both: readonly [Wechat, Wechat];
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const minute = 60_000;
const logged: string[] = [];
const errors: string[] = [];
const log = {
  warn: (fields: object) => void logged.push(JSON.stringify(fields)),
  error: (_fields: object, words: string) => void errors.push(words),
};
const process = (): Wechat => {
  const { world, clock, wechat } = server;
  const { appid, secret } = world.config.wechat;
  const tokens = tokensInDatabase({ database: world.database, appid, clock, log });
  return createWechat({ origin: wechat.origin, appid, secret, log, clock, tokens, backoffMs: 1 });
};
const fetches = async (): Promise<number> =>
  (await server.wechat.requests()).filter((name) => name.endsWith('/stable_token')).length;
const rows = () =>
  server.world.database.reading.query<{ token: string | null; claimedUntil: Date | null }>(
    'SELECT token_sealed AS token, claimed_until AS claimedUntil FROM wechat_token',
  );

beforeEach(async () => {
  await server.world.database.transaction((db) => db.write('DELETE FROM wechat_token'));
  both = [process(), process()];
});
afterEach(() => Promise.all(both.map((each) => each.close())));

test('twenty who need it in two processes at once cause one fetch; the database keeps it sealed', async () => {
  const before = await fetches();
  const tokens = await Promise.all(Array.from({ length: 20 }, (_, index) => both[index % 2]?.stableToken()));
  expect(new Set(tokens).size).toBe(1);
  expect((await fetches()) - before).toBe(1);
  const [row] = await rows();
  expect(row?.token).not.toContain(String(tokens[0]));
  expect(row?.claimedUntil).toBeNull();
  server.clock.advance(116 * minute);
  const next = await Promise.all(both.map((each) => each.stableToken()));
  expect(new Set(next).size).toBe(1);
  expect(next[0]).not.toBe(tokens[0]);
  expect((await fetches()) - before).toBe(2);
});

test('a token that one process has found dead is replaced for the other as well, with one fetch', async () => {
  const killed = await both[0].stableToken();
  expect(await both[1].stableToken()).toBe(killed);
  // The next token ends at another moment, by which the processes tell the two apart.
  server.clock.advance(1_000);
  const { appid, secret } = server.world.config.wechat;
  const body = JSON.stringify({ grant_type: 'client_credential', appid, secret, force_refresh: true });
  await fetch(`${server.wechat.origin}/cgi-bin/stable_token`, { method: 'POST', body });
  const before = await fetches();
  await server.wechat.seen('o-wang');
  await Promise.all(both.map((each) => each.checkText('o-wang', 'comment', '路灯坏了')));
  const tokens = await Promise.all(both.map((each) => each.stableToken()));
  expect(new Set(tokens).size).toBe(1);
  expect(tokens[0]).not.toBe(killed);
  expect((await fetches()) - before).toBe(1);
});

test('a fetch that failed is told, and the next one needs not wait', async () => {
  await server.wechat.fault('busy', 'busy', 'busy');
  await expect(both[0].stableToken()).rejects.toMatchObject({ kind: 'busy' });
  await expect(both[1].stableToken()).resolves.toHaveLength(512);
});

test('a process that died over its fetch holds nobody up for longer than its claim', async () => {
  const { database, config } = server.world;
  const dead = tokensInDatabase({ database, appid: config.wechat.appid, clock: server.clock, log });
  expect(await dead.claim(null)).toBe(true);
  expect(await dead.claim(null)).toBe(false);
  server.clock.advance(10_000);
  await expect(both[0].stableToken()).resolves.toHaveLength(512);
});

test('a token whose key was lost is as none: fetched at once, sealed with the present key, and told once', async () => {
  await both[0].stableToken();
  const lost = newKeyRing();
  lost.seal = { current: 'k0', keys: lost.seal.keys.map((key) => ({ ...key, id: 'k0' })) };
  const byLost = createVault(() => lost).seal('wechatToken.token', 'a token that nobody reads any more');
  await server.world.database.transaction((db) => db.write('UPDATE wechat_token SET token_sealed = ?', [byLost]));
  errors.length = 0;
  const fresh = [process(), process(), process()];
  const before = await fetches();
  const tokens = await Promise.all(fresh.map((each) => each.stableToken()));
  expect((await fetches()) - before).toBe(1);
  await Promise.all(fresh.map((each) => each.close()));
  expect(new Set(tokens).size).toBe(1);
  expect(tokens[0]).toHaveLength(512);
  const { vault } = server.world.database.reading;
  const [row] = await rows();
  expect(vault.open('wechatToken.token', row?.token as never)).toBe(tokens[0]);
  expect(errors.filter((words) => words.includes('KEYS_FILE'))).toHaveLength(1);
});
