import { ulid } from 'ulid';
import type { CheckedName } from '@sandan/shared/reviews/review.words';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { showAll } from '../../../test/content';
import { journeyIn, type Journey } from '../../../test/journey';
import type { Client } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 投诉 misused, 回避, and what becomes of a decision when the words change. */
let server: TestServer;
let town: Town;
let village: Journey;
let promises: CommitmentJourney;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
  promises = commitmentsIn(server, town);
});

const drain = () => server.drain(town.townId);
const who = (person: PersonName | Client): Client => (typeof person === 'string' ? town.as(person) : person);
const complain = (person: PersonName | Client, field: CheckedName, thingId: string, said?: string) =>
  who(person).call('reviews.complain', {
    params: { complaintId: ulid() },
    body: { about: { field, thingId, ...(said === undefined ? {} : { said }) }, reason: 'insult' },
  });
const listed = async (person: PersonName) =>
  (await town.as(person).ok('reviews.list', { query: { limit: 100 } })).items;
const decide = (person: PersonName, review: { id: string; version: number } | undefined, decision: 'show' | 'hide') =>
  town.as(person).ok('reviews.decide', {
    params: { checkId: review?.id ?? '' },
    body: {
      ...{ actionId: ulid(), decision, version: review?.version ?? 0 },
      ...(decision === 'hide' ? { reason: 'insult' as const } : {}),
    },
  });
const messagesOf = async (person: PersonName) => (await town.as(person).ok('messages.list', {})).items;
const deed = (commitmentId: string, person: PersonName) =>
  town.as(person).ok('commitments.read', { params: { commitmentId } });

/** An opinion that others read. */
async function opinion() {
  const { commitmentId } = await promises.toPublished();
  await promises.does('resident', 'opine', commitmentId, { words: '先装巷口那盏' });
  await showAll(server, town);
  const id = (await deed(commitmentId, 'resident')).opinions[0]?.id ?? '';
  const seen = async () => (await deed(commitmentId, 'farResident')).opinions[0]?.words ?? null;
  return { commitmentId, id, seen };
}

test('three of one house are one voice; three houses hide what nobody has looked at', async () => {
  const { orderId } = await village.toClaimed();
  await village.doesTask('member2', 'note', (await village.read(orderId)).tasks[0]?.id ?? '', { words: '明天来' });
  await drain();
  const step = (await village.read(orderId, 'resident')).history.find(({ action }) => action === 'note')?.id ?? '';
  const heldFor = async () => (await village.read(orderId, 'deskLead')).history.find(({ id }) => id === step)?.held;
  const sameHouse = town.people.resident.id;
  const people = ['groupLead', 'gridWorker', 'liaison', 'secretary'] as const;
  const move = (name: PersonName) =>
    server.world.database.transaction((db) =>
      db.write(
        'UPDATE person SET household_id = (SELECT h FROM (SELECT household_id AS h FROM person WHERE id = ?) x) WHERE id = ?',
        [...[sameHouse, town.people[name].id]],
      ),
    );
  await server.world.database.transaction((db) =>
    db.write("UPDATE content_check SET state = 'passed', at_desk = NULL, next_at = NULL WHERE thing_id = ?", [step]),
  );
  await move('groupLead');
  await move('gridWorker');
  for (const name of people.slice(0, 3)) expect((await complain(name, 'order.step', step)).status).toBe(200);
  expect(await heldFor()).toBeUndefined();
  expect((await complain('secretary', 'order.step', step)).status).toBe(200);
  expect(await heldFor()).toBe(true);
});

test('what a person has looked at and shown is not hidden by many taps: it comes to the desk once more', async () => {
  const { id, seen } = await opinion();
  for (const { client } of await town.moreMembers(3)) await complain(client, 'commitment.opinion', id);
  expect(await seen()).toBe('先装巷口那盏');
  const again = (await listed('deskLead')).find(({ field }) => field === 'commitment.opinion');
  expect(again?.complaints).toHaveLength(3);
});

test('whoever has complained of it does not decide about it', async () => {
  const { id } = await opinion();
  await complain('deskLead', 'commitment.opinion', id);
  const of = async (name: PersonName) => (await listed(name)).filter(({ field }) => field === 'commitment.opinion');
  expect([await of('deskLead'), (await of('deskLead2')).length]).toEqual([[], 1]);
});

test('an answer by the secretary shows the words, and the complaint stays with the desk until somebody has looked', async () => {
  const { commitmentId } = await promises.toPublished();
  await promises.does('resident', 'opine', commitmentId, { words: '先装巷口那盏' });
  const id = (await deed(commitmentId, 'resident')).opinions[0]?.id ?? '';
  await showAll(server, town);
  await complain('otherResident', 'commitment.opinion', id);
  await promises.does('secretary', 'answerOpinion', commitmentId, { opinionId: id, words: '好的' });
  const review = (await listed('deskLead')).find(({ field }) => field === 'commitment.opinion');
  await decide('deskLead', review, 'show');
  await drain();
  expect((await messagesOf('otherResident')).map(({ title }) => title)).toContain('您的投诉有结果了');
});

