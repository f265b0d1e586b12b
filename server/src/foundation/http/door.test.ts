import { ulid } from 'ulid';
import { clientOf, type Client } from '../../../test/client';
import { problemOf } from '../../../test/problem-of';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

let server: TestServer;
let town: Town;
let nobody: Client;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  nobody = clientOf(server.url);
});
afterAll(async () => server.close());

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
