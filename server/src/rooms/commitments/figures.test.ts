import { ulid } from 'ulid';
import type { CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import { commitmentLifecycle } from '@sandan/shared/commitments/commitment.lifecycle';
import { chinaDate } from '@sandan/shared/china-time';
import { stageOf } from '@sandan/shared/lifecycle';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { Commitment } from './commitment.entity';

/** 承诺数字, against a plain recount of the same rows. */
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

const figures = (
  person: PersonName,
  roundId: string,
  query: { under?: string; alone?: string; order?: 'share' } = {},
) => town.as(person).ok('rounds.figures', { params: { roundId }, query });

const states = Object.keys(commitmentLifecycle.states) as CommitmentState[];
/** The same numbers in every run, and nothing even about them. */
const dice = (seed: number) => {
  let state = seed;
  return (sides: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % sides;
  };
};

/** Deeds in every state, of two branches, of their members and of the committee. */
async function scatter(roundId: string, count: number): Promise<Partial<Commitment>[]> {
  const roll = dice(20_261_122);
  const { branches, people } = town;
  const owners = [
    { organizationId: branches.a, personId: null },
    { organizationId: branches.b, personId: null },
    { organizationId: branches.a, personId: people.member.id },
    { organizationId: branches.a, personId: people.member2.id },
    { organizationId: branches.b, personId: people.memberOutside.id },
    { organizationId: branches.committee, personId: people.townDeputy.id },
  ];
  const deeds = Array.from({ length: count }, (): Partial<Commitment> => {
    const state = states[roll(states.length)] ?? 'draft';
    const owner = owners[roll(owners.length)] ?? owners[0];
    const raters = roll(9);
    const by = owner?.personId ?? people.secretary.id;
    return {
      ...{ id: ulid(), roundId, state, stage: stageOf(commitmentLifecycle, state), version: 1, contentVersion: 1 },
      ...{ kind: owner?.personId ? 'personal' : 'organization', ...owner, authorId: by, responsibleId: by },
      ...{ title: '装路灯', words: '装 4 盏路灯', field: 'light', forGridId: town.villageA },
      ...{ deadline: `${village.year - 1 + roll(3)}-06-30`, raters, stars: raters * (1 + roll(5)) },
      ...{ reviewOrganizationId: branches.a, disputeOrganizationId: branches.committee },
      ...{ townId: town.townId, draftedAt: new Date(server.clock.now()), fingerprint: Buffer.alloc(32) },
    };
  });
  await server.world.database.transaction((db) => db.insert(Commitment, deeds));
  return deeds;
}

const counted: CommitmentState[] = ['published', 'delivered', 'disputed', 'accepted', 'kept', 'partlyKept'];
const promised: CommitmentState[] = [...counted, 'notKept', 'abandoned', 'carriedOver'];

function recount(deeds: readonly Partial<Commitment>[]) {
  const today = chinaDate(server.clock.now());
  const those = (...wanted: CommitmentState[]) => deeds.filter(({ state }) => state && wanted.includes(state)).length;
  const raters = deeds.reduce((sum, deed) => sum + (deed.raters ?? 0), 0);
  const base = those(...promised);
  return {
    ...{ counted: those(...counted), promised: base, drafted: those('draft', 'submitted', 'approved') },
    ...{ delivered: those('delivered'), done: those('accepted', 'kept'), disputed: those('disputed'), raters },
    overdue: deeds.filter(({ stage, deadline }) => stage === 'working' && (deadline ?? '') < today).length,
    share: base < 4 ? null : those('accepted', 'kept') / base,
    stars: raters < 5 ? null : deeds.reduce((sum, deed) => sum + (deed.stars ?? 0), 0) / raters,
  };
}

test('the figures of the town, of each branch and of each member are those of a recount', async () => {
  const roundId = await village.toDrafting();
  const deeds = await scatter(roundId, 400);
  const { branches, people } = town;
  const of = (organizationId: string) => deeds.filter((deed) => deed.organizationId === organizationId);

  const all = await figures('townSecretary', roundId);
  expect(all.whole).toMatchObject(recount(deeds));
  expect(all.line).toMatchObject([{ id: branches.committee }]);
  const rows = new Map(all.rows.map((row) => [row.id, row]));
  expect(rows.size).toBe(3);
  for (const id of [branches.a, branches.b, branches.committee]) expect(rows.get(id)).toMatchObject(recount(of(id)));
  expect(rows.get(branches.committee)).toMatchObject({ kind: 'alone', name: '本级' });

  const branch = await figures('secretary', roundId, { under: branches.a });
  expect(branch.whole).toMatchObject(recount(of(branches.a)));
  expect(branch.line.map(({ id }) => id)).toEqual([branches.committee, branches.a]);
  const person = (id: string) => branch.rows.find((row) => row.id === id);
  for (const { id } of [people.member, people.member2])
    expect(person(id)).toMatchObject({ kind: 'person', ...recount(deeds.filter((deed) => deed.personId === id)) });
  expect(person(branches.a)).toMatchObject(recount(of(branches.a).filter((deed) => deed.personId === null)));
  expect(person(people.member3.id)).toMatchObject({ promised: 0, share: null, owed: 4, underMinimum: 1 });

  const alone = await figures('townSecretary', roundId, { under: branches.committee, alone: 'true' });
  expect(alone.whole).toMatchObject(recount(of(branches.committee)));
});

test('what is owed and who is short adds up from branch to town', async () => {
  const roundId = await village.toDrafting();
  await village.moves('townSecretary', 'exempt', roundId, { debtorId: town.people.member2.id, reason: 'ill' });
  await village.toPublished({ roundId });
  const { whole, rows } = await figures('townSecretary', roundId);
  const sum = (name: 'owed' | 'underMinimum' | 'members' | 'organizations') =>
    rows.reduce((total, row) => total + (row[name] ?? 0), 0);
  for (const name of ['owed', 'underMinimum', 'members', 'organizations'] as const) expect(whole[name]).toBe(sum(name));
  const debtors = await town
    .as('townSecretary')
    .ok('rounds.debtors', { params: { roundId }, query: { short: 'true', limit: 100 } });
  expect(whole.underMinimum).toBe(debtors.items.length);
  expect(whole.organizations).toBe(2);
});

test('who is short, and the members one by one, are for those who watch over them', async () => {
  const roundId = await village.toDrafting();
  await village.toPublished({ roundId });
  const { branches, people } = town;
  const seen = await figures('resident', roundId);
  expect([seen.whole, ...seen.rows].map(({ underMinimum }) => underMinimum)).toEqual([null, null, null, null]);
  expect(seen.whole.promised).toBe(1);
  const inside = await figures('resident', roundId, { under: branches.a });
  expect(inside).toMatchObject({ hidesMembers: true, rows: [{ kind: 'alone', id: branches.a }] });

  const own = await figures('secretary', roundId);
  const short = new Map(own.rows.map((row) => [row.id, row.underMinimum]));
  expect(short.get(branches.a)).toBeGreaterThan(0);
  expect(short.get(branches.b)).toBeNull();
  expect(own.whole.underMinimum).toBeNull();
  const members = await figures('secretary', roundId, { under: branches.a });
  expect(members.rows.map(({ id }) => id)).toContain(people.member.id);
  expect((await figures('secretary', roundId, { under: branches.b })).hidesMembers).toBe(true);
});

test('by share the best organisations stand first, and what has too few for a share last; persons stand by name', async () => {
  const roundId = await village.toDrafting();
  await scatter(roundId, 60);
  const { rows, sortable } = await figures('townSecretary', roundId, { order: 'share' });
  const shares = rows.filter(({ kind }) => kind === 'organization').map(({ share }) => share ?? -1);
  expect([sortable, shares.length > 1]).toEqual([true, true]);
  expect(shares).toEqual([...shares].sort((one, other) => other - one));
  const members = await figures('secretary', roundId, { under: town.branches.a, order: 'share' });
  expect(members.sortable).toBe(false);
  expect(members.rows[0]).toMatchObject({ kind: 'alone' });
  expect(members.rows).toEqual((await figures('secretary', roundId, { under: town.branches.a })).rows);
});

test('an organisation outside the town is not there, nor another town’s year', async () => {
  const roundId = await village.toDrafting();
  const other = await buildTown(server);
  const refused = (sender: Town, under: string) =>
    sender.as('townSecretary').refused('rounds.figures', { params: { roundId }, query: { under } });
  expect(await refused(town, other.branches.a)).toBe('round.no-such-organization');
  expect(await refused(other, town.branches.a)).toBe('round.not-found');
});

test('the towns of a year stand side by side, each as its own page says', async () => {
  const roundId = await village.toDrafting();
  await village.toPublished({ roundId });
  const { rows } = await town.as('admin').ok('rounds.yearFigures', { params: { year: village.year } });
  const { whole } = await figures('townSecretary', roundId);
  expect(rows).toMatchObject([{ kind: 'town', roundId, owed: whole.owed, promised: 1, underMinimum: null }]);
  const nobody = await town.as('admin').ok('rounds.yearFigures', { params: { year: village.year - 1 } });
  expect(nobody.rows).toEqual([]);
});

test('what is still in drafts is told to nobody who does not watch over it, in whatever figures', async () => {
  const roundId = await village.toDrafting();
  await village.draft({ roundId });
  const { branches } = town;
  const drafted = async (person: PersonName) => {
    const query = { under: branches.a };
    const { whole, rows } = await figures(person, roundId, query);
    const { counts } = await town
      .as(person)
      .ok('rounds.read', { params: { roundId }, query: { organizationId: branches.a } });
    return new Set([counts.drafted, whole.drafted, ...rows.map((row) => row.drafted)]);
  };
  for (const person of ['resident', 'member', 'secretaryOutside'] as const)
    expect([person, [...(await drafted(person))]]).toEqual([person, [null]]);
  expect((await drafted('secretary')).has(1)).toBe(true);
});
