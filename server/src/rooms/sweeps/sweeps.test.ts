import readXlsxFile from 'read-excel-file/node';
import { startTestServer, type TestServer } from '../../../test/server';
import { safe, sweepIn } from '../../../test/sweep-journey';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 入户排查: a list of households, a short form, a day; whoever sets it up, splits it, and watches over it. */
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

const write = (sql: string, values: never[]) => server.world.database.transaction((db) => db.write(sql, values));
const auditOf = (act: string, who: PersonName) =>
  server.world.database.reading.query<{ facts: unknown; thing_id: string | null }>(
    'SELECT thing_id, facts FROM audit_entry WHERE act = ? AND person_id = ?',
    [act, town.people[who].id],
  );

test('starting sends linked members and workers to their doors, tells them, and shows the lead who has nobody', async () => {
  await sweep.started();
  const { counts } = await sweep.read();
  expect(counts).toMatchObject({ households: 4, todo: 4, unassigned: 1 });
  const byHousehold = new Map((await sweep.targets()).map((target) => [target.householdId, target.holder?.name]));
  expect(byHousehold.get(town.households.resident)).toBe('李晓峰');
  // Nobody goes to his own household; the worker of the group takes the others.
  expect(['陈小燕', '黄伟明']).toContain(byHousehold.get(town.households.member));
  // The second group has neither a linked member nor a worker.
  expect(byHousehold.get(town.households.otherResident)).toBeUndefined();
  expect(await sweep.targets({ unassigned: true })).toMatchObject([{ householdId: town.households.otherResident }]);
  await server.drain(town.townId);
  expect(await sweep.messagesOf('member')).toMatchObject([
    { kind: 'sweep.start', about: { thing: 'mySweep', id: sweep.sweepId } },
  ]);
  expect(await sweep.messagesOf('member2')).toEqual([]);
});

test('the form and the list are frozen by the start, and the sweep ends as the table says', async () => {
  await sweep.set();
  expect(await sweep.act('deskLead', 'change', sweep.plan({ title: '消防大排查' }))).toMatchObject({
    title: '消防大排查',
  });
  expect(await sweep.act('deskLead', 'close')).toBe('sweep.wrong-state');
  await sweep.act('deskLead', 'start');
  expect(await sweep.act('deskLead', 'change', sweep.plan())).toBe('sweep.wrong-state');
  expect(await sweep.act('deskLead', 'extend', { deadline: sweep.at(-day) })).toBe('sweep.deadline-past');
  expect(await sweep.act('deskLead', 'extend', { deadline: sweep.inDays(5) })).toMatchObject({
    deadline: sweep.inDays(5),
  });
  expect(await sweep.act('deskLead', 'close')).toMatchObject({ state: 'closed', allows: ['reopen'] });
  expect(await sweep.act('deskLead', 'reopen', { words: '还有几户', deadline: sweep.inDays(2) })).toMatchObject({
    state: 'running',
  });
  expect(await sweep.act('deskLead', 'cancel', { words: '并到镇里的排查' })).toMatchObject({
    state: 'cancelled',
    allows: [],
  });
});

test('the same plan twice is one sweep; another under the same id is refused', async () => {
  expect((await sweep.set()).status).toBe(200);
  expect((await sweep.set()).data).toMatchObject({ id: sweep.sweepId, state: 'draft' });
  expect((await sweep.set({ title: '另一次' })).problem?.code).toBe('sweep.sent-differently');
  expect((await sweep.set({}, 'townDispatcher')).problem?.code).toBe('sweep.id-taken');
});

test.each([
  ['no questions', { questions: [] }, 'sweep.questions-needed'],
  ['a deadline that is over', { deadline: '2026-09-14T00:00:00.000Z' }, 'sweep.deadline-past'],
  ['a roll-call without a place to go', { kind: 'rollCall', questions: [] }, 'sweep.places-needed'],
  ['a 户号 of nowhere', { selection: { by: 'list', codes: ['H0001'] } }, 'sweep.unknown-codes'],
])('a sweep with %s is refused', async (_, more, code) => {
  expect((await sweep.set(more)).problem?.code).toBe(code);
});

