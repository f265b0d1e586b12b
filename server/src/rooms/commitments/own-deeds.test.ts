import { ulid } from 'ulid';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { check, goodRow, sheetOf } from '../../../test/import-sheet';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** Nobody reviews, accepts or disputes away their own; and whoever does it instead finds it in his queue. */
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

const queueOf = async (person: PersonName) => {
  const { items } = await town.as(person).ok('commitments.list', { query: { scope: 'review' } });
  const { review } = await town.as(person).ok('commitments.counts', {});
  expect(review?.total).toBe(items.length);
  return items.map(({ id }) => id);
};
const told = async (person: PersonName) => {
  await server.drain(town.townId);
  const { items } = await town.as(person).ok('messages.list', { query: { limit: 100 } });
  return items.map(({ title }) => title);
};

test('what a secretary has imported for his members is approved by the level above, which is told so; he accepts it', async () => {
  const roundId = await village.toDrafting();
  const { id: importId } = await check(town.as('secretary'), roundId, await sheetOf([goodRow()]));
  const press = () => ({ params: { importId }, body: { actionId: ulid() } });
  await town.as('secretary').ok('imports.apply', press());
  await town.as('secretary').ok('imports.submit', press());
  const [commitmentId = ''] = await queueOf('townSecretary');
  expect(await queueOf('secretary')).toEqual([]);
  expect(await told('townSecretary')).toContain('有承诺要审');
  await village.does('townSecretary', 'approve', commitmentId, { version: 1 });
  await village.does('secretary', 'publish', commitmentId, {});
  await village.does('member2', 'deliver', commitmentId, { words: '亮了', noPhotoReason: 'nothingVisible' });
  expect(await queueOf('townSecretary')).toEqual([]);
  expect(await queueOf('secretary')).toEqual([commitmentId]);
  expect(await told('secretary')).toContain('有承诺要验收');
  await village.does('secretary', 'accept', commitmentId, {});
});

test('a deed in which the secretary helps waits with the level above; one that is his to review does not', async () => {
  const roundId = await village.toDrafting();
  const helped = await village.toSubmitted({ roundId, helperIds: [town.people.secretary.id] });
  const other = await village.toSubmitted({ roundId, title: '修桥' });
  expect(await queueOf('secretary')).toEqual([other]);
  expect(await queueOf('townSecretary')).toEqual([helped]);
});

test('a change that the secretary asked for himself waits with the level above', async () => {
  const { commitmentId } = await village.toPublished();
  await village.does('member', 'requestChange', commitmentId, { kind: 'abandon', reason: '路灯由镇里统一装' });
  expect(await queueOf('secretary')).toEqual([commitmentId]);
  expect(await queueOf('townSecretary')).toEqual([]);
});

test('a dispute over what the committee’s secretary has accepted himself is answered by his deputy', async () => {
  const roundId = await village.toDrafting();
  const { a: organizationId } = town.branches;
  const commitmentId = await village.toSubmitted({ roundId, kind: 'organization', organizationId }, 'secretary');
  await village.does('townSecretary', 'approve', commitmentId, { version: 1 });
  await village.does('secretary', 'publish', commitmentId, {});
  await village.does('secretary', 'deliver', commitmentId, { words: '亮了', noPhotoReason: 'nothingVisible' });
  await village.does('townSecretary', 'accept', commitmentId, { onSite: true });
  await village.does('resident', 'dispute', commitmentId, { words: '只亮了三盏' });
  expect(await village.cannot('townSecretary', 'dismiss', commitmentId, { words: '都亮' })).toBe('access.forbidden');
  expect([await queueOf('townSecretary'), await queueOf('townDeputy')]).toEqual([[], [commitmentId]]);
  expect(await told('townDeputy')).toContain('有人提出异议');
  await village.does('townDeputy', 'dismiss', commitmentId, { words: '看过了，四盏都亮' });
  expect(await village.stateOf(commitmentId)).toBe('accepted');
});
