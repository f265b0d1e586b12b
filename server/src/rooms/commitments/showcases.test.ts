import { ulid } from 'ulid';
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
