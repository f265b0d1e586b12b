import { ulid } from 'ulid';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** The town's desk for the year: who moves it, who is on the list, what waits for whom. */
let server: TestServer;
let town: Town;
let village: CommitmentJourney;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = commitmentsIn(server, town);
});

test('two who move the year at the same moment move it once', async () => {
  const roundId = await village.openRound();
  const answers = await Promise.all(
    (['townSecretary', 'townDeputy'] as const).map((person) =>
      town.as(person).call('rounds.startDrafting', { params: { roundId }, body: { actionId: ulid() } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { state, counts } = await village.round(roundId);
  expect([state, counts.organizations]).toEqual(['drafting', 2]);
});

test('the year that may be set up next is as the last one was; nobody else is offered one', async () => {
  const next = async (person: PersonName) => (await town.as(person).ok('rounds.list', {})).next;
  const { year } = village;
  const organizationId = town.branches.committee;
  expect(await next('townDeputy')).toMatchObject({
    organizationId,
    year,
    minima: { personal: 4, secretaryProject: 1 },
  });
  expect(await next('secretary')).toBeNull();
  expect(await next('resident')).toBeNull();
  await town.as('townSecretary').ok('rounds.open', {
    params: { roundId: ulid() },
    body: {
      ...{ ...village.roundBody(), ranks: ['branch'], draftsUntil: `${year}-03-05` },
      minima: { organization: 5, personal: 3, secretaryProject: 1, livelihoodProject: 0 },
    },
  });
  expect(await next('townSecretary')).toMatchObject({
    ...{ year: year + 1, ranks: ['branch'], draftsUntil: `${year + 1}-03-05`, endsOn: `${year + 1}-12-31` },
    minima: { organization: 5, personal: 3 },
  });
});

test('a member of the town is found by name, with his branch and whether he is on the list', async () => {
  const roundId = await village.toDrafting();
  const [newcomer] = await town.moreMembers(1);
  const find = async (q: string) =>
    (await town.as('townSecretary').ok('rounds.roster', { params: { roundId }, query: { q } })).items;
  expect(await find(newcomer?.name ?? '')).toEqual([
    {
      personId: newcomer?.id,
      name: newcomer?.name,
      organization: { id: town.branches.a, name: '碧塘村党支部' },
      standing: null,
    },
  ]);
  const unlisted = () =>
    town.as('townSecretary').ok('rounds.roster', { params: { roundId }, query: { unlisted: 'true' } });
  expect((await unlisted()).items.map(({ personId }) => personId)).toEqual([newcomer?.id]);
  await village.moves('townSecretary', 'include', roundId, { personId: newcomer?.id ?? '', fromMonth: 7 });
  expect((await unlisted()).items).toEqual([]);
  expect(await find(newcomer?.name ?? '')).toMatchObject([{ standing: 'owes' }]);
  expect(await find('%')).toEqual([]);
  expect(await find(town.people.resident.name)).toEqual([]);
  expect(await town.as('secretary').refused('rounds.roster', { params: { roundId } })).toBe('access.forbidden');
});

test('the members are read page by page, each once', async () => {
  const roundId = await village.toDrafting();
  await town.moreMembers(7);
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { q: '党员', limit: 3, ...(cursor ? { cursor } : {}) };
    const page = await town.as('townSecretary').ok('rounds.roster', { params: { roundId }, query });
    ids.push(...page.items.map(({ personId }) => personId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect([ids.length, new Set(ids).size]).toEqual([7, 7]);
});

test('an exemption is undone: he owes again what he owed, a late-comer his share of the year', async () => {
  const roundId = await village.toDrafting();
  const { member3 } = town.people;
  const shown = async () => {
    const query = { limit: 100 };
    const { items } = await town.as('townSecretary').ok('rounds.debtors', { params: { roundId }, query });
    return items.find(({ id }) => id === member3.id);
  };
  await village.moves('townSecretary', 'include', roundId, { personId: member3.id, fromMonth: 7 });
  await village.moves('townSecretary', 'exempt', roundId, { debtorId: member3.id, reason: 'ill' });
  expect(await shown()).toMatchObject({ exempt: 'ill', allows: ['readmit'] });
  await village.moves('townSecretary', 'readmit', roundId, { debtorId: member3.id });
  expect(await shown()).toMatchObject({ exempt: null, owed: 2, fromMonth: 7, allows: ['exempt', 'remind'] });
  expect(await village.cannotMove('townSecretary', 'readmit', roundId, { debtorId: member3.id })).toBe(
    'round.no-such-debtor',
  );
});

describe('what waits', () => {
  const counts = (person: PersonName) => town.as(person).ok('commitments.counts');

  test('for the secretary: the badge counts what the list of each queue shows', async () => {
    const roundId = await village.toDrafting();
    await village.toSubmitted({ roundId });
    await village.toSubmitted({ roundId }, 'member2');
    const approved = await village.toSubmitted({ roundId }, 'member3');
    await village.does('secretary', 'approve', approved, { version: 1 });
    const { commitmentId: asked } = await village.toPublished({ roundId });
    await village.does('member', 'requestChange', asked, { kind: 'abandon', reason: '路要改线' });
    const { commitmentId: opined } = await village.toPublished({ roundId });
    await village.does('resident', 'opine', opined, { words: '先装巷口那盏' });
    await village.does('resident', 'opine', asked, { words: '也装一盏' });
    const { review } = await counts('secretary');
    expect(review).toEqual({ total: 5, submitted: 2, approved: 1, delivered: 0, published: 2, disputed: 0 });
    for (const status of ['submitted', 'approved', 'delivered', 'published', 'disputed'] as const) {
      const { items } = await town.as('secretary').ok('commitments.list', { query: { scope: 'review', status } });
      expect([status, items.length]).toEqual([status, review?.[status]]);
    }
    expect((await counts('townSecretary')).review).toMatchObject({ submitted: 0, published: 0 });
    expect((await counts('resident')).review).toBeNull();
  });

  test('for a member: how many he has still to write, and what is soon due or late', async () => {
    const roundId = await village.toDrafting();
    await village.draft({ roundId });
    expect((await counts('member')).mine).toMatchObject({ roundId, owed: 4, written: 1, toWrite: 3, overdue: 0 });
    const { commitmentId } = await village.toPublished({ roundId });
    await server.world.database.transaction((db) =>
      db.write('UPDATE commitment SET deadline = ? WHERE id = ?', [`${village.year - 1}-12-31`, commitmentId]),
    );
    expect((await counts('member')).mine).toMatchObject({ written: 2, toWrite: 2, overdue: 1, dueSoon: 0 });
    await village.moves('townSecretary', 'exempt', roundId, { debtorId: town.people.member.id, reason: 'ill' });
    expect((await counts('member')).mine).toBeNull();
    expect((await counts('resident')).mine).toBeNull();
  });
});

test('two leaders who open the year at once: it is opened once, and the other is told', async () => {
  const open = (person: PersonName, roundId = ulid()) =>
    town.as(person).call('rounds.open', { params: { roundId }, body: village.roundBody() });
  const answers = await Promise.all([open('townSecretary'), open('townDeputy'), open('townSecretary')]);
  const codes = answers.map(({ problem }) => problem?.code ?? 'opened').sort();
  expect(codes).toEqual(['opened', 'round.year-taken', 'round.year-taken']);
});
