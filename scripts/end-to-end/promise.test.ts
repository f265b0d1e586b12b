import { expect } from '@jest/globals';
import { chinaYear } from '@sandan/shared/china-time';
import { commitmentsIn } from '../../server/test/commitment-journey';
import { buildTown, type Town } from '../../server/test/town';
import { buildMiniapp } from '../miniapp.mjs';
import { drawnPhoto } from './drawn-photo';
import { fileCamera } from './pages/photos';
import * as promise from './pages/promise';
import { openTab, press, reads } from './pages/screen';
import { chooseLargeType, signInAs } from './pages/sign-in';
import { arrive, prepareForDemo, type Device, type Person } from './people';
import { placesOf } from './places-of';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';

/**
 * 双向承诺 through the screens: a member promises, his secretary approves and publishes, the village reads it, says
 * something and is answered, it is kept, accepted and rated. Once in normal type with the secretary at a wide screen, once
 * in 长辈版 with everybody at a phone.
 */
let stage: Stage;
let town: Town;
let roundId: string;

beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  stage = await openStage({ config: { h5Dir } });
}, 180_000);
afterAll(() => stage?.close());

const names = { resident: '王桂英', member: '李晓峰', secretary: '何国栋' } as const;
type Role = keyof typeof names;
const title = '装 4 盏路灯';

const deed = async () => {
  const { items } = await town.as('member').ok('commitments.list', { query: { scope: 'mine' } });
  const [card] = items;
  return town.as('resident').call('commitments.read', { params: { commitmentId: card?.id ?? '' } });
};
const stateNow = async () => (await deed()).data?.state;

describe.each([
  { type: 'normal', large: false, secretaryAt: 'desk' },
  { type: 'large', large: true, secretaryAt: 'phone' },
] as const)('one promise all the way round, in $type type', ({ type, large, secretaryAt }) => {
  const people = {} as Record<Role, Person>;
  const step = storySteps(() => Promise.all(Object.values(people).map((person) => person.lookBroken())));

  const enter = async (role: Role, device: Device = 'phone') => {
    const person = await arrive({ ...stage, device, called: `promise-${type}-${role}` });
    people[role] = person;
    if (large) await chooseLargeType(person.page);
    await signInAs(person.page, names[role]);
    return person;
  };

  beforeAll(async () => {
    town = await buildTown(stage.server);
    await prepareForDemo(stage.server, town, { resident: 'resident', member: 'member', secretary: 'secretary' });
    roundId = await commitmentsIn(stage.server, town).toDrafting();
  });
  afterAll(() => Promise.all(Object.values(people).map((person) => person.leave())));

  step('拟诺、报审: 李晓峰 promises four lamps by a day, and hands it in', async () => {
    const { page, look } = await enter('member');
    const deadline = `${chinaYear(stage.server.clock.now())}-12-15`;
    const words = '12 月 15 日前在一组巷口装 4 盏太阳能路灯';
    await promise.writePromise(page, { title, words, quantity: '4', unit: '盏', deadline, field: '照明用电' });
    await look('1-draft');
    await promise.handIn(page);
    await look('2-submitted');
    expect((await deed()).problem?.code).toBe('commitment.not-found'); // nobody else reads it yet
  });

  step('审诺、亮诺: 何国栋 approves what waits, and publishes it, each in one press', async () => {
    const { page, look } = await enter('secretary', secretaryAt);
    await promise.approveAndPublishAll(page);
    await look('1-published');
    expect(await stateNow()).toBe('published');
  });

  step('公示: 王桂英 finds it on the wall and says where the first lamp is needed', async () => {
    const { page, look } = await enter('resident');
    await promise.openOnWall(page, title);
    await look('1-on-the-wall');
    await promise.sayOpinion(page, '先装巷口拐弯那盏，那里最黑');
    await look('2-opinion');
  });

  step('答复: 何国栋 answers her in public', async () => {
    const { page, look, reopen } = people.secretary;
    await reopen();
    await promise.openOnWall(page, title);
    await promise.answerOpinion(page, '好，从拐弯那盏装起');
    await look('2-answered');
  });

  step('兑现: 李晓峰 shows the lamps, with a photo', async () => {
    await underWay();
    const { page, look } = people.member;
    await page.reload();
    const camera = fileCamera(await drawnPhoto('#fffde7'));
    await promise.keepPromise(page, { words: '四盏都亮了，线也埋好了', unit: '盏', quantity: '4', camera });
    await look('3-delivered');
    expect(await stateNow()).toBe('delivered');
  });

  step('验收: 何国栋 accepts it from his queue', async () => {
    const { page, look, reopen } = people.secretary;
    await reopen();
    await openTab(page, '工作台');
    await press(page, /^审诺亮诺(，\d+ 件)?$/);
    const placed = await placesOf(page, '.sheet__foot .button--main');
    await promise.openAcceptance(page, title);
    // Whoever is quick presses it where he first sees it.
    expect(await placed()).toHaveLength(1);
    await promise.acceptPromise(page);
    await look('3-accepted');
    expect(await stateNow()).toBe('accepted');
  });

  step('评诺: 王桂英 is asked how it was done, and gives five stars', async () => {
    const { page, look, reopen } = people.resident;
    await reopen();
    await promise.openOnWall(page, title);
    await promise.ratePromise(page, '5 星，很满意');
    await look('3-rated');
    expect((await deed()).data?.rating).toMatchObject({ raters: 1, mine: 5, stars: null });
  });

  step('without network the wall says so, and pressing again brings it', async () => {
    const { page, setOnline, look, reopen } = people.resident;
    await reopen();
    await openTab(page, '我的');
    await page.getByRole('button', { name: /^承诺墙/ }).waitFor(); // else the page itself could not be fetched
    await setOnline(false);
    await press(page, /^承诺墙/);
    await reads(page, '现在连不上网');
    await look('4-offline');
    await setOnline(true);
    await press(page, '再试一次');
    await reads(page, title);
  });

  test('nothing went wrong on any of their screens', () => {
    expect(Object.entries(people).map(([role, { faults }]) => [role, faults.all])).toEqual(
      Object.keys(people).map((role) => [role, []]),
    );
  });

  async function underWay(): Promise<void> {
    const village = commitmentsIn(stage.server, town);
    await village.moves('townSecretary', 'startReview', roundId);
    await village.moves('townSecretary', 'begin', roundId);
  }
});
