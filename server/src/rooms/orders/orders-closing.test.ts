import { journeyIn, days, hours, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 反馈 (domain.md §3.2): verified, answered, called back, opened again, looked into from above, withdrawn. */
let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const words = { words: '还没修好' };
const unsolved = { contacted: true, solved: false, stars: 2 };
const call = { method: 'phone', spokeTo: '王桂英' } as const;

/** A category that the desk looks at before the resident is asked. */
const toChecking = async () => {
  const out = await village.toReported({}, { categoryId: 'roadDamage', words: '路坏了' });
  expect((await village.read(out.orderId)).state).toBe('checking');
  return out;
};
/** Round after round until the resident has said 没办好 twice. */
const reopenedTwice = async (): Promise<string> => {
  const { orderId } = await village.toReported();
  for (const _ of [1, 2]) {
    await village.does('resident', 'reopen', orderId, words);
    const taskId = await village.send(orderId);
    await village.claim(taskId);
    await village.report(taskId);
  }
  return orderId;
};

describe('核实 and 退回重办', () => {
  test('the desk verifies, but nobody his own work; then the level above does', async () => {
    const { orderId } = await toChecking();
    expect(await village.does('deskLead', 'verify', orderId, {})).toMatchObject({ state: 'reported' });

    const own = await village.toDispatched(
      { mode: 'assigned', assigneeId: town.people.deskLead.id },
      { categoryId: 'roadDamage' },
    );
    await village.claim(own.taskId, 'deskLead');
    await village.report(own.taskId, 'deskLead');
    expect(await village.cannot('deskLead', 'verify', own.orderId, {})).toBe('order.verifier-handled');
    await village.does('townDispatcher', 'verify', own.orderId, {});
  });

  test('sent back, the task is in hand again with half the limit', async () => {
    const { orderId, taskId } = await toChecking();
    expect(await village.does('deskLead', 'sendBack', orderId, words)).toMatchObject({ state: 'handling' });
    // 10 working days halved: five from Tuesday morning, 20 September being a workday.
    expect(await village.readTask(taskId)).toMatchObject({
      ...{ state: 'claimed', outcome: null, reportedAt: null, handleDueAt: '2026-09-21T01:00:00.000Z' },
      seats: [{ state: 'taken' }],
    });
    await village.report(taskId);
  });

  test('not after the resident has answered', async () => {
    const { orderId } = await village.toConfirmed();
    expect(await village.cannot('deskLead', 'sendBack', orderId, words)).toBe('order.wrong-state');
  });
});

describe('the three questions', () => {
  test('contacted, solved, content: kept apart, and the handlers are told', async () => {
    const { orderId } = await village.toReported();
    await village.does('resident', 'confirm', orderId, {
      contacted: false,
      solved: true,
      stars: 4,
      words: '没人打电话',
    });
    const { answers, closedHow } = await village.read(orderId, 'deskLead');
    expect(answers).toMatchObject([{ contacted: false, solved: true, stars: 4, decides: true }]);
    expect(closedHow).toBe('self');
    await village.drain();
    const { items } = await town.as('member2').ok('messages.list', {});
    expect(items.map(({ title }) => title)).toContain('群众答复了');
  });

  test('"not solved" is no yes: she is asked to say 没办好 — unless nobody claimed that it was', async () => {
    const solved = await village.toReported();
    expect(await village.cannot('resident', 'confirm', solved.orderId, unsolved)).toBe('order.say-reopen');
    const explained = await village.toReported({ outcome: 'explained', words: '这里不归村里修' });
    expect(await village.does('resident', 'confirm', explained.orderId, unsolved)).toMatchObject({
      state: 'confirmed',
    });
  });

  test('once each; not by who handled it', async () => {
    const { orderId } = await village.toConfirmed();
    expect(await village.cannot('resident', 'confirm', orderId, village.content)).toBe('order.answered-already');
    expect(await village.cannot('member2', 'confirm', orderId, village.content)).toBe('access.forbidden');
  });

  test('also after it was closed by silence', async () => {
    const { orderId } = await village.toReported();
    await village.wait(7 * days + hours);
    expect((await village.read(orderId)).state).toBe('unanswered');
    expect(await village.does('resident', 'confirm', orderId, village.content)).toMatchObject({ state: 'confirmed' });
  });
});

describe('回访代录', () => {
  test('desk, hub keeper and liaison write down what they heard; who handled it does not', async () => {
    for (const who of ['deskLead', 'hubKeeper', 'liaison'] as const) {
      const { orderId } = await village.toReported();
      await village.does(who, 'recordCallback', orderId, { ...village.content, ...call });
      expect(await village.read(orderId)).toMatchObject({ state: 'confirmed', closedHow: 'callback' });
    }
    const own = await village.toClaimed('hubKeeper');
    await village.report(own.taskId, 'hubKeeper');
    expect(await village.cannot('hubKeeper', 'recordCallback', own.orderId, { ...village.content, ...call })).toBe(
      'order.verifier-handled',
    );
  });

  test('a "no" by phone goes on as 没办好, twice to a new round, then to the level above', async () => {
    const { orderId } = await village.toReported();
    const no = { ...unsolved, ...call, words: '还是不亮', reopen: true };
    expect(await village.cannot('hubKeeper', 'recordCallback', orderId, { ...no, reopen: false })).toBe(
      'order.say-reopen',
    );
    for (const round of [2, 3]) {
      expect(await village.does('hubKeeper', 'recordCallback', orderId, no)).toMatchObject({ state: 'accepted' });
      expect(await village.read(orderId)).toMatchObject({ round, reopens: round - 1, outcome: null });
      const taskId = await village.send(orderId);
      await village.claim(taskId);
      await village.report(taskId);
    }
    expect(await village.does('hubKeeper', 'recordCallback', orderId, no)).toMatchObject({ state: 'inReview' });
    expect((await village.read(orderId)).desk.gridId).toBe(town.townId);
  });
});

describe('没办好', () => {
  test('a new round: what was done is overturned and stays in the story, the clock to dispatch runs', async () => {
    const { orderId, taskId } = await village.toConfirmed();
    expect(await village.does('resident', 'reopen', orderId, words)).toMatchObject({ state: 'accepted' });
    const order = await village.read(orderId, 'deskLead');
    expect(order).toMatchObject({ round: 2, reopens: 1, closedAt: null, outcome: null, dueAt: expect.any(String) });
    expect(order.tasks).toMatchObject([{ id: taskId, state: 'done', overturned: true, allows: [] }]);
  });

  test('nobody keeps a task of the round before', async () => {
    const { orderId, taskId } = await village.toClaimed();
    const assisting = await village.send(orderId, { required: false });
    await village.claim(assisting, 'member3');
    await village.report(taskId);
    await village.does('resident', 'reopen', orderId, words);
    expect(await village.readTask(assisting)).toMatchObject({ state: 'cancelled', seats: [{ state: 'released' }] });
  });

  test('within fifteen days; later it is a new order that follows this one', async () => {
    const { orderId } = await village.toConfirmed();
    server.clock.advance(15 * days + hours);
    expect(await village.cannot('resident', 'reopen', orderId, words)).toBe('order.reopen-over');
    const again = await village.place({ followsId: orderId });
    expect((await village.read(again)).followsId).toBe(orderId);
  });

  test('twice; the third wish is looked into by the level above, not earlier', async () => {
    const { orderId: early } = await village.toReported();
    expect(await village.cannot('resident', 'appealUp', early, words)).toBe('order.wrong-state');
    const orderId = await reopenedTwice();
    expect(await village.cannot('resident', 'reopen', orderId, words)).toBe('order.reopened-twice');
    expect(await village.does('resident', 'appealUp', orderId, words)).toMatchObject({ state: 'inReview' });
    expect((await village.read(orderId)).desk.gridId).toBe(town.townId);
  });

  test('what is on the town’s desk already is looked into there', async () => {
    const orderId = await reopenedTwice();
    await village.does('resident', 'appealUp', orderId, words);
    await village.does('inspector', 'orderRedo', orderId, words);
    expect(await village.read(orderId)).toMatchObject({ state: 'accepted', round: 4, reopens: 2 });
    const taskId = await village.send(orderId, {}, 'townDispatcher');
    await village.claim(taskId);
    await village.report(taskId);
    // 上级已核查: the last word; she still says how content she is.
    expect(await village.cannot('resident', 'reopen', orderId, words)).toBe('order.ruled');
    expect(await village.cannot('resident', 'appealUp', orderId, words)).toBe('order.ruled');
    await village.does('resident', 'confirm', orderId, village.content);
  });

  test('核查办结 closes it for good, not solved unless she agrees; not by who handled it', async () => {
    const orderId = await reopenedTwice();
    await village.does('resident', 'appealUp', orderId, words);
    const verdict = { words: '灯由供电所更换，已排期', outcome: 'planned' } as const;
    expect(await village.cannot('deskLead', 'closeReview', orderId, verdict)).toBe('access.forbidden');
    expect(await village.does('inspector', 'closeReview', orderId, verdict)).toMatchObject({
      state: 'archived',
      allows: [],
    });
    expect(await village.read(orderId)).toMatchObject({ closedHow: 'review', outcome: 'planned' });
  });
});

describe('after 提级核查', () => {
  /** Looked into from above, done once more and reported again, by whoever claims it for the town. */
  const toRuled = async (): Promise<string> => {
    const orderId = await reopenedTwice();
    await village.does('resident', 'appealUp', orderId, words);
    await village.does('inspector', 'orderRedo', orderId, words);
    const taskId = await village.send(orderId, {}, 'townDispatcher');
    await village.claim(taskId);
    await village.report(taskId);
    return orderId;
  };

  test('her "not solved" is her last word: it closes, counts as not solved, and the town hears it', async () => {
    const orderId = await toRuled();
    expect(await village.read(orderId, 'resident')).toMatchObject({ outcome: 'solved', ruled: true });
    const said = { ...unsolved, words: '换了灯泡还是不亮' };
    expect(await village.does('resident', 'confirm', orderId, said)).toMatchObject({ state: 'confirmed' });
    expect(await village.read(orderId)).toMatchObject({
      closedHow: 'self',
      answers: [{ solved: false, words: said.words, decides: true }],
    });
    await village.drain();
    const { items } = await town.as('townDispatcher').ok('messages.list', {});
    expect(items.map(({ title }) => title)).toContain('核查后群众还说没办好');
    const { resolutionRate } = await town.as('townDispatcher').ok('boards.figures', {});
    expect(resolutionRate).toMatchObject({ part: 0, of: 1 });
  });

  test('so it is by phone: nothing is done again, and what she says is written down', async () => {
    const orderId = await toRuled();
    const no = { ...unsolved, ...call, words: '还是不亮' };
    expect(await village.cannot('hubKeeper', 'recordCallback', orderId, { ...no, reopen: true })).toBe('order.ruled');
    expect(await village.does('hubKeeper', 'recordCallback', orderId, no)).toMatchObject({ state: 'confirmed' });
    expect(await village.read(orderId)).toMatchObject({
      closedHow: 'callback',
      answers: [{ solved: false, method: 'callback', decides: true }],
    });
  });

  test('also too late for another round, and not yet archived, a "not solved" is kept', async () => {
    const { orderId } = await village.toReported();
    await village.wait(7 * days + hours);
    server.clock.advance(15 * days + hours);
    const { state, allows } = await village.read(orderId, 'resident');
    expect([state, allows]).toEqual(['unanswered', ['confirm', 'protect']]);
    expect(await village.does('resident', 'confirm', orderId, unsolved)).toMatchObject({ state: 'confirmed' });
  });
});

describe('撤单', () => {
  test('by herself until somebody has it in hand; then by the desk, who tells the holder', async () => {
    const { orderId, taskId } = await village.toDispatched();
    expect(await village.does('resident', 'withdraw', orderId, {})).toMatchObject({ state: 'withdrawn' });
    expect(await village.readTask(taskId, 'deskLead')).toMatchObject({ state: 'cancelled' });

    const claimed = await village.toClaimed();
    expect(await village.cannot('resident', 'withdraw', claimed.orderId, {})).toBe('order.withdraw-ask-desk');
    await village.does('deskLead', 'withdraw', claimed.orderId, { words: '她打电话说不用了' });
    expect(await village.readTask(claimed.taskId)).toMatchObject({
      state: 'cancelled',
      seats: [{ state: 'released' }],
    });
    await village.drain();
    const { items } = await town.as('member2').ok('messages.list', {});
    expect(items.map(({ title }) => title)).toEqual(expect.arrayContaining(['任务取消了']));
  });

  test('a danger does not go away with it: the desk goes on under its own name', async () => {
    const orderId = await village.place({ categoryId: 'hazard', words: '墙要塌了', noticeRead: true });
    await village.does('resident', 'withdraw', orderId, {});
    const { items } = await town.as('deskLead').ok('orders.list', { query: { scope: 'desk', status: 'placed' } });
    expect(items).toMatchObject([{ category: { id: 'hazard' }, urgency: 'emergency', requester: null }]);
    await village.does('deskLead', 'accept', items[0]?.id ?? '', {});
  });
});
