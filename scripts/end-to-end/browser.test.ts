import { expect } from '@jest/globals';
import { ulid } from 'ulid';
import { Household } from '../../server/src/rooms/households/household.entity';
import { sweepIn } from '../../server/test/sweep-journey';
import { buildTown, type Town } from '../../server/test/town';
import { buildMiniapp } from '../miniapp.mjs';
import { drawnPhoto } from './drawn-photo';
import { eventually } from './eventually';
import { claim, noteContact } from './pages/claim-task';
import { confirm } from './pages/confirm-order';
import { drawSample, passInspection } from './pages/inspect-order';
import { fileCamera, seesPhoto } from './pages/photos';
import { openForm, sendOrder, sendOrderLater, writeOrder } from './pages/place-order';
import { report } from './pages/report-task';
import { openTab, press, reads } from './pages/screen';
import { chooseLargeType, signInAs } from './pages/sign-in';
import { studyAndOffer } from './pages/study-order';
import { openRound, orderFinding, recordInVain, recordMet, showAll } from './pages/sweep-doors';
import { openVisit, orderFromVisit, writeVisit } from './pages/visit-household';
import { arrive, prepareForDemo, type Device, type Person } from './people';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';

/**
 * The loop through the screens: 群众点单、网格下单、党员接单, in a real browser, on the real server. Four people with a
 * browser each; once in normal type with the desk at a wide screen, once in 长辈版 with everybody at a phone.
 */
let stage: Stage;
let town: Town;

beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  stage = await openStage({ config: { h5Dir } });
}, 180_000);
afterAll(() => stage?.close());

const names = { resident: '王桂英', member: '李晓峰', deskLead: '刘建华', inspector: '郑小兰' } as const;
type Role = keyof typeof names;

/** A town of its own, whose people the sign-in page offers. */
async function openTown(): Promise<void> {
  town = await buildTown(stage.server);
  const keys = Object.fromEntries(Object.keys(names).map((role) => [role, role]));
  await prepareForDemo(stage.server, town, keys);
}

const orderOf = async () => {
  const { items } = await town.as('resident').ok('orders.list', { query: { scope: 'mine' } });
  const [card] = items;
  return town.as('resident').ok('orders.read', { params: { orderId: card?.id ?? '' } });
};

describe.each([
  { type: 'normal', large: false, deskAt: 'desk' },
  { type: 'large', large: true, deskAt: 'phone' },
] as const)('one order all the way round, in $type type', ({ type, large, deskAt }) => {
  const people = {} as Record<Role, Person>;
  const step = storySteps(() => Promise.all(Object.values(people).map((person) => person.lookBroken())));

  const enter = async (role: Role, device: Device = 'phone') => {
    const person = await arrive({ ...stage, device, called: `${type}-${role}` });
    people[role] = person;
    if (large) await chooseLargeType(person.page);
    await person.look('1-sign-in');
    await signInAs(person.page, names[role]);
    return person;
  };

  beforeAll(openTown);
  afterAll(() => Promise.all(Object.values(people).map((person) => person.leave())));

  step('收集: 王桂英 says what is wrong, with a photo', async () => {
    const { page, look } = await enter('resident');
    await look('2-home');
    const camera = fileCamera(await drawnPhoto('#ffeb3b'));
    await writeOrder(page, { category: '路灯不亮', words: '门口的路灯三天不亮了，老人晚上出门摔过。', camera });
    await look('3-place');
    await sendOrder(page);
    await look('4-placed');
    expect(await orderOf()).toMatchObject({ state: 'placed', photos: [expect.anything()] });
  });

  step('研判 and 派单: 刘建华 studies it and offers it to the village, on one screen', async () => {
    const hall = await enter('member');
    await openTab(hall.page, '接单');
    await reads(hall.page, '村里现在没有等人接的单子');
    const { page, look } = await enter('deskLead', deskAt);
    await studyAndOffer(page, { named: '路灯不亮', title: '一组路灯不亮' });
    await look('2-dispatched');
    expect(await orderOf()).toMatchObject({ state: 'dispatched', title: '一组路灯不亮' });
    // Whoever has the hall before him sees it come: nobody has pulled, and nothing was loaded again.
    await reads(hall.page, '一组路灯不亮');
    await hall.look('2-hall');
  });

  step('接单: 李晓峰 claims it in the hall, promises a time, and rings', async () => {
    const { page, look } = people.member;
    await claim(page, '一组路灯不亮', '今天');
    await look('2-task');
    await noteContact(page, '打电话');
    expect(await orderOf()).toMatchObject({ state: 'handling' });
  });

  step('处置: he reports it done, with a photo', async () => {
    const { page, look } = people.member;
    const camera = fileCamera(await drawnPhoto('#fffde7'));
    await report(page, { words: '换了灯泡和线，晚上已经亮了。', camera });
    await look('3-reported');
    expect(await orderOf()).toMatchObject({ state: 'reported' });
    await stage.server.drain(town.townId);
  });

  step('反馈: 王桂英 answers three questions', async () => {
    const { page, look, reopen } = people.resident;
    await reopen();
    await confirm(page, '一组路灯不亮', { stars: '5 星，很满意', words: '很快，谢谢小李' });
    await look('5-confirmed');
    expect(await orderOf()).toMatchObject({ state: 'confirmed', stage: 'done' });
  });

  step('督查: 郑小兰 draws a sample, and passes it', async () => {
    const { page, look } = await enter('inspector', deskAt);
    await drawSample(page);
    await look('2-sample');
    await passInspection(page, '一组路灯不亮', '现场看过，灯亮着。');
    await look('3-passed');
    expect(await orderOf()).toMatchObject({ state: 'archived' });
  });

  test('nothing went wrong on any of their screens', () => {
    expect(Object.entries(people).map(([role, { faults }]) => [role, faults.all])).toEqual(
      Object.keys(people).map((role) => [role, []]),
    );
  });
});

