import { ulid } from 'ulid';
import readXlsxFile from 'read-excel-file/node';
import { sweepTemplates } from '@sandan/shared/sweeps/sweep-templates';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { HouseholdName, PersonName } from '../../../test/town-cast';
import { HouseholdFlag } from '../households/household.entity';
import { visitsToHousehold } from './sweeps.queries';

/** 入户排查: a list of households, a short form, a day; whoever goes to the doors, and whoever watches over them. */
const hour = 60 * 60_000;
const day = 24 * hour;
let server: TestServer;
let town: Town;
let sweepId: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  sweepId = ulid();
});

const inDays = (days: number): string => new Date(server.clock.now() + days * day).toISOString();
const at = (milliseconds = 0): string => new Date(server.clock.now() + milliseconds).toISOString();
const plan = (more: object = {}) => ({
  ...{ kind: 'check' as const, title: '消防隐患排查', purpose: '看用电用火', orderedBy: '镇安办' },
  ...{ gridId: town.villageA, selection: { by: 'all' as const }, deadline: inDays(3) },
  questions: [...sweepTemplates.fire.questions] as never,
  ...more,
});
const set = (more: object = {}, who: PersonName = 'deskLead') =>
  town.as(who).call('sweeps.set', { params: { sweepId }, body: plan(more) });
type Act = 'change' | 'start' | 'split' | 'extend' | 'close' | 'reopen' | 'cancel' | 'remind';
const act = async (who: PersonName, action: Act, body: object = {}) => {
  const sent = { params: { sweepId }, body: { actionId: ulid(), ...body } };
  const { data, problem } = await town.as(who).call(`sweeps.${action}`, sent as never);
  return (problem?.code ?? data) as never;
};
const started = async (more: object = {}) => {
  await set(more);
  expect(await act('deskLead', 'start')).toMatchObject({ state: 'running' });
};
const read = (who: PersonName = 'deskLead') => town.as(who).ok('sweeps.read', { params: { sweepId } });
const targets = async (query: object = {}, who: PersonName = 'deskLead') =>
  (await town.as(who).ok('sweeps.targets', { params: { sweepId }, query })).items;
const targetOf = async (household: HouseholdName): Promise<string> =>
  (await targets()).find(({ householdId }) => householdId === town.households[household])?.id ?? '';
const visit = async (who: PersonName, targetId: string, more: object = {}, visitId = ulid()) => {
  const body = { result: 'met', visitedAt: at(), answers: {}, ...more };
  const { data, problem } = await town
    .as(who)
    .call('sweeps.record', { params: { targetId, visitId }, body: body as never });
  return (problem?.code ?? data) as never;
};
const safe = { wires: false, charging: false, blocked: false };
const flagged = (household: HouseholdName, flag: HouseholdFlag['flag'], personId: string | null = null) =>
  server.world.database.transaction((db) =>
    db.insert(HouseholdFlag, [
      {
        ...{ id: ulid(), householdId: town.households[household], personId, flag, source: 'roster', ground: 'law' },
        ...{ since: '2026-01-01', checkedUntil: '2027-01-01', addedAt: new Date(server.clock.now()) },
      },
    ]),
  );
const write = (sql: string, values: never[]) => server.world.database.transaction((db) => db.write(sql, values));
const messagesOf = async (who: PersonName) => (await town.as(who).ok('messages.list')).items;
const auditOf = (act: string, who: PersonName) =>
  server.world.database.reading.query<{ facts: unknown; thing_id: string | null }>(
    'SELECT thing_id, facts FROM audit_entry WHERE act = ? AND person_id = ?',
    [act, town.people[who].id],
  );

test('starting sends linked members and workers to their doors, tells them, and shows the lead who has nobody', async () => {
  await started();
  const { counts } = await read();
  expect(counts).toMatchObject({ households: 4, todo: 4, unassigned: 1 });
  const byHousehold = new Map((await targets()).map((target) => [target.householdId, target.holder?.name]));
  expect(byHousehold.get(town.households.resident)).toBe('李晓峰');
  // Nobody goes to his own household; the worker of the group takes the others.
  expect(['陈小燕', '黄伟明']).toContain(byHousehold.get(town.households.member));
  // The second group has neither a linked member nor a worker.
  expect(byHousehold.get(town.households.otherResident)).toBeUndefined();
  expect(await targets({ unassigned: true })).toMatchObject([{ householdId: town.households.otherResident }]);
  await server.drain(town.townId);
  expect(await messagesOf('member')).toMatchObject([{ kind: 'sweep.start', about: { thing: 'mySweep', id: sweepId } }]);
  expect(await messagesOf('member2')).toEqual([]);
});

