import { ulid } from 'ulid';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { showAll } from '../../../test/content';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { photoOf } from '../../../test/upload';

/** 亮身份、亮岗位、亮承诺, and the wall with its photos. */
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

const cardOf = (personId: string, by: 'resident' | 'secretary' | 'member' = 'resident') =>
  town.as(by).call('cards.member', { params: { personId } });

test('a member’s card tells who he is, what for, what he has promised; no number, no address', async () => {
  const { roundId } = await village.toDelivered();
  await village.toPublished({ roundId, title: '清一口塘', lateReason: '刚想到的' });
  const { id: personId, name, phone } = town.people.member;
  const { data } = await cardOf(personId);
  expect(data).toMatchObject({
    ...{ personId, name, isMine: false, rating: { raters: 0, stars: null } },
    organization: { id: town.branches.a },
    years: [{ roundId, year: village.year, isOver: false, promised: 2, delivered: 1, kept: 0 }],
  });
  expect(data?.posts[0]).toMatchObject({ name: '党员', duty: expect.stringContaining('办实事') as string });
  expect(JSON.stringify(data)).not.toContain(phone);
  expect((await cardOf(personId, 'member')).data?.isMine).toBe(true);
});

test('the rating of a member is the one of all his deeds, from five persons on, however many deeds each has rated', async () => {
  const { roundId, commitmentId } = await village.toDelivered();
  const raters = await town.moreMembers(5);
  for (const [index, { client }] of raters.entries()) {
    const body = { actionId: ulid(), stars: index === 0 ? 3 : 5 };
    await client.ok('commitments.rate', { params: { commitmentId }, body });
    const rating = (await cardOf(town.people.member.id)).data?.rating;
    expect(rating).toEqual({ raters: index + 1, stars: index === 4 ? 4.6 : null });
  }
  const { commitmentId: another } = await village.toPublished({ roundId, title: '修一段路', lateReason: '补一件' });
  await village.does('member', 'deliver', another, { words: '修好了', noPhotoReason: 'nothingVisible' });
  const again = { params: { commitmentId: another }, body: { actionId: ulid(), stars: 1 } };
  await raters[0]?.client.ok('commitments.rate', again);
  expect((await cardOf(town.people.member.id)).data?.rating).toEqual({ raters: 5, stars: 4 });
});

test('who has not promised anything in public has a card for himself and his secretary only', async () => {
  const roundId = await village.toDrafting();
  const { id } = town.people.member;
  await village.draft({ roundId });
  expect((await cardOf(id, 'resident')).problem?.code).toBe('member.not-found');
  expect((await cardOf(id, 'secretary')).data?.years).toEqual([]);
  expect((await cardOf(id, 'member')).status).toBe(200);
  expect((await town.as('secretaryOutside').call('cards.member', { params: { personId: id } })).status).toBe(404);
});

test('is found by a part of the name, taken as written, and opened by nobody of another town', async () => {
  await village.toPublished();
  const { id, name } = town.people.member;
  const found = async (q: string) =>
    (await town.as('resident').ok('cards.members', { query: { q } })).items.map(({ personId }) => personId);
  expect(await found(name.slice(0, 1))).toContain(id);
  expect(await found('%')).toEqual([]);
  const stranger = await buildTown(server);
  expect((await stranger.as('resident').ok('cards.members', { query: { q: name } })).items).toEqual([]);
  expect(await stranger.as('resident').refused('cards.member', { params: { personId: id } })).toBe('member.not-found');
});

test('an organisation shows who leads it and how many belong to it; the town’s come first in the list', async () => {
  await village.toDrafting();
  const params = { organizationId: town.branches.a };
  const card = await town.as('resident').ok('cards.organization', { params });
  const { id, name } = town.people.secretary;
  expect(card.leads[0]).toEqual({ personId: id, name, post: '党组织书记' });
  const { items } = await town.as('resident').ok('cards.organizations', {});
  expect(items[0]?.id).toBe(town.branches.committee);
  expect(items.map((each) => each.id)).toContain(town.branches.b);
  const stranger = await buildTown(server);
  expect(await stranger.as('resident').refused('cards.organization', { params })).toBe('organization.not-found');
});

test('on the wall a delivered deed shows how it looked before and after, in three statements for any number', async () => {
  const roundId = await village.toDrafting();
  const [before, first, second] = [
    await photoOf(town, 'member'),
    await photoOf(town, 'member'),
    await photoOf(town, 'member'),
  ];
  const { commitmentId } = await village.toPublished({ roundId, beforePhotoIds: [before] });
  await village.toPublished({ roundId, title: '清一口塘' });
  const pairs = async () => {
    const { items } = await town.as('resident').ok('commitments.list', { query: { roundId } });
    return Object.fromEntries(items.map(({ id, pair }) => [id, pair]));
  };
  expect(Object.values(await pairs())).toEqual([null, null]);
  const delivery = { words: '四盏都亮了', quantityDone: 4 };
  await village.moves('townSecretary', 'startReview', roundId);
  await village.moves('townSecretary', 'begin', roundId);
  await village.does('member', 'deliver', commitmentId, { ...delivery, photoIds: [first] });
  await village.does('member', 'takeBack', commitmentId, {});
  await village.does('member', 'deliver', commitmentId, { ...delivery, photoIds: [second] });
  // 内容检查: nobody else sees a photo before it has passed.
  expect((await pairs())[commitmentId]).toBeNull();
  await showAll(server, town);
  expect((await pairs())[commitmentId]).toMatchObject({ before: { id: before }, after: { id: second } });
  await town.as('resident').ok('people.me');
  const statements = await server.statements.during(pairs);
  expect(statements.length).toBeLessThanOrEqual(4);
});
