import { expect } from '@jest/globals';
import { ulid } from 'ulid';
import { commitmentsIn } from '../../server/test/commitment-journey';
import { buildTown, type Town } from '../../server/test/town';
import type { PersonName } from '../../server/test/town-cast';
import { buildMiniapp } from '../miniapp.mjs';
import { eventually } from './eventually';
import { giveMarks, openScoring, writeMarks } from './pages/score-showcase';
import { press, reads } from './pages/screen';
import { chooseLargeType, signInAs } from './pages/sign-in';
import { arrive, prepareForDemo, type Device, type Person } from './people';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';

/** 打擂比武 through the screens: a judge with his phone, the wall of the hall, two leaders who stand for the result. */
let stage: Stage;
let town: Town;
let showcaseId: string;

beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  stage = await openStage({ config: { h5Dir } });
}, 180_000);
afterAll(() => stage?.close());

const names = { inspector: '郑小兰', townDeputy: '沈丽萍', townSecretary: '江海涛' } as const;
type Role = keyof typeof names;

/** A town in which a showcase of two villages has just begun; 郑小兰 is one of three judges. */
async function openShowcase(): Promise<void> {
  town = await buildTown(stage.server);
  await prepareForDemo(stage.server, town, {
    inspector: 'inspector',
    townDeputy: 'townDeputy',
    townSecretary: 'townSecretary',
  });
  showcaseId = ulid();
  const params = { showcaseId };
  const roundId = await commitmentsIn(stage.server, town).toDrafting();
  const judges: PersonName[] = ['inspector', 'inspector2', 'townDispatcher'];
  const body = {
    ...{ roundId, title: '年终打擂比武', heldOn: '2026-12-20', residentShare: 30 },
    criteria: [
      { name: '兑现', weight: 70 },
      { name: '讲述', weight: 30 },
    ],
    contestantIds: [town.branches.a, town.branches.b],
    judgeIds: judges.map((name) => town.people[name].id),
  };
  await town.as('townDeputy').ok('showcases.set', { params, body });
  await town.as('townDeputy').ok('showcases.start', { params, body: { actionId: ulid() } });
}

const seenBy = (person: PersonName) => town.as(person).ok('showcases.read', { params: { showcaseId } });
const scoreByPhone = async (person: PersonName, organizationId: string, ...marks: number[]) =>
  town.as(person).ok('showcases.score', { params: { showcaseId }, body: { actionId: ulid(), organizationId, marks } });

describe.each([
  { type: 'normal', large: false },
  { type: 'large', large: true },
] as const)('打擂比武, in $type type', ({ type, large }) => {
  const people = {} as Record<Role, Person>;
  const step = storySteps(() => Promise.all(Object.values(people).map((person) => person.lookBroken())));
  const enter = async (role: Role, device: Device) => {
    const person = await arrive({ ...stage, device, called: `showcase-${type}-${role}` });
    people[role] = person;
    if (large) await chooseLargeType(person.page);
    await signInAs(person.page, names[role]);
    return person;
  };
  beforeAll(openShowcase);
  afterAll(() => Promise.all(Object.values(people).map((person) => person.leave())));

  step('the wall of the hall shows who is how far, and no marks', async () => {
    const { page, look } = await enter('townDeputy', 'desk');
    await page.goto(`${stage.server.url}/#/packages/showcase/pages/showcase-hall/index?showcaseId=${showcaseId}`);
    await reads(page, '0 / 3');
    await reads(page, '位评委评完了');
    await look('1-hall-scoring');
  });

  step('a judge finds it on the home page and scores one village on the phone', async () => {
    const { page, look } = await enter('inspector', 'phone');
    await openScoring(page);
    await look('1-showcase');
    await writeMarks(page, '碧塘村党支部', { 兑现: '90', 讲述: '80' });
    await look('2-marks');
    await giveMarks(page);
    await reads(page, '兑现 90，讲述 80');
    expect((await seenBy('inspector')).contestants[0]).toMatchObject({ myMarks: [90, 80], judges: 1 });
  });

  step('without network the marks wait on the phone, and are given once when it is back', async () => {
    const { page, setOnline, look } = people.inspector;
    await writeMarks(page, '石岭村党支部', { 兑现: '70', 讲述: '75' });
    await setOnline(false);
    await giveMarks(page);
    await reads(page, '分打好了，等网络好了自动交');
    await look('3-waiting');
    await setOnline(true);
    await eventually(async () =>
      expect((await seenBy('inspector')).contestants[1]).toMatchObject({ myMarks: [70, 75], judges: 1 }),
    );
    await reads(page, '都评完了，谢谢您');
    await reads(people.townDeputy.page, '1 / 3');
  });

  step('the scoring ends, and the wall shows the places by itself', async () => {
    const { page, look } = people.townDeputy;
    const others: PersonName[] = ['inspector2', 'townDispatcher'];
    for (const judge of others) {
      await scoreByPhone(judge, town.branches.a, 80, 80);
      await scoreByPhone(judge, town.branches.b, 90, 90);
    }
    await reads(page, '3 / 3');
    await town.as('townDeputy').ok('showcases.finish', { params: { showcaseId }, body: { actionId: ulid() } });
    const places = page.getByRole('list', { name: '名次', exact: true }).getByRole('listitem');
    await places.first().waitFor();
    expect((await places.allInnerTexts()).map((each) => each.split('\n').at(0))).toEqual(['1', '2']);
    expect(await places.first().innerText()).toContain('石岭村党支部');
    expect(await places.first().innerText()).toContain('83.83');
    await look('2-hall-places');
  });

  step('the secretary signs, and it stands', async () => {
    const { page, look } = await enter('townSecretary', 'phone');
    await page.goto(`${stage.server.url}/#/packages/showcase/pages/showcase/index?showcaseId=${showcaseId}`);
    await press(page, '签字定榜');
    await page.getByRole('alertdialog').getByRole('button', { name: '签字定榜', exact: true }).click();
    await reads(page, /江海涛 .*签字，名次不再改动。/);
    await look('1-signed');
    await reads(people.townDeputy.page, /江海涛 .*签字/);
    expect(await seenBy('resident')).toMatchObject({ state: 'signed', signedBy: '江海涛' });
  });

  test('nothing went wrong on any of their screens', () => {
    expect(Object.entries(people).map(([role, { faults }]) => [role, faults.all])).toEqual(
      Object.keys(people).map((role) => [role, []]),
    );
  });
});
