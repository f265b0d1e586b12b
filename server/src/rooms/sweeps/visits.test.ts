import { ulid } from 'ulid';
import { sweepTemplates } from '@sandan/shared/sweeps/sweep-templates';
import { startTestServer, type TestServer } from '../../../test/server';
import { safe, sweepIn } from '../../../test/sweep-journey';
import { buildTown, type Town } from '../../../test/town';
import { visitsToHousehold } from './sweeps.queries';

/** At the doors: met or not, twice, late, by two people at once; and what is found there. */
const hour = 60 * 60_000;
const day = 24 * hour;
let server: TestServer;
let town: Town;
let sweep: ReturnType<typeof sweepIn>;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  sweep = sweepIn(server, town);
});

test('who was not at home is tried again; met in the end replaces the state, and the tries stay', async () => {
  await sweep.started();
  const target = await sweep.targetOf('resident');
  expect(await sweep.visit('member', target, { result: 'notHome' })).toMatchObject({ state: 'notHome', tries: 1 });
  server.clock.advance(hour);
  expect(await sweep.visit('member', target, { result: 'notHome' })).toMatchObject({ tries: 2 });
  server.clock.advance(hour);
  const met = await sweep.visit('member', target, { answers: safe, peopleMet: 2 });
  expect(met).toMatchObject({ state: 'met', tries: 2, visits: [{ result: 'met' }, {}, {}] });
  // A closed door later on undoes nothing.
  server.clock.advance(hour);
  expect(await sweep.visit('member', target, { result: 'notHome' })).toMatchObject({ state: 'met', tries: 3 });
  expect((await sweep.read()).counts).toMatchObject({ met: 1, peopleMet: 2, todo: 3 });
});

test('the form is checked by its own questions, as they were at the start', async () => {
  await sweep.started();
  const target = await sweep.targetOf('resident');
  const { data, problem } = await town.as('member').call('sweeps.record', {
    params: { targetId: target, visitId: ulid() },
    body: { result: 'met', visitedAt: sweep.at(), answers: { wires: 'maybe', unknown: 1 } },
  });
  expect(data).toBeUndefined();
  expect(problem).toMatchObject({
    code: 'sweep.answers',
    fields: { 'answers.wires': '请选是或否', 'answers.charging': '请回答这一题', 'answers.unknown': '没有这一题' },
  });
});

test('a visit that is sent again is one visit; with other contents, or by another person, it is refused', async () => {
  await sweep.started();
  const target = await sweep.targetOf('resident');
  const [visitId, body] = [ulid(), { answers: safe, visitedAt: sweep.at() }];
  const first = await sweep.visit('member', target, body, visitId);
  expect(await sweep.visit('member', target, body, visitId)).toEqual(first);
  expect(await sweep.visit('member', target, { ...body, words: '改了' }, visitId)).toBe('sweep.visit-sent-differently');
  expect(await sweep.visit('deskLead', target, body, visitId)).toBe('sweep.visit-id-taken');
});

test('a visit sent late is taken and marked; after the end it is refused and stays on the phone', async () => {
  await sweep.started();
  const target = await sweep.targetOf('resident');
  const made = sweep.at();
  server.clock.advance(4 * day);
  expect(await sweep.visit('member', target, { answers: safe, visitedAt: made })).toMatchObject({
    state: 'met',
    late: true,
    visits: [{ visitedAt: made, late: true }],
  });
  expect((await sweep.read()).counts.late).toBe(1);
  await sweep.act('deskLead', 'close');
  expect(await sweep.visit('member', target, { answers: safe })).toBe('sweep.over');
  expect(await town.as('member').refused('sweeps.round', { params: { sweepId: sweep.sweepId } })).toBe('sweep.over');
});

test('a phone with a wrong clock moves no visit out of the sweep', async () => {
  await sweep.started();
  const target = await sweep.targetOf('resident');
  expect(await sweep.visit('member', target, { answers: safe, visitedAt: '2031-01-01T00:00:00.000Z' })).toMatchObject({
    visitedAt: sweep.at(),
  });
  const { startedAt } = await sweep.read();
  expect(await sweep.visit('deskLead', target, { answers: safe, visitedAt: '2001-01-01T00:00:00.000Z' })).toMatchObject(
    {
      visits: [{}, { visitedAt: startedAt }],
    },
  );
});