test('a desk cannot sweep another village, and sees nothing of what the other sweeps', async () => {
  expect((await sweep.set({ gridId: town.villageB })).problem?.code).toBe('access.forbidden');
  await sweep.started();
  const outside = town.as('deskLeadOutside');
  expect(await outside.refused('sweeps.read', { params: { sweepId: sweep.sweepId } })).toBe('sweep.not-found');
  expect((await outside.ok('sweeps.list')).items).toEqual([]);
});

test('sensitive flags choose households for the desk, which counts them without being told which; each use is written down', async () => {
  await sweep.flagged('resident', 'minimumLiving');
  await sweep.flagged('farResident', 'minimumLiving');
  const selection = { by: 'flags' as const, flags: ['minimumLiving' as const] };
  for (const who of ['secretary', 'townDispatcher'] as const)
    expect((await sweep.set({ selection }, who)).problem?.code).toBe('sweep.flags-not-yours');
  const body = { gridId: town.villageA, selection };
  expect(await town.as('deskLead').ok('sweeps.preview', { body })).toMatchObject({ households: 1, people: 2 });
  await sweep.started({ selection });
  // The lead of the group knows it of the house anyhow; the member goes there; whoever leads from above counts.
  const [target] = await sweep.targets({}, 'groupLead');
  expect(target).toMatchObject({ householdId: town.households.resident });
  const door = { params: { targetId: target?.id ?? '' } };
  for (const who of ['deskLead', 'secretary', 'townDispatcher'] as const) {
    expect(await sweep.read(who)).toMatchObject({
      showsDoors: false,
      mayExportNames: false,
      counts: { households: 1 },
    });
    expect(await sweep.targets({}, who)).toEqual([]);
    expect(await town.as(who).refused('sweeps.target', door)).toBe('sweep.target-not-found');
  }
  expect(await sweep.read('groupLead')).toMatchObject({ showsDoors: true });
  for (const who of ['groupLead', 'member'] as const) await town.as(who).ok('sweeps.target', door);
  const exporting = { params: { sweepId: sweep.sweepId }, body: { format: 'xlsx', names: true } } as const;
  expect(await town.as('deskLead').refused('sweeps.export', exporting)).toBe('access.forbidden');
  // Numbers alone leave the house, and no household is told that it stood in them.
  const plain = { ...exporting, body: { ...exporting.body, names: false } };
  const { address } = await town.as('deskLead').ok('sweeps.export', plain);
  expect((await town.as('deskLead').raw('GET', address)).status).toBe(200);
  expect(await auditOf('openSweepPaper', 'deskLead')).toMatchObject([{ facts: { names: false, rows: 0 } }]);
  const told = (await town.as('resident').ok('privacy.looks')).items.map(({ what }) => what);
  expect(told).toEqual([expect.stringContaining('选到了您家')]);
  expect(await auditOf('countByFlags', 'deskLead')).toHaveLength(1);
  expect(await auditOf('sweepByFlags', 'deskLead')).toMatchObject([{ thing_id: sweep.sweepId }]);
  // The flag stands nowhere in plain text, and whoever goes to the door is not told it.
  const [row] = await server.world.database.reading.query<{ flags: string }>(
    'SELECT flags_sealed AS flags FROM sweep WHERE id = ?',
    [sweep.sweepId],
  );
  expect(row?.flags).not.toMatch(/minimumLiving/);
  const round = await town.as('member').ok('sweeps.round', { params: { sweepId: sweep.sweepId } });
  expect(JSON.stringify(round)).not.toMatch(/minimumLiving|低保/);
  expect((await sweep.read('secretary')).selection).toMatchObject({ by: 'flags', flags: null, listed: 0 });
});

