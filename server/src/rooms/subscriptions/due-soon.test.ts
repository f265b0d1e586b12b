import { hours, journeyIn, type Journey } from '../../../test/journey';
import { templatesInUse } from '../../../test/message-templates';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { fakeSending, subscribingIn, type Subscribing } from '../../../test/subscribing';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 快到期 reaches whoever has the task in the last quarter of its time, once. */
let server: TestServer;
let town: Town;
let village: Journey;
let people: Subscribing;
let wechat: ReturnType<typeof fakeSending>;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  wechat = fakeSending();
  server.world.wechat.sendMessage = wechat.sendMessage;
  town = await buildTown(server);
  village = journeyIn(server, town);
  people = subscribingIn(server, town);
  await templatesInUse(server, town);
});

const remindersTo = async (name: PersonName) => {
  const { items } = await town.as(name).ok('messages.list', { query: { limit: 100 } });
  return items.filter(({ title }) => title === '时间过半').length;
};
const cardsTo = (openid: string) =>
  wechat.sent.filter((sent) => sent.openid === openid && sent.values['phrase2'] === '快到期了').length;
const dueOf = async (orderId: string) => Date.parse(String((await village.read(orderId)).dueAt));

/** Claimed by member2, when it is due, and how long until he is reminded. */
async function inHand() {
  const { orderId, taskId } = await village.toClaimed();
  await village.doesTask('member2', 'contact', taskId, { method: 'phone' });
  const [clock] = await people.reading<{ at: Date }>(
    "SELECT next_at AS at FROM due_work WHERE thing_id = ? AND kind = 'handle'",
    taskId,
  );
  if (!clock) throw new Error('no clock');
  return { orderId, taskId, due: await dueOf(orderId), half: clock.at.getTime() - server.clock.now() };
}
async function handOver(taskId: string): Promise<void> {
  await village.doesTask('member2', 'handOver', taskId, { toPersonId: town.people.member3.id });
  await village.doesTask('member3', 'agreeHandOver', taskId, {});
  await village.drain();
}
/** Hour by hour up to then. */
const until = async (moment: number) => {
  while (server.clock.now() + hours < moment) await village.wait(hours);
};

test('handed over after the reminder: who has it now is reminded too, and only he hears of the last quarter', async () => {
  const [before, after] = [await people.agrees('member2', 'todo', 3), await people.agrees('member3', 'todo', 3)];
  const { taskId, due, half } = await inHand();
  await village.wait(half);
  expect([await remindersTo('member2'), await remindersTo('member3')]).toEqual([1, 0]);
  await handOver(taskId);
  expect([await remindersTo('member3'), cardsTo(after)]).toEqual([1, 0]);
  await until(due);
  expect([cardsTo(before), cardsTo(after)]).toEqual([0, 1]);
});

test('handed over just as it was given: once', async () => {
  const after = await people.agrees('member3', 'todo', 3);
  const { taskId, due, half } = await inHand();
  server.clock.advance(half);
  await handOver(taskId);
  await until(due);
  expect([await remindersTo('member2'), await remindersTo('member3'), cardsTo(after)]).toEqual([0, 1, 1]);
});

test('handed over before half of the time is over: nothing is said before its time', async () => {
  const { taskId } = await inHand();
  await handOver(taskId);
  expect(await remindersTo('member3')).toBe(0);
});

test('suspended when it would have come: it comes once the order goes on', async () => {
  const holder = await people.agrees('member2', 'todo', 3);
  const { orderId, half } = await inHand();
  await village.wait(half);
  const resumeAt = new Date(server.clock.now() + 20 * 24 * hours).toISOString();
  await village.does('deskLead', 'suspend', orderId, { reason: 'waitMaterials', words: '等灯具', resumeAt });
  for (let day = 0; day < 10; day += 1) await village.wait(24 * hours);
  expect(cardsTo(holder)).toBe(0);
  await village.does('deskLead', 'resume', orderId, {});
  await until(await dueOf(orderId));
  expect(cardsTo(holder)).toBe(1);
});
