import { routesOf } from '../src/rooms';
import { clientOf } from './client';
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