test('the form and the list are frozen by the start, and the sweep ends as the table says', async () => {
  await set();
  expect(await act('deskLead', 'change', plan({ title: '消防大排查' }))).toMatchObject({ title: '消防大排查' });
  expect(await act('deskLead', 'close')).toBe('sweep.wrong-state');
  await act('deskLead', 'start');
  expect(await act('deskLead', 'change', plan())).toBe('sweep.wrong-state');
  expect(await act('deskLead', 'extend', { deadline: at(-day) })).toBe('sweep.deadline-past');
  expect(await act('deskLead', 'extend', { deadline: inDays(5) })).toMatchObject({ deadline: inDays(5) });
  expect(await act('deskLead', 'close')).toMatchObject({ state: 'closed', allows: ['reopen'] });
  expect(await act('deskLead', 'reopen', { words: '还有几户', deadline: inDays(2) })).toMatchObject({
    state: 'running',
  });
  expect(await act('deskLead', 'cancel', { words: '并到镇里的排查' })).toMatchObject({
    state: 'cancelled',
    allows: [],
  });
});

test('the same plan twice is one sweep; another under the same id is refused', async () => {
  expect((await set()).status).toBe(200);
  expect((await set()).data).toMatchObject({ id: sweepId, state: 'draft' });
  expect((await set({ title: '另一次' })).problem?.code).toBe('sweep.sent-differently');
  expect((await set({}, 'townDispatcher')).problem?.code).toBe('sweep.id-taken');
});

test.each([
  ['no questions', { questions: [] }, 'sweep.questions-needed'],
  ['a deadline that is over', { deadline: '2026-09-14T00:00:00.000Z' }, 'sweep.deadline-past'],
  ['a roll-call without a place to go', { kind: 'rollCall', questions: [] }, 'sweep.places-needed'],
  ['a 户号 of nowhere', { selection: { by: 'list', codes: ['H0001'] } }, 'sweep.unknown-codes'],
])('a sweep with %s is refused', async (_, more, code) => {
  expect((await set(more)).problem?.code).toBe(code);
});

test('a desk cannot sweep another village, and sees nothing of what the other sweeps', async () => {
  expect((await set({ gridId: town.villageB })).problem?.code).toBe('access.forbidden');
  await started();
  const outside = town.as('deskLeadOutside');
  expect(await outside.refused('sweeps.read', { params: { sweepId } })).toBe('sweep.not-found');
  expect((await outside.ok('sweeps.list')).items).toEqual([]);
});

test('sensitive flags choose households for the desk, not for the secretary, and each use is written down', async () => {
  await flagged('resident', 'minimumLiving');
  await flagged('farResident', 'minimumLiving');
  const selection = { by: 'flags' as const, flags: ['minimumLiving' as const] };
  expect((await set({ selection }, 'secretary')).problem?.code).toBe('sweep.flags-not-yours');
  const body = { gridId: town.villageA, selection };
  expect(await town.as('deskLead').ok('sweeps.preview', { body })).toMatchObject({ households: 1, people: 2 });
  await started({ selection });
  expect(await targets()).toMatchObject([{ householdId: town.households.resident }]);
  expect(await auditOf('countByFlags', 'deskLead')).toHaveLength(1);
  expect(await auditOf('sweepByFlags', 'deskLead')).toMatchObject([{ thing_id: sweepId }]);
  // The flag stands nowhere in plain text, and whoever goes to the door is not told it.
  const [row] = await server.world.database.reading.query<{ flags: string }>(
    'SELECT flags_sealed AS flags FROM sweep WHERE id = ?',
    [sweepId],
  );
  expect(row?.flags).not.toMatch(/minimumLiving/);
  const round = await town.as('member').ok('sweeps.round', { params: { sweepId } });
  expect(JSON.stringify(round)).not.toMatch(/minimumLiving|低保/);
  expect((await read('secretary')).selection).toEqual({ by: 'flags', flags: null, listed: 0 });
});

