import { ulid } from 'ulid';
import type { CheckedName } from '@sandan/shared/reviews/review.words';
import { commitmentsIn } from '../../../test/commitment-journey';
import { inWechat } from '../../../test/content';
import { journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { sweepIn } from '../../../test/sweep-journey';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 内容检查 of what offices write: read at once under their names, hidden where WeChat or a person doubts it. */
let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  server = await startTestServer();
  await server.wechat.judge('靠不住', { suggest: 'review', label: 20003 });
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const drain = () => server.drain(town.townId);
const listed = async (person: PersonName, field: CheckedName) =>
  (await town.as(person).ok('reviews.list', { query: { limit: 100 } })).items.filter((each) => each.field === field);
/** Whoever of the town's desk has it before him. */
async function decide(field: CheckedName, decision: 'show' | 'hide') {
  for (const person of ['townDispatcher', 'townDispatcher2'] as const) {
    const [review] = await listed(person, field);
    if (!review) continue;
    const reason = decision === 'hide' ? { reason: 'insult' as const } : {};
    const body = { actionId: ulid(), decision, version: review.version, ...reason };
    await town.as(person).ok('reviews.decide', { params: { checkId: review.id }, body });
    return drain();
  }
  throw new Error(`${field} waits for nobody`);
}
const complain = (person: PersonName, field: CheckedName, thingId: string, complaintId = ulid()) =>
  town.as(person).call('reviews.complain', {
    params: { complaintId },
    body: { about: { field, thingId }, reason: 'insult' },
  });
const messagesOf = async (person: PersonName) =>
  (await town.as(person).ok('messages.list', {})).items.map(({ title, words }) => `${title} ${words}`).join('\n');

describe('what the desk writes on an order', () => {
  const asked = async (words: string) => {
    const orderId = await village.place({ gridId: town.groups.a1 });
    await village.does('deskLead', 'ask', orderId, { words });
    return orderId;
  };
  const seen = async (person: PersonName, orderId: string) => {
    const { history, question } = await village.read(orderId, person);
    return [history.find(({ action }) => action === 'ask')?.words ?? null, question];
  };

  test('is read at once; in doubt nobody but the desk reads it, on the page or in 消息, until a person shows it', async () => {
    await inWechat(server, town, 'deskLead');
    const orderId = await asked('这人靠不住，是哪一盏？');
    expect(await seen('resident', orderId)).toEqual(Array(2).fill('这人靠不住，是哪一盏？'));
    await drain();
    expect(await seen('resident', orderId)).toEqual([null, null]);
    expect(await messagesOf('resident')).not.toContain('靠不住');
    expect(await seen('deskLead', orderId)).toEqual(Array(2).fill('这人靠不住，是哪一盏？'));
    expect(await messagesOf('deskLead')).toContain('内容正在人工审核');
    await decide('order.officeStep', 'show');
    expect(await seen('resident', orderId)).toEqual(Array(2).fill('这人靠不住，是哪一盏？'));
  });

  test('that WeChat cannot judge, because it was written in a browser, stands and is nothing for the desk', async () => {
    const orderId = await asked('是哪一盏？');
    await drain();
    expect(await seen('resident', orderId)).toEqual(Array(2).fill('是哪一盏？'));
    expect(await listed('townDispatcher', 'order.officeStep')).toEqual([]);
  });

  test('is complained of as a step, as often as the phone sends it, and hidden by a person', async () => {
    const orderId = await asked('是哪一盏？');
    const step = (await village.read(orderId, 'resident')).history.find(({ action }) => action === 'ask')?.id ?? '';
    const complaintId = ulid();
    for (const _again of [1, 2]) expect((await complain('resident', 'order.step', step, complaintId)).status).toBe(200);
    expect((await complain('resident', 'order.step', step)).problem?.code).toBe('complaint.made-already');
    await decide('order.officeStep', 'hide');
    expect(await seen('resident', orderId)).toEqual([null, null]);
  });
});

test('what was said while an order was confidential is checked when it ceases to be', async () => {
  const orderId = await village.place({ gridId: town.groups.a1, confidential: true, words: '家里的事' });
  const fieldsOf = async () => {
    const rows = await server.world.database.reading.query<{ field: string }>(
      'SELECT field FROM content_check WHERE root_id = ? ORDER BY field',
      [orderId],
    );
    return rows.map(({ field }) => field);
  };
  await village.does('deskLead', 'ask', orderId, { words: '方便说吗？' });
  await village.does('resident', 'answer', orderId, { words: '可以说了' });
  expect(await fieldsOf()).toEqual([]);
  await village.does('deskLead', 'accept', orderId, { visibility: 'normal', requesterConsents: true });
  expect(await fieldsOf()).toEqual(['order.officeStep', 'order.step', 'order.words']);
});

test('the title of an order is read while it waits; in doubt it goes from all but the desk, and comes back with a pass', async () => {
  await inWechat(server, town, 'deskLead');
  const orderId = await village.place({ gridId: town.groups.a1 });
  await village.does('deskLead', 'accept', orderId, { visibility: 'open', title: '巷口靠不住', publicSummary: '灯' });
  const taskId = await village.send(orderId);
  const titles = async () => [
    (await village.read(orderId, 'resident')).title,
    (await town.as('member2').ok('tasks.read', { params: { taskId } })).order.title,
    (await town.as('resident').ok('orders.list', { query: { scope: 'mine', q: '靠不住' } })).items.length,
  ];
  expect(await titles()).toEqual(['巷口靠不住', '巷口靠不住', 1]);
  await drain();
  const category = (await village.read(orderId, 'deskLead')).category.name;
  expect(await titles()).toEqual([category, category, 0]);
  expect((await village.read(orderId, 'deskLead')).title).toBe('巷口靠不住');
  expect(await messagesOf('resident')).not.toContain('靠不住');
  await decide('order.summary', 'show');
  expect(await titles()).toEqual(['巷口靠不住', '巷口靠不住', 1]);
});

test('an answer to an opinion on a promise is read at once; in doubt it is hidden beside the opinion, too', async () => {
  await inWechat(server, town, 'secretary');
  const promises = commitmentsIn(server, town);
  const { commitmentId } = await promises.toPublished();
  await promises.does('resident', 'opine', commitmentId, { words: '先装巷口那盏' });
  const read = () => town.as('otherResident').ok('commitments.read', { params: { commitmentId } });
  const { opinions } = await town.as('secretary').ok('commitments.read', { params: { commitmentId } });
  const answer = { opinionId: opinions[0]?.id ?? '', words: '说这话的人靠不住', keepHeld: true };
  await promises.does('secretary', 'answerOpinion', commitmentId, answer);
  expect(JSON.stringify(await read())).toContain('靠不住');
  await drain();
  expect(JSON.stringify(await read())).not.toContain('靠不住');
  expect(await messagesOf('resident')).not.toContain('靠不住');
  await decide('commitment.answer', 'show');
  expect(JSON.stringify(await read())).toContain('靠不住');
});

describe('打擂', () => {
  const setUp = async (title: string) => {
    const showcaseId = ulid();
    const roundId = await commitmentsIn(server, town).openRound();
    await town.as('townDeputy').ok('showcases.set', {
      params: { showcaseId },
      body: {
        ...{ roundId, title, heldOn: '2026-12-20', residentShare: 30, criteria: [{ name: '兑现', weight: 100 }] },
        contestantIds: [town.branches.a, town.branches.b],
        judgeIds: [town.people.inspector.id],
      },
    });
    return showcaseId;
  };
  const seen = async (person: PersonName, showcaseId: string) => {
    const { title, criteria } = await town.as(person).ok('showcases.read', { params: { showcaseId } });
    const { items } = await town.as(person).ok('showcases.list', {});
    return [title, criteria[0]?.name, items[0]?.title];
  };

  test('whose title is doubted is read by its judges and by who holds it; told without it; shown by a person', async () => {
    await inWechat(server, town, 'townDeputy');
    const showcaseId = await setUp('谁最靠不住');
    expect(await seen('resident', showcaseId)).toEqual(['谁最靠不住', '兑现', '谁最靠不住']);
    await drain();
    expect(await seen('resident', showcaseId)).toEqual(['打擂比武', '第 1 项', '打擂比武']);
    expect(await seen('inspector', showcaseId)).toEqual(['谁最靠不住', '兑现', '谁最靠不住']);
    await town.as('townDeputy').ok('showcases.start', { params: { showcaseId }, body: { actionId: ulid() } });
    await drain();
    expect(await messagesOf('inspector')).toContain('“打擂比武”开始打分了');
    const [review] = [...(await listed('townDispatcher', 'showcase.notice'))];
    expect(review).toMatchObject({ words: '谁最靠不住\n兑现', stands: { thing: 'showcase', id: showcaseId } });
    await decide('showcase.notice', 'show');
    expect(await seen('resident', showcaseId)).toEqual(['谁最靠不住', '兑现', '谁最靠不住']);
  });

  test('is complained of by who reads it, not by who wrote it; hidden and reworded it waits for the desk', async () => {
    const showcaseId = await setUp('年终打擂');
    const read = (person: PersonName) => town.as(person).ok('showcases.read', { params: { showcaseId } });
    expect([(await read('resident')).complainable, (await read('townDeputy')).complainable]).toEqual([true, false]);
    expect((await complain('townDeputy', 'showcase.notice', showcaseId)).problem?.code).toBe('complaint.own');
    expect((await complain('resident', 'showcase.notice', showcaseId)).status).toBe(200);
    await decide('showcase.notice', 'hide');
    expect(await messagesOf('resident')).toContain('您投诉的“擂台的名称和标准”已经屏蔽');
    expect((await complain('spouse', 'showcase.notice', showcaseId)).problem?.code).toBe('complaint.not-found');
    const { version: _version, ...plan } = await read('townDeputy');
    await town.as('townDeputy').ok('showcases.change', {
      params: { showcaseId },
      body: {
        ...{ actionId: ulid(), title: '打擂', heldOn: plan.heldOn, criteria: plan.criteria },
        contestantIds: plan.contestants.map(({ organizationId }) => organizationId),
        judgeIds: [town.people.inspector.id],
      },
    });
    expect(await read('resident')).toMatchObject({ title: '打擂比武', held: true, complainable: false });
    await decide('showcase.notice', 'show');
    expect((await read('resident')).title).toBe('打擂');
  });
});

describe('排查', () => {
  test('whose purpose is doubted goes on at the doors without its words, until a person shows it', async () => {
    await inWechat(server, town, 'deskLead');
    const { sweepId, started, read } = sweepIn(server, town);
    await started({ purpose: '看谁靠不住' });
    const round = () => town.as('member').ok('sweeps.round', { params: { sweepId } });
    expect(await round()).toMatchObject({ title: '消防隐患排查', purpose: '看谁靠不住' });
    await drain();
    expect(await round()).toMatchObject({ title: '入户排查', purpose: '正在审核，先不显示。', orderedBy: '正在审核' });
    expect((await round()).targets.length).toBeGreaterThan(0);
    expect((await round()).questions.length).toBeGreaterThan(0);
    expect(await messagesOf('member')).not.toContain('消防隐患排查');
    expect(await read('deskLead')).toMatchObject({ purpose: '看谁靠不住', held: true });
    expect((await town.as('member').ok('sweeps.mine', {})).items).toMatchObject([{ title: '入户排查' }]);
    await decide('sweep.notice', 'show');
    expect(await round()).toMatchObject({ title: '消防隐患排查', purpose: '看谁靠不住', complainable: true });
  });

  test('is complained of by who is sent to the doors, and by nobody else below its desk', async () => {
    const { sweepId, started } = sweepIn(server, town);
    await started();
    expect((await complain('farResident', 'sweep.notice', sweepId)).problem?.code).toBe('complaint.not-found');
    expect((await complain('deskLead', 'sweep.notice', sweepId)).problem?.code).toBe('complaint.own');
    expect((await complain('member', 'sweep.notice', sweepId)).status).toBe(200);
    await decide('sweep.notice', 'hide');
    expect(await town.as('member').ok('sweeps.round', { params: { sweepId } })).toMatchObject({ title: '入户排查' });
  });
});

test('a row of 内容审核 says where it stands to who may open that, and to nobody else', async () => {
  const orderId = await village.place({ gridId: town.groups.a1 });
  await drain();
  for (const person of ['deskLead', 'townDispatcher'] as const) {
    const [review] = await listed(person, 'order.words');
    const mayOpen = (await town.as(person).call('orders.read', { params: { orderId } })).status === 200;
    expect([person, review?.stands ?? null]).toEqual([person, mayOpen ? { thing: 'order', id: orderId } : null]);
  }
  expect((await listed('deskLead', 'order.words'))[0]?.stands).toEqual({ thing: 'order', id: orderId });
});
