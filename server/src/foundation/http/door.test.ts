import { ulid } from 'ulid';
import { clientOf, type Client } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { isOlder } from './app-version';

let server: TestServer;
let town: Town;
let nobody: Client;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  nobody = clientOf(server.url);
});
afterAll(async () => server.close());

interface Problem {
  code: string;
  title: string;
  status: number;
  requestId: string;
  fields?: Record<string, string>;
}
async function problemOf(response: Response, status: number): Promise<Problem> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({ status, requestId: response.headers.get('x-request-id') });
  expect(problem.title).toMatch(/[\u4e00-\u9fff]/);
  return problem;
}
const sending = (body: unknown) => ({
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});
const settingsOf = (gridId: string) => `/api/settings/${gridId}`;

describe('answers come in one order', () => {
  test('who is not signed in is asked to sign in, whatever else is wrong', async () => {
    for (const token of [
      '',
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      `Bearer ${'x'.repeat(43)}`,
      `Bearer ${'x'.repeat(5000)}`,
    ]) {
      const headers: Record<string, string> = token ? { authorization: token } : {};
      const response = await nobody.raw('PUT', settingsOf('nonsense'), { ...sending('{{{'), headers });
      expect((await problemOf(response, 401)).code).toMatch(/^session\./);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('who holds the right nowhere is refused, whether the thing exists or not', async () => {
    for (const gridId of ['nonsense', ulid(), town.townId]) {
      const response = await town.as('resident').raw('PUT', settingsOf(gridId), sending('{{{'));
      expect((await problemOf(response, 403)).code).toBe('access.forbidden');
    }
  });

  test('what does not exist is not found, before the body is looked at', async () => {
    for (const gridId of ['nonsense', ulid(), '%00', '%E0%A4%A', town.villageA]) {
      const response = await town.as('admin').raw('PUT', settingsOf(gridId), sending('{{{'));
      expect((await problemOf(response, 404)).code).toMatch(/not-found$/);
    }
  });

  test('who holds the right elsewhere is refused here, before the body is looked at', async () => {
    const elsewhere = await buildTown(server);
    const response = await elsewhere.as('admin').raw('PUT', settingsOf(town.townId), sending('{{{'));
    expect((await problemOf(response, 403)).code).toBe('access.forbidden');
  });

  test('only then does the body count', async () => {
    const put = (body: unknown) => town.as('admin').raw('PUT', settingsOf(town.townId), sending(body));
    expect((await problemOf(await put('{{{'), 400)).code).toBe('request.bad-json');
    expect((await problemOf(await put(`"${'x'.repeat(70_000)}"`), 413)).code).toBe('request.too-large');
    const { code, fields } = await problemOf(await put({ inspectionPercent: 400, dutyPhone: 'call me' }), 400);
    expect(code).toBe('request.bad-input');
    expect(Object.keys(fields ?? {})).toEqual(
      expect.arrayContaining(['workHours', 'daytime', 'quietHours', 'inspectionPercent', 'dutyPhone']),
    );
    for (const words of Object.values(fields ?? {})) expect(words).toMatch(/[\u4e00-\u9fff]/);
  });

  test('a body that is not JSON is of the wrong type', async () => {
    const body = 'words=修路';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await town.as('admin').raw('PUT', settingsOf(town.townId), { body, headers });
    expect((await problemOf(response, 415)).code).toBe('request.unsupported-type');
  });

  test('a query name that stands twice is no query', async () => {
    const response = await town.as('resident').raw('GET', '/api/messages?limit=5&limit=6');
    expect((await problemOf(response, 400)).fields).toHaveProperty('limit');
  });
});

describe('paths and methods', () => {
  test.each(['POST', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'MKCOL', 'REPORT', 'SEARCH'])(
    '%s where there is only something to read is not allowed',
    async (method) => {
      for (const path of ['/api/me', '/health/live', '/api/openapi.json', '/api/docs', '/metrics']) {
        const response = await nobody.raw(method, path);
        expect(response.headers.get('allow')).toBe('GET, HEAD');
        expect((await problemOf(response, 405)).code).toBe('request.method-not-allowed');
      }
    },
  );

  test('what may be done is said in full', async () => {
    const response = await nobody.raw('DELETE', `/api/photos/${ulid()}`);
    expect(response.headers.get('allow')).toBe('PUT, POST, GET, HEAD');
    await problemOf(response, 405);
  });

  test.each(['/api', '/api/', '/api/nothing', '/API/me', '/nothing', '/api/me/nothing', '/health', '/.git/config'])(
    '%s is nothing',
    async (path) => {
      for (const method of ['GET', 'POST', 'PROPFIND']) {
        expect((await problemOf(await nobody.raw(method, path), 404)).code).toBe('request.not-found');
      }
    },
  );

  test('HEAD says what GET would, without saying it', async () => {
    for (const path of ['/api/grids', '/health/live', '/api/openapi.json', '/api/docs']) {
      const [head, get] = [await nobody.raw('HEAD', path), await nobody.raw('GET', path)];
      expect(head.status).toBe(200);
      expect(await head.text()).toBe('');
      expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    }
    expect((await nobody.raw('HEAD', '/api/me')).status).toBe(401);
  });

  test('every reply has the headers that protect the reader', async () => {
    for (const path of ['/api/me', '/api/grids', '/nothing']) {
      const { headers } = await nobody.raw('GET', path);
      expect(headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.has('x-powered-by') || headers.has('server')).toBe(false);
      expect(headers.has('access-control-allow-origin')).toBe(false);
    }
  });
});

describe('too many requests', () => {
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
    const strict = await startTestServer({ rates });
    const nobody = clientOf(strict.url);
    const signIn = () =>
      nobody.call('people.signInWithWechat', { body: { code: strict.wechat.issueCode(`openid-${ulid()}`) } });
    for (let index = 0; index < 8; index += 1) expect((await signIn()).status).toBe(200);
    const guess = () => nobody.raw('GET', `/api/photos/${ulid()}?until=9999999999&key=a&sig=guess`);
    expect(await times(3, guess)).toEqual([403, 403, 403]);
    expect((await nobody.raw('GET', `/api/photos/${ulid()}`)).status).toBe(400);
    expect(await times(2, guess)).toEqual([429, 429]);
    expect((await signIn()).status).toBe(200);
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
});

describe('old apps', () => {
  test('versions compare by their numbers', () => {
    expect(isOlder('1.9.0', '1.10.0')).toBe(true);
    expect(isOlder('1.10.0', '1.10.0')).toBe(false);
    expect(isOlder('2.0.0', '1.10.0')).toBe(false);
    expect(isOlder('', '1.10.0') || isOlder('newest', '1.10.0')).toBe(false);
  });

  test('an app that is too old is told to open anew, and nobody else', async () => {
    const later = await startTestServer({ oldestApp: '1.2.0' });
    const client = clientOf(later.url);
    const ask = (version: string) => client.raw('GET', '/api/grids', { headers: { 'x-app-version': version } });
    expect((await problemOf(await ask('1.1.9'), 426)).code).toBe('app.too-old');
    expect((await ask('1.2.0')).status).toBe(200);
    expect((await client.raw('GET', '/api/grids')).status).toBe(200);
    await later.close();
  });
});
