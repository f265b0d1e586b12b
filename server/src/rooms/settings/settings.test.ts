import { ulid } from 'ulid';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { fromJson } from '../../foundation/database/connect';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import { CalendarDay } from './setting.entity';
import { defaultSettings } from './settings.queries';

let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
  // As a town that nobody has settled anything for.
  await server.world.database.transaction(async (db) => {
    await db.write('DELETE FROM setting WHERE grid_id = ?', [town.townId]);
    await makeReadAnew(db);
  });
});
afterAll(async () => server.close());

const change = (body: object, gridId = town.townId) =>
  town.as('admin').call('settings.change', { params: { gridId }, body: body as typeof defaultSettings });
const read = () => town.as('admin').ok('settings.read', { params: { gridId: town.townId } });
const auditOf = (thingId: string) =>
  server.world.database.reading.query<{ act: string; person_id: string; facts: unknown }>(
    'SELECT act, person_id, facts FROM audit_entry WHERE thing_id = ?',
    [thingId],
  );

describe('settings of a town', () => {
  test('are the usual ones until somebody changes them; then all work by the new ones', async () => {
    expect((await read()).settings).toEqual(defaultSettings);
    const summer = { ...defaultSettings, workHours: [{ from: '08:00', to: '12:00' }], dutyPhone: '0752-8880110' };
    expect((await change(summer)).data).toEqual({ settings: summer });
    expect((await read()).settings).toEqual(summer);
    const reference = await server.world.references.current();
    expect(reference.town(town.townId)).toMatchObject({ dutyPhone: '0752-8880110', inspectionPercent: 5 });
    expect(reference.town(town.townId).calendar.hours.working).toEqual([[480, 720]]);
  });

  test('leave a trace of who changed what; sending the same again changes nothing', async () => {
    const stricter = { ...defaultSettings, inspectionPercent: 10 };
    await change(stricter);
    await change(stricter);
    const entries = await auditOf(town.townId);
    const facts = {
      changed: ['inspectionPercent'],
      before: { inspectionPercent: [5] },
      after: { inspectionPercent: [10] },
    };
    expect(entries.map(({ act, person_id, facts }) => [act, person_id, fromJson(facts)])).toEqual([
      ['changeSettings', town.people.admin.id, facts],
    ]);
  });

  test('do not move a due time that is running', async () => {
    const orderId = ulid();
    const body = { categoryId: 'streetLight', words: '路灯不亮', gridId: town.groups.a1 };
    const { dueAt } = await town.as('resident').ok('orders.place', { params: { orderId }, body });
    await change({ ...defaultSettings, workHours: [{ from: '09:00', to: '10:00' }] });
    expect((await town.as('resident').ok('orders.read', { params: { orderId } })).dueAt).toBe(dueAt);
    const next = await town.as('resident').ok('orders.place', { params: { orderId: ulid() }, body });
    expect(next.dueAt).not.toBe(dueAt);
  });

  test.each<[string, object, string]>([
    ['hours that end before they begin', { workHours: [{ from: '12:00', to: '08:00' }] }, 'workHours.0'],
    [
      'hours that overlap',
      {
        workHours: [
          { from: '08:00', to: '12:00' },
          { from: '11:00', to: '14:00' },
        ],
      },
      'workHours',
    ],
    ['no hours of work at all', { workHours: [] }, 'workHours'],
    ['a time that no clock shows', { daytime: { from: '07:00', to: '24:30' } }, 'daytime.to'],
    ['more than everything inspected', { inspectionPercent: 101 }, 'inspectionPercent'],
    ['a telephone that is none', { dutyPhone: 'ring me' }, 'dutyPhone'],
  ])('cannot be %s', async (_, part, field) => {
    const { status, problem } = await change({ ...defaultSettings, ...part });
    expect([status, Object.keys(problem?.fields ?? {})]).toEqual([400, [field]]);
    expect((await read()).settings).toEqual(defaultSettings);
  });

  test('are read by the dispatcher, changed by the administrator, of this town only', async () => {
    const params = { gridId: town.townId };
    expect((await town.as('townDispatcher').ok('settings.read', { params })).settings).toEqual(defaultSettings);
    expect(await town.as('townDispatcher').refused('settings.change', { params, body: defaultSettings })).toBe(
      'access.forbidden',
    );
    expect(await town.as('deskLead').refused('settings.read', { params })).toBe('access.forbidden');
    const elsewhere = await buildTown(server);
    expect(await elsewhere.as('townDispatcher').refused('settings.read', { params })).toBe('access.forbidden');
    expect((await change(defaultSettings, elsewhere.townId)).problem?.code).toBe('access.forbidden');
    expect((await change(defaultSettings, town.villageA)).problem?.code).toBe('grid.not-found');
    expect((await change(defaultSettings, ulid())).problem?.code).toBe('grid.not-found');
  });

  test('say from November on that next year has no holidays yet', async () => {
    expect((await read()).calendarWarning).toBeNull();
    server.clock.set(Date.parse('2026-11-02T01:00:00Z'));
    expect((await read()).calendarWarning).toMatch(/^2027年的放假安排还没有录入/);
  });
});