test('an uploaded list chooses by 户号, and says which ones are on no roll here', async () => {
  await write("UPDATE household SET code = 'ZX-101' WHERE id = ?", [town.households.resident] as never);
  const selection = { by: 'list' as const, codes: ['ZX-101', 'ZX-999'] };
  const preview = await town.as('deskLead').ok('sweeps.preview', { body: { gridId: town.villageA, selection } });
  expect(preview).toMatchObject({ households: 1, unknown: ['ZX-999'] });
  await started({ selection: { ...selection, codes: ['ZX-101'] } });
  expect(await targets()).toHaveLength(1);
});

test('what a holder carries holds masked names and doors of his own households only', async () => {
  await started();
  const round = await town.as('member').ok('sweeps.round', { params: { sweepId } });
  expect(round.targets).toMatchObject([{ door: '12号', head: '王*英', people: 2, persons: [], needs: [] }]);
  expect(JSON.stringify(round)).not.toMatch(/王桂英|陈大柱|黄阿妹/);
  expect(await town.as('member2').refused('sweeps.round', { params: { sweepId } })).toBe('sweep.not-found');
});

test('who was not at home is tried again; met in the end replaces the state, and the tries stay', async () => {
  await started();
  const target = await targetOf('resident');
  expect(await visit('member', target, { result: 'notHome' })).toMatchObject({ state: 'notHome', tries: 1 });
  server.clock.advance(hour);
  expect(await visit('member', target, { result: 'notHome' })).toMatchObject({ tries: 2 });
  server.clock.advance(hour);
  const met = await visit('member', target, { answers: safe, peopleMet: 2 });
  expect(met).toMatchObject({ state: 'met', tries: 2, visits: [{ result: 'met' }, {}, {}] });
  // A closed door later on undoes nothing.
  server.clock.advance(hour);
  expect(await visit('member', target, { result: 'notHome' })).toMatchObject({ state: 'met', tries: 3 });
  expect((await read()).counts).toMatchObject({ met: 1, peopleMet: 2, todo: 3 });
});

test('the form is checked by its own questions, as they were at the start', async () => {
  await started();
  const target = await targetOf('resident');
  const { data, problem } = await town.as('member').call('sweeps.record', {
    params: { targetId: target, visitId: ulid() },
    body: { result: 'met', visitedAt: at(), answers: { wires: 'maybe', unknown: 1 } },
  });
  expect(data).toBeUndefined();
  expect(problem).toMatchObject({
    code: 'sweep.answers',
    fields: { 'answers.wires': '请选是或否', 'answers.charging': '请回答这一题', 'answers.unknown': '没有这一题' },
  });
});

test('a visit that is sent again is one visit; with other contents, or by another person, it is refused', async () => {
  await started();
  const target = await targetOf('resident');
  const [visitId, body] = [ulid(), { answers: safe, visitedAt: at() }];
  const first = await visit('member', target, body, visitId);
  expect(await visit('member', target, body, visitId)).toEqual(first);
  expect(await visit('member', target, { ...body, words: '改了' }, visitId)).toBe('sweep.visit-sent-differently');
  expect(await visit('deskLead', target, body, visitId)).toBe('sweep.visit-id-taken');
});

test('a visit sent late is taken and marked; after the end it is refused and stays on the phone', async () => {
  await started();
  const target = await targetOf('resident');
  const made = at();
  server.clock.advance(4 * day);
  expect(await visit('member', target, { answers: safe, visitedAt: made })).toMatchObject({
    state: 'met',
    late: true,
    visits: [{ visitedAt: made, late: true }],
  });
  expect((await read()).counts.late).toBe(1);
  await act('deskLead', 'close');
  expect(await visit('member', target, { answers: safe })).toBe('sweep.over');
  expect(await town.as('member').refused('sweeps.round', { params: { sweepId } })).toBe('sweep.over');
});

test('a phone with a wrong clock moves no visit out of the sweep', async () => {
  await started();
  const target = await targetOf('resident');
  expect(await visit('member', target, { answers: safe, visitedAt: '2031-01-01T00:00:00.000Z' })).toMatchObject({
    visitedAt: at(),
  });
  const { startedAt } = await read();
  expect(await visit('deskLead', target, { answers: safe, visitedAt: '2001-01-01T00:00:00.000Z' })).toMatchObject({
    visits: [{}, { visitedAt: startedAt }],
  });
});

