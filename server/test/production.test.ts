import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { routesOf } from '../src/rooms';
import { clientOf } from './client';
import { program } from './program';
import { startTestServer, type TestServer } from './server';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ config: { mode: 'production' } });
});
afterAll(() => server.close());

test('in production the demo sign-in does not exist: not its routes, not its answer, not its description', async () => {
  const nobody = clientOf(server.url);
  expect(await nobody.refused('people.demoPeople')).toBe('request.not-found');
  expect(await nobody.refused('people.signInAsDemo', { body: { key: 'resident' } })).toBe('request.not-found');
  const description = await (await nobody.raw('GET', '/api/openapi.json')).text();
  expect(description).not.toContain('/sign-in/demo');
  expect(routesOf('production').some(({ endpoint }) => endpoint.demoOnly)).toBe(false);
  expect(routesOf('demo').some(({ endpoint }) => endpoint.demoOnly)).toBe(true);
});

test('production does not start with an account that can change the audit, and says in Chinese and English what to do', async () => {
  const { databaseUrl, dataDir, keysFile } = server.world.config;
  const production = program('main', {
    ...{
      SANDAN_MODE: 'production',
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      KEYS_FILE: keysFile,
      PORT: '0',
      ROLE: 'web',
    },
    ...{ WECHAT_APPID: 'wx0123456789abcdef', WECHAT_SECRET: 'f00dfacef00dface', SIGNING_SECRET: 'k'.repeat(40) },
    ...{
      WECHAT_PUSH_TOKEN: 'tokenOfPushes',
      WECHAT_PUSH_KEY: 'k'.repeat(43),
      SANDAN_ORIGIN: 'https://sandan.example.cn',
    },
  });
  const ended = promisify(execFile)(...production);
  await expect(ended).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/能改审计记录.*UPDATE audit_entry.*DATABASE_OWNER_URL.*can change the audit/s),
  });
}, 60_000);
