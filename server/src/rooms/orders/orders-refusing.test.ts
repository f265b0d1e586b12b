import { ulid } from 'ulid';
import { journeyIn, days, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** What makes no sense is refused where it stands, with words: days gone by, promises years ahead, moves to nowhere. */
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

const words = { words: '见说明' };
const wrong = (field: string) => ({ status: 400, code: 'request.bad-input', fields: { [field]: expect.any(String) } });

test('what stands in for another task names one of this order that came back', async () => {
  const { orderId, taskId } = await village.toDispatched({ mode: 'assigned', assigneeId: town.people.member.id });
  const another = await village.toDispatched();
  const inPlaceOf = (replacesId: string) => ({ tasks: [{ id: ulid(), mode: 'open' as const, replacesId }] });
  for (const id of [ulid(), another.taskId]) {
    const { problem } = await village.tries('deskLead', 'dispatch', orderId, inPlaceOf(id));
    expect(problem).toMatchObject(wrong('tasks.0.replacesId'));
  }
  expect(await village.cannot('deskLead', 'dispatch', orderId, inPlaceOf(taskId))).toBe('task.wrong-state');
  await village.doesTask('member', 'giveBack', taskId, { reason: 'unwell' });
  await village.does('deskLead', 'dispatch', orderId, inPlaceOf(taskId));
});

test('an answer is not asked for by yesterday: of an outside unit as little as of the desk', async () => {
  const orderId = await village.toAccepted({ categoryId: 'powerCut' });
  const unit = (dueOn: string) => ({
    tasks: [{ id: ulid(), mode: 'external' as const, unit: '镇供电所', dueOn }],
  });
  const late = await village.tries('deskLead', 'dispatch', orderId, unit('2026-09-14'));
  expect(late.problem).toMatchObject(wrong('tasks.0.dueOn'));
  await village.does('deskLead', 'dispatch', orderId, unit('2026-09-15'));
  const watched = await village.tries('townDispatcher', 'supervise', orderId, { ...words, dueOn: '2026-09-14' });
  expect(watched.problem).toMatchObject(wrong('dueOn'));
  await village.does('townDispatcher', 'supervise', orderId, { ...words, dueOn: '2026-09-15' });
});

test('a promise is for the next half year, not for another life', async () => {
  const { taskId } = await village.toDispatched();
  const promise = (count: number) => ({ promisedAt: new Date(server.clock.now() + count * days).toISOString() });
  const far = await village.triesTask('member2', 'claim', taskId, promise(181));
  expect(far.problem).toMatchObject({
    status: 422,
    code: 'task.promise-too-far',
    title: expect.stringContaining('180'),
  });
  await village.doesTask('member2', 'claim', taskId, promise(180));
  await village.doesTask('member2', 'handOver', taskId, { toPersonId: town.people.member3.id });
  expect(await village.cannotTask('member3', 'agreeHandOver', taskId, promise(181))).toBe('task.promise-too-far');
  expect(await village.cannotTask('member3', 'agreeHandOver', taskId, promise(-1))).toBe('task.promise-past');
});

test('改派 to where it already is moves nothing, and the one correction is not used up', async () => {
  const orderId = await village.place();
  const to = (gridId: string) => ({ ...words, gridId });
  const { place } = await village.read(orderId);
  expect(await village.cannot('deskLead', 'redirect', orderId, to(place.gridId))).toBe('order.same-place');
  expect(await village.read(orderId)).toMatchObject({ moves: 0 });
  await village.does('deskLead', 'redirect', orderId, to(town.groups.b2));
});

describe('lists', () => {
  test('a hundred at once, nearby two hundred: more is said to be too many', async () => {
    const list = (query: object) => town.as('deskLead').call('orders.list', { query });
    for (const scope of ['mine', 'desk', 'public'] as const) {
      expect((await list({ scope, limit: 101 })).problem).toMatchObject(wrong('limit'));
      expect((await list({ scope, limit: 100 })).status).toBe(200);
    }
    const here = { scope: 'nearby', lat: 22.6, lng: 111.9 };
    expect((await list({ ...here, limit: 200 })).status).toBe(200);
    expect((await list({ ...here, limit: 201 })).problem).toMatchObject(wrong('limit'));
  });

  test('待回访: the badge counts what the list shows, five days silent or without an account', async () => {
    const silent = await village.toReported();
    server.clock.advance(5 * days);
    await village.toReported();
    const settled = ulid();
    const seen = { categoryId: 'streetLight', words: '路过看到', source: 'proxy', beneficiaryName: '张奶奶' } as const;
    await town.as('deskLead').ok('orders.placeSettled', {
      params: { orderId: settled },
      body: {
        ...seen,
        consent: { how: 'spoken', by: '张奶奶' },
        gridId: town.groups.a1,
        settlement: { ...village.solved, contacted: true },
      },
    });
    const desk = town.as('deskLead');
    const shown = async (query: object) =>
      (await desk.ok('orders.list', { query: { scope: 'desk', ...query } })).items.map(({ id }) => id).sort();
    expect(await shown({ status: 'reported' })).toHaveLength(3);
    for (const query of [{ toCallBack: 'true' }, { toCallBack: 'true', status: 'reported' }]) {
      expect(await shown(query)).toEqual([silent.orderId, settled].sort());
    }
    expect(await desk.ok('orders.counts')).toMatchObject({ toCallBack: 2 });
  });

  test('待研判, 待派单: the badge counts what the list shows', async () => {
    await village.place();
    await village.toAccepted();
    await village.toDispatched();
    const desk = town.as('deskLead');
    const shown = async (status: 'placed' | 'accepted') =>
      (await desk.ok('orders.list', { query: { scope: 'desk', status } })).items.length;
    const { toStudy, toDispatch } = await desk.ok('orders.counts');
    expect([toStudy, toDispatch]).toEqual([1, 1]);
    expect([await shown('placed'), await shown('accepted')]).toEqual([1, 1]);
  });
});