test('two who record the same household at once are both kept, whoever is answered first', async () => {
  await started();
  const target = await targetOf('resident');
  const [earlier, later] = [at(), at(60_000)];
  server.clock.advance(hour);
  await Promise.all([
    visit('member', target, { result: 'refused', visitedAt: later }),
    visit('groupLead', target, { result: 'notHome', visitedAt: earlier }),
    visit('deskLead', target, { result: 'notHome', visitedAt: earlier }),
  ]);
  const after = await town.as('deskLead').ok('sweeps.target', { params: { targetId: target } });
  expect(after).toMatchObject({ state: 'refused', tries: 2, visitedAt: later });
  expect(after.visits).toHaveLength(3);
});

test('closing while visits arrive: each is either counted or refused, none is lost in between', async () => {
  await started();
  const all = await targets();
  const [closed, ...told] = await Promise.all([
    act('deskLead', 'close'),
    ...all.map(({ id }) => visit('deskLead', id, { result: 'notHome' })),
  ]);
  expect(closed).toMatchObject({ state: 'closed' });
  const recorded = told.filter((each) => (each as unknown) !== 'sweep.over').length;
  expect((await read()).counts.notHome).toBe(recorded);
});

test('the lead gives doors to somebody else; who had them may still send what he had written down', async () => {
  await started();
  await server.drain(town.townId);
  const target = await targetOf('resident');
  const elsewhere = { targetIds: [target], holderId: town.people.memberOutside.id };
  expect(await act('groupLead', 'split', elsewhere)).toBe('sweep.holder-outside');
  expect(await act('groupLead', 'split', { targetIds: [target], holderId: town.people.member2.id })).toMatchObject({
    state: 'running',
  });
  await server.drain(town.townId);
  expect(await messagesOf('member2')).toMatchObject([{ kind: 'sweep.split' }]);
  expect((await town.as('member2').ok('sweeps.mine')).items).toMatchObject([{ id: sweepId, households: 1, done: 0 }]);
  expect(await visit('member', target, { result: 'notHome' })).toMatchObject({ state: 'notHome' });
  expect(await visit('member3', target, { result: 'notHome' })).toBe('sweep.target-not-found');
  const other = await targetOf('otherResident');
  expect(await act('groupLead', 'split', { targetIds: [other] })).toBe('sweep.target-outside');
});

test('who goes away is relieved: by the next split, and by the clock before the deadline', async () => {
  await started();
  const target = await targetOf('resident');
  await write('UPDATE person SET away_until = ? WHERE id = ?', [new Date(inDays(9)), town.people.member.id] as never);
  server.clock.advance(2 * day + hour);
  await server.drain(town.townId);
  const [first] = (await targets()).filter(({ id }) => id === target);
  expect(['陈小燕', '黄伟明']).toContain(first?.holder?.name);
  expect(await messagesOf('gridWorker')).toEqual(
    expect.arrayContaining([expect.objectContaining({ kind: 'sweepClock.dueSoon' })]),
  );
  server.clock.advance(day);
  await server.drain(town.townId);
  expect(await messagesOf('deskLead')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'sweepClock.ended', about: { thing: 'sweep', id: sweepId } }),
    ]),
  );
});

test('who is behind is reminded once a day, by whomever', async () => {
  await started();
  expect(await act('deskLead', 'remind')).toEqual({ reminded: expect.any(Number), already: 0 });
  expect(await act('groupLead', 'remind')).toMatchObject({ reminded: 0 });
  const { rows } = await town.as('deskLead').ok('sweeps.progress', { params: { sweepId }, query: { by: 'holder' } });
  expect(rows.find(({ name }) => name === '李晓峰')).toMatchObject({ todo: 1, remindedToday: true });
  expect(rows.find(({ name }) => name === '没有人负责')).toMatchObject({ id: null, households: 1 });
  await server.drain(town.townId);
  expect(await messagesOf('member')).toEqual(
    expect.arrayContaining([expect.objectContaining({ kind: 'sweep.remind' })]),
  );
  server.clock.advance(day);
  expect(await act('deskLead', 'remind')).not.toMatchObject({ reminded: 0 });
});

test('the lead of a group sees the numbers of his group, the desk those of the village', async () => {
  await started();
  expect((await read('groupLead')).counts.households).toBe(3);
  expect((await read('groupLead')).allows).toEqual(['split', 'remind']);
  const groups = await town.as('townDispatcher').ok('sweeps.progress', { params: { sweepId } });
  expect(groups.rows.map(({ households }) => households)).toEqual([3, 1]);
  const { rows } = await town.as('secretary').ok('sweeps.progress', { params: { sweepId }, query: { by: 'village' } });
  expect(rows).toMatchObject([{ name: '碧塘村', households: 4 }]);
});

