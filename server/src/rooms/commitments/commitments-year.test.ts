import { ulid } from 'ulid';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 双向承诺 (domain.md §5), told over HTTP. */
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

const words = { words: '按要求办了' };
const mendBy = () => `${village.year}-12-20`;

describe('the year', () => {
  test('is opened by the town, and moved by the town alone', async () => {
    const roundId = await village.openRound();
    expect((await village.round(roundId)).allows).toContain('startDrafting');
    expect((await village.round(roundId, 'secretary')).allows).toEqual([]);
    expect(await village.cannotMove('secretary', 'startDrafting', roundId)).toBe('access.forbidden');
    expect(await village.cannotMove('resident', 'startDrafting', roundId)).toBe('access.forbidden');
    await village.moves('townDeputy', 'startDrafting', roundId);
    expect(await village.cannotMove('townSecretary', 'startDrafting', roundId)).toBe('round.wrong-state');
    expect(
      await town.as('townSecretary').refused('rounds.open', {
        params: { roundId: ulid() },
        body: { ...village.roundBody(), year: village.year },
      }),
    ).toBe('round.year-taken');
  });

  test('of another town is not there', async () => {
    const roundId = await village.openRound();
    const other = await buildTown(server);
    expect(await other.as('townSecretary').refused('rounds.read', { params: { roundId } })).toBe('round.not-found');
    expect((await other.as('resident').ok('rounds.list', {})).items).toEqual([]);
    expect((await town.as('resident').ok('rounds.list', {})).items).toMatchObject([{ id: roundId }]);
  });

  test('lists who owes: branches and members of the day, fewer for who comes later, none for who is exempt', async () => {
    const roundId = await village.toDrafting();
    const debtors = async (more: object = {}) =>
      (await town.as('townSecretary').ok('rounds.debtors', { params: { roundId }, query: { limit: 100, ...more } }))
        .items;
    const before = await debtors();
    expect(before.slice(0, 2)).toMatchObject([
      { kind: 'organization', owed: 6 },
      { kind: 'organization', owed: 6 },
    ]);
    expect(new Set(before.slice(0, 2).map(({ name }) => name))).toEqual(new Set(['碧塘村党支部', '石岭村党支部']));
    expect(before.find(({ id }) => id === town.people.member.id)).toMatchObject({ owed: 4, counted: 0, exempt: null });
    await village.moves('townSecretary', 'exempt', roundId, { debtorId: town.people.member2.id, reason: 'frail' });
    await village.moves('townSecretary', 'include', roundId, { personId: town.people.member3.id, fromMonth: 7 });
    const after = await debtors();
    expect(after.find(({ id }) => id === town.people.member2.id)).toMatchObject({ exempt: 'frail' });
    expect(after.find(({ id }) => id === town.people.member3.id)).toMatchObject({ owed: 2 });
    const ownBranch = await town.as('secretary').ok('rounds.debtors', { params: { roundId }, query: { limit: 100 } });
    expect(new Set(ownBranch.items.map(({ organization }) => organization.name))).toEqual(new Set(['碧塘村党支部']));
    expect(await town.as('resident').refused('rounds.debtors', { params: { roundId } })).toBe('access.forbidden');
    expect(await village.cannotMove('townSecretary', 'exempt', roundId, { debtorId: ulid(), reason: 'ill' })).toBe(
      'round.no-such-debtor',
    );
  });

  test('is not closed while something waits to be accepted or is disputed; then everything has its result', async () => {
    const { roundId, commitmentId } = await village.toDelivered();
    const late = { roundId, lateReason: '三月刚转入' };
    const promised = await village.toPublished(late);
    const drafted = await village.draft(late);
    await village.moves('townSecretary', 'startClosing', roundId);
    expect(await village.cannotMove('townSecretary', 'close', roundId)).toBe('round.undecided');
    const { items } = await town.as('townSecretary').ok('rounds.blockers', { params: { roundId } });
    expect(items.map(({ id }) => id)).toEqual([commitmentId]);
    await village.does('secretary', 'accept', commitmentId, {});
    await village.moves('townSecretary', 'close', roundId);
    const states = await Promise.all([commitmentId, promised.commitmentId, drafted].map((id) => village.stateOf(id)));
    expect(states).toEqual(['kept', 'notKept', 'withdrawn']);
    const { counts } = await village.round(roundId);
    expect(counts).toMatchObject({ kept: 1, notKept: 1, keptShare: 0.5 });
    expect(await village.cannot('otherResident', 'rate', commitmentId, { stars: 5 })).toBe('commitment.wrong-state');
  });
});

