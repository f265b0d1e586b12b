import type { Database, Reading } from '../src/foundation/database/connect';
import { recognise } from '../src/foundation/access/sessions';
import { householdsOfMember } from '../src/rooms/households/links.queries';
import { visitFigures } from '../src/rooms/households/visit-figures';
import { listOverdue } from '../src/rooms/households/visit-remind.service';
import { presentHouseholds } from '../src/rooms/households/visits.presenter';
import type { Town } from '../test/town';
import { closedLoop, type Load } from './load';
import { judge, judgeShare, measured } from './report';
import { barePool, clients, recorded, replay, type Bench, type Statement } from './stage';

/** A county as Macheng is (product.md), with a year of monthly visits; ours are one village and one town of it. */
const county = { households: 113_522, members: 22_042, visits: 1_200_000 };
const ours = { village: 284, town: 5_676, signedIn: 200 };
const isQuick = process.argv.includes('--quick');

interface Asked {
  name: string;
  path: string;
  tokens: readonly string[];
  /** What the endpoint reads, its session included. */
  reads: (reading: Reading) => Promise<unknown>;
}

/** “我联系的户” of a member, who is late in a village and in a town, the figures: against the same SQL by bare mysql2. */
export async function measureVisits(bench: Bench): Promise<void> {
  const { database, references, town, url } = bench;
  const members = await town.moreMembers(ours.signedIn);
  await fillCounty(
    database,
    town,
    members.map(({ id }) => id),
  );
  const now = new Date();
  const as = async (reading: Reading, token: string) => (await recognise(reading, references, token, now)).caller;
  const overdueIn = (reading: Reading, token: string, gridId: string) =>
    as(reading, token).then((caller) => listOverdue(reading, caller, { gridId, limit: 20, cursor: undefined }));
  const { secretary, townSecretary } = town.people;
  const [first] = members;
  if (!first) throw new Error('Nobody signed in');
  const asked: Asked[] = [
    {
      ...{ name: '我联系的户', path: '/api/visits/households', tokens: members.map(({ token }) => token) },
      reads: async (reading) => {
        const caller = await as(reading, first.token);
        return presentHouseholds(reading, caller, await householdsOfMember(reading, first.id, now));
      },
    },
    {
      ...{ name: '该走访没走访的，一个村', tokens: [secretary.token] },
      path: `/api/visits/overdue?gridId=${town.villageA}`,
      reads: (reading) => overdueIn(reading, secretary.token, town.villageA),
    },
    {
      ...{ name: '该走访没走访的，一个镇', tokens: [townSecretary.token] },
      path: `/api/visits/overdue?gridId=${town.townId}`,
      reads: (reading) => overdueIn(reading, townSecretary.token, town.townId),
    },
    {
      ...{ name: '大走访的数字，一个镇', tokens: [townSecretary.token] },
      path: `/api/visits/figures?gridId=${town.townId}`,
      reads: async (reading) =>
        visitFigures(reading, await as(reading, townSecretary.token), { gridId: town.townId, by: 'grid' }),
    },
  ];
  const pool = barePool(url, true);
  for (const each of asked) await compare(bench, each, replay(pool, await recorded(database, each.reads)));
  await crowd(bench, asked[0] as Asked, await recorded(database, (asked[0] as Asked).reads));
  await pool.end();
}

/** One after the other: what one person waits for, as a multiple of the SQL alone. */
async function compare(bench: Bench, { name, path, tokens }: Asked, bare: () => Promise<boolean>): Promise<void> {
  const read = readOf(bench, path, tokens);
  // One person alone stays below what one person may ask for in a while.
  const pieces = tokens.length > 1 ? 100 : 30;
  await closedLoop(1, 5, read);
  await closedLoop(1, 5, bare);
  const over = await measured(`${name}, over HTTP alone`, bench.spenders, () => closedLoop(1, pieces, read));
  const sql = await measured(`${name}, the same SQL alone`, bench.spenders, () => closedLoop(1, pieces, bare));
  judge(`${name}, p50 (ms)`, over.p50, '< 50', over.p50 < 50);
  judge(`${name}, p50 ÷ the SQL`, over.p50 / sql.p50, '< 3', over.p50 < 3 * sql.p50);
}

/** Many at once, as on the evening before a month ends. */
async function crowd(bench: Bench, { name, path, tokens }: Asked, statements: readonly Statement[]): Promise<void> {
  const pool = barePool(bench.url, true);
  const run = (work: (piece: number) => Promise<boolean>): Promise<Load> =>
    closedLoop(clients, isQuick ? 300 : 1_000, work);
  const over = await measured(`${name}, ${clients} at once`, bench.spenders, () => run(readOf(bench, path, tokens)));
  const sql = await measured(`${name}, the same SQL, ${clients} at once`, bench.spenders, () =>
    run(replay(pool, statements)),
  );
  judgeShare(`${name}, many at once ÷ the SQL`, over, sql, { floor: 0.1, goal: 0.3 });
  await pool.end();
}

