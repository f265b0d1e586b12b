import { expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestServer, type TestServer } from '../../server/test/server';
import { buildTown, type Town } from '../../server/test/town';
import { startChromium } from './chromium';
import { readBuildFolder } from './weapp/build-folder';
import { openPhone, type Phone } from './weapp/phone';

let server: TestServer, town: Town, browser: Browser, phone: Phone;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  browser = await startChromium();
});
afterAll(async () => {
  await phone?.close();
  await browser?.close();
  await server.close();
});
test('signs in', async () => {
  const t = Date.now();
  phone = await openPhone({
    browser,
    build: readBuildFolder(process.env['WEAPP_DIR']!),
    serverUrl: server.url,
    now: server.clock.now(),
    hands: {
      loginCode: () => server.wechat.issueCode('o-resident'),
      photos: () => [],
      place: () => null,
      call: () => undefined,
    },
  });
  console.log('opened', Date.now() - t);
  await new Promise((r) => setTimeout(r, 2000));
  console.log(phone.faults.all);
  console.log(await phone.pathNow(), await phone.page.title());
  console.log((await phone.page.content()).slice(-3000));
  await phone.page.screenshot({ path: '/tmp/shot.png' });
}, 60_000);
