import readXlsxFile from 'read-excel-file/node';
import { ulid } from 'ulid';
import { extractText, getDocumentProxy } from 'unpdf';
import { clientOf } from '../../../test/client';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 打擂比武: organisations on a stage, judges with their phones, a result that two people stand for. */
let server: TestServer;
let town: Town;
let village: CommitmentJourney;
let showcaseId: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = commitmentsIn(server, town);
  showcaseId = ulid();
});

const judges = ['townDispatcher', 'townDispatcher2', 'inspector', 'inspector2', 'disciplineDesk'] as const;
const plan = (more: object = {}) => ({
  ...{ title: '年终打擂比武', heldOn: '2026-12-20', residentShare: 30 },
  criteria: [
    { name: '兑现', weight: 70 },
    { name: '讲述', weight: 30 },
  ],
  contestantIds: [town.branches.a, town.branches.b],
  judgeIds: judges.map((name) => town.people[name].id),
  ...more,
});
const set = async (more: object = {}) =>
  town.as('townDeputy').call('showcases.set', {
    params: { showcaseId },
    body: { ...plan(more), roundId: await village.openRound() },
  });
type Act = 'start' | 'finish' | 'sign' | 'cancel';
const act = async (person: PersonName, action: Act) => {
  const reply = await town
    .as(person)
    .call(`showcases.${action}`, { params: { showcaseId }, body: { actionId: ulid() } });
  return reply.problem?.code ?? reply.data?.state;
};
const score = async (person: PersonName, organizationId: string, ...marks: number[]) => {
  const body = { actionId: ulid(), organizationId, marks };
  const reply = await town.as(person).call('showcases.score', { params: { showcaseId }, body });
  return reply.problem?.code ?? 'scored';
};
const read = (person: PersonName = 'resident') => town.as(person).ok('showcases.read', { params: { showcaseId } });

test('all judges score at once, highest and lowest fall away, and two people stand for the result', async () => {
  await set();
  expect(await score('inspector', town.branches.a, 80, 80)).toBe('showcase.wrong-state');
  expect(await act('townDeputy', 'start')).toBe('scoring');
  const marks = [10, 80, 82, 84, 100];
  const forA = judges.map((name, index) => score(name, town.branches.a, marks[index] ?? 0, marks[index] ?? 0));
  const forB = judges.map((name) => score(name, town.branches.b, 81, 81));
  expect(new Set(await Promise.all([...forA, ...forB]))).toEqual(new Set(['scored']));
  expect((await read()).contestants.map((each) => each.judges)).toEqual([5, 5]);
  expect((await read()).results).toBeNull();
  expect(await act('townDeputy', 'finish')).toBe('counted');
  expect((await read()).results).toMatchObject([
    { place: 1, name: '碧塘村党支部', total: 82, judges: 5 },
    { place: 2, name: '石岭村党支部', total: 81 },
  ]);
  expect(await act('townDeputy', 'sign')).toBe('access.forbidden');
  expect(await act('townSecretary', 'sign')).toBe('signed');
  expect(await read()).toMatchObject({ state: 'signed', signedBy: town.people.townSecretary.name, allows: [] });
  expect(await score('inspector', town.branches.a, 90, 90)).toBe('showcase.wrong-state');
  expect(await act('townSecretary', 'cancel')).toBe('showcase.wrong-state');
});

