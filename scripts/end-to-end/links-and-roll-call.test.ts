import { expect } from '@jest/globals';
import { buildTown, type Town } from '../../server/test/town';
import { buildMiniapp } from '../miniapp.mjs';
import { eventually } from './eventually';
import { applyPlan, giveHousehold, openPlan } from './pages/arrange-links';
import { callFamily, callTheRoll, counted } from './pages/roll-call';
import { openFromDesk, press, reads } from './pages/screen';
import { signInAs } from './pages/sign-in';
import { openRound } from './pages/sweep-doors';
import { arrive, prepareForDemo, type Device, type Person } from './people';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';

/** 联户 and 转移安置: who looks after which house, and who of it is in safety when the water rises. */
let stage: Stage;
let town: Town;

beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  stage = await openStage({ config: { h5Dir } });
  town = await buildTown(stage.server);
  const keys = { secretary: 'secretary', deskLead: 'deskLead', member: 'member', otherResident: 'resident' };
  await prepareForDemo(stage.server, town, keys);
}, 180_000);
afterAll(() => stage?.close());

const people: Person[] = [];
const step = storySteps(() => Promise.all(people.map((person) => person.lookBroken())));
afterAll(() => Promise.all(people.map((person) => person.leave())));
const enter = async (name: string, called: string, device: Device = 'phone'): Promise<Person> => {
  const person = await arrive({ ...stage, device, called: `links-${called}` });
  people.push(person);
  await signInAs(person.page, name);
  return person;
};

/** The member whom the plan did not propose. */
let given = '';

step('联户方案: the secretary reads what is proposed, gives one house to another member, and it is so', async () => {
  const { page, look } = await enter('何国栋', 'secretary', 'desk');
  await openPlan(page, /^二组/);
  await look('1-plan');
  const house = /^黄\*妹家，8号/;
  const proposed = await page.getByRole('checkbox', { name: house }).innerText();
  given = proposed.includes('罗秋月') ? '张建平' : '罗秋月';
  await giveHousehold(page, house, given);
  await look('2-moved');
  await applyPlan(page);
  const me = await town.as('otherResident').ok('people.me');
  expect(me.linkedMember).toMatchObject({ name: given });
});

step('双联双找: the family finds her on its first page', async () => {
  const { page, look } = await enter('黄阿妹', 'resident');
  await reads(page, given);
  await press(page, /^我的支部/);
  await reads(page, /碧塘村党支部/);
  await look('1-my-member');
});

step('点名: the desk plans the roll-call and begins it, and everybody has his doors', async () => {
  const { page, look } = await enter('刘建华', 'desk', 'desk');
  const place = { name: '村小学', address: '碧塘村口', capacity: '120' };
  await callTheRoll(page, { orderedBy: '镇三防办', area: '碧塘村', place });
  await look('1-begun');
});

step('at the door a member says who is moved and who will not go, and the board counts them', async () => {
  const { page, look } = await enter('李晓峰', 'member');
  await openRound(page, '防汛防台转移点名');
  await look('1-doors');
  await callFamily(page, '12号', '村小学', '陈*柱');
  await reads(page, '记上了');
  await look('2-called');
  const [, , desk] = people as [Person, Person, Person];
  await desk.reopen();
  await openFromDesk(desk.page, '入户排查');
  await eventually(async () =>
    expect([await counted(desk.page, '已转移'), await counted(desk.page, '不愿转移')]).toEqual(['1', '1']),
  );
  await reads(desk.page, '1 / 120 人');
  await reads(desk.page, /^陈\*柱/);
  await desk.look('2-board');
});

test('nothing went wrong on any of their screens', () =>
  expect(people.map(({ faults }) => faults.all)).toEqual(people.map(() => [])));
