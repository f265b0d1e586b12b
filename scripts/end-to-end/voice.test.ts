import { expect } from '@jest/globals';
import { buildTown, type Town } from '../../server/test/town';
import { buildMiniapp } from '../miniapp.mjs';
import { listening, startChromium } from './chromium';
import { openForm, sendOrder } from './pages/place-order';
import { press, reads } from './pages/screen';
import { signInAs } from './pages/sign-in';
import { arrive, prepareForDemo, type Person } from './people';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';

/** Speaking instead of writing, in a browser: Chromium's own microphone, which beeps. */
let stage: Stage;
let allowing: Stage['browser'];
let town: Town;
let resident: Person;
let handler: Person | undefined;

beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  stage = await openStage({ config: { h5Dir } });
  allowing = await startChromium(listening);
  town = await buildTown(stage.server);
  await prepareForDemo(stage.server, town, { resident: 'resident', deskLead: 'deskLead' });
  resident = await arrive({ ...stage, called: 'voice-resident' });
  await signInAs(resident.page, '王桂英');
}, 180_000);
afterAll(async () => {
  await resident?.leave();
  await handler?.leave();
  await allowing?.close();
  await stage?.close();
});

const step = storySteps(() => Promise.all([resident.lookBroken(), handler?.lookBroken()]));
const spoken = /^听一听 \d 秒$/;

step('without the microphone she is told what to do instead', async () => {
  const { page, look } = resident;
  await openForm(page);
  await reads(page, '要办什么事？');
  await press(page, '路灯不亮');
  await look('1-may-speak');
  await press(page, /^说给我们听/);
  await reads(page, /麦克风.*可以写几句/);
  expect(resident.faults.all).toEqual([]);
  await resident.leave();
});

step('with it she says it, and it outlives the page', async () => {
  resident = await arrive({ ...stage, browser: allowing, called: 'voice-speaker' });
  const { page, reopen } = resident;
  await signInAs(page, '王桂英');
  await openForm(page);
  await reads(page, '要办什么事？');
  await press(page, '路灯不亮');
  await press(page, /^说给我们听/);
  await reads(page, /^正在听，还能说 5[1-8] 秒/);
  await press(page, '说完点这里');
  await reads(page, spoken);
  await resident.look('2-spoken');
  await reopen();
  await openForm(page);
  await reads(page, spoken);
});

step('the order goes with it, and the desk hears it', async () => {
  await sendOrder(resident.page);
  const { items } = await town.as('resident').ok('orders.list', { query: { scope: 'mine' } });
  const orderId = items[0]?.id ?? '';
  const { voice } = await town.as('resident').ok('orders.read', { params: { orderId } });
  expect(voice?.seconds).toBeGreaterThan(1);
  handler = await arrive({ ...stage, called: 'voice-desk' });
  await signInAs(handler.page, '刘建华');
  await handler.page.goto(`${stage.server.url}/#/packages/resident/pages/order/index?orderId=${orderId}`);
  await press(handler.page, `听录音 ${voice?.seconds} 秒`);
  await press(handler.page, '停一下');
  await reads(handler.page, `听录音 ${voice?.seconds} 秒`);
});

test('nothing went wrong in the browsers', () =>
  expect([...resident.faults.all, ...(handler?.faults.all ?? [])]).toEqual([]));