test('what is found becomes an order of the household, and the visit shows how it stands', async () => {
  await started();
  const target = await targetOf('resident');
  const found = await visit('member', target, { answers: { ...safe, wires: true } });
  expect(found).toMatchObject({ findings: 1, mend: [{ questionId: 'wires', categoryId: 'hazard' }], orders: [] });
  const place = { categoryId: 'hazard', words: '电线老化', noticeRead: true, gridId: town.groups.a1 };
  const orderId = ulid();
  const body = { ...place, source: 'sweep' as const, sweepTargetId: target };
  const stranger = town.as('member2');
  expect(await stranger.refused('orders.place', { params: { orderId }, body })).toBe('sweep.target-not-found');
  await town.as('member').ok('orders.place', { params: { orderId }, body });
  await server.drain(town.townId);
  const after = await town.as('member').ok('sweeps.target', { params: { targetId: target } });
  expect(after.orders).toMatchObject([{ orderId, state: 'placed', stateName: expect.any(String) }]);
  expect((await read()).counts).toMatchObject({ withFindings: 1, orders: 1 });
  const [row] = await server.world.database.reading.query<{ household: string }>(
    'SELECT household_id AS household FROM service_order WHERE id = ?',
    [orderId],
  );
  expect(row?.household).toBe(town.households.resident);
});

test('人口核对 ticks the people of the household and asks for additions, and changes no roster', async () => {
  await started({ questions: [...sweepTemplates.population.questions], namesPeople: true });
  const target = await targetOf('resident');
  const answers = { away: 0, tenants: false };
  const confirmedIds = [town.people.resident.id, town.people.spouse.id];
  expect(await visit('member', target, { answers, confirmedIds: [town.people.farResident.id] })).toBe('sweep.stranger');
  const after = await visit('member', target, { answers, confirmedIds, additions: '外甥女小芳，9 月起同住' });
  expect(after).toMatchObject({
    visits: [{ peopleMet: 2, additions: '外甥女小芳，9 月起同住', persons: [{ name: '王*英' }, { name: '陈*柱' }] }],
  });
  expect((await read()).counts).toMatchObject({ additions: 1, peopleMet: 2 });
  const [row] = await server.world.database.reading.query<{ people: number; said: string }>(
    `SELECT (SELECT COUNT(*) FROM person WHERE household_id = ?) AS people, said_sealed AS said FROM sweep_visit v
     WHERE v.target_id = ?`,
    [town.households.resident, target],
  );
  expect(Number(row?.people)).toBe(2);
  expect(row?.said).not.toMatch(/小芳/);
});

test('an export says who took it and when, is written down, and holds names only for whoever may', async () => {
  await started();
  await visit('member', await targetOf('resident'), { answers: safe });
  const params = { sweepId };
  expect(await town.as('secretary').refused('sweeps.export', { params, body: { names: true } })).toBe(
    'access.forbidden',
  );
  const plain = await exported('secretary', { names: false });
  expect(plain).toMatch(/由何国栋于/);
  expect(plain).not.toMatch(/王/);
  const named = await exported('deskLead', { names: true });
  expect(named).toMatch(/王\*英/);
  expect(await auditOf('exportSweep', 'deskLead')).toHaveLength(1);
  const { address } = await town.as('deskLead').ok('sweeps.export', { params, body: { format: 'pdf' } });
  const pdf = await town.as('deskLead').raw('GET', address);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect((await pdf.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
});

async function exported(who: PersonName, body: object): Promise<string> {
  const { address } = await town.as(who).ok('sweeps.export', { params: { sweepId }, body });
  const file = await town.as(who).raw('GET', address);
  const sheets = await readXlsxFile(Buffer.from(await file.arrayBuffer()));
  return JSON.stringify(sheets);
}

test('a household can be told who came to it and when, for "my data"', async () => {
  await started();
  await visit('member', await targetOf('resident'), { answers: safe });
  expect(await visitsToHousehold(server.world.database.reading, town.households.resident)).toMatchObject([
    { sweepId, title: '消防隐患排查', by: '李晓峰', result: 'met' },
  ]);
});
