import type { Database } from '../src/foundation/database/connect';
import { recognise } from '../src/foundation/access/sessions';
import { householdsOfMember } from '../src/rooms/households/links.queries';
import { visitFigures } from '../src/rooms/households/visit-figures';
import { closedLoop } from './load';
import { judge, judgeShare, measured } from './report';
import { barePool, clients, recorded, replay, type Bench } from './stage';

/** A county as Macheng is (product.md), with a year of monthly visits. */
const county = { households: 113_522, members: 22_042, visits: 1_200_000 };

/** “我联系的户” of many members at once, and the figures of all households, against the same SQL by bare mysql2. */
export async function measureVisits(bench: Bench): Promise<void> {
  const { database, references, town, url, api, spenders } = bench;
  const members = await town.moreMembers(200);
  await fillCounty(
    database,
    town.groups.a1,
    members.map(({ id }) => id),
  );
  const pool = barePool(url, true);
  const now = new Date();
  const path = '/api/visits/households';
  const pieces = 1_000;
  const read = async (piece: number) => (await api.call('GET', path, members[piece % 200]?.token ?? '')) === 200;
  await closedLoop(1, 20, read);
  const alone = await closedLoop(1, 100, read);
  judge('我联系的户 at county size, p50 alone (ms)', alone.p50, '< 20', alone.p50 < 20);
  const statements = await recorded(database, (reading) => householdsOfMember(reading, members[0]?.id ?? '', now));
  const over = await measured('我联系的户 over HTTP', spenders, () => closedLoop(clients, pieces, read));
  const bare = await measured('我联系的户, the list alone by bare mysql2', spenders, () =>
    closedLoop(clients, pieces, replay(pool, statements)),
  );
  judgeShare('我联系的户 ÷ bare (session and flags included)', over, bare, { floor: 0.1, goal: 0.3 });

  const { token } = town.people.townSecretary;
  const { caller } = await recognise(database.reading, references, token, now);
  const query = { gridId: town.townId, by: 'grid' as const };
  const figures = async () => (await api.call('GET', `/api/visits/figures?gridId=${town.townId}`, token)) === 200;
  const sums = await recorded(database, (reading) => visitFigures(reading, caller, query));
  const overSums = await measured('大走访 figures of a county over HTTP', spenders, () => closedLoop(1, 10, figures));
  const bareSums = await measured('大走访 figures, the same SQL by bare mysql2', spenders, () =>
    closedLoop(1, 10, replay(pool, sums)),
  );
  judgeShare('大走访 figures ÷ bare', overSums, bareSums, { floor: 0.5, goal: 0.9 });
  await pool.end();
}

const idOf = (letter: string, number = 's.seq'): string => `CONCAT('01BENCHVST${letter}', LPAD(${number}, 15, '0'))`;

/** By SQL, or filling would take longer than all that is measured. The first members are those who sign in. */
async function fillCounty(database: Database, gridId: string, signedIn: readonly string[]): Promise<void> {
  const { households, members, visits } = county;
  const fill = (sql: string, values: (string | readonly string[])[] = []) =>
    database.transaction((db) => db.write(sql, values));
  await fill(`INSERT INTO household (id, grid_id, is_hub) SELECT ${idOf('H')}, ?, 0 FROM seq_1_to_${households} s`, [
    gridId,
  ]);
  await fill(
    `INSERT INTO person (id, name, large_type, created_at)
     SELECT ${idOf('M')}, CONCAT('党员', s.seq), 0, UTC_TIMESTAMP() FROM seq_1_to_${members} s`,
  );
  await fill(
    `INSERT INTO household_link (id, household_id, member_id, starts_at, last_visit_at, last_visit_result)
     SELECT ${idOf('K')}, ${idOf('H')}, ${idOf('M', `1 + s.seq % ${members}`)}, UTC_TIMESTAMP() - INTERVAL 400 DAY,
       UTC_TIMESTAMP() - INTERVAL (s.seq % 60) DAY, 'met' FROM seq_1_to_${households} s`,
  );
  await fill(
    `INSERT INTO visit (id, household_id, grid_id, member_id, result, at, recorded_at, needs, fingerprint)
     SELECT ${idOf('V')}, ${idOf('H', `1 + s.seq % ${households}`)}, ?, ${idOf('M', `1 + s.seq % ${members}`)}, 'met',
       UTC_TIMESTAMP() - INTERVAL (s.seq DIV ${households}) MONTH, UTC_TIMESTAMP(), '[]', REPEAT(CHAR(0), 32)
     FROM seq_1_to_${visits} s`,
    [gridId],
  );
  for (const [index, id] of signedIn.entries())
    await fill(`UPDATE household_link SET member_id = ? WHERE member_id = ${idOf('M', String(index + 1))}`, [id]);
  await fill('ANALYZE TABLE household, household_link, visit');
}
