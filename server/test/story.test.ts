import { ulid } from 'ulid';
import type { Town } from './town';
import { buildTown } from './town';
import { startTestServer, type TestServer } from './server';

/**
 * The loop, told so that a newcomer can read it: 群众点单、网格下单、党员接单.
 * A lamp is out in the first group of village A. Six steps later an inspector has looked at it.
 */
let server: TestServer;
let town: Town;

beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
});
afterAll(() => server.close());

const hours = 60 * 60_000;
const days = 24 * hours;
const act = () => ({ actionId: ulid() });
const orderId = ulid();
const taskId = ulid();

test('1 收集: a resident places an order, and reads when the village will answer', async () => {
  const order = await town.as('resident').ok('orders.place', {
    params: { orderId },
    body: { categoryId: 'streetLight', words: '门口的路灯三天不亮了，老人晚上出门摔过。' },
  });
  expect(order).toMatchObject({ state: 'placed', stage: 'open', step: 1, view: 'party' });
  expect(order.place).toMatchObject({ gridId: town.groups.a1 });
  expect(order.dueAt).not.toBeNull();
  expect(order.allows).toEqual(expect.arrayContaining(['withdraw', 'remind', 'protect']));
});

test('2 研判: the village desk finds it, sees no full name, and accepts it', async () => {
  const { items } = await town.as('deskLead').ok('orders.list', { query: { scope: 'desk', status: 'placed' } });
  const [card] = items;
  expect(card).toMatchObject({ id: orderId, requester: expect.stringContaining('*') });
  expect(card?.allows).toEqual(expect.arrayContaining(['accept', 'ask', 'decline', 'settle', 'escalate']));
  const accepted = await town
    .as('deskLead')
    .ok('orders.accept', { params: { orderId }, body: { ...act(), title: '一组路灯不亮' } });
  expect(accepted).toMatchObject({ state: 'accepted', stage: 'open' });
});

test('3 下单: one open task for whoever serves the village', async () => {
  const dispatched = await town.as('deskLead').ok('orders.dispatch', {
    params: { orderId },
    body: { ...act(), tasks: [{ id: taskId, mode: 'open' }] },
  });
  expect(dispatched.state).toBe('dispatched');
});

test('4 接单 and 处置: a party member claims it, makes contact, does it and shows it', async () => {
  const member = town.as('member');
  const { items } = await member.ok('tasks.list', { query: { scope: 'claimable' } });
  expect(items.map(({ id }) => id)).toContain(taskId);
  const promisedAt = new Date(server.clock.now() + 5 * hours).toISOString();
  const claimed = await member.ok('tasks.claim', { params: { taskId }, body: { ...act(), promisedAt } });
  expect(claimed).toMatchObject({ state: 'claimed', orderState: 'handling' });

  const { order } = await member.ok('tasks.read', { params: { taskId } });
  expect(order.contact).toMatchObject({ clear: true, phone: town.people.resident.phone });
  await member.ok('tasks.contact', { params: { taskId }, body: { ...act(), method: 'phone' } });
  server.clock.advance(3 * hours);
  const reported = await member.ok('tasks.report', {
    params: { taskId },
    body: { ...act(), outcome: 'solved', words: '换了灯泡和线，亮了。', noPhotoReason: 'nothingVisible' },
  });
  expect(reported).toMatchObject({ state: 'reported', orderState: 'reported' });
});

test('5 反馈: the resident is told, answers three questions, and the order is done', async () => {
  await server.drain(town.townId);
  const resident = town.as('resident');
  const { items } = await resident.ok('messages.list', {});
  expect(items.map(({ title }) => title)).toEqual(expect.arrayContaining(['有人接了', '办好了，请您说说']));
  const confirmed = await resident.ok('orders.confirm', {
    params: { orderId },
    body: { ...act(), contacted: true, solved: true, stars: 5, words: '很快，谢谢小李' },
  });
  expect(confirmed).toMatchObject({ state: 'confirmed', stage: 'done' });
});

test('6 督查: a sample is drawn by seed, and the inspector passes it for good', async () => {
  const inspector = town.as('inspector');
  const drawn = await inspector.ok('inspections.draw', { body: { ...act(), gridId: town.townId, month: '2026-09' } });
  expect(drawn).toMatchObject({ population: 1, drawn: 1 });
  const passed = await inspector.ok('orders.inspect', {
    params: { orderId },
    body: { ...act(), result: 'pass', words: '现场看过，灯亮着。', calledBack: true },
  });
  expect(passed).toMatchObject({ state: 'archived', stage: 'done', allows: [] });
});

test('the whole story stands in the order, every hand-over with who, in what role, when', async () => {
  const { history } = await town.as('resident').ok('orders.read', { params: { orderId } });
  expect(history.map(({ action, actor }) => `${action} ${actor.role}`)).toEqual([
    'inspect inspector',
    'confirm resident',
    'report helper',
    'contact helper',
    'claim helper',
    'dispatch deskLead',
    'accept deskLead',
    'place resident',
  ]);
});

test('silence closes apart: after seven days without an answer the order is 未回应, and archived after fifteen more', async () => {
  const silent = ulid();
  await town
    .as('resident')
    .ok('orders.place', { params: { orderId: silent }, body: { categoryId: 'garbage', words: '垃圾没人收' } });
  await town.as('deskLead').ok('orders.settle', {
    params: { orderId: silent },
    body: { ...act(), outcome: 'solved', words: '让保洁员收走了', noPhotoReason: 'nothingVisible', contacted: true },
  });
  server.clock.advance(7 * days + hours);
  await server.drain(town.townId);
  const after = await town.as('resident').ok('orders.read', { params: { orderId: silent } });
  expect(after).toMatchObject({ state: 'unanswered', closedHow: 'silent' });
  server.clock.advance(16 * days);
  await server.drain(town.townId);
  expect((await town.as('resident').ok('orders.read', { params: { orderId: silent } })).state).toBe('archived');
});
