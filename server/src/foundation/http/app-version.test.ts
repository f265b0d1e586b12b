import { clientOf } from '../../../test/client';
import { problemOf } from '../../../test/problem-of';
import { startTestServer } from '../../../test/server';
import { isOlder } from './app-version';

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