test('each judge once, by all criteria, and never the own village', async () => {
  const named = [...judges, 'deskLead', 'memberOutside'] as const;
  await set({ judgeIds: named.map((name) => town.people[name].id) });
  await act('townDeputy', 'start');
  expect(await score('inspector', town.branches.a, 80)).toBe('request.bad-input');
  expect(await score('inspector', town.branches.a, 80, 101)).toBe('request.bad-input');
  expect(await score('inspector', town.branches.a, 80, 70)).toBe('scored');
  expect(await score('inspector', town.branches.a, 90, 90)).toBe('showcase.scored-already');
  expect(await score('deskLead', town.branches.a, 99, 99)).toBe('showcase.own-village');
  expect(await score('deskLead', town.branches.b, 60, 60)).toBe('scored');
  expect(await score('memberOutside', town.branches.b, 99, 99)).toBe('showcase.own-village');
  expect(await score('resident', town.branches.b, 99, 99)).toBe('access.forbidden');
  const [first] = (await read('inspector')).contestants;
  expect(first).toMatchObject({ myMarks: [80, 70], judges: 1 });
  expect((await read('resident')).contestants[0]).toMatchObject({ myMarks: null, mayScore: false, judges: 1 });
});

test('what residents said of the year’s deeds is part of it', async () => {
  const { roundId, commitmentId } = await village.toDelivered();
  const raters = await town.moreMembers(5);
  await Promise.all(raters.map(({ client }) => village.does(client, 'rate', commitmentId, { stars: 5 })));
  const body = { ...plan(), roundId };
  await town.as('townDeputy').ok('showcases.set', { params: { showcaseId }, body });
  await act('townDeputy', 'start');
  expect(await act('townDeputy', 'finish')).toBe('showcase.nothing-scored');
  await score('inspector', town.branches.a, 80, 80);
  await score('inspector', town.branches.b, 80, 80);
  await act('townDeputy', 'finish');
  expect((await read()).results).toMatchObject([
    { name: '碧塘村党支部', total: 86, residents: 100 },
    { name: '石岭村党支部', total: 80, residents: null },
  ]);
});

test('whoever judges sees what is left to him, and the town sees who is how far, but no marks', async () => {
  const named = [...judges, 'deskLead'] as const;
  await set({ judgeIds: named.map((name) => town.people[name].id) });
  const leftTo = async (person: PersonName) =>
    (await town.as(person).ok('showcases.list', {})).items.map(({ toScore }) => toScore);
  expect(await leftTo('inspector')).toEqual([0]);
  await act('townDeputy', 'start');
  expect([await leftTo('inspector'), await leftTo('deskLead'), await leftTo('resident')]).toEqual([[2], [1], [0]]);
  expect((await read('deskLead')).contestants).toMatchObject([
    { recused: true, mayScore: false, judgesDue: 5 },
    { recused: false, mayScore: true, judgesDue: 6 },
  ]);
  expect((await read('townDeputy')).contestants).toMatchObject([{ recused: false }, { recused: false }]);
  await score('inspector', town.branches.a, 80, 70);
  expect(await leftTo('inspector')).toEqual([1]);
  const shown = await read('townDeputy');
  const progress = Object.fromEntries(shown.judges.map(({ name, scored, due }) => [name, [scored, due]]));
  expect(progress).toMatchObject({
    [town.people.inspector.name]: [1, 2],
    [town.people.deskLead.name]: [0, 1],
    [town.people.inspector2.name]: [0, 2],
  });
  expect(shown.progress).toEqual({ done: 0, judges: 6 });
  await score('deskLead', town.branches.b, 60, 60);
  expect((await read('townDeputy')).progress).toEqual({ done: 1, judges: 6 });
  expect(JSON.stringify(shown)).not.toContain('[80,70]');
});

test('a judge stays away from the village he lives in, whatever else he is', async () => {
  await set({ judgeIds: [town.people.resident.id, town.people.inspector.id] });
  await act('townDeputy', 'start');
  expect((await read('resident')).contestants).toMatchObject([{ recused: true }, { recused: false }]);
  expect(await score('resident', town.branches.a, 90, 90)).not.toBe('scored');
});

test('one judge who presses twice at once has scored once, and is told so', async () => {
  await set();
  await act('townDeputy', 'start');
  const both = await Promise.all([
    score('inspector', town.branches.a, 80, 80),
    score('inspector', town.branches.a, 90, 90),
  ]);
  expect(both.sort()).toEqual(['scored', 'showcase.scored-already']);
});