describe('the holidays of a year', () => {
  // The calendar is everybody's, of all towns of these tests.
  let before: CalendarDay[];
  beforeEach(async () => {
    server.clock.set(Date.parse('2026-11-10T01:00:00Z'));
    before = await server.world.database.reading.query<CalendarDay>('SELECT * FROM calendar_day', []);
  });
  afterEach(() =>
    server.world.database.transaction(async (db) => {
      await db.write('DELETE FROM calendar_day');
      await db.insert(CalendarDay, before);
    }),
  );
  const params = (year: number, gridId = town.countyId) => ({ params: { gridId, year } });
  const readYear = (year: number) => town.as('admin').ok('settings.holidays', params(year));
  const save = async (body: object, year = 2027, readVersion?: string) => {
    const read = readVersion ?? (await readYear(year)).version;
    const call = { ...params(year), body: { ...body, readVersion: read } as never };
    return town.as('admin').call('settings.saveHolidays', call);
  };
  const wrong = async (body: object) => (await save(body)).problem?.fields;
  const newYear = { name: '元旦', from: '2027-01-01', to: '2027-01-03' };
  const holidays = [newYear, { name: '春节', from: '2027-02-05', to: '2027-02-11' }];
  const whole = { holidays, workdays: ['2027-02-14'] };

  test('are typed in as they are announced, and count from then on', async () => {
    const admin = town.as('admin');
    const announced = await readYear(2026);
    expect(announced).toMatchObject({ isKnown: true });
    expect(announced.holidays).toContainEqual({ name: '国庆节', from: '2026-10-01', to: '2026-10-07' });
    expect(announced.workdays).toContain('2026-10-10');
    expect(await readYear(2027)).toMatchObject({ isKnown: false });
    expect(await wrong({ holidays, workdays: ['2027-02-15'] })).toEqual({
      workdays: expect.stringContaining('本来就上班'),
    });
    expect(await wrong({ holidays, workdays: ['2027-02-06'] })).toEqual({
      workdays: expect.stringContaining('又放假又上班'),
    });
    expect(await wrong({ holidays: [...holidays, newYear], workdays: [] })).toHaveProperty('holidays');
    expect((await save(whole)).data).toMatchObject({ ...whole, year: 2027, isKnown: true });
    await save(whole);
    expect((await read()).calendarWarning).toBeNull();
    const entries = (await auditOf(town.countyId)).filter(({ act }) => act === 'changeHolidays');
    expect(entries).toHaveLength(1);
    expect(['2027-02-08', '2027-02-14', '2027-02-12'].map(await workedIn(2027))).toEqual([false, true, true]);
    expect((await save(whole, 2030, 'any')).problem?.fields).toBeDefined();
    expect(await admin.refused('settings.holidays', params(2026, town.townId))).toBe('grid.not-found');
    const { items } = await admin.ok('settings.changes', { params: { gridId: town.countyId } });
    expect(items[0]).toMatchObject({ actName: '录入放假安排' });
  });

  const workedIn = async (year: number) => {
    const { starts } = (await server.world.references.current()).town(town.townId).calendar.timetable('working', year);
    const days = new Set([...starts].map((at) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)));
    return (date: string) => days.has(date);
  };

  test('which begin before New Year are one holiday of the year they are announced for', async () => {
    const long = { ...newYear, from: '2026-12-31' };
    const announced = { holidays: [long, ...holidays.slice(1)], workdays: ['2026-12-27'] };
    expect((await save(announced)).data).toMatchObject(announced);
    expect(['2026-12-31', '2026-12-27'].map(await workedIn(2026))).toEqual([false, true]);
    // The year before is what it was, and cannot take the day for itself.
    const past = await readYear(2026);
    expect(past.holidays.some(({ to }) => to === '2026-12-31')).toBe(false);
    const own = { name: '年底', from: '2026-12-31', to: '2026-12-31' };
    const taken = await save({ holidays: [...past.holidays, own], workdays: past.workdays }, 2026);
    expect(taken.problem?.fields).toEqual({ holidays: '2026-12-31 已经写在 2027 年的安排里' });
    expect(await wrong({ holidays: [{ ...long, from: '2026-12-20' }], workdays: [] })).toEqual({
      'holidays.0.to': expect.stringContaining('12 月 24 日'),
    });
    expect(await wrong({ holidays: [{ ...long, from: '2027-12-31', to: '2028-01-02' }], workdays: [] })).toEqual({
      'holidays.0.to': '跨过元旦的假期写在 2028 年的安排里',
    });
  });

  test('are not put back by whoever has read them before somebody else saved', async () => {
    const { version } = await readYear(2027);
    expect((await save(whole, 2027, version)).status).toBe(200);
    const old = await save({ holidays: [newYear], workdays: [] }, 2027, version);
    expect(old.problem?.code).toBe('setting.changed-meanwhile');
    expect(await readYear(2027)).toMatchObject(whole);
    // The same again, its answer lost: it is done already.
    expect((await save(whole, 2027, version)).status).toBe(200);
    const current = (await readYear(2027)).version;
    const both = [newYear, { ...newYear, to: '2027-01-02' }].map((one) =>
      save({ holidays: [one], workdays: [] }, 2027, current),
    );
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('a typhoon closes the town', () => {
  const typhoon = { name: '台风“海燕”', from: '2026-09-16T00:00:00.000Z', to: '2026-09-18T00:00:00.000Z' };
  const close = (body: typeof typhoon, periodId = ulid(), at = town) =>
    at.as('admin').call('settings.closePeriod', { params: { gridId: at.townId, periodId }, body });

  test('from then on no working time passes in it', async () => {
    const periodId = ulid();
    expect((await close(typhoon, periodId)).data).toEqual({ id: periodId, ...typhoon });
    expect((await read()).closedPeriods).toEqual([{ id: periodId, ...typhoon }]);
    const { calendar } = (await server.world.references.current()).town(town.townId);
    const { starts } = calendar.timetable('working', 2026);
    const inside = [...starts].filter((at) => at > Date.parse(typhoon.from) && at < Date.parse(typhoon.to));
    expect(inside).toEqual([]);
    expect(await auditOf(periodId)).toMatchObject([{ act: 'closePeriod', person_id: town.people.admin.id }]);
  });

  test('it may be corrected under its own id, and a repeat leaves no second trace', async () => {
    const periodId = ulid();
    const longer = { ...typhoon, to: '2026-09-19T00:00:00.000Z' };
    for (const body of [typhoon, typhoon, longer]) expect((await close(body, periodId)).status).toBe(200);
    expect((await read()).closedPeriods).toEqual([{ id: periodId, ...longer }]);
    expect(await auditOf(periodId)).toHaveLength(2);
  });

  test("another town's typhoon cannot be moved", async () => {
    const periodId = ulid();
    await close(typhoon, periodId);
    expect((await close(typhoon, periodId, await buildTown(server))).problem?.code).toBe('setting.period-id-taken');
  });

  test.each([
    ['backwards', { from: typhoon.to, to: typhoon.from }, 'to'],
    ['for longer than a month', { to: '2026-12-18T00:00:00.000Z' }, 'to'],
    ['in another age', { from: '0000-01-01T00:00:00.000Z', to: '0000-01-02T00:00:00.000Z' }, 'from'],
    ['at an hour that is none', { from: '2026-09-16T25:00:00.000Z' }, 'from'],
    ['without a name', { name: '  ' }, 'name'],
  ])('not %s', async (_, part, field) => {
    const { status, problem } = await close({ ...typhoon, ...part });
    expect([status, Object.keys(problem?.fields ?? {})]).toEqual([400, [field]]);
  });
});