describe('a resident on a bad network', () => {
  let person: Person;
  const step = storySteps(() => person.lookBroken());
  beforeAll(async () => {
    await openTown();
    person = await arrive({ ...stage, called: 'offline-resident' });
    await signInAs(person.page, names.resident);
  });
  afterAll(() => person.leave());

  step('a closed page loses neither words nor photo', async () => {
    const camera = fileCamera(await drawnPhoto('#ffeb3b'));
    await writeOrder(person.page, { category: '垃圾清运', words: '三天没人收了。', camera });
    await person.reopen();
    await openForm(person.page);
    await reads(person.page, '接着上次写的');
    await seesPhoto(person.page);
    await person.look('1-resumed');
  });

  step('without network the order waits with its photo, visibly', async () => {
    await person.setOnline(false);
    await sendOrderLater(person.page);
    await person.look('2-waiting');
    await press(person.page, '回首页');
    await reads(person.page, '垃圾清运：等网络好了自动发出');
  });

  step('when the network is back, it is sent once', async () => {
    await person.setOnline(true);
    await eventually(async () => expect(await orderOf()).toMatchObject({ photos: [expect.anything()] }));
    await person.page.getByText('等网络好了自动发出').waitFor({ state: 'hidden' });
    const { items } = await town.as('resident').ok('orders.list', { query: { scope: 'mine' } });
    expect(items).toHaveLength(1);
  });

  test('nothing went wrong on the screen', () => expect(person.faults.all).toEqual([]));
});

describe('a linked member where there is no network', () => {
  let person: Person;
  const step = storySteps(() => person.lookBroken());
  const visits = async () => (await town.as('member').ok('visits.mine', { query: {} })).items;
  beforeAll(async () => {
    await openTown();
    person = await arrive({ ...stage, called: 'offline-visit' });
    await signInAs(person.page, names.member);
  });
  afterAll(() => person.leave());

  step('走访: he writes down how it was at the door, and it waits, visibly', async () => {
    await openVisit(person.page, /^王\*英家/);
    await person.setOnline(false);
    await writeVisit(person.page, { words: '腿好多了，屋后的沟堵了', need: '房屋水电要修' });
    await reads(person.page, /走访王\*英家.*等网络好了自动发出/);
    await person.look('1-waiting');
    expect(await visits()).toEqual([]);
  });

  step('it sends itself when the network is back, once', async () => {
    await person.setOnline(true);
    await eventually(async () =>
      expect(await visits()).toMatchObject([{ words: '腿好多了，屋后的沟堵了', met: null }]),
    );
  });

  step('and an order grows from it, which knows the visit as the visit knows it', async () => {
    await person.page.getByText('等网络好了自动发出').waitFor({ state: 'hidden' });
    await orderFromVisit(person.page, '水沟、化粪池堵塞', '屋后的沟堵了，要通一通');
    await person.look('2-ordered');
    await stage.server.drain(town.townId);
    const [visit] = await visits();
    expect(visit?.orderIds).toHaveLength(1);
    const { data } = await town.as('member').call('orders.read', { params: { orderId: visit?.orderIds[0] ?? '' } });
    expect(data).toMatchObject({ source: 'visit' });
  });

  test('nothing went wrong on the screen', () => expect(person.faults.all).toEqual([]));
});