test('judges hear that they may score, the other leader that the result waits, and all of them how it ended', async () => {
  await set();
  const told = async (person: PersonName) => {
    await server.drain(town.townId);
    const { items } = await town.as(person).ok('messages.list', { query: { limit: 100 } });
    return items.filter(({ about }) => about?.id === showcaseId).map(({ title, about }) => [title, about?.thing]);
  };
  expect(await told('inspector')).toEqual([]);
  await act('townDeputy', 'start');
  expect(await told('inspector')).toEqual([['请您评分', 'showcase']]);
  await score('inspector', town.branches.a, 80, 80);
  await act('townDeputy', 'finish');
  expect(await told('townSecretary')).toEqual([['请签字定榜', 'showcase']]);
  expect(await told('townDeputy')).toEqual([]);
  await act('townSecretary', 'sign');
  expect((await told('inspector')).map(([title]) => title).sort()).toEqual(['擂台定榜了', '请您评分'].sort());
  expect(await told('secretary')).toEqual([['擂台定榜了', 'showcase']]);
  expect(await told('resident')).toEqual([]);
});

test.each([
  ['not told when it is cancelled before it began', false, []],
  ['told when it is cancelled after they were asked to score', true, ['打擂取消了', '请您评分']],
])('judges are %s', async (_, begun, titles) => {
  await set();
  if (begun) await act('townDeputy', 'start');
  await act('townDeputy', 'cancel');
  await server.drain(town.townId);
  const { items } = await town.as('inspector').ok('messages.list', {});
  expect(items.map(({ title }) => title).sort()).toEqual(titles);
});

test('contestants are those who owe, judges are found by name among members and those in office', async () => {
  const roundId = await village.toDrafting();
  const { items } = await town.as('townDeputy').ok('showcases.contestants', { params: { roundId } });
  expect(items.map(({ organizationId }) => organizationId).sort()).toEqual([town.branches.a, town.branches.b].sort());
  const found = async (query: { q?: string; limit?: number; cursor?: string }) =>
    town.as('townDeputy').ok('showcases.judges', { params: { roundId }, query });
  const { inspector, member, admin, resident } = town.people;
  expect((await found({ q: inspector.name })).items).toEqual([
    { personId: inspector.id, name: inspector.name, organization: '东澄镇' },
  ]);
  expect((await found({ q: member.name })).items).toMatchObject([{ personId: member.id }]);
  for (const stranger of [admin, resident]) expect((await found({ q: stranger.name })).items).toEqual([]);
  expect((await found({ q: '%' })).items).toEqual([]);
  const toSet = async (person: PersonName) => (await town.as(person).ok('showcases.list', {})).toSet;
  expect(await toSet('townDeputy')).toEqual([{ roundId, year: village.year }]);
  expect(await toSet('secretary')).toEqual([]);
  const all = await found({ limit: 100 });
  const first = await found({ limit: 3 });
  const second = await found({ limit: 100, cursor: first.nextCursor ?? '' });
  expect([...first.items, ...second.items]).toEqual(all.items);
  expect(all.nextCursor).toBeNull();
  expect(await town.as('secretary').refused('showcases.judges', { params: { roundId } })).toBe('access.forbidden');
  const other = await buildTown(server);
  expect(await other.as('townDeputy').refused('showcases.contestants', { params: { roundId } })).toBe(
    'round.not-found',
  );
});

test('what each has done with the year’s promises stands beside it', async () => {
  const { roundId, commitmentId } = await village.toDelivered();
  await village.does('secretary', 'accept', commitmentId, {});
  await town.as('townDeputy').ok('showcases.set', { params: { showcaseId }, body: { ...plan(), roundId } });
  const { items } = await town.as('resident').ok('showcases.deeds', { params: { showcaseId } });
  expect(items).toEqual([
    { organizationId: town.branches.a, kept: 0, accepted: 1, share: null },
    { organizationId: town.branches.b, kept: 0, accepted: 0, share: null },
  ]);
});

