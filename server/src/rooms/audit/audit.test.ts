import readXlsxFile from 'read-excel-file/node';
import { extractText, getDocumentProxy } from 'unpdf';
import { ulid } from 'ulid';
import { clientOf } from '../../../test/client';
import { journeyIn } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { recordAct } from '../../foundation/audit/record-act';
import { sealForgotten } from '../../foundation/audit/seal';

/** 审计: what an auditor sees of what was done, and where. */
let server: TestServer;
let town: Town;
const day = 24 * 60 * 60_000;

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
});
afterAll(() => server.close());

const did = (who: PersonName | null, thingId: string | null = null, townId: string | null = town.townId) =>
  server.world.database.transaction((db) =>
    recordAct(
      db,
      { personId: who && town.people[who].id, now: new Date(server.clock.now()), townId },
      'revealContact',
      { thingId, facts: { purpose: 'callback' } },
    ),
  );
const listed = async (query: object, by: PersonName = 'auditor') =>
  (await town.as(by).ok('audit.list', { query: { limit: 100, ...query } })).items;
const fetched = async ({ address }: { address: string }): Promise<Buffer> =>
  Buffer.from(await (await clientOf(server.url).raw('GET', address)).arrayBuffer());

describe('the list', () => {
  test('says who did what to what, when and why, in words', async () => {
    const orderId = await journeyIn(server, town).place();
    await did('deskLead', orderId);
    const [item] = await listed({ thingId: orderId });
    expect(item).toMatchObject({
      ...{ act: 'revealContact', actName: '看联系电话', kind: 'clear', at: new Date(tuesdayMorning).toISOString() },
      who: { personId: town.people.deskLead.id, name: '刘建华' },
      thing: { id: orderId, kindName: '单子', name: '路灯不亮' },
      facts: [{ name: '用途', words: '回访' }],
    });
  });

  test('names officers, and masks who holds no post', async () => {
    const thingId = ulid();
    await did('resident', thingId);
    await did(null, thingId);
    expect((await listed({ thingId })).map(({ who }) => who?.name)).toEqual(
      expect.arrayContaining(['王*英', undefined]),
    );
  });

  test('is narrowed by kind, act, person, thing and days of China', async () => {
    const [thingId, other] = [ulid(), ulid()];
    await did('deskLead', thingId);
    server.clock.advance(day);
    await did('member', thingId);
    await did('member', other);
    const ids = async (query: object) => (await listed(query)).length;
    expect(await ids({ thingId })).toBe(2);
    expect(await ids({ thingId, personId: town.people.member.id })).toBe(1);
    expect(await ids({ thingId, to: '2026-09-15' })).toBe(1);
    expect(await ids({ thingId, from: '2026-09-16', to: '2026-09-16' })).toBe(1);
    expect(await ids({ thingId, kind: 'clear' })).toBe(2);
    expect(await ids({ thingId, kind: 'export' })).toBe(0);
    expect(await ids({ thingId, act: 'signIn' })).toBe(0);
  });

  test('goes on page by page and misses nothing', async () => {
    const thingId = ulid();
    for (let each = 0; each < 7; each += 1) await did('member', thingId);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await town.as('auditor').ok('audit.list', { query: { thingId, limit: 3, cursor } });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(7);
  });

  test('shows the auditor of a town what concerns that town, and nothing of others or of the county', async () => {
    const elsewhere = await buildTown(server);
    const [here, there, county] = [ulid(), ulid(), ulid()];
    await did('deskLead', here);
    await did(null, there, elsewhere.townId);
    await did('admin', county, null);
    const seenBy = async (by: PersonName) =>
      Promise.all([here, there, county].map(async (thingId) => (await listed({ thingId }, by)).length));
    expect(await seenBy('townAuditor')).toEqual([1, 0, 0]);
    expect(await seenBy('auditor')).toEqual([1, 1, 1]);
  });
});