describe('a member on a sweep, where there is no network', () => {
  const title = '消防隐患排查';
  const doors = ['12号', '1号', '7号'] as const;
  let person: Person;
  let sweep: ReturnType<typeof sweepIn>;
  const step = storySteps(() => person.lookBroken());
  const standings = async () =>
    Object.fromEntries((await sweep.targets()).map(({ door, state, tries }) => [door, [state, tries]]));

  beforeAll(async () => {
    await openTown();
    const home = { id: ulid(), gridId: town.groups.a1, door: doors[2], isHub: 0 };
    await stage.server.world.database.transaction((db) => db.insert(Household, [home]));
    sweep = sweepIn(stage.server, town);
    await sweep.started();
    const theirs = (await sweep.targets()).filter(({ door }) => doors.some((each) => each === door));
    const split = { targetIds: theirs.map(({ id }) => id), holderId: town.people.member.id };
    expect(await sweep.act('deskLead', 'split', split)).toMatchObject({ state: 'running' });
    person = await arrive({ ...stage, called: 'sweep-member' });
    await signInAs(person.page, names.member);
  });
  afterAll(() => person.leave());

  step('at home he opens the list; on the way it stays, and doors open that he has never opened', async () => {
    await openRound(person.page, title);
    await person.page.waitForLoadState('networkidle');
    await person.setOnline(false);
    await recordMet(person.page, doors[0], { wires: true });
    await recordInVain(person.page, doors[1], '不在家', '邻居说周末回来');
    await recordInVain(person.page, doors[2], '不配合', '说查过了，不让进');
    await reads(person.page, '现在连不上网');
    await showAll(person.page);
    await reads(person.page, '见到了，等网络');
    await person.look('1-waiting');
    expect(await standings()).toMatchObject({ '12号': ['todo', 0], '1号': ['todo', 0], '7号': ['todo', 0] });
  });

  step('closed and opened again out of reach of the server, nothing of it is lost', async () => {
    await person.page.context().route('**/api/**', (route) => route.abort('internetdisconnected'));
    await person.setOnline(true);
    person.faults.expectOffline(true);
    await person.reopen();
    await openRound(person.page, title);
    await showAll(person.page);
    await reads(person.page, '不配合，等网络');
    await person.look('2-opened-again');
  });

  step('back in reach all three are sent, once', async () => {
    await person.page.context().unrouteAll();
    person.faults.expectOffline(false);
    await person.reopen();
    await eventually(async () =>
      expect(await standings()).toMatchObject({ '12号': ['met', 0], '1号': ['notHome', 1], '7号': ['refused', 0] }),
    );
    const visits = await stage.server.world.database.reading.query<{ n: number }>(
      'SELECT COUNT(*) AS n FROM sweep_visit v JOIN sweep_target t ON t.id = v.target_id WHERE t.sweep_id = ?',
      [sweep.sweepId],
    );
    expect(Number(visits[0]?.n)).toBe(3);
  });

  step('the bare wires become an order in one press', async () => {
    await openRound(person.page, title);
    await orderFinding(person.page, doors[0], '电线老化或私拉乱接？');
    await person.look('3-ordered');
    await eventually(async () =>
      expect(await sweep.targets({ findings: true })).toMatchObject([{ door: '12号', findings: 1 }]),
    );
    const { items } = await town.as('deskLead').ok('orders.list', { query: { scope: 'desk' } });
    expect(items).toMatchObject([{ category: { id: 'hazard' } }]);
  });

  test('nothing went wrong on the screen', () => expect(person.faults.all).toEqual([]));
});