test('it is set by the town for its own organisations, weights make a hundred, and a repeat changes nothing', async () => {
  const roundId = await village.openRound();
  const put = (person: PersonName, more: object = {}) =>
    town.as(person).call('showcases.set', { params: { showcaseId }, body: { ...plan(), roundId, ...more } });
  expect((await put('secretary')).problem?.code).toBe('access.forbidden');
  expect((await put('townDeputy', { criteria: [{ name: '兑现', weight: 90 }] })).problem?.fields).toEqual({
    criteria: '各项比重加起来要等于 100',
  });
  expect((await put('townDeputy', { contestantIds: [town.branches.a, town.branches.committee] })).problem?.code).toBe(
    'showcase.contestant-outside',
  );
  expect((await put('townDeputy', { judgeIds: [ulid()] })).problem?.code).toBe('showcase.judge-unknown');
  expect([(await put('townDeputy')).status, (await put('townDeputy')).status]).toEqual([200, 200]);
  expect((await put('townDeputy', { title: '另一场' })).problem?.code).toBe('showcase.sent-differently');
  expect((await put('townSecretary')).problem?.code).toBe('showcase.id-taken');
  const other = await buildTown(server);
  expect(await other.as('resident').refused('showcases.read', { params: { showcaseId } })).toBe('showcase.not-found');
  expect((await town.as('resident').ok('showcases.list', {})).items.map(({ id }) => id)).toEqual([showcaseId]);
});

describe('成绩单', () => {
  const paperOf = (format: 'pdf' | 'xlsx') =>
    town.as('resident').ok('papers.showcase', { params: { showcaseId }, query: { format } });
  const bytesOf = async ({ address }: { address: string }) =>
    Buffer.from(await (await clientOf(server.url).raw('GET', address)).arrayBuffer());

  beforeEach(async () => {
    await set();
    await act('townDeputy', 'start');
    await score('inspector', town.branches.a, 93, 61);
    await score('inspector2', town.branches.b, 70, 71);
    await act('townDeputy', 'finish');
  });

  test('there is none until two people stand for it, and none for people of another town', async () => {
    const params = { params: { showcaseId } };
    expect(await town.as('townDeputy').refused('papers.showcase', params)).toBe('paper.not-signed');
    await act('townSecretary', 'sign');
    const other = await buildTown(server);
    expect(await other.as('resident').refused('papers.showcase', params)).toBe('showcase.not-found');
  });

  test('says who came where, by what and by whom it was judged and who signed it, but nobody’s marks', async () => {
    await act('townSecretary', 'sign');
    const link = await paperOf('pdf');
    expect(link.fileName).toBe('年终打擂比武成绩单.pdf');
    const pdf = await getDocumentProxy(new Uint8Array(await bytesOf(link)));
    const text = (await extractText(pdf, { mergePages: true })).text.replace(/\s/g, '');
    const names = judges.map((name) => town.people[name].name);
    for (const words of [
      ...['年终打擂比武成绩单', '2026年12月20日', '2个党组织参赛，5位评委', '（兑现70%、讲述30%）', '群众评诺占30%'],
      ...['1碧塘村党支部83.40不计83.40', '2石岭村党支部70.30不计70.30', '东澄镇党委'],
      ...[`签字：${town.people.townSecretary.name}`, ...names],
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/93|61/);
  });

  test('is the same as a workbook, with numbers that are numbers', async () => {
    await act('townSecretary', 'sign');
    const [sheet] = await readXlsxFile(await bytesOf(await paperOf('xlsx')));
    const at = sheet?.data.findIndex(([first]) => first === '名次') ?? -1;
    expect(sheet?.data[at + 1]).toEqual([1, '碧塘村党支部', 83.4, '不计', 83.4]);
    expect(sheet?.data.flat().join()).toContain(`签字：${town.people.townSecretary.name}`);
  });
});