test('whoever may not know whose 低保 it is makes neither himself nor another stranger the one who goes there', async () => {
  await sweep.flagged('resident', 'minimumLiving');
  await sweep.flagged('otherResident', 'minimumLiving');
  await sweep.started({ selection: { by: 'flags', flags: ['minimumLiving'] } });
  const { deskLead, deskLead2, member, member2, gridWorker } = town.people;
  // Nobody serves the second group: whoever took what has nobody would be told whose it is.
  for (const { id: holderId } of [deskLead, deskLead2, member2])
    expect(await sweep.act('deskLead', 'split', { holderId })).toBe('sweep.holder-may-not-know');
  const round = { params: { sweepId: sweep.sweepId } };
  expect(await town.as('deskLead').refused('sweeps.round', round)).toBe('sweep.not-found');
  const holdersIn = async (gridId: string) =>
    (await town.as('deskLead').ok('sweeps.holders', { ...round, query: { gridId } })).people.map(({ name }) => name);
  expect(await holdersIn(town.groups.a2)).toEqual([]);
  expect((await holdersIn(town.groups.a1)).sort()).toEqual(['陈小燕', '黄伟明'].sort());
  const [target] = await sweep.targets({}, 'groupLead');
  const targetIds = [target?.id ?? ''];
  expect(await sweep.act('groupLead', 'split', { targetIds, holderId: member2.id })).toBe('sweep.holder-may-not-know');
  for (const { id: holderId } of [gridWorker, member])
    expect(await sweep.act('groupLead', 'split', { targetIds, holderId })).toMatchObject({ state: 'running' });
});

test('危房 and 地灾点 say something of the ground, not of people: whoever leads sees those doors', async () => {
  await sweep.flagged('resident', 'hazardZone');
  await sweep.started({ selection: { by: 'flags', flags: ['hazardZone'] } });
  expect(await sweep.read()).toMatchObject({ showsDoors: true });
  expect(await sweep.targets()).toMatchObject([{ householdId: town.households.resident }]);
});

test('an uploaded list chooses by 户号, and says which ones are on no roll here', async () => {
  await write("UPDATE household SET code = 'ZX-101' WHERE id = ?", [town.households.resident] as never);
  const selection = { by: 'list' as const, codes: ['ZX-101', 'ZX-999'] };
  const preview = await town.as('deskLead').ok('sweeps.preview', { body: { gridId: town.villageA, selection } });
  expect(preview).toMatchObject({ households: 1, unknown: ['ZX-999'] });
  await sweep.started({ selection: { ...selection, codes: ['ZX-101'] } });
  expect(await sweep.targets()).toHaveLength(1);
});

test('households are picked one by one; until it starts one sees which, and may pick anew', async () => {
  const [first, second] = [town.households.resident, town.households.hubKeeper];
  await sweep.set({ selection: { by: 'list', householdIds: [first] } });
  expect((await sweep.read()).selection).toMatchObject({ by: 'list', listed: 1, householdIds: [first] });
  const anew = sweep.plan({ selection: { by: 'list', householdIds: [first, second] } });
  expect(await sweep.act('deskLead', 'change', anew)).toMatchObject({ selection: { listed: 2 } });
  expect(await sweep.act('deskLead', 'start')).toMatchObject({ selection: { listed: 2, householdIds: [] } });
  expect((await sweep.targets()).map(({ householdId }) => householdId).sort()).toEqual([first, second].sort());
});

test('what a holder carries holds masked names and doors of his own households only', async () => {
  await sweep.started();
  const round = await town.as('member').ok('sweeps.round', { params: { sweepId: sweep.sweepId } });
  expect(round.targets).toMatchObject([{ door: '12号', head: '王*英', people: 2, persons: [], needs: [] }]);
  expect(JSON.stringify(round)).not.toMatch(/王桂英|陈大柱|黄阿妹/);
  expect(await town.as('member2').refused('sweeps.round', { params: { sweepId: sweep.sweepId } })).toBe(
    'sweep.not-found',
  );
});

