import { expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestServer, type TestServer } from '../../server/test/server';
import { buildTown, type Town } from '../../server/test/town';
import { startChromium } from './chromium';
import { arrive, prepareForDemo } from './people';
import { signInAs } from './pages/sign-in';

let server: TestServer, town: Town, browser: Browser;
beforeAll(async () => {
  server = await startTestServer({ config: { h5Dir: process.env['H5_DIR'] ?? null } });
  town = await buildTown(server);
  await prepareForDemo(server, town, {
    resident: 'resident',
    member: 'member',
    deskLead: 'deskLead',
    inspector: 'inspector',
  });
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await server.close();
});
test('signs in', async () => {
  const r = await arrive({ browser, server, called: 'normal-resident' });
  await signInAs(r.page, '王桂英');
  await r.look('home');
  console.log(r.faults.all, await r.page.evaluate(() => new Date().toISOString()));
  await r.setOnline(false);
  console.log(
    await r.page.evaluate(() => fetch('/api/me').then(String, String)),
    await r.page.evaluate(() => navigator.onLine),
  );
  await r.setOnline(true);
  await r.reopen();
  await r.page.getByRole('tab', { name: '我的' }).waitFor();
  expect(r.faults.all).toEqual([]);
}, 60_000);
