import { ulid } from 'ulid';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 提醒: whoever has not handed in enough, once a day each. */
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

const remind = (person: PersonName, roundId: string, debtorIds?: string[], actionId = ulid()) =>
  town.as(person).ok('rounds.remind', { params: { roundId }, body: { actionId, ...(debtorIds ? { debtorIds } : {}) } });
const reminders = async (person: PersonName) => {
  await server.drain(town.townId);
  const { items } = await town.as(person).ok('messages.list', { query: { limit: 100 } });
  return items.filter(({ kind }) => kind === 'round.remind').map(({ words }) => words);
};
const debtorsOf = async (person: PersonName, roundId: string) =>
  (await town.as(person).ok('rounds.debtors', { params: { roundId }, query: { limit: 100 } })).items;

test('one is told how many he has still to hand in, and not twice on the same day', async () => {
  const roundId = await village.toDrafting();
  await village.toSubmitted({ roundId });
  const { member } = town.people;
  expect(await remind('secretary', roundId, [member.id])).toEqual({ reminded: 1, already: 0 });
  expect(await remind('townSecretary', roundId, [member.id])).toEqual({ reminded: 0, already: 1 });
  expect(await reminders('member')).toEqual([
    `${town.people.secretary.name}提醒您：${village.year} 年还差 3 件没有报审，请到“我的承诺”里写好报审。`,
  ]);
  const [shown] = (await debtorsOf('secretary', roundId)).filter(({ id }) => id === member.id);
  expect(shown).toMatchObject({ remindedToday: true, allows: [] });
  server.clock.advance(village.day);
  expect(await remind('secretary', roundId, [member.id])).toEqual({ reminded: 1, already: 0 });
  expect(await reminders('member')).toHaveLength(2);
});

test('all who are short: of the own branch alone, neither the exempt nor who has handed in enough', async () => {
  const roundId = await village.toDrafting();
  for (let deed = 0; deed < 4; deed += 1) await village.toSubmitted({ roundId });
  await village.moves('townSecretary', 'exempt', roundId, { debtorId: town.people.member2.id, reason: 'awayLongTerm' });
  const expected = (await debtorsOf('secretary', roundId)).filter(({ allows }) => allows.includes('remind'));
  const names = expected.map(({ name }) => name);
  expect(names).toContain(town.people.member3.name);
  expect(names).not.toContain(town.people.member.name);
  expect(await remind('secretary', roundId)).toEqual({ reminded: expected.length, already: 0 });
  expect(await reminders('member3')).toHaveLength(1);
  for (const person of ['member', 'member2', 'memberOutside', 'secretary'] as const)
    expect(await reminders(person)).toEqual([]);
  // The town reminds the rest, and hears how many have been told today.
  const { reminded, already } = await remind('townSecretary', roundId);
  expect(already).toBe(expected.length);
  expect(reminded).toBeGreaterThan(0);
  expect(await reminders('memberOutside')).toHaveLength(1);
});

test('two who press at the same moment remind everybody once', async () => {
  const roundId = await village.toDrafting();
  await town.moreMembers(60);
  const answers = await Promise.all(
    (['townSecretary', 'townDeputy', 'secretary', 'secretaryOutside'] as const).map((who) => remind(who, roundId)),
  );
  const reminded = answers.reduce((sum, answer) => sum + answer.reminded, 0);
  const [row] = await server.world.database.reading.query<Record<'all' | 'people', number>>(
    'SELECT COUNT(*) AS `all`, COUNT(DISTINCT debtor_id) AS people FROM commitment_reminder WHERE round_id = ?',
    [roundId],
  );
  expect([Number(row?.all), Number(row?.people)]).toEqual([reminded, reminded]);
  expect(await reminders('member')).toHaveLength(1);
});

test('a press whose answer was lost gets the same answer, and may be for nothing else', async () => {
  const roundId = await village.toDrafting();
  const actionId = ulid();
  const first = await remind('secretary', roundId, undefined, actionId);
  expect(await remind('secretary', roundId, undefined, actionId)).toEqual(first);
  expect(first.reminded).toBeGreaterThan(0);
  const sent = { params: { roundId }, body: { actionId } };
  expect(await town.as('townSecretary').refused('rounds.remind', sent)).toBe('action.repeated-differently');
});

test('nobody is reminded before drafting or when the year is being closed, nor by a member', async () => {
  const roundId = await village.openRound();
  const refused = (person: PersonName) =>
    town.as(person).refused('rounds.remind', { params: { roundId }, body: { actionId: ulid() } });
  expect(await refused('secretary')).toBe('round.wrong-state');
  expect(await refused('member')).toBe('access.forbidden');
  for (const step of ['startDrafting', 'startReview', 'begin', 'startClosing'] as const)
    await village.moves('townSecretary', step, roundId);
  expect(await refused('secretary')).toBe('round.wrong-state');
});