describe('what is written down', () => {
  test('a decision on an order, with the row of its history; what is no decision is not', async () => {
    const village = journeyIn(server, town);
    const orderId = await village.place();
    await village.does('deskLead', 'decline', orderId, { reason: 'outsideScope', words: '请找供电所' });
    expect((await listed({ thingId: orderId })).map(({ actName, who }) => [actName, who?.name])).toEqual([
      ['单子：不予受理', '刘建华'],
    ]);
    const [entry] = await server.world.database.reading.query<{ history: string; town: string }>(
      `SELECT h.action AS history, e.town_id AS town FROM audit_entry e
       JOIN history h ON h.id = JSON_UNQUOTE(JSON_EXTRACT(e.facts, '$.historyId')) WHERE e.thing_id = ?`,
      [orderId],
    );
    expect(entry).toEqual({ history: 'decline', town: town.townId });
  });

  test('what is rolled back did not happen', async () => {
    const thingId = ulid();
    const doer = { personId: town.people.deskLead.id, now: new Date(server.clock.now()), townId: town.townId };
    const failing = server.world.database.transaction(async (db) => {
      await recordAct(db, doer, 'revealContact', { thingId, facts: { purpose: 'study' } });
      throw new Error('and then the line was cut');
    });
    await expect(failing).rejects.toThrow('the line was cut');
    expect(await listed({ thingId })).toEqual([]);
  });

  test('a sign-in, with the town of who came in; a code that WeChat refuses, without anybody', async () => {
    const { id } = town.people.deskLead;
    await clientOf(server.url).ok('people.signInAsDemo', { body: { key: id } });
    const [entry] = await listed({ personId: id, act: 'signIn' }, 'townAuditor');
    expect(entry).toMatchObject({ kind: 'session', facts: expect.arrayContaining([{ name: '方式', words: '演示' }]) });
    const before = (await listed({ act: 'signInRefused' })).length;
    await clientOf(server.url).call('people.signInWithWechat', { body: { code: 'no such code' } });
    expect((await listed({ act: 'signInRefused' })).length).toBe(before + 1);
  });
});

describe('the export', () => {
  const exported = (thingId: string, by: PersonName = 'auditor') =>
    town.as(by).ok('audit.export', { query: { thingId } });

  test('is a workbook with who took it and when above the rows, and it is written down, as is opening it', async () => {
    const thingId = ulid();
    await did('deskLead', thingId);
    const link = await exported(thingId);
    expect(link.fileName).toBe('审计记录-2026-09-15.xlsx');
    const [sheet] = await readXlsxFile(await fetched(link));
    const cells = (sheet?.data ?? []).flat();
    expect(cells).toEqual(
      expect.arrayContaining([
        '由钱审之于 2026 年 9 月 15 日 09:00 导出，仅供工作使用，不得外传',
        '看联系电话',
        '刘建华',
        '用途：回访',
      ]),
    );
    const acts = (await listed({ personId: town.people.auditor.id, kind: 'export' })).map(({ act }) => act);
    expect(acts.sort()).toEqual(['exportAudit', 'openAuditPaper']);
  });

  test('holds what its auditor may see when it is opened, not what the address says', async () => {
    const thingId = ulid();
    await did('admin', thingId, null);
    const [sheet] = await readXlsxFile(await fetched(await exported(thingId, 'townAuditor')));
    expect((sheet?.data ?? []).flat()).not.toContain('看联系电话');
  });

  test('its address runs out', async () => {
    const link = await exported(ulid());
    server.clock.advance(3 * 60 * 60_000);
    expect((await clientOf(server.url).raw('GET', link.address)).status).toBe(403);
  });
});

describe('the state of the chain', () => {
  test('says up to where it is sealed, and how it ends', async () => {
    await did('member');
    expect((await town.as('auditor').ok('audit.state')).waiting).toBeGreaterThan(0);
    await sealForgotten(server.world.database);
    const state = await town.as('auditor').ok('audit.state');
    expect(state.waiting).toBe(0);
    expect(state.head).toMatch(new RegExp(`^${state.sealed?.seq}:${state.sealed?.shortHash}[0-9a-f]{52}$`));
  });

  test('its entries are kept 180 days at least; the county’s auditor says how long', async () => {
    const rules = (keepDays: number, by: PersonName = 'auditor') =>
      town.as(by).call('audit.changeRules', { body: { keepDays, idleDays: 60 } });
    expect((await rules(179)).problem?.code).toBe('request.bad-input');
    expect((await rules(400, 'townAuditor')).problem?.code).toBe('access.forbidden');
    expect((await rules(400)).data).toEqual({ rules: { keepDays: 400, idleDays: 60 } });
    await rules(400);
    expect((await town.as('auditor').ok('audit.state')).rules).toEqual({ keepDays: 400, idleDays: 60 });
    expect(await listed({ act: 'changeAuditRules', personId: town.people.auditor.id })).toHaveLength(1);
  });
});

describe('the table of roles', () => {
  test('is a page and a PDF, in Chinese', async () => {
    const { roles, groups } = await town.as('admin').ok('grantReviews.roles');
    expect(roles.find(({ role }) => role === 'auditor')).toMatchObject({ name: '审计员', apartFrom: ['管理员'] });
    const permissions = groups.flatMap((group) => group.permissions);
    expect(permissions.find(({ permission }) => permission === 'audit.read')).toMatchObject({ roles: ['auditor'] });
    const pdf = await fetched(await town.as('auditor').ok('grantReviews.rolesPaper'));
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
    const plain = text.replace(/\s/g, '');
    for (const words of ['岗位权限表', '由钱审之于2026年9月15日09:00导出', '看审计记录审计员'])
      expect(plain).toContain(words);
  });
});
