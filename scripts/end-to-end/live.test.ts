import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ulid } from 'ulid';
import { journeyIn } from '../../server/test/journey';
import { buildTown, type Town } from '../../server/test/town';
import { buildMiniapp } from '../miniapp.mjs';
import { eventually } from './eventually';
import { openTab, press, reads } from './pages/screen';
import { chooseLargeType, signInAs } from './pages/sign-in';
import { arrive, prepareForDemo, type Person } from './people';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';

/** 接单大厅, the order and the number of messages follow what others do, and nothing moves under a finger. */
let stage: Stage;
let town: Town;
let village: ReturnType<typeof journeyIn>;

beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  stage = await openStage({ config: { h5Dir } });
}, 180_000);
afterAll(() => stage?.close());

/** An order that hangs in the hall under this title. */
async function offer(title: string): Promise<{ orderId: string; taskId: string }> {
  const orderId = await village.place();
  await village.does('deskLead', 'accept', orderId, { title });
  return { orderId, taskId: await village.send(orderId) };
}

const heightOf = async (page: Page, title: string): Promise<number> => {
  const box = await page.getByRole('button', { name: `${title}，点开看详细` }).boundingBox();
  return Math.round(box?.y ?? -1);
};
const titles = (page: Page) => page.getByRole('button', { name: '，点开看详细' }).allInnerTexts();
/** He still sits there: before a screen that nobody has touched for a minute, the list is read anew by itself. */
const touch = (page: Page) => page.keyboard.press('Shift');
const claimedBy = async (name: 'member2', taskId: string) => {
  await village.claim(taskId, name);
};

describe.each([
  { type: 'normal', large: false },
  { type: 'large', large: true },
])('接单大厅, in $type type', ({ type, large }) => {
  let member: Person;
  const step = storySteps(() => member.lookBroken());
  const called = `live-${type}`;
  let first: { taskId: string };

  beforeAll(async () => {
    town = await buildTown(stage.server);
    village = journeyIn(stage.server, town);
    await prepareForDemo(stage.server, town, { member: 'member', resident: 'resident' });
    member = await arrive({ ...stage, called });
    if (large) await chooseLargeType(member.page);
    await signInAs(member.page, '李晓峰');
    await openTab(member.page, '接单');
    await reads(member.page, '村里现在没有等人接的单子');
  });
  afterAll(() => member?.leave());

  step('an empty hall shows what comes by itself', async () => {
    first = await offer('路灯不亮');
    await reads(member.page, '路灯不亮');
  });

  step('what comes to others that are read there is said in a bar, and nothing moves', async () => {
    const { page, look } = member;
    const before = await heightOf(page, '路灯不亮');
    await touch(page);
    await offer('井盖松了');
    await reads(page, '有 1 件新单，点这里看');
    await touch(page);
    await offer('水管漏了');
    await reads(page, '有 2 件新单，点这里看');
    await look('1-bar');
    expect(await heightOf(page, '路灯不亮')).toBe(before);
    expect(await titles(page)).toHaveLength(1);
    await press(page, '有 2 件新单，点这里看');
    await reads(page, '井盖松了');
    await reads(page, '水管漏了');
    await page.getByText(/件新单，点这里看/).waitFor({ state: 'detached' });
  });

  step('what another has claimed says so where it stands', async () => {
    const { page, look } = member;
    const before = await heightOf(page, '井盖松了');
    await touch(page);
    await claimedBy('member2', first.taskId);
    await reads(page, '这件已经不在这里了');
    await look('2-gone');
    expect(await heightOf(page, '井盖松了')).toBe(before);
  });

  step('without network nothing is lost; back in it, it is said at once', async () => {
    const { page } = member;
    await touch(page);
    await member.setOnline(false);
    await offer('门前积水');
    await member.setOnline(true);
    await reads(page, '有 1 件新单，点这里看');
  });

  step('the number of messages follows at the foot of the screen', async () => {
    const { page, look } = member;
    const count = page.getByRole('tab', { name: '我的' }).getByText(/^\d+$/);
    expect(await count.count()).toBe(0);
    const orderId = await village.place();
    await village.does('deskLead', 'accept', orderId, {});
    await village.send(orderId, { id: ulid(), mode: 'assigned', assigneeId: town.people.member.id });
    await stage.server.drain(town.townId);
    await eventually(async () => expect(await count.innerText()).toMatch(/[1-9]/));
    await look('3-messages');
  });

  test('nothing went wrong on the screen', () => expect(member.faults.all).toEqual([]));
});
