import { ulid } from 'ulid';
import { journeyIn, days, hours, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 督查考核 (domain.md §3.2 `inspect`, §11): a drawn sample; pass, fault with appeal, redo. */
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

const words = { words: '现场看过' };
const draw = (month = '2026-09') =>
  town.as('inspector').ok('inspections.draw', { body: { actionId: ulid(), gridId: town.townId, month } });
const sampled = async () => {
  const out = await village.toConfirmed();
  await draw();
  return out;
};

test('only what was drawn is inspected, and by nobody who handled it', async () => {
  const { orderId } = await village.toConfirmed();
  expect(await village.cannot('inspector', 'inspect', orderId, { result: 'pass', ...words })).toBe('order.not-sampled');
  await draw();
  expect(await village.cannot('townDispatcher', 'inspect', orderId, { result: 'pass', ...words })).toBe(
    'access.forbidden',
  );
});

test('a month is drawn once, though two draw at the same moment', async () => {
  await village.toConfirmed();
  const body = () => ({ actionId: ulid(), gridId: town.townId, month: '2026-09' });
  const replies = await Promise.all(
    (['inspector', 'inspector2'] as const).map((who) => town.as(who).call('inspections.draw', { body: body() })),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await town.as('inspector').refused('inspections.draw', { body: body() })).toBe('inspection.drawn-already');
});

test('通过 is for good', async () => {
  const { orderId } = await sampled();
  expect(await village.does('inspector', 'inspect', orderId, { result: 'pass', ...words })).toMatchObject({
    state: 'archived',
    allows: [],
  });
});

describe('a fault', () => {
  const fault = { result: 'fault', fault: 'missingEvidence', ...words } as const;

  test('needs a name, is told to the handler, and stands after five working days', async () => {
    const { orderId } = await sampled();
    expect(await village.cannot('inspector', 'inspect', orderId, { result: 'fault', ...words })).toBe(
      'request.bad-input',
    );
    expect(await village.does('inspector', 'inspect', orderId, fault)).toMatchObject({ state: 'confirmed' });
    await village.drain();
    const { items } = await town.as('member2').ok('messages.list', {});
    expect(items.map(({ title }) => title)).toContain('督查结果');
    expect(await village.cannot('inspector', 'inspect', orderId, fault)).toBe('order.inspected-already');
    await village.wait(8 * days);
    expect((await village.read(orderId)).state).toBe('archived');
  });

  test('the handler appeals, once; another inspector decides', async () => {
    const { orderId } = await sampled();
    await village.does('inspector', 'inspect', orderId, fault);
    expect(await village.cannot('member3', 'appealFault', orderId, words)).toBe('order.not-found');
    await village.does('member2', 'appealFault', orderId, words);
    expect(await village.cannot('member2', 'appealFault', orderId, words)).toBe('order.appeal-over');
    await village.wait(20 * days);
    expect((await village.read(orderId)).state).toBe('confirmed');
    const decision = { upheld: true, ...words };
    expect(await village.cannot('inspector', 'decideAppeal', orderId, decision)).toBe('access.forbidden');
    expect(await village.does('inspector2', 'decideAppeal', orderId, decision)).toMatchObject({ state: 'archived' });
  });

  test('overtaken by the resident’s 没办好 it keeps nothing out of the archive', async () => {
    const { orderId } = await sampled();
    await village.does('inspector', 'inspect', orderId, fault);
    await village.does('resident', 'reopen', orderId, { words: '又不亮了' });
    const taskId = await village.send(orderId);
    await village.claim(taskId);
    await village.report(taskId);
    await village.does('resident', 'confirm', orderId, village.content);
    await village.wait(16 * days);
    expect((await village.read(orderId)).state).toBe('archived');
  });
});

test('退回重办 is a new round and leaves the resident both of hers', async () => {
  const { orderId, taskId } = await sampled();
  const redo = { result: 'redo', ...words } as const;
  expect(await village.does('inspector', 'inspect', orderId, redo)).toMatchObject({ state: 'accepted' });
  const order = await village.read(orderId, 'deskLead');
  expect(order).toMatchObject({ round: 2, reopens: 0, tasks: [{ id: taskId, overturned: true }] });
});

test('what waits for the inspector is not archived under his hands', async () => {
  const { orderId } = await sampled();
  await village.wait(15 * days + hours);
  expect((await village.read(orderId)).state).toBe('confirmed');
  await village.does('inspector', 'inspect', orderId, { result: 'pass', ...words });
});
