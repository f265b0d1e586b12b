import { ulid } from 'ulid';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { check, goodRow, sheetOf, upload, importsInto, type Imports } from '../../../test/import-sheet';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 导入承诺: all or nothing, nothing twice, one's own. */
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

describe('nothing twice, and all or nothing', () => {
  test('one wrong row stops the whole sheet', async () => {
    const { id, ...counts } = await imports.checked([goodRow(), goodRow({ title: '修桥', deadline: '2027-01-01' })]);
    expect(counts).toMatchObject({ rows: 2, good: 1, faulty: 1, allows: [] });
    expect((await imports.apply(id)).problem).toMatchObject({ code: 'import.faulty', facts: { faulty: 1 } });
    expect(await imports.deedsOf('member2')).toEqual([]);
  });

  test('the same file again is known, also after its deeds were rewritten; what was withdrawn may come again', async () => {
    const rows = [goodRow(), goodRow({ name: '罗秋月' })];
    await imports.apply((await imports.checked(rows)).id);
    const again = await imports.checked(rows);
    expect(again).toMatchObject({ good: 0, known: 2, faulty: 0, allows: [] });
    expect((await imports.rowsOf(again.id))[0]?.standingName).toBe('已经有了，不会重复导入');
    expect((await imports.apply(again.id)).problem?.code).toBe('import.nothing-new');

    const [deed] = await imports.deedsOf('member2');
    const content = { ...village.content(), title: '装 6 盏路灯' };
    await village.does('member2', 'rewrite', deed?.id ?? '', { content });
    expect(await imports.checked(rows)).toMatchObject({ known: 2 });
    await village.does('member2', 'withdraw', deed?.id ?? '', {});
    expect(await imports.checked(rows)).toMatchObject({ good: 1, known: 1 });
  });

  test('what a member has written himself in the same words is known too; a row that stands twice is wrong', async () => {
    const { title, words } = { title: '装路灯', words: '年底前在一组巷口装 4 盏太阳能路灯' };
    await village.draft({ roundId, title, words }, 'member2');
    const { id, ...counts } = await imports.checked([
      goodRow(),
      goodRow({ name: '罗秋月' }),
      goodRow({ name: '罗秋月', unit: '个' }),
    ]);
    expect(counts).toMatchObject({ known: 1, good: 1, faulty: 1 });
    expect((await imports.rowsOf(id))[2]?.faults).toEqual(['和第 3 行一样，请删掉一行']);
  });

  test('an upload and an import sent again after a lost answer are the same; the id is not for another file', async () => {
    const [file, importId] = [await sheetOf([goodRow()]), ulid()];
    const first = await upload(town.as('secretary'), roundId, file, importId);
    expect((await upload(town.as('secretary'), roundId, file, importId)).data).toEqual(first.data);
    const other = await sheetOf([goodRow({ title: '另外一件' })]);
    expect((await upload(town.as('secretary'), roundId, other, importId)).problem?.code).toBe('import.id-taken');
    expect((await upload(town.as('townSecretary'), roundId, file, importId)).problem?.code).toBe('import.id-taken');
    const answers = [await imports.apply(importId), await imports.apply(importId)];
    expect(answers.map(({ data }) => data?.drafts)).toEqual([1, 1]);
    expect(await imports.deedsOf('member2')).toHaveLength(1);
  });

  test('two people who import the same deeds at once bring them in once', async () => {
    const rows = [goodRow(), goodRow({ name: '罗秋月' })];
    const [ours, theirs] = [await imports.checked(rows), await imports.checked(rows, 'townSecretary')];
    const both = await Promise.all([imports.apply(ours.id), imports.apply(theirs.id, 'townSecretary')]);
    expect(both.map(({ data, problem }) => problem?.code ?? data?.state).sort()).toEqual([
      'applied',
      'import.nothing-new',
    ]);
    expect([await imports.deedsOf('member2'), await imports.deedsOf('member3')].map(({ length }) => length)).toEqual([
      1, 1,
    ]);
    // One press and its impatient second: one of them does it.
    const more = await imports.checked([goodRow({ title: '修桥' })]);
    const pressed = await Promise.all([imports.apply(more.id), imports.apply(more.id)]);
    expect(pressed.map(({ data, problem }) => problem?.code ?? data?.state)).toContain('applied');
    expect(await imports.deedsOf('member2')).toHaveLength(2);
  });

  test('what has changed since the upload is seen when it is applied, and said', async () => {
    const { id } = await imports.checked([goodRow(), goodRow({ name: '罗秋月' })]);
    const leave = 'UPDATE person SET home_organization_id = ? WHERE id = ?';
    await server.world.database.transaction((db) => db.write(leave, [town.branches.b, town.people.member3.id]));
    expect((await imports.apply(id)).problem).toMatchObject({ code: 'import.faulty', facts: { faulty: 1 } });
    expect((await imports.rowsOf(id))[1]?.faults).toEqual([expect.stringContaining('您管的党员里没有“罗秋月”')]);
    expect(await imports.deedsOf('member2')).toEqual([]);
  });

  test('after drafting only with a reason, before and at the end not at all', async () => {
    const { id } = await imports.checked([goodRow()]);
    await village.moves('townSecretary', 'startReview', roundId);
    expect((await imports.apply(id)).problem?.code).toBe('commitment.round-not-open');
    expect((await imports.checked([goodRow()])).isLate).toBe(true);
    expect((await imports.apply(id, 'secretary', { lateReason: '去年底才换届' })).data?.state).toBe('applied');
    const [deed] = await imports.deedsOf('member2');
    const { history } = await town.as('member2').ok('commitments.read', { params: { commitmentId: deed?.id ?? '' } });
    expect(history[0]?.words).toBe('去年底才换届');
    await village.moves('townSecretary', 'begin', roundId);
    await village.moves('townSecretary', 'startClosing', roundId);
    const late = await upload(town.as('secretary'), roundId, await sheetOf([goodRow()]));
    expect(late.problem?.code).toBe('commitment.round-over');
  });
});

describe('whose it is', () => {
  test('a secretary imports for his own members; those of another branch are not there for him', async () => {
    expect(await imports.faultsOf(goodRow(), 'secretaryOutside')).toEqual([
      '党组织：您管的党组织里没有“碧塘村党支部”，请照第二张表里的名称写',
    ]);
    expect(await imports.faultsOf(goodRow({ organization: '' }), 'secretaryOutside')).toEqual([
      expect.stringContaining('您管的党员里没有“张建平”'),
    ]);
  });

  test('a member and a resident may not, and nobody sees the import of another', async () => {
    const file = await sheetOf([goodRow()]);
    for (const person of ['member2', 'resident'] as const)
      expect((await upload(town.as(person), roundId, file)).problem?.code).toBe('access.forbidden');
    const { id } = await check(town.as('secretary'), roundId, file);
    for (const person of ['secretaryOutside', 'townSecretary'] as const) {
      expect((await imports.apply(id, person)).problem?.code).toBe('import.not-found');
      expect(await town.as(person).refused('imports.rows', { params: { importId: id } })).toBe('import.not-found');
    }
    const elsewhere = await buildTown(server);
    expect((await upload(elsewhere.as('secretary'), roundId, file)).problem?.code).toBe('round.not-found');
  });
});
