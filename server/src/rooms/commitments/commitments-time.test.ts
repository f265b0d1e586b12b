import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** Time passes over promises: two weeks before the last day, after it, and over answers that nobody gives. */
let server: TestServer;
let town: Town;
let village: CommitmentJourney;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
  village = commitmentsIn(server, town);
});

const at = async (text: string): Promise<void> => {
  server.clock.set(Date.parse(`${text.replace(' ', 'T')}:00+08:00`));
  await server.drain(town.townId);
};
const count = async (who: PersonName, title: string): Promise<number> =>
  (await town.as(who).ok('messages.list', { query: { limit: 100 } })).items.filter((each) => each.title === title)
    .length;

test('whoever keeps it is told two weeks before, the day after, and every week; his secretary when it is late', async () => {
  const { commitmentId } = await village.toPublished({ deadline: '2026-10-31' });
  await at('2026-10-16 10:00');
  expect(await count('member', '承诺快到期了')).toBe(0);
  await at('2026-10-17 10:00');
  expect(await count('member', '承诺快到期了')).toBe(1);
  await at('2026-11-01 10:00');
  expect([await count('member', '承诺超时了'), await count('secretary', '有承诺超时')]).toEqual([1, 1]);
  const [late] = (await town.as('resident').ok('commitments.list', { query: { overdue: 'true' } })).items;
  expect(late).toMatchObject({ id: commitmentId, overdue: true, daysLeft: -1 });
  // What the clocks have told is no step of the deed's.
  const { history } = await town.as('resident').ok('commitments.read', { params: { commitmentId } });
  expect(history.map(({ name }) => name)).toEqual(['亮诺', '审诺通过', '报审', '拟诺']);
  await at('2026-11-08 10:00');
  expect(await count('member', '承诺超时了')).toBe(2);
  await village.does('member', 'deliver', commitmentId, { words: '都亮了', noPhotoReason: 'nothingVisible' });
  await at('2026-11-20 10:00');
  expect(await count('member', '承诺超时了')).toBe(2);
});

test('a postponed deed is late only after its new day', async () => {
  const { commitmentId } = await village.toPublished({ deadline: '2026-10-31' });
  const content = village.content({ deadline: '2026-11-30' });
  await village.does('member', 'requestChange', commitmentId, { kind: 'postpone', reason: '等电杆', content });
  const [change] = (await town.as('secretary').ok('commitments.read', { params: { commitmentId } })).changes;
  await village.does('secretary', 'approveChange', commitmentId, { changeId: change?.id ?? '' });
  await at('2026-11-02 10:00');
  expect(await count('member', '承诺超时了')).toBe(0);
  await at('2026-12-01 10:00');
  expect(await count('member', '承诺超时了')).toBe(1);
});

test('an opinion and a dispute that nobody answers in time ring every day', async () => {
  const { commitmentId } = await village.toPublished();
  await village.does('resident', 'opine', commitmentId, { words: '先装巷口那盏' });
  // Sunday the 20th is a make-up workday.
  await at('2026-09-20 18:00');
  expect(await count('secretary', '意见还没答复')).toBe(0);
  await at('2026-09-21 10:00');
  expect(await count('secretary', '意见还没答复')).toBe(1);
  await village.does('member', 'deliver', commitmentId, { words: '都亮了', noPhotoReason: 'nothingVisible' });
  await village.does('resident', 'dispute', commitmentId, { words: '有一盏不亮' });
  await at('2026-10-01 09:00');
  expect(await count('townSecretary', '异议还没答复')).toBe(0);
  await at('2026-10-20 09:00');
  expect(await count('townSecretary', '异议还没答复')).toBe(1);
  await at('2026-10-21 09:30');
  expect(await count('townSecretary', '异议还没答复')).toBe(2);
  await village.does('townSecretary', 'dismiss', commitmentId, { words: '都亮着' });
  await at('2026-10-23 09:30');
  expect(await count('townSecretary', '异议还没答复')).toBe(2);
});
