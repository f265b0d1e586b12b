import { ulid } from 'ulid';
import { journeyIn, days, hours, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 组队 and 增援 (domain.md §3.4): seats are taken one by one, started short, given back, reported by who leads; others assist. */
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

const team = (seats: number, minSeats = seats) => ({ mode: 'team', seats, minSeats }) as const;
const field = { categoryId: 'farmHands', words: '要抢收' };
const join = async (taskId: string, ...people: PersonName[]) => {
  for (const who of people) await village.claim(taskId, who);
};
const cannotJoin = (who: PersonName, taskId: string) =>
  village.cannotTask(who, 'claim', taskId, { promisedAt: village.inHours(5) });
const give = (taskId: string, who: PersonName) => village.doesTask(who, 'giveBack', taskId, { reason: 'timeConflict' });

test('offered until the last seat is taken, then in hand; one person, one seat', async () => {
  const { orderId, taskId } = await village.toDispatched(team(3), field);
  await join(taskId, 'member', 'member2');
  expect(await cannotJoin('member2', taskId)).toBe('task.already-claimed');
  expect(await village.read(orderId)).toMatchObject({ state: 'dispatched', tasks: [{ state: 'offered', taken: 2 }] });
  expect(await village.claim(taskId, 'member3')).toMatchObject({ state: 'claimed', orderState: 'handling' });
  expect(await cannotJoin('electrician', taskId)).toBe('task.full');
});

test('started short by who leads or by the desk, but not below what was asked for', async () => {
  const { taskId } = await village.toDispatched(team(5, 2), field);
  await join(taskId, 'member');
  expect(await village.cannotTask('deskLead', 'start', taskId, {})).toBe('task.too-few');
  await join(taskId, 'member2');
  expect(await village.cannotTask('member2', 'start', taskId, {})).toBe('access.forbidden');
  expect(await village.doesTask('member', 'start', taskId, {})).toMatchObject({
    state: 'claimed',
    orderState: 'handling',
  });
  expect(await village.readTask(taskId)).toMatchObject({ places: 2, taken: 2, handleDueAt: expect.any(String) });
});

test('a seat given back before the start is free again, and the limit to gather does not start anew', async () => {
  const { taskId } = await village.toDispatched(team(3), field);
  await join(taskId, 'member', 'member2');
  const { claimDueAt } = await village.readTask(taskId);
  server.clock.advance(hours / 2);
  await give(taskId, 'member');
  expect(await village.readTask(taskId)).toMatchObject({ state: 'offered', taken: 1, claimDueAt });
  await join(taskId, 'member3', 'electrician');
  expect(await village.readTask(taskId)).toMatchObject({ state: 'claimed', taken: 3 });
});

test('one leaves at work: who is left goes on while they are enough, and somebody leads', async () => {
  const { orderId, taskId } = await village.toDispatched(team(3, 2), field);
  await join(taskId, 'member', 'member2', 'member3');
  expect(await give(taskId, 'member')).toMatchObject({ state: 'claimed', orderState: 'handling' });
  expect(await give(taskId, 'member2')).toMatchObject({ state: 'offered', orderState: 'dispatched' });
  expect(await village.readTask(taskId)).toMatchObject({ taken: 1, claimDueAt: expect.any(String), handleDueAt: null });
  await join(taskId, 'electrician', 'groupLead');
  await village.doesTask('member3', 'report', taskId, { ...village.solved, absentIds: [] });
  expect((await village.read(orderId)).state).toBe('reported');
});

test('who leads reports, and says of each whether he came', async () => {
  const { taskId } = await village.toDispatched(team(3), field);
  await join(taskId, 'member', 'member2', 'member3');
  expect(await village.cannotTask('member2', 'report', taskId, village.solved)).toBe('access.forbidden');
  expect(await village.cannotTask('member', 'report', taskId, village.solved)).toBe('task.presence-needed');
  await village.doesTask('member', 'report', taskId, { ...village.solved, absentIds: [town.people.member3.id] });
  const { seats } = await village.readTask(taskId);
  expect(Object.fromEntries(seats.map(({ name, state }) => [name, state]))).toEqual({
    李晓峰: 'reported',
    张建平: 'reported',
    罗秋月: 'absent',
  });
});

test('of a team only who leads hands over, and his own seat it is', async () => {
  const { taskId } = await village.toDispatched(team(2), field);
  await join(taskId, 'member', 'member2');
  const to = { toPersonId: town.people.member3.id };
  expect(await village.cannotTask('member2', 'handOver', taskId, to)).toBe('access.forbidden');
  await village.doesTask('member', 'handOver', taskId, to);
  await village.doesTask('member3', 'agreeHandOver', taskId, {});
  const { seats } = await village.readTask(taskId);
  expect(Object.fromEntries(seats.map(({ name, state }) => [name, state]))).toEqual({
    李晓峰: 'handedOver',
    张建平: 'taken',
    罗秋月: 'taken',
  });
});

test('a team that stays short is the desk’s to decide: it neither goes to one person alone nor away', async () => {
  const { orderId, taskId } = await village.toDispatched(team(5, 3), { categoryId: 'disaster', words: '要转移' });
  await join(taskId, 'member', 'member2');
  await village.wait(hours);
  expect(await village.readTask(taskId)).toMatchObject({ state: 'offered', mode: 'team', taken: 2 });
  await village.wait(days);
  const { items } = await town.as('deskLead').ok('messages.list', {});
  expect(items.map(({ title }) => title)).toContain('超时了');
  await village.doesTask('deskLead', 'cancel', taskId, { words: '人不够，另想办法' });
  expect(await village.readTask(taskId)).toMatchObject({
    state: 'cancelled',
    seats: [{ state: 'released' }, { state: 'released' }],
  });
  expect((await village.read(orderId)).state).toBe('accepted');
});

describe('who assists', () => {
  const assisted = async () => {
    const { orderId, taskId } = await village.toClaimed('member2', { categoryId: 'roadDamage', words: '路坏了' });
    const assisting = await village.send(orderId, { required: false });
    await village.claim(assisting, 'member3');
    return { orderId, taskId, assisting };
  };
  const clockRuns = async (taskId: string) => expect((await village.readTask(taskId)).handleDueAt).not.toBeNull();

  test('goes on while the order is sent back, comes back, is asked about and passed up; his clock with him', async () => {
    const { orderId, taskId, assisting } = await assisted();
    await village.report(taskId);
    await village.does('deskLead', 'sendBack', orderId, { words: '没填平' });
    await clockRuns(assisting);
    await village.doesTask('deskLead', 'cancel', taskId, { words: '换人' });
    expect((await village.read(orderId)).state).toBe('accepted');
    await village.does('deskLead', 'ask', orderId, { words: '还有哪里坏了?' });
    await village.does('resident', 'answer', orderId, { words: '就这里' });
    await clockRuns(assisting);
    await village.does('deskLead', 'escalate', orderId, { words: '村里没有材料' });
    await clockRuns(assisting);
  });

  test('until it is looked into from above: then his part is over', async () => {
    const { orderId, taskId } = await village.toReported();
    for (const _ of [1, 2]) {
      await village.does('resident', 'reopen', orderId, { words: '还没好' });
      const again = await village.send(orderId);
      await village.claim(again);
      const assisting = await village.send(orderId, { required: false });
      await village.claim(assisting, 'member3');
      await village.report(again);
    }
    await village.does('resident', 'appealUp', orderId, { words: '还没好' });
    const { tasks } = await village.read(orderId);
    expect(tasks.filter(({ state }) => state === 'claimed')).toEqual([]);
    expect(tasks.map(({ id }) => id)).toContain(taskId);
  });

  test('nothing is given to others of an order that is over', async () => {
    const { orderId, taskId } = await village.toDispatched({ mode: 'assigned', assigneeId: town.people.member.id });
    await village.doesTask('member', 'giveBack', taskId, { reason: 'tooFar' });
    await village.does('resident', 'withdraw', orderId, {});
    const change = { toPersonId: town.people.member3.id, newTaskId: ulid(), words: '请他去' };
    expect(await village.cannotTask('deskLead', 'reassign', taskId, change)).toBe('task.wrong-state');
    expect(await village.cannotTask('deskLead', 'waive', taskId, { words: '不用了' })).toBe('task.wrong-state');
  });
});
