import { ulid } from 'ulid';
import { clientOf, type Client } from '../../../test/client';
import { problemOf } from '../../../test/problem-of';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { eventOf, sealedPush, sendPush } from '../../../test/wechat-pushes';

let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
});
afterAll(async () => server.close());

const rates = { personBurst: 5, personPerSecond: 2, strangerPerMinute: 4 };
const times = async (count: number, ask: () => Promise<Response>) => {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await ask()).status);
  return statuses;
};

test('a person is slowed down, and the neighbours behind the same address are not', async () => {
  const strict = await startTestServer({ rates });
  const [busy, quiet] = [town.people.resident, town.people.otherResident].map(({ token }) =>
    clientOf(strict.url, token),
  );
  const statuses = await times(12, () => busy?.raw('GET', '/api/messages') as Promise<Response>);
  expect(statuses.slice(0, 7)).toEqual(Array(7).fill(200));
  expect(statuses).toContain(429);
  const refused = (await busy?.raw('GET', '/api/messages')) as Response;
  expect((await problemOf(refused, 429)).code).toBe('request.too-many');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await quiet?.raw('GET', '/api/messages'))?.status).toBe(200);
  await strict.close();
});

test('an address counts for unsigned requests and bad tokens, and health answers all the same', async () => {
  const strict = await startTestServer({ rates });
  const stranger = clientOf(strict.url, 'x'.repeat(43));
  expect(await times(2, () => stranger.raw('GET', '/api/grids'))).toEqual([200, 200]);
  expect(await times(3, () => stranger.raw('GET', '/api/me'))).toEqual([401, 401, 429]);
  expect((await clientOf(strict.url, town.people.resident.token).raw('GET', '/api/messages')).status).toBe(200);
  expect((await stranger.raw('GET', '/health/live')).status).toBe(200);
  await strict.close();
});

test('an address pays for photo addresses and sign-ins that fail, not for those that succeed', async () => {
  // A week later: failures of other tests stand in the database and count for ten minutes.
  const strict = await startTestServer({ rates, now: tuesdayMorning + 7 * 24 * 60 * 60_000 });
  const nobody = clientOf(strict.url);
  const signIn = async () =>
    nobody.call('people.signInWithWechat', { body: { code: await strict.wechat.issueCode(`openid-${ulid()}`) } });
  for (let index = 0; index < 8; index += 1) expect((await signIn()).status).toBe(200);
  const guess = () => nobody.raw('GET', `/api/photos/${ulid()}?until=9999999999&key=a&sig=guess`);
  expect(await times(3, guess)).toEqual([403, 403, 403]);
  expect((await nobody.raw('GET', `/api/photos/${ulid()}`)).status).toBe(400);
  expect(await times(2, guess)).toEqual([429, 429]);
  expect((await signIn()).status).toBe(200);
  // WeChat comes from a few addresses, which somebody may share: what it signs is always heard.
  const pushed = () => sendPush(strict, sealedPush(strict, eventOf(strict, 'debug_demo', ulid())));
  expect(await times(6, pushed)).toEqual(Array(6).fill(200));
  await strict.close();
});

test('whose address it is, only a trusted proxy may say', async () => {
  const said = (client: Client, address: string) =>
    client.raw('GET', '/api/grids', { headers: { 'x-forwarded-for': address } });
  for (const [trustProxy, statuses] of [
    [0, [200, 200, 200, 200, 429, 429]],
    [1, [200, 200, 200, 200, 200, 200]],
  ] as const) {
    const strict = await startTestServer({ rates, config: { trustProxy } });
    const client = clientOf(strict.url);
    let turn = 0;
    expect(await times(6, () => said(client, `10.0.0.1, 192.0.2.${(turn += 1)}`))).toEqual(statuses);
    // What the client itself wrote before the proxy's word does not count.
    turn = 0;
    if (trustProxy === 1)
      expect(await times(6, () => said(client, `10.0.0.${(turn += 1)}, 192.0.2.99`))).toEqual([
        200, 200, 200, 200, 429, 429,
      ]);
    await strict.close();
  }
});
