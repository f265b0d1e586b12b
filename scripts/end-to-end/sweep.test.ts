import { expect } from '@jest/globals';
import { sweepIn } from '../../server/test/sweep-journey';
import { buildTown, type Town } from '../../server/test/town';
import { buildMiniapp } from '../miniapp.mjs';
import { eventually } from './eventually';
import { choose, openTab, press, pressInDialog, reads } from './pages/screen';
import { signInAs } from './pages/sign-in';
import { arrive, prepareForDemo, type Person } from './people';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';

/** 入户排查 where there is no network: the doors are carried along, what is written down goes by itself, once. */
let stage: Stage;
let town: Town;
let sweep: ReturnType<typeof sweepIn>;
let member: Person;

beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  stage = await openStage({ config: { h5Dir } });
  town = await buildTown(stage.server);
  await prepareForDemo(stage.server, town, { member: 'member' });
  sweep = sweepIn(stage.server, town);
  await sweep.started();
}, 180_000);
afterAll(async () => {
  await member?.leave();
  await stage?.close();
});

const step = storySteps(() => member.lookBroken());

step('李晓峰 opens his doors while there is a network', async () => {
  member = await arrive({ ...stage, called: 'sweep-member' });
  await signInAs(member.page, '李晓峰');
  await openTab(member.page, '接单');
  await press(member.page, /消防隐患排查/);
  await reads(member.page, /12号/);
  // The page of a door has come, too.
  await member.page.waitForLoadState('networkidle');
  await member.look('1-doors');
});

step('without a network he writes down what he finds at a door', async () => {
  await member.setOnline(false);
  await press(member.page, /12号/);
  await choose(member.page, '见到人了吗？', '见到了');
  await choose(member.page, '电线老化或私拉乱接？', '是');
  await choose(member.page, '电动车在屋里或楼道充电？', '否');
  await choose(member.page, '楼道、门口堆了杂物？', '否');
  await member.look('2-form');
  await press(member.page, '记下');
  await reads(member.page, /等网络好了自动发出/);
  await member.look('3-waiting');
  expect((await sweep.read()).counts.todo).toBe(4);
});

step('when the network is back, it is sent once', async () => {
  await member.setOnline(true);
  await eventually(async () => expect((await sweep.read()).counts).toMatchObject({ met: 1, withFindings: 1 }));
  const targetId = await sweep.targetOf('resident');
  const { visits } = await town.as('deskLead').ok('sweeps.target', { params: { targetId } });
  expect(visits).toHaveLength(1);
});

step('nothing of his doors stays on the phone when he signs out', async () => {
  const carried = () => member.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('carried')));
  expect((await carried()).length).toBeGreaterThan(0);
  await openTab(member.page, '我的');
  await press(member.page, '退出登录');
  await pressInDialog(member.page, '退出登录');
  await eventually(async () => expect(await carried()).toEqual([]));
});

test('nothing went wrong on his screen', () => expect(member.faults.all).toEqual([]));