const readOf =
  ({ api }: Bench, path: string, tokens: readonly string[]) =>
  async (piece: number): Promise<boolean> =>
    (await api.call('GET', path, tokens[piece % tokens.length] ?? '')) === 200;

const idOf = (letter: string, number = 's.seq'): string => `CONCAT('01BENCHVST${letter}', LPAD(${number}, 15, '0'))`;
/** Neighbours have the same member. */
const memberOf = idOf('M', `1 + FLOOR(s.seq * ${county.members} / (${county.households} + 1))`);
const heads = idOf('P');

/** By SQL, or filling would take longer than all that is measured. The first members are those who sign in. */
async function fillCounty(database: Database, { groups }: Town, signedIn: readonly string[]): Promise<void> {
  const { households, members } = county;
  const visits = isQuick ? county.visits / 10 : county.visits;
  const fill = (sql: string, values: (string | null | readonly string[])[] = []) =>
    database.transaction((db) => db.write(sql, values));
  const { vault } = database.reading;
  const grid = `CASE WHEN s.seq <= ${ours.village} THEN ELT(1 + s.seq % 3, ?, ?, ?)
    WHEN s.seq <= ${ours.town} THEN ELT(1 + s.seq % 3, ?, ?, ?) ELSE CONCAT('01BENCHGRP', LPAD(s.seq % 2200, 16, '0')) END`;
  const grids = [groups.a1, groups.a2, groups.a3, groups.b1, groups.b2, groups.b3];
  await fill(
    `INSERT INTO household (id, grid_id, is_hub, door_sealed, head_person_id)
     SELECT ${idOf('H')}, ${grid}, 0, ?, ${heads} FROM seq_1_to_${households} s`,
    [...grids, vault.seal('household.door', '12号')],
  );
  await fill(
    `INSERT INTO person (id, name, household_id, large_type, created_at)
     SELECT ${heads}, CONCAT('户主', s.seq), ${idOf('H')}, 0, UTC_TIMESTAMP() FROM seq_1_to_${households} s`,
  );
  await fill(
    `INSERT INTO person (id, name, large_type, created_at)
     SELECT ${idOf('M')}, CONCAT('党员', s.seq), 0, UTC_TIMESTAMP() FROM seq_1_to_${members} s`,
  );
  await fill(
    `INSERT INTO household_link (id, household_id, member_id, starts_at, last_visit_at, last_visit_result, next_due_on)
     SELECT ${idOf('K')}, ${idOf('H')}, ${memberOf}, UTC_TIMESTAMP() - INTERVAL 400 DAY,
       UTC_TIMESTAMP() - INTERVAL (s.seq % 60) DAY, 'met',
       LAST_DAY(UTC_TIMESTAMP() - INTERVAL (s.seq % 60) DAY + INTERVAL 1 MONTH) FROM seq_1_to_${households} s`,
  );
  await fill(
    `INSERT INTO household_flag (id, household_id, flag_sealed, flag_index, source, since, checked_until, added_at)
     SELECT ${idOf('F')}, ${idOf('H')}, ?, UNHEX(?), 'roster', '2026-01-01', '2027-01-01', UTC_TIMESTAMP()
     FROM seq_1_to_${households} s WHERE s.seq % 10 = 0`,
    [vault.seal('householdFlag.flag', 'livesAlone'), vault.index('householdFlag.flag', 'livesAlone').toString('hex')],
  );
  await fill(
    `INSERT INTO visit (id, household_id, grid_id, member_id, result, at, recorded_at, needs, fingerprint)
     SELECT ${idOf('V')}, ${idOf('H', `1 + s.seq % ${households}`)}, ?, ${idOf('M', `1 + s.seq % ${members}`)}, 'met',
       UTC_TIMESTAMP() - INTERVAL (s.seq DIV ${households}) MONTH, UTC_TIMESTAMP(), '[]', REPEAT(CHAR(0), 32)
     FROM seq_1_to_${visits} s`,
    [groups.a1],
  );
  for (const [index, id] of signedIn.entries())
    await fill(`UPDATE household_link SET member_id = ? WHERE member_id = ${idOf('M', String(index + 1))}`, [id]);
  await fill('ANALYZE TABLE household, household_link, household_flag, person, visit');
}
