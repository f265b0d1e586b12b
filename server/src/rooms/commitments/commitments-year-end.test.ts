import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { ulid } from 'ulid';

/** 年度结束: what the last day, and the closing after it, make of a year's deeds. */
let server: TestServer;
let town: Town;
let village: CommitmentJourney;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(Date.parse('2026-12-10T02:00:00Z'));
  town = await buildTown(server);
  village = commitmentsIn(server, town);
});

const read = (commitmentId: string) => town.as('member').ok('commitments.read', { params: { commitmentId } });
const done = { words: '四盏都亮了', quantityDone: 4, noPhotoReason: 'nothingVisible' } as const;

/** The first working day of the next year. */
async function toNewYear(): Promise<void> {
  const newYear = Date.parse(`${village.year + 1}-01-04T02:00:00Z`);
  server.clock.advance(newYear - server.clock.now());
  await server.drain(town.townId);
}

test('over the year’s end nothing is decided by itself: what is late is told, and may still be delivered until the town closes', async () => {
  const { roundId, commitmentId } = await village.toPublished();
  await village.moves('townSecretary', 'startReview', roundId);
  await village.moves('townSecretary', 'begin', roundId);
  await toNewYear();
  expect(await read(commitmentId)).toMatchObject({ state: 'published', overdue: true });
  expect((await read(commitmentId)).daysLeft).toBeLessThan(0);
  const { counts } = await village.round(roundId);
  expect(counts).toMatchObject({ overdue: 1, published: 1, keptShare: null });
  await village.does('member', 'deliver', commitmentId, done);
  await village.does('secretary', 'accept', commitmentId, {});
  await village.moves('townSecretary', 'startClosing', roundId);
  await village.moves('townSecretary', 'close', roundId);
  expect(await village.stateOf(commitmentId)).toBe('kept');
  expect((await village.round(roundId)).counts).toMatchObject({ kept: 1, overdue: 0, keptShare: 1 });
});

test('the closing gives every deed its result, and after it nothing moves', async () => {
  const roundId = await village.toDrafting();
  const draft = await village.draft({ roundId, title: '写了一半的' });
  const submitted = await village.toSubmitted({ roundId, title: '没审的' });
  const { commitmentId: kept } = await village.toPublished({ roundId, title: '办成的' });
  const { commitmentId: partly } = await village.toPublished({ roundId, title: '办了一半的' });
  const { commitmentId: not } = await village.toPublished({ roundId, title: '没办的' });
  const { commitmentId: carried } = await village.toPublished({ roundId, title: '跨年的' });
  await village.does('member', 'requestChange', carried, { kind: 'carryOver', reason: '等路基沉实' });
  const [change] = (await read(carried)).changes;
  await village.does('secretary', 'approveChange', carried, { changeId: change?.id ?? '' });
  await village.moves('townSecretary', 'startReview', roundId);
  await village.moves('townSecretary', 'begin', roundId);
  await village.does('member', 'deliver', kept, done);
  await village.does('secretary', 'accept', kept, {});
  await village.does('member', 'deliver', partly, { ...done, quantityDone: 2 });
  await village.does('secretary', 'accept', partly, {});
  await toNewYear();
  await village.moves('townSecretary', 'startClosing', roundId);
  await village.moves('townSecretary', 'close', roundId);
  const states = await Promise.all([draft, submitted, kept, partly, not, carried].map((id) => village.stateOf(id)));
  expect(states).toEqual(['withdrawn', 'withdrawn', 'kept', 'partlyKept', 'notKept', 'carriedOver']);
  const { counts } = await village.round(roundId);
  // 结转 and 未兑现 stand in the share: giving up or putting off cannot raise it.
  expect(counts).toMatchObject({ kept: 1, partlyKept: 1, notKept: 1, carriedOver: 1, keptShare: 0.25 });
  const rating = { params: { commitmentId: kept }, body: { actionId: ulid(), stars: 5 } };
  expect((await town.as('resident').call('commitments.rate', rating)).status).toBe(409);
  expect(await village.cannot('member', 'deliver', not, done)).toBe('commitment.wrong-state');
  expect(await village.cannotMove('townSecretary', 'startClosing', roundId)).toBe('round.wrong-state');
});

test('while the old year is being closed the new one is opened beside it; a new deed goes into the new one', async () => {
  const { roundId } = await village.toDelivered();
  await village.moves('townSecretary', 'startClosing', roundId);
  await toNewYear();
  const year = village.year + 1;
  const next = ulid();
  const dates = { draftsUntil: `${year}-02-28`, reviewsUntil: `${year}-03-31`, endsOn: `${year}-12-31` };
  await town.as('townSecretary').ok('rounds.open', {
    params: { roundId: next },
    body: { ...village.roundBody(), year, ...dates },
  });
  await village.moves('townSecretary', 'startDrafting', next);
  const commitmentId = await village.draft({ roundId: next, deadline: `${year}-06-30` });
  expect((await read(commitmentId)).year).toBe(year);
  const late = { ...village.draftBody({ roundId, lateReason: '补一件' }) };
  expect(await town.as('member').refused('commitments.draft', { params: { commitmentId: ulid() }, body: late })).toBe(
    'commitment.round-over',
  );
  expect(await village.cannotMove('townSecretary', 'close', roundId)).toBe('round.undecided');
});