describe('what the village says', () => {
  test('opinions: within seven days, once each, answered in public under a masked name', async () => {
    const { commitmentId } = await village.toPublished();
    await village.does('resident', 'opine', commitmentId, { words: '先装巷口那盏' });
    expect(await village.cannot('resident', 'opine', commitmentId, { words: '还有一条' })).toBe(
      'commitment.opinion-given',
    );
    expect(await village.cannot('member', 'opine', commitmentId, { words: '我自己' })).toBe('access.forbidden');
    expect(await village.cannot('farResident', 'opine', commitmentId, { words: '外村的' })).toBe('access.forbidden');
    const seen = async (person: 'resident' | 'otherResident') =>
      (await town.as(person).ok('commitments.read', { params: { commitmentId } })).opinions;
    const [opinion] = await seen('otherResident');
    expect(opinion).toMatchObject({ by: '一位群众', mine: false, answer: null });
    const sayNamed = (shownName: boolean) =>
      town.as('resident').ok('privacy.consent', { body: { actionId: ulid(), version: 1, answers: { shownName } } });
    await sayNamed(true);
    expect((await seen('otherResident'))[0]).toMatchObject({ by: '王*英' });
    server.clock.advance(60_000);
    await sayNamed(false);
    expect((await seen('otherResident'))[0]).toMatchObject({ by: '一位群众' });
    expect((await seen('resident'))[0]).toMatchObject({ by: '您', mine: true });
    await village.does('secretary', 'answerOpinion', commitmentId, { opinionId: opinion?.id ?? '', words: '好，先装' });
    expect((await seen('otherResident'))[0]).toMatchObject({
      answer: '好，先装',
      answeredBy: town.people.secretary.name,
    });
    expect(
      await village.cannot('secretary', 'answerOpinion', commitmentId, { opinionId: opinion?.id ?? '', words: '再答' }),
    ).toBe('commitment.opinion-answered');
    server.clock.advance(8 * village.day);
    expect(await village.cannot('spouse', 'opine', commitmentId, { words: '晚了' })).toBe('commitment.opinions-over');
  });

  test('ratings: once each and changed at will, shown from five raters on, never by name', async () => {
    const { commitmentId } = await village.toDelivered();
    await village.does('resident', 'rate', commitmentId, { stars: 2 });
    await village.does('resident', 'rate', commitmentId, { stars: 4 });
    const rating = async () => (await town.as('resident').ok('commitments.read', { params: { commitmentId } })).rating;
    expect(await rating()).toEqual({ raters: 1, stars: null, mine: 4 });
    const more = await town.moreMembers(4);
    await Promise.all(more.map(({ client }) => village.does(client, 'rate', commitmentId, { stars: 5 })));
    expect(await rating()).toEqual({ raters: 5, stars: 4.8, mine: 4 });
    expect(await village.cannot('member', 'rate', commitmentId, { stars: 5 })).toBe('access.forbidden');
    const { history } = await town.as('secretary').ok('commitments.read', { params: { commitmentId } });
    expect(history.map(({ action }) => action)).not.toContain('rate');
  });

  test('a whole village may rate at the same moment, and one person on two phones counts once', async () => {
    const { commitmentId } = await village.toDelivered();
    const more = await town.moreMembers(30);
    const phones = [...more, ...more].map(({ client }, index) =>
      client.call('commitments.rate', {
        params: { commitmentId },
        body: { actionId: ulid(), stars: index < 30 ? 1 : 5 },
      }),
    );
    expect(new Set((await Promise.all(phones)).map(({ status }) => status))).toEqual(new Set([200]));
    const [row] = await server.world.database.reading.query<Record<'raters' | 'stars' | 'given', number>>(
      'SELECT raters, stars, (SELECT SUM(g.stars) FROM commitment_rating g WHERE g.commitment_id = c.id) AS given FROM commitment c WHERE id = ?',
      [commitmentId],
    );
    expect([row?.raters, row?.stars]).toEqual([30, Number(row?.given)]);
  });

  test('a dispute goes to the level above the reviewer; upheld it is mended, dismissed it stands where it stood', async () => {
    const { commitmentId } = await village.toDelivered();
    await village.does('resident', 'dispute', commitmentId, { words: '有一盏不亮' });
    expect(await village.cannot('secretary', 'uphold', commitmentId, { ...words, mendBy: mendBy() })).toBe(
      'access.forbidden',
    );
    await village.does('townSecretary', 'uphold', commitmentId, { words: '确实有一盏没接线', mendBy: mendBy() });
    expect(await village.stateOf(commitmentId)).toBe('published');
    await village.does('member', 'deliver', commitmentId, { ...words, noPhotoReason: 'nothingVisible' });
    await village.does('secretary', 'accept', commitmentId, {});
    await village.does('otherResident', 'dispute', commitmentId, { words: '我家门口没有' });
    await village.does('townSecretary', 'dismiss', commitmentId, { words: '门口不在这次范围' });
    expect(await village.stateOf(commitmentId)).toBe('accepted');
    const { disputes } = await town.as('farResident').ok('commitments.read', { params: { commitmentId } });
    expect(disputes.map(({ upheld, by }) => [upheld, by])).toEqual([
      [true, '一位群众'],
      [false, '一位群众'],
    ]);
    server.clock.advance(16 * village.day);
    expect(await village.cannot('resident', 'dispute', commitmentId, words)).toBe('commitment.dispute-over');
  });
});