test('two who record the same household at once are both kept, whoever is answered first', async () => {
  await sweep.started();
  const target = await sweep.targetOf('resident');
  const [earlier, later] = [sweep.at(), sweep.at(60_000)];
  server.clock.advance(hour);
  await Promise.all([
    sweep.visit('member', target, { result: 'refused', visitedAt: later }),
    sweep.visit('groupLead', target, { result: 'notHome', visitedAt: earlier }),
    sweep.visit('deskLead', target, { result: 'notHome', visitedAt: earlier }),
  ]);
  const after = await town.as('deskLead').ok('sweeps.target', { params: { targetId: target } });
  expect(after).toMatchObject({ state: 'refused', tries: 2, visitedAt: later });
  expect(after.visits).toHaveLength(3);
});

test('closing while visits arrive: each is either counted or refused, none is lost in between', async () => {
  await sweep.started();
  const all = await sweep.targets();
  const [closed, ...told] = await Promise.all([
    sweep.act('deskLead', 'close'),
    ...all.map(({ id }) => sweep.visit('deskLead', id, { result: 'notHome' })),
  ]);
  expect(closed).toMatchObject({ state: 'closed' });
  const recorded = told.filter((each) => (each as unknown) !== 'sweep.over').length;
  expect((await sweep.read()).counts.notHome).toBe(recorded);
});

test('what is found becomes an order of the household, and the visit shows how it stands', async () => {
  await sweep.started();
  const target = await sweep.targetOf('resident');
  const found = await sweep.visit('member', target, { answers: { ...safe, wires: true } });
  expect(found).toMatchObject({ findings: 1, mend: [{ questionId: 'wires', categoryId: 'hazard' }], orders: [] });
  const place = { categoryId: 'hazard', words: '电线老化', noticeRead: true, gridId: town.groups.a1 };
  const orderId = ulid();
  const body = { ...place, source: 'sweep' as const, sweepTargetId: target, sweepQuestionId: 'wires' };
  const stranger = town.as('member2');
  expect(await stranger.refused('orders.place', { params: { orderId }, body })).toBe('sweep.target-not-found');
  await town.as('member').ok('orders.place', { params: { orderId }, body });
  await server.drain(town.townId);
  const after = await town.as('member').ok('sweeps.target', { params: { targetId: target } });
  expect(after.mend).toEqual([]);
  expect(after.orders).toMatchObject([{ orderId, state: 'placed', stateName: expect.any(String) }]);
  expect((await sweep.read()).counts).toMatchObject({ withFindings: 1, orders: 1 });
  const [row] = await server.world.database.reading.query<{ household: string }>(
    'SELECT household_id AS household FROM service_order WHERE id = ?',
    [orderId],
  );
  expect(row?.household).toBe(town.households.resident);
});

test('人口核对 ticks the people of the household and asks for additions, and changes no roster', async () => {
  await sweep.started({ questions: [...sweepTemplates.population.questions], namesPeople: true });
  const target = await sweep.targetOf('resident');
  const answers = { away: 0, tenants: false };
  const confirmedIds = [town.people.resident.id, town.people.spouse.id];
  expect(await sweep.visit('member', target, { answers, confirmedIds: [town.people.farResident.id] })).toBe(
    'sweep.stranger',
  );
  const after = await sweep.visit('member', target, { answers, confirmedIds, additions: '外甥女小芳，9 月起同住' });
  expect(after).toMatchObject({
    visits: [{ peopleMet: 2, additions: '外甥女小芳，9 月起同住', persons: [{ name: '王*英' }, { name: '陈*柱' }] }],
  });
  expect((await sweep.read()).counts).toMatchObject({ additions: 1, peopleMet: 2 });
  const [row] = await server.world.database.reading.query<{ people: number; said: string }>(
    `SELECT (SELECT COUNT(*) FROM person WHERE household_id = ?) AS people, said_sealed AS said FROM sweep_visit v
     WHERE v.target_id = ?`,
    [town.households.resident, target],
  );
  expect(Number(row?.people)).toBe(2);
  expect(row?.said).not.toMatch(/小芳/);
});

test('a household can be told who came to it and when, for "my data"', async () => {
  await sweep.started();
  await sweep.visit('member', await sweep.targetOf('resident'), { answers: safe });
  expect(await visitsToHousehold(server.world.database.reading, town.households.resident)).toMatchObject([
    { sweepId: sweep.sweepId, title: '消防隐患排查', by: '李晓峰', result: 'met' },
  ]);
});
