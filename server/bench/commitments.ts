import type { Pool } from 'mysql2/promise';
import { ulid } from 'ulid';
import { commitmentLifecycle, type CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import { usualMinima } from '@sandan/shared/commitments/commitment.words';
import { chinaDate, chinaYear } from '@sandan/shared/china-time';
import { stageOf } from '@sandan/shared/lifecycle';
import type { Caller } from '../src/foundation/access/caller';
import { recognise } from '../src/foundation/access/sessions';
import type { Db, Reading } from '../src/foundation/database/connect';
import { makeReadAnew } from '../src/foundation/reference/read-anew';
import { Commitment, CommitmentRating } from '../src/rooms/commitments/commitment.entity';
import { figuresOf, yearFiguresOf } from '../src/rooms/commitments/figures.service';
import { countsOf } from '../src/rooms/commitments/round-figures.queries';
import { Debtor, Round } from '../src/rooms/commitments/round.entity';
import { roundById } from '../src/rooms/commitments/rounds.queries';
import { PartyAncestor, PartyGrid, PartyOrganization } from '../src/rooms/party/party-organization.entity';
import { Person } from '../src/rooms/people/person.entity';
import { closedLoop } from './load';
import { judge, judgeShare, measured } from './report';
import { barePool, clients, recorded, replay, type Bench } from './stage';

/** A county as Ruyuan is: organisations, members, deeds and ratings of one year (product.md). */
const county = { organizations: 115, members: 3_200, perMember: 4, perOrganization: 4, ratings: 100_000 };

const states: readonly CommitmentState[] = [
  ...(['published', 'published', 'published', 'delivered', 'accepted', 'accepted', 'accepted', 'draft'] as const),
];

/** How fast the figures of a county's year open: alone, and under load against the same SQL by bare mysql2. */
export async function measureCommitments(bench: Bench): Promise<void> {
  const { database, town, url, api, spenders } = bench;
  const roundId = await database.transaction((db) => fillYear(db, bench));
  const scope = { organizationId: null, today: chinaDate(Date.now()), watches: true };
  for (let warm = 0; warm < 5; warm += 1) await countsOf(database.reading, roundId, scope);
  const alone = await closedLoop(1, 50, async () => Boolean(await countsOf(database.reading, roundId, scope)));
  judge('figures of a county’s year, p50 alone (ms)', alone.p50, '< 100', alone.p50 < 100);

  const pool = barePool(url, true);
  const statements = await recorded(database, (reading) => countsOf(reading, roundId, scope));
  const { token } = town.people.townSecretary;
  const path = `/api/commitment-rounds/${roundId}`;
  const pieces = 50;
  const over = await measured('year’s figures over HTTP', spenders, () =>
    closedLoop(2, pieces, async () => (await api.call('GET', path, token)) === 200),
  );
  const bare = await measured('year’s figures, the same SQL by bare mysql2', spenders, () =>
    closedLoop(2, pieces, replay(pool, statements)),
  );
  judgeShare('year’s figures ÷ bare', over, bare, { floor: 0.33, goal: 0.5 });
  await measureFigures(bench, roundId, pool);
  const wall = `/api/commitments?roundId=${roundId}`;
  const members = await town.moreMembers(200);
  await measured('承诺墙 over HTTP', spenders, () =>
    closedLoop(
      clients,
      1000,
      async (piece) => (await api.call('GET', wall, members[piece % 200]?.token ?? '')) === 200,
    ),
  );
  await pool.end();
}

/** The page one drills down from: at the town's root, and the county's towns of the year. */
async function measureFigures({ database, references, town, api, spenders }: Bench, roundId: string, pool: Pool) {
  const year = chinaYear(Date.now());
  // Fewer than a person may ask for in a minute.
  const pieces = 30;
  const pages = [
    {
      name: '承诺数字 of the town',
      person: 'townDeputy',
      path: `/api/commitment-rounds/${roundId}/figures`,
      read: async (db: Reading, caller: Caller) => {
        const round = await roundById(db, roundId);
        if (round) await figuresOf(db, caller, round, { order: 'name' });
      },
    },
    {
      name: '承诺数字 of the county',
      person: 'admin',
      path: `/api/commitment-years/${year}/figures`,
      read: (db: Reading, caller: Caller) => yearFiguresOf(db, caller, year, 'name'),
    },
  ] as const;
  for (const { name, person, path, read } of pages) {
    const { token } = town.people[person];
    const { caller } = await recognise(database.reading, references, token, new Date());
    const get = async () => (await api.call('GET', path, token)) === 200;
    await closedLoop(1, 5, get);
    const alone = await measured(`${name}, alone`, spenders, () => closedLoop(1, pieces, get));
    judge(`${name}, p50 alone (ms)`, alone.p50, '< 100', alone.p50 < 100);
    const statements = await recorded(database, (reading) => read(reading, caller));
    const over = await measured(`${name} over HTTP`, spenders, () => closedLoop(2, pieces, get));
    const bare = await measured(`${name}, the same SQL by bare mysql2`, spenders, () =>
      closedLoop(2, pieces, replay(pool, statements)),
    );
    judgeShare(`${name} ÷ bare`, over, bare, { floor: 0.33, goal: 0.5 });
  }
}

async function fillYear(db: Db, { town }: Bench): Promise<string> {
  const now = new Date();
  const year = chinaYear(now.getTime());
  const committee = town.branches.committee;
  const organizations = Array.from({ length: county.organizations }, (_, index) => ({
    ...{ id: ulid(), parentId: committee, rank: 'branch' as const, name: `第${index + 1}党支部` },
  }));
  await db.insert(PartyOrganization, organizations);
  await db.insert(PartyAncestor, [
    ...organizations.map(({ id }) => ({ ancestorId: id, descendantId: id, depth: 0 })),
    ...organizations.map(({ id }) => ({ ancestorId: committee, descendantId: id, depth: 1 })),
  ]);
  await db.insert(
    PartyGrid,
    organizations.map(({ id }) => ({ organizationId: id, gridId: town.villageA })),
  );
  await makeReadAnew(db);
  const members = Array.from({ length: county.members }, (_, index) => ({
    ...{ id: ulid(), name: `党员${index}`, createdAt: now },
    homeOrganizationId: organizations[index % organizations.length]?.id ?? committee,
  }));
  await inBatches(members, (rows) => db.insert(Person, rows));
  const roundId = ulid();
  await db.insert(Round, [
    {
      ...{ id: roundId, organizationId: committee, townId: town.townId, year, state: 'underWay', stage: 'working' },
      ...{ version: 1, minima: usualMinima, ranks: ['branch'], draftsUntil: `${year}-02-28` },
      ...{ reviewsUntil: `${year}-03-31`, endsOn: `${year}-12-31`, openedAt: now },
      openedById: town.people.townSecretary.id,
    },
  ]);
  const { organization, secretaryProject, livelihoodProject, personal } = usualMinima;
  const owing: Partial<Debtor>[] = [
    ...organizations.map(({ id, name }) => ({
      ...{ roundId, debtorId: id, kind: 'organization' as const, organizationId: id, name },
      owed: { organization, secretaryProject, livelihoodProject },
    })),
    ...members.map(({ id, name, homeOrganizationId }) => ({
      ...{ roundId, debtorId: id, kind: 'person' as const, organizationId: homeOrganizationId, name },
      owed: { personal },
    })),
  ];
  await inBatches(owing, (rows) => db.insert(Debtor, rows));
  const deeds = [
    ...organizations.flatMap(({ id }) => deedsOf(county.perOrganization, id, null)),
    ...members.flatMap(({ id, homeOrganizationId }) => deedsOf(county.perMember, homeOrganizationId, id)),
  ].map((deed, index) => deedRow(deed, index, { roundId, year, now, town }));
  await inBatches(deeds, (rows) => db.insert(Commitment, rows));
  await rate(db, deeds, members, now);
  return roundId;
}

interface Owed {
  organizationId: string;
  personId: string | null;
}
const deedsOf = (count: number, organizationId: string, personId: string | null): Owed[] =>
  Array.from({ length: count }, () => ({ organizationId, personId }));

function deedRow(
  { organizationId, personId }: Owed,
  index: number,
  { roundId, year, now, town }: { roundId: string; year: number; now: Date; town: Bench['town'] },
): Partial<Commitment> {
  const state = states[index % states.length] ?? 'published';
  const by = personId ?? town.people.townSecretary.id;
  return {
    ...{ id: ulid(), roundId, kind: personId ? 'personal' : 'organization', state, version: 1, contentVersion: 1 },
    ...{ stage: stageOf(commitmentLifecycle, state), title: '装 4 盏路灯', words: '在巷口装 4 盏太阳能路灯' },
    ...{
      field: 'light',
      quantity: 4,
      unit: '盏',
      forGridId: town.villageA,
      deadline: `${year}-${index % 2 ? '06' : '12'}-30`,
    },
    ...{ organizationId, personId, authorId: by, responsibleId: by },
    ...{ reviewOrganizationId: organizationId, disputeOrganizationId: town.branches.committee },
    ...{ countyId: town.countyId, townId: town.townId, villageId: town.villageA, groupId: null },
    ...{ draftedAt: now, publishedAt: new Date(now.getTime() - index * 1000), fingerprint: Buffer.alloc(32) },
  };
}

/** Spread over all deeds; each person rates a deed once. */
async function rate(db: Db, deeds: readonly Partial<Commitment>[], members: readonly { id: string }[], at: Date) {
  const rows = Array.from({ length: county.ratings }, (_, index) => ({
    commitmentId: deeds[index % deeds.length]?.id ?? '',
    personId: members[(index * 7 + Math.floor(index / deeds.length)) % members.length]?.id ?? '',
    ...{ stars: 1 + (index % 5), at },
  }));
  await inBatches(rows, (some) => db.insert(CommitmentRating, some));
  await db.write(
    `UPDATE commitment c JOIN (SELECT commitment_id, COUNT(*) AS raters, SUM(stars) AS stars FROM commitment_rating GROUP BY commitment_id) g
     ON g.commitment_id = c.id SET c.raters = g.raters, c.stars = g.stars`,
  );
}

async function inBatches<T>(rows: readonly T[], insert: (some: readonly T[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += 1000) await insert(rows.slice(from, from + 1000));
}
