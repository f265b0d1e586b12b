import readXlsxFile from 'read-excel-file/node';
import { extractText, getDocumentProxy } from 'unpdf';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { papersApi } from '@sandan/shared/commitments/papers.contract';
import { clientOf } from '../../../test/client';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { refusal } from '../../../test/problem-of';
import { scanPaper } from '../../../test/scan';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { paperAddress, paperNamed } from './paper-name';

type PaperLink = ReplyOf<typeof papersApi.notice>;

/** 公示表 and exports: what hangs on the notice board, and what a secretary works with. */
let server: TestServer;
let town: Town;
let village: CommitmentJourney;
let roundId: string;

beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  village = commitmentsIn(server, town);
  await rename('member', '李䶮');
  await rename('member2', '㛃喆');
  roundId = await village.toDrafting();
  await village.toPublished({ roundId, title: '=1+1 盏路灯', money: 350_000_00, moneySource: '村集体' });
  await village.draft({ roundId, title: '还没报上来的事' });
  await published('secretary', '修 2 公里机耕路', town.branches.a, 'organization');
  await published('secretary', '请县医院义诊', town.branches.a, 'secretaryProject');
  await published('member2', '看望五保户');
  await published('secretaryOutside', '石岭村修水渠', town.branches.b, 'organization');
});
afterAll(() => server.close());

async function rename(person: PersonName, name: string): Promise<void> {
  await server.world.database.transaction((db) =>
    db.write('UPDATE person SET name = ? WHERE id = ?', [name, town.people[person].id]),
  );
}

async function published(
  by: PersonName,
  title: string,
  organizationId?: string,
  kind: 'organization' | 'secretaryProject' | 'personal' = 'personal',
): Promise<void> {
  const branch = by === 'secretaryOutside' ? 'secretaryOutside' : 'secretary';
  const forGridId = by === 'secretaryOutside' ? town.villageB : town.villageA;
  const commitmentId = await village.toSubmitted({ roundId, title, kind, forGridId, organizationId }, by);
  await village.does(organizationId ? 'townSecretary' : branch, 'approve', commitmentId, { version: 1 });
  await village.does(branch, 'publish', commitmentId, {});
}

const nobody = () => clientOf(server.url);
const noticeOf = (person: PersonName, organizationId: string, format: 'pdf' | 'xlsx' = 'pdf'): Promise<PaperLink> =>
  town.as(person).ok('papers.notice', { params: { roundId, organizationId }, query: { format } });

async function fetched({ address }: PaperLink): Promise<Buffer> {
  const response = await nobody().raw('GET', address);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}
async function textOf(pdf: Buffer): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  return text.replace(/\s/g, '');
}
const sheets = async (link: PaperLink) => readXlsxFile(await fetched(link));
const cells = async (link: PaperLink) => (await sheets(link)).flatMap(({ data }) => data);