test('评诺 once more with the words that were hidden leaves them hidden; with other words they are judged anew', async () => {
  const { commitmentId } = await promises.toDelivered();
  const rate = (words: string) => promises.does('resident', 'rate', commitmentId, { stars: 1, words });
  const mine = async () => (await deed(commitmentId, 'resident')).ratings.find(({ mine: own }) => own);
  await rate('都是骗人的');
  const review = (await listed('deskLead')).find(({ field }) => field === 'commitment.rating');
  await decide('deskLead', review, 'hide');
  await rate('都是骗人的');
  expect(await mine()).toMatchObject({ stars: 1, held: true, waits: false });
  await rate('还差两盏没亮');
  expect(await mine()).toMatchObject({ words: '还差两盏没亮', held: true, waits: true });
  await rate('还差两盏没亮');
  expect(await mine()).toMatchObject({ waits: true });
});

test('a change whose words the desk has hidden does not become the wording of the deed', async () => {
  const { commitmentId } = await promises.toPublished();
  const content = { ...promises.content(), title: '装 6 盏路灯' };
  await promises.does('member', 'requestChange', commitmentId, { kind: 'amend', reason: '村长是个骗子', content });
  const change = (await deed(commitmentId, 'secretary')).changes[0]?.id ?? '';
  await decide(
    'townDispatcher',
    (await listed('townDispatcher')).find(({ field }) => field === 'commitment.change'),
    'hide',
  );
  expect(await promises.cannot('secretary', 'approveChange', commitmentId, { changeId: change })).toBe(
    'commitment.words-at-desk',
  );
  await promises.does('secretary', 'refuseChange', commitmentId, { changeId: change, words: '请重写' });
});

test('a hidden deed that is worded anew waits for the desk, and is on the wall again when it is shown', async () => {
  const { commitmentId } = await promises.toPublished({ title: '装 4 盏路灯，气死老王' });
  await complain('farResident', 'commitment.deed', commitmentId);
  await decide(
    'townDispatcher',
    (await listed('townDispatcher')).find(({ field }) => field === 'commitment.deed'),
    'hide',
  );
  const onWall = async () =>
    (await town.as('farResident').ok('commitments.list', { query: { scope: 'wall' } })).items.map(({ title }) => title);
  expect(await onWall()).toEqual([]);
  const content = { ...promises.content(), title: '装 4 盏路灯' };
  await promises.does('member', 'requestChange', commitmentId, { kind: 'amend', reason: '换个说法', content });
  const change = (await deed(commitmentId, 'secretary')).changes[0]?.id ?? '';
  await promises.does('secretary', 'approveChange', commitmentId, { changeId: change });
  expect(await onWall()).toEqual([]);
  await decide(
    'townDispatcher',
    (await listed('townDispatcher')).find(({ field }) => field === 'commitment.deed'),
    'show',
  );
  expect(await onWall()).toEqual(['装 4 盏路灯']);
});

test('a card that the desk has hidden is seen by nobody but its own and the secretaries; the desk is that of its place', async () => {
  await promises.toPublished();
  const personId = town.people.member.id;
  const card = (person: PersonName) => town.as(person).call('cards.member', { params: { personId } });
  expect((await card('farResident')).status).toBe(200);
  expect((await complain('farResident', 'person.card', personId)).status).toBe(200);
  expect(await listed('deskLeadOutside')).toEqual([]);
  const review = (await listed('deskLead')).find(({ field }) => field === 'person.card');
  await decide('deskLead', review, 'hide');
  expect([(await card('farResident')).status, (await card('member')).status]).toEqual([404, 200]);
  const found = await town.as('farResident').ok('cards.members', { query: { q: '李晓' } });
  expect(found.items).toEqual([]);
});

test('numbers in what residents say in public are read by its writer and who answers alone; it can be complained of as it is read', async () => {
  const { commitmentId } = await promises.toDelivered();
  for (const person of ['spouse', 'otherResident', 'hubKeeper', 'electrician'] as const)
    await promises.does(person, 'rate', commitmentId, { stars: 5 });
  await promises.does('resident', 'rate', commitmentId, { stars: 1, words: '问老陈 13911112222 就知道' });
  await promises.does('otherResident', 'dispute', commitmentId, { words: '打 13911112222 问问', photoIds: [] });
  await showAll(server, town);
  const far = await deed(commitmentId, 'farResident');
  expect([far.ratings[0]?.words, far.disputes[0]?.words]).toEqual(['问老陈 *** 就知道', '打 *** 问问']);
  expect((await deed(commitmentId, 'townSecretary')).disputes[0]?.words).toContain('13911112222');
  expect((await complain('farResident', 'commitment.rating', commitmentId, '问老陈 *** 就知道')).status).toBe(200);
});

test('words that their author has taken back end the complaint, and whoever complained hears of it', async () => {
  const { commitmentId } = await promises.toDelivered();
  for (const person of ['resident', 'spouse', 'otherResident', 'hubKeeper'] as const)
    await promises.does(person, 'rate', commitmentId, { stars: 5 });
  await promises.does('member2', 'rate', commitmentId, { stars: 1, words: '骗人' });
  await showAll(server, town);
  await complain('farResident', 'commitment.rating', commitmentId, '骗人');
  await promises.does('member2', 'rate', commitmentId, { stars: 2 });
  await drain();
  expect((await messagesOf('farResident')).map(({ words }) => words)).toContain(
    '您投诉的“评诺的话”已经不再显示，谢谢您。',
  );
  expect((await town.as('farResident').ok('reviews.complaints', {})).items[0]?.outcome).toBe('upheld');
});
