import { ulid } from 'ulid';
import { importColumns } from '@sandan/shared/commitments/import.words';
import { sheetType } from '@sandan/shared/endpoint';
import writeWorkbook from 'write-excel-file/node';
import readWorkbook from 'read-excel-file/node';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { check, goodRow, sheetOf, upload, importsInto, type Imports } from '../../../test/import-sheet';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 导入承诺: what a sheet may say and how it may look, told over HTTP with real workbooks. */
let server: TestServer;
let town: Town;
let village: CommitmentJourney;
let roundId: string;
let imports: Imports;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = commitmentsIn(server, town);
  roundId = await village.toDrafting();
  imports = importsInto(town, roundId);
});

describe('a sheet', () => {
  test('becomes drafts of whom it names, written by whoever imports; the next step is the usual one', async () => {
    const import1 = await imports.checked([
      goodRow(),
      goodRow({ name: '罗秋月', title: '给老人送药', field: '敬老助残' }),
    ]);
    expect(import1).toMatchObject({ state: 'ready', rows: 2, good: 2, faulty: 0, drafts: 0, allows: ['apply'] });
    const { data } = await imports.apply(import1.id);
    expect(data).toMatchObject({ state: 'applied', rows: 2, rowsDone: 2, drafts: 2, allows: ['submit'] });
    const [deed] = await imports.deedsOf('member2');
    expect(deed).toMatchObject({ state: 'draft', title: '装路灯', quantity: 4, unit: '盏', deadline: '2026-12-31' });
    expect(deed?.person).toEqual({ personId: town.people.member2.id, name: '张建平' });
    expect(deed?.organization.id).toBe(town.branches.a);
    const read = await town.as('member2').ok('commitments.read', { params: { commitmentId: deed?.id ?? '' } });
    expect(read).toMatchObject({ forGridId: town.groups.a1, versions: [{ number: 1, by: '何国栋' }] });
    expect(read.history).toMatchObject([{ action: 'draft', actor: { name: '何国栋' } }]);

    await village.does('member2', 'submit', deed?.id ?? '', {});
    const submit = { params: { importId: import1.id }, body: { actionId: ulid() } };
    expect(await town.as('secretary').ok('imports.submit', submit)).toEqual({ done: 1, refused: [], left: 0 });
    const read2 = await town.as('secretary').ok('imports.read', { params: { importId: import1.id } });
    expect(read2).toMatchObject({ drafts: 0, allows: [] });
    // Nobody reviews what he wrote himself: the level above does.
    expect(await village.cannot('secretary', 'approve', deed?.id ?? '', { version: 1 })).toBe('access.forbidden');
    await village.does('townSecretary', 'approve', deed?.id ?? '', { version: 1 });
  });

  test('of the town secretary goes to the branches, who review it', async () => {
    const { id } = await imports.checked(
      [goodRow(), goodRow({ name: '何振东', organization: '石岭村党支部' })],
      'townSecretary',
    );
    expect((await imports.apply(id, 'townSecretary')).data?.rowsDone).toBe(2);
    const [deed] = await imports.deedsOf('memberOutside');
    await village.does('townSecretary', 'submit', deed?.id ?? '', {});
    await village.does('secretaryOutside', 'approve', deed?.id ?? '', { version: 1 });
  });

  test('holds the deeds of the organisation too, of its own secretary alone', async () => {
    const row = goodRow({ kind: '民生实事（班子承诺）', name: '', money: '3.5', forGrid: '全镇' });
    const { id } = await imports.checked([
      row,
      { ...row, title: '修桥', kind: '书记项目', name: '张建平', money: '¥35,000元' },
    ]);
    expect((await imports.apply(id)).data?.state).toBe('applied');
    const [first, second] = (await imports.deedsOf('secretary')).sort((a, b) => a.title.localeCompare(b.title, 'zh'));
    expect([first?.kind, first?.responsible?.name]).toEqual(['secretaryProject', '张建平']);
    expect([second?.kind, second?.responsible?.name]).toEqual(['organization', '何国栋']);
    const { money, forGridId } = await town
      .as('secretary')
      .ok('commitments.read', { params: { commitmentId: second?.id ?? '' } });
    expect([money, forGridId]).toEqual([350, town.townId]);
    expect(await imports.faultsOf(row, 'townSecretary')).toEqual(['党组织：班子承诺由这个党组织自己的书记导入']);
  });

  test('may be untidy: columns in any order, a title above, days of every kind, full-width digits, spaces in names', async () => {
    const heads = ['完成时限', '姓 名', '承诺种类*', '承诺事项', '具体内容', '所属类别', '服务对象', '数量'];
    const row = (day: unknown, name: string, quantity: unknown) =>
      [day, name, '个人承诺', `送药${String(day)}`, '每月两次到五保户家里送药', '敬老助残', '一组', quantity] as never;
    const file = await writeWorkbook([
      [{ value: '碧塘村 2026 年承诺表', columnSpan: 8 }],
      heads,
      row({ value: new Date('2026-06-30T00:00:00Z'), format: 'yyyy-mm-dd' }, '张　建平', '２４次'),
      [],
      row('2026年6月30日', '罗\u200b秋月 ', '1,200 次'),
      row('2026/6/30', '张建平', null),
      row(46203, '罗秋月', null),
    ]).toBuffer();
    const { id, ...counts } = await check(town.as('secretary'), roundId, file);
    expect(await imports.rowsOf(id)).toMatchObject([3, 5, 6, 7].map((number) => ({ number, faults: [] })));
    expect(counts).toMatchObject({ rows: 4, faulty: 0 });
    await imports.apply(id);
    const deeds = [...(await imports.deedsOf('member2')), ...(await imports.deedsOf('member3'))];
    expect(deeds.map(({ deadline }) => deadline)).toEqual(Array(4).fill('2026-06-30'));
    expect(deeds.map(({ quantity, unit }) => [quantity, unit])).toEqual(
      expect.arrayContaining([
        [24, '次'],
        [1200, '次'],
        [null, null],
      ]),
    );
    // 一组 stands in both villages: the branch is not written here, so the name alone would not do.
    expect(deeds[0]?.forName).toBe('碧塘村一组');
  });

  test('says of each row in words what is wrong', async () => {
    expect(await imports.faultsOf(goodRow({ deadline: '2027-03-01' }))).toEqual([
      '完成时限：2027-03-01 不在 2026 年内，要在 2026-12-31 以前',
    ]);
    expect(await imports.faultsOf(goodRow({ deadline: '六月底' }))).toEqual([
      '完成时限：“六月底”认不出来，写成 2026-06-30 这样',
    ]);
    expect(await imports.faultsOf(goodRow({ deadline: '2026-02-30' }))).toEqual([
      '完成时限：“2026-02-30”认不出来，写成 2026-06-30 这样',
    ]);
    expect(await imports.faultsOf(goodRow({ name: '张建萍' }))).toEqual([
      '姓名：您管的党员里没有“张建萍”，请核对姓名，或先登记组织关系',
    ]);
    expect(await imports.faultsOf(goodRow({ kind: '好事', field: '修路', forGrid: '某某村' }))).toEqual([
      expect.stringContaining('承诺种类：写成这几种之一：民生实事'),
      expect.stringContaining('所属类别：写成这几类之一：修路通行'),
      expect.stringContaining('服务对象：镇里没有“某某村”'),
    ]);
    expect(await imports.faultsOf(goodRow({ words: '每月给 13812345678 的老人送菜' }))).toEqual([
      '具体内容：不要写电话号码和身份证号',
    ]);
    expect(await imports.faultsOf(goodRow({ quantity: '很多' }))).toEqual([
      '数量：“很多”认不出来，只写数字，单位写在后一格',
    ]);
    expect(await imports.faultsOf(goodRow({ quantity: '4', unit: '' }))).toEqual(['单位：数量和单位要一起填']);
    expect(await imports.faultsOf(goodRow({ title: '长'.repeat(41), deadline: '' }))).toEqual([
      '承诺事项：最多 40 个字',
      '完成时限：日期格式不对',
    ]);
    expect(
      await imports.faultsOf(
        goodRow({ kind: '民生实事', organization: '东澄镇党委', name: '', forGrid: '一组' }),
        'townSecretary',
      ),
    ).toEqual(['服务对象：有几个村都有“一组”，前面写上村名']);
  });

  test('tells two of one name apart by organisation and phone', async () => {
    const [first, second] = await town.moreMembers(2);
    await server.world.database.transaction((db) =>
      db.write('UPDATE person SET name = ? WHERE id IN (?)', ['林同名', [first?.id ?? '', second?.id ?? '']]),
    );
    expect(await imports.faultsOf(goodRow({ name: '林同名' }))).toEqual(['姓名：有 2 个“林同名”，请填手机后四位']);
    expect(await imports.faultsOf(goodRow({ name: '林同名', phoneTail: '9999' }))).toEqual([
      '姓名：“林同名”的手机后四位不是 9999，请核对',
    ]);
    expect(await imports.faultsOf(goodRow({ name: '林同名', phoneTail: second?.phone.slice(-4) ?? '' }))).toEqual([]);
    expect(await imports.faultsOf(goodRow({ organization: '石岭村党支部' }), 'townSecretary')).toEqual([
      '姓名：“张建平”在碧塘村党支部，请改党组织',
    ]);
  });

  test('a cell that is cut in the middle of a picture sign is only too long', async () => {
    const [row] = (await imports.rowsOf((await imports.checked([goodRow({ words: '灯'.repeat(999) + '🏮' })])).id)) as {
      faults: string[];
    }[];
    expect(row?.faults).toEqual([expect.stringContaining('具体内容')]);
  });

  test('a quantity that says from–to, or twice, is asked for again', async () => {
    for (const quantity of ['24-30 次', '24～30', '1.5.2', '1e5', '10，5个'])
      expect(await imports.faultsOf(goodRow({ quantity, unit: '' }))).toEqual([expect.stringContaining('只写数字')]);
    expect(await imports.faultsOf(goodRow({ quantity: '100㎡', unit: '' }))).toEqual([]);
  });

  test('warns of a wording that nobody can check, and lets it through', async () => {
    const { id, ...counts } = await imports.checked([goodRow({ words: '尽力加强人居环境整治工作' })]);
    expect(counts).toMatchObject({ good: 0, warned: 1, faulty: 0, allows: ['apply'] });
    expect((await imports.rowsOf(id))[0]).toMatchObject({
      standing: 'warned',
      hints: [expect.stringContaining('说不清')],
    });
    expect((await imports.apply(id)).data?.drafts).toBe(1);
  });

  test('is refused whole when its heads are others, or nothing stands below them', async () => {
    const other = await upload(
      town.as('secretary'),
      roundId,
      await writeWorkbook([
        ['姓名', '内容'],
        ['张', '修路'],
      ]).toBuffer(),
    );
    expect([other.problem?.code, other.problem?.fields?.['file']]).toEqual([
      'sheet.wrong-template',
      '缺少这些列：承诺种类、承诺事项、具体内容、所属类别、服务对象、完成时限',
    ]);
    expect((await upload(town.as('secretary'), roundId, await sheetOf([]))).problem?.code).toBe('sheet.empty');
    expect((await upload(town.as('secretary'), roundId, Buffer.from('no sheet'))).problem?.code).toBe(
      'sheet.not-a-sheet',
    );
    const large = Buffer.alloc(5 * 1024 * 1024 + 1);
    expect((await upload(town.as('secretary'), roundId, large)).problem?.code).toBe('sheet.too-large');
  });
});

describe('the template', () => {
  test('has the heads, what they mean, examples, and the names that may be written; as it is it holds nothing', async () => {
    const answer = await town.as('secretary').raw('GET', `/api/commitment-rounds/${roundId}/import-template`);
    expect(answer.headers.get('content-type')).toBe(sheetType);
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('承诺导入模板2026.xlsx');
    const file = Buffer.from(await answer.arrayBuffer());
    const [form, names] = await readWorkbook(file);
    expect(form?.data[0]?.map((head) => String(head).replace(' *', ''))).toEqual(Object.values(importColumns));
    expect(form?.data.map(([mark]) => mark)).toEqual(['序号', '说明', '示例', '示例']);
    expect(names?.data.map(([organization]) => organization).filter(Boolean)).toEqual(['党组织', '碧塘村党支部']);
    expect(names?.data.map((row) => row[3])).toEqual(expect.arrayContaining(['全镇', '碧塘村', '石岭村三组']));
    expect((await upload(town.as('secretary'), roundId, file)).problem?.code).toBe('sheet.empty');
  });

  test('an example that was written over is a row like any other', async () => {
    expect(await imports.checked([goodRow({ mark: '示例' })])).toMatchObject({ rows: 1, good: 1 });
  });
});