describe('公示表', () => {
  test('of a branch, on paper, says what it and its members have promised in public, and nothing else', async () => {
    const link = await noticeOf('resident', town.branches.a);
    expect(link.fileName).toBe(`碧塘村党支部${village.year}年双向承诺公示表.pdf`);
    const text = await textOf(await fetched(link));
    for (const words of [
      `碧塘村党支部${village.year}年双向承诺公示表`,
      '公示时间：2026年9月15日至2026年9月22日（公示期7天）',
      ...['班子承诺2件，党员2名、个人承诺2件', '一、班子承诺', '二、党员个人承诺', '李䶮', '㛃喆'],
      ...['=1+1盏路灯', '修2公里机耕路', '【书记项目】请县医院义诊', '看望五保户', '4盏', '碧塘村'],
      ...[`${village.year}-12-31`, '35万元（村集体）', '正在办', '群众可以在三单小程序里评诺、提意见'],
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/还没报上来|石岭|导出/);
  });

  test('says on each line how far it is', async () => {
    const [{ id = '' } = {}] = (await town.as('member2').ok('commitments.list', { query: { scope: 'mine' } })).items;
    await village.does('member2', 'progress', id, { words: '去看过了', quantityDone: 2 });
    expect(await textOf(await fetched(await noticeOf('member', town.branches.a)))).toContain('已办50%');
  });

  test('has a code that leads to the wall of its organisation', async () => {
    const pdf = await fetched(await noticeOf('resident', town.branches.a));
    expect(await textOf(pdf)).toContain('扫码看进度、评诺、提意见');
    const key = (await scanPaper(pdf))?.split('/c/').at(-1) ?? '';
    const opened = await town.as('resident').ok('links.open', { params: { key } });
    expect(opened).toEqual({ page: 'commitments', params: { organizationId: town.branches.a } });
  });

  test('is made without its code while WeChat is away, and has it the next time', async () => {
    await server.wechat.fault('cut', 'badGateway', 'html');
    const bare = await fetched(await noticeOf('resident', town.branches.b));
    expect(await scanPaper(bare)).toBeNull();
    expect(await textOf(bare)).not.toContain('扫码');
    expect(await textOf(bare)).toContain('石岭村修水渠');
    expect(await scanPaper(await fetched(await noticeOf('resident', town.branches.b)))).toContain('/c/');
  });

  test('is the same as a workbook, where what looks like a formula stays text', async () => {
    const rows = await cells(await noticeOf('secretary', town.branches.a, 'xlsx'));
    const row = rows.find((each) => each.includes('李䶮'));
    expect(row).toEqual(expect.arrayContaining(['=1+1 盏路灯', new Date(`${village.year}-12-31T00:00:00Z`)]));
    expect(rows[0]?.[0]).toBe(`碧塘村党支部 ${village.year} 年双向承诺公示表`);
  });

  test('of the town lists what organisations promise; what members promise hangs at their branches', async () => {
    const text = await textOf(await fetched(await noticeOf('townSecretary', town.branches.committee)));
    for (const words of ['东澄镇党委', '碧塘村党支部（班子承诺2件）', '石岭村修水渠']) expect(text).toContain(words);
    expect(text).not.toContain('看望五保户');
  });

  test('is offered for every organisation with something public, the own village first', async () => {
    const names = async (person: PersonName) =>
      (await town.as(person).ok('papers.notices', { params: { roundId } })).items.map(({ name, deeds, near }) => [
        ...[name, deeds, near],
      ]);
    expect(await names('farResident')).toEqual([
      ['石岭村党支部', 1, true],
      ['东澄镇党委', 3, false],
      ['碧塘村党支部', 4, false],
    ]);
    expect((await names('secretary'))[0]).toEqual(['碧塘村党支部', 4, true]);
  });

  test('there is none of a year without anything public, of another town, or for people of another town', async () => {
    const other = await buildTown(server);
    const params = { roundId, organizationId: town.branches.a };
    expect(await other.as('resident').refused('papers.notice', { params })).toBe('round.not-found');
    expect(await other.as('resident').refused('papers.notices', { params: { roundId } })).toBe('round.not-found');
    const elsewhere = { roundId, organizationId: other.branches.a };
    expect(await town.as('resident').refused('papers.notice', { params: elsewhere })).toBe(
      'paper.no-such-organization',
    );
    const empty = await commitmentsIn(server, other).toDrafting();
    const nothing = { roundId: empty, organizationId: other.branches.a };
    expect(await other.as('resident').refused('papers.notice', { params: nothing })).toBe('paper.nothing-public');
  });
});

describe('a file', () => {
  test('has its Chinese name, and nobody on the way keeps it', async () => {
    const { address, fileName } = await noticeOf('resident', town.branches.a);
    const { headers } = await nobody().raw('GET', address);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="paper.pdf"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    );
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('is opened by its own signature alone', async () => {
    const { signing } = server.world;
    const now = new Date(server.clock.now());
    const { address } = await town.as('secretary').ok('papers.debtors', { query: { roundId } });
    const [path = '', query = ''] = address.split('?');
    const proof = Object.fromEntries(new URLSearchParams(query)) as { until: string; key: string; sig: string };
    const name = paperNamed(path.split('/').at(-1) ?? '', proof, signing, now);
    if (name?.kind !== 'debtors') throw new Error('the address names something else');
    const named = (more: object) => paperAddress({ ...name, ...more }, signing, now).split('?')[0];
    for (const other of [
      named({ personId: town.people.townSecretary.id }),
      named({ kind: 'figures' }),
      named({ organizationId: town.branches.b }),
      '/api/commitment-papers/e30',
    ]) {
      expect(await refusal(await nobody().raw('GET', `${other}?${query}`))).toEqual([403, 'paper.link-expired']);
    }
    const photo = { ...proof, until: String(Number(proof.until) + 3600) };
    const later = new URLSearchParams(photo).toString();
    expect(await refusal(await nobody().raw('GET', `${path}?${later}`))).toEqual([403, 'paper.link-expired']);
    expect((await nobody().raw('GET', address)).status).toBe(200);
  });

  test('is made although the child died meanwhile', async () => {
    const link = await noticeOf('resident', town.branches.a);
    await fetched(link);
    process.kill(Number(server.world.documents.pid()), 'SIGKILL');
    await fetched(link);
  });
});

describe('an export', () => {
  test('of the wall follows its filters and says who took it out', async () => {
    const rows = await cells(await town.as('secretary').ok('papers.board', { query: { roundId, kind: 'personal' } }));
    expect(rows[1]?.[0]).toMatch(/^由何国栋于 2026 年 9 月 15 日 \d\d:\d\d 导出，仅供工作使用，不得外传$/);
    expect(rows.slice(3, -1).map((row) => row[4]?.valueOf())).toEqual(['=1+1 盏路灯', '看望五保户']);
    const head = rows[2] ?? [];
    const first = rows[3] ?? [];
    expect(first[head.indexOf('资金（元）')]).toBe(350_000);
    expect(first[head.indexOf('公示日期')]).toEqual(new Date('2026-09-15T00:00:00Z'));
    const none = await cells(await town.as('secretary').ok('papers.board', { query: { roundId, q: '%' } }));
    expect(none.slice(3, -1)).toEqual([]);
  });

  test('of the figures has a sheet of organisations and one of members, as far as one watches', async () => {
    const [organizations, members] = await sheets(
      await town.as('secretary').ok('papers.figures', { query: { roundId } }),
    );
    expect([organizations?.sheet, members?.sheet]).toEqual(['党组织', '党员']);
    const head = organizations?.data[2] ?? [];
    const branch = organizations?.data.slice(3, -1) ?? [];
    expect(branch.map(([name]) => name)).toEqual(['碧塘村党支部']);
    expect([branch[0]?.[head.indexOf('应承诺')], branch[0]?.[head.indexOf('履诺中')]]).toEqual([6, 2]);
    const mine = members?.data.find((row) => row.includes('李䶮')) ?? [];
    const headOfMembers = members?.data[2] ?? [];
    expect([mine[headOfMembers.indexOf('没公示的')], mine[headOfMembers.indexOf('履诺中')]]).toEqual([1, 1]);
    const all = await cells(await town.as('townSecretary').ok('papers.figures', { query: { roundId } }));
    expect(all.flat()).toEqual(expect.arrayContaining(['石岭村党支部', '碧塘村党支部']));
  });

  test('of those who still owe is what the list shows', async () => {
    const query = { roundId, short: 'true' };
    const { items } = await town
      .as('secretary')
      .ok('rounds.debtors', { params: { roundId }, query: { short: 'true' } });
    const rows = (await cells(await town.as('secretary').ok('papers.debtors', { query }))).slice(3, -1);
    expect(rows.map((row) => row[1])).toEqual(items.map(({ name }) => name));
    expect(rows.map((row) => row[6])).toEqual(items.map(({ owed, counted }) => owed - counted));
  });

  test('is written down each time, the public notice is not', async () => {
    const count = async () => {
      const [row] = await server.world.database.reading.query<{ entries: number }>(
        "SELECT COUNT(*) AS entries FROM audit_entry WHERE act = 'exportPaper' AND person_id = ?",
        [town.people.townSecretary.id],
      );
      return Number(row?.entries);
    };
    const before = await count();
    const { address } = await town.as('townSecretary').ok('papers.board', { query: { roundId } });
    await town.as('townSecretary').ok('papers.debtors', { query: { roundId } });
    await noticeOf('townSecretary', town.branches.a);
    await nobody().raw('GET', address);
    expect(await count()).toBe(before + 2);
  });

  test('shows no more than the person may see when it is opened', async () => {
    const { address } = await town.as('secretaryOutside').ok('papers.debtors', { query: { roundId } });
    const { id } = town.people.secretaryOutside;
    await server.world.database.transaction((db) => db.write('DELETE FROM role_grant WHERE person_id = ?', [id]));
    expect(await refusal(await nobody().raw('GET', address))).toEqual([404, 'round.not-found']);
  });

  test('runs out after an hour or two', async () => {
    const { address } = await town.as('secretary').ok('papers.board', { query: { roundId } });
    server.clock.advance(2 * 60 * 60_000 + 1);
    expect(await refusal(await nobody().raw('GET', address))).toEqual([403, 'paper.link-expired']);
  });
});
