import { ulid } from 'ulid';
import writeWorkbook from 'write-excel-file/node';
import { householdSheetFor, type HouseholdSheet } from '../../../test/household-sheet';
import { rostersIn, type RosterTrial } from '../../../test/roster-files';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { callerById } from '../../foundation/access/sessions';
import { planUnits } from '../../foundation/rosters/check-units';
import { jobOf } from '../../foundation/rosters/imports';
import { scopeOf } from '../../foundation/rosters/job';
import { stagedUnits } from '../../foundation/rosters/staged-units';
import { rosters } from '../../rooms';

/** 户籍名册: what stands between the check and the import. */
let server: TestServer;
let town: Town;
let roster: RosterTrial;
let sheet: HouseholdSheet;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  roster = rostersIn(server, town, 'households');
  sheet = await householdSheetFor(server, town);
});

test('what has changed since the check is not written over: it has to be checked again', async () => {
  const rows = sheet.couple();
  await roster.applied((await roster.checked(rows)).id);
  const found = await roster.checked([{ ...rows[0], 手机号: '15412348888' }, rows[1] ?? {}]);
  await server.world.database.transaction((db) =>
    db.write(
      'UPDATE person SET residence = ? WHERE name = ? AND household_id IN (SELECT id FROM household WHERE grid_id = ?)',
      ['away', '冯阿公', town.groups.a1],
    ),
  );
  // Something the file says nothing of: it may go on.
  await server.world.database.transaction((db) =>
    db.write(
      'UPDATE person SET relation = ? WHERE name = ? AND household_id IN (SELECT id FROM household WHERE grid_id = ?)',
      ['parent', '冯阿婆', town.groups.a1],
    ),
  );
  await roster.press('apply', found.id);
  expect(await roster.settled(found.id)).toMatchObject({ state: 'ready', problem: { code: 'roster.changed-since' } });
  expect((await sheet.peopleOf('0012'))[0]).toMatchObject({ phone: '15412340001' });
  await roster.press('recheck', found.id);
  expect(await roster.settled(found.id)).toMatchObject({ state: 'ready', problem: null });
  expect(await roster.applied(found.id)).toMatchObject({ state: 'applied' });
  expect((await sheet.peopleOf('0012'))[0]).toMatchObject({ phone: '15412348888' });
});

test('two who press at once, and two files with the same household, bring it in once', async () => {
  const rows = sheet.couple('0044');
  const [one, other] = [await roster.checked(rows), await roster.checked(rows)];
  const pressed = await Promise.all([
    roster.press('apply', one.id),
    roster.press('apply', one.id),
    roster.press('apply', other.id),
  ]);
  expect(pressed.filter(({ problem }) => problem).length).toBeLessThanOrEqual(1);
  await server.world.background.settled();
  expect(await sheet.peopleOf('0044')).toHaveLength(2);
  const states = [await roster.settled(one.id), await roster.settled(other.id)].map(
    ({ state, problem }) => problem?.code ?? state,
  );
  expect(states.sort()).toEqual(['applied', expect.stringMatching(/roster\.(changed-since|under-way)/)]);
});

test('while households are written, who lives there unchanged places an order', async () => {
  const rows = sheet.couple('0055');
  await roster.applied((await roster.checked(rows)).id);
  const { id } = await roster.checked([{ ...rows[0], 门牌: '55号', 手机号: '15412345555' }, rows[1] ?? {}]);
  const { world, clock } = server;
  const caller = await callerById(
    world.database.reading,
    world.references,
    town.people.admin.id,
    new Date(clock.now()),
  );
  if (!caller) throw new Error('there is no administrator');
  await world.database.transaction(async (db) => {
    await db.write(
      "UPDATE person SET household_id = (SELECT id FROM household WHERE code = '0055' AND grid_id = ?) WHERE id = ?",
      [town.groups.a1, town.people.resident.id],
    );
  });
  const row = { id, kind: 'households', gridId: town.countyId, options: {} } as const;
  const job = jobOf(world, rosters, caller, row, new AbortController().signal);
  await world.database.transaction(async (db) => {
    for await (const units of stagedUnits(db, id, job.roster, 'toWrite'))
      await planUnits(db, job.roster, await scopeOf(job), units, { lock: true, repeated: new Map() });
    const body = { categoryId: 'streetLight', words: '路灯不亮了' };
    const { status } = await town.as('resident').call('orders.place', { params: { orderId: ulid() }, body });
    expect(status).toBe(200);
  });
});

test('what is cancelled is forgotten', async () => {
  const { id } = await roster.checked(sheet.couple());
  expect((await roster.press('cancel', id)).data?.state).toBe('cancelled');
  await server.world.background.settled();
  expect(await sheet.read('SELECT id FROM roster_row WHERE import_id = ?', id)).toEqual([]);
  expect((await roster.press('apply', id)).problem?.code).toBe('roster.wrong-state');
});

test('what stands on a second sheet is not left out in silence', async () => {
  const [first] = sheet.couple('0066');
  const heads = Object.keys(first ?? {});
  const data = [heads, heads.map((head) => first?.[head] ?? null)];
  const file = await writeWorkbook([
    { sheet: '一组', data },
    { sheet: '二组', data },
  ]).toBuffer();
  expect(await roster.checkedFile(file)).toMatchObject({
    state: 'failed',
    problem: {
      code: 'roster.unseen',
      words: ['别的工作表里也有内容：“二组”，请都复制到第一张，或分成几个文件'],
    },
  });
});