test('the lead gives doors to somebody else; who had them may still send what he had written down', async () => {
  await sweep.started();
  await server.drain(town.townId);
  const target = await sweep.targetOf('resident');
  const elsewhere = { targetIds: [target], holderId: town.people.memberOutside.id };
  expect(await sweep.act('groupLead', 'split', elsewhere)).toBe('sweep.holder-outside');
  expect(
    await sweep.act('groupLead', 'split', { targetIds: [target], holderId: town.people.member2.id }),
  ).toMatchObject({
    state: 'running',
  });
  await server.drain(town.townId);
  expect(await sweep.messagesOf('member2')).toMatchObject([{ kind: 'sweep.split' }]);
  expect((await town.as('member2').ok('sweeps.mine')).items).toMatchObject([
    { id: sweep.sweepId, households: 1, done: 0 },
  ]);
  expect(await sweep.visit('member', target, { result: 'notHome' })).toMatchObject({ state: 'notHome' });
  expect(await sweep.visit('member3', target, { result: 'notHome' })).toBe('sweep.target-not-found');
  const other = await sweep.targetOf('otherResident');
  expect(await sweep.act('groupLead', 'split', { targetIds: [other] })).toBe('sweep.target-outside');
});

test('who goes away is relieved: by the next split, and by the clock before the deadline', async () => {
  await sweep.started();
  const target = await sweep.targetOf('resident');
  await write('UPDATE person SET away_until = ? WHERE id = ?', [
    new Date(sweep.inDays(9)),
    town.people.member.id,
  ] as never);
  server.clock.advance(2 * day + hour);
  await server.drain(town.townId);
  const [first] = (await sweep.targets()).filter(({ id }) => id === target);
  expect(['陈小燕', '黄伟明']).toContain(first?.holder?.name);
  expect(await sweep.messagesOf('gridWorker')).toEqual(
    expect.arrayContaining([expect.objectContaining({ kind: 'sweepClock.dueSoon' })]),
  );
  server.clock.advance(day);
  await server.drain(town.townId);
  expect(await sweep.messagesOf('deskLead')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'sweepClock.ended', about: { thing: 'sweep', id: sweep.sweepId } }),
    ]),
  );
});

test('who is behind is reminded once a day, by whomever', async () => {
  await sweep.started();
  expect(await sweep.act('deskLead', 'remind')).toEqual({ reminded: expect.any(Number), already: 0 });
  expect(await sweep.act('groupLead', 'remind')).toMatchObject({ reminded: 0 });
  const { rows } = await town
    .as('deskLead')
    .ok('sweeps.progress', { params: { sweepId: sweep.sweepId }, query: { by: 'holder' } });
  expect(rows.find(({ name }) => name === '李晓峰')).toMatchObject({ todo: 1, remindedToday: true });
  expect(rows.find(({ name }) => name === '没有人负责')).toMatchObject({ id: null, households: 1 });
  await server.drain(town.townId);
  expect(await sweep.messagesOf('member')).toEqual(
    expect.arrayContaining([expect.objectContaining({ kind: 'sweep.remind' })]),
  );
  server.clock.advance(day);
  expect(await sweep.act('deskLead', 'remind')).not.toMatchObject({ reminded: 0 });
});

test('the lead of a group sees the numbers of his group, the desk those of the village', async () => {
  await sweep.started();
  expect((await sweep.read('groupLead')).counts.households).toBe(3);
  expect((await sweep.read('groupLead')).allows).toEqual(['split', 'remind']);
  const groups = await town.as('townDispatcher').ok('sweeps.progress', { params: { sweepId: sweep.sweepId } });
  expect(groups.rows.map(({ households }) => households)).toEqual([3, 1]);
  const { rows } = await town
    .as('secretary')
    .ok('sweeps.progress', { params: { sweepId: sweep.sweepId }, query: { by: 'village' } });
  expect(rows).toMatchObject([{ name: '碧塘村', households: 4 }]);
});

test('an export says who took it and when, is written down, and holds names only for whoever may', async () => {
  await sweep.started();
  await sweep.visit('member', await sweep.targetOf('resident'), { answers: safe });
  const params = { sweepId: sweep.sweepId };
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
  const { address } = await town.as(who).ok('sweeps.export', { params: { sweepId: sweep.sweepId }, body });
  const file = await town.as(who).raw('GET', address);
  const sheets = await readXlsxFile(Buffer.from(await file.arrayBuffer()));
  return JSON.stringify(sheets);
}