describe('many at once', () => {
  test('a branch is approved and published in two presses; what cannot be is told and the rest goes through', async () => {
    const roundId = await village.toDrafting();
    const ids = await Promise.all(
      ['member', 'member2', 'member3'].map((who) => village.toSubmitted({ roundId }, who as 'member')),
    );
    const draft = await village.draft({ roundId });
    const press = { actionId: ulid(), items: [...ids, draft].map((commitmentId) => ({ commitmentId, version: 1 })) };
    const approve = () => town.as('secretary').ok('commitments.approveMany', { body: press });
    const first = await approve();
    expect(first.done).toEqual(ids);
    expect(first.refused).toMatchObject([{ commitmentId: draft, code: 'commitment.wrong-state' }]);
    expect(await approve()).toEqual(first);
    const items = ids.map((commitmentId) => ({ commitmentId }));
    const published = await town.as('secretary').ok('commitments.publishMany', { body: { actionId: ulid(), items } });
    expect(published.done).toEqual(ids);
    const wall = await town.as('resident').ok('commitments.list', { query: { roundId } });
    expect(wall.items.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  test('two secretaries who approve at once approve once', async () => {
    const roundId = await village.toDrafting();
    const commitmentId = await village.toSubmitted({ roundId });
    const approving = (['secretary', 'townSecretary'] as const).map((person) =>
      town.as(person).call('commitments.approve', { params: { commitmentId }, body: { actionId: ulid(), version: 1 } }),
    );
    const statuses = (await Promise.all(approving)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 409]);
    const { history } = await town.as('member').ok('commitments.read', { params: { commitmentId } });
    expect(history.filter(({ action }) => action === 'approve')).toHaveLength(1);
  });
});
