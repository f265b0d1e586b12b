import type { Database } from '../src/foundation/database/connect';
import type { Town } from '../test/town';
import { quickly } from './quickly';

/** A county: 30 towns, 300 villages, 2,200 groups. The town of the bench has its share of a town, its village of a village. */
const whole = { households: 120_000, people: 500_000, targets: 20_000, bindings: 300_000, members: 22_000 };
const grids = { towns: 30, villages: 300, groups: 2_200 };
const ours = { village: 400, town: 1_200 };

export interface Filled {
  /** Of the whole county, with its targets. */
  sweepId: string;
}

const idOf = (letter: string, number = 's.seq'): string => `CONCAT('01BENCHKST${letter}', LPAD(${number}, 15, '0'))`;
const nth = (modulus: number, expression: string): string => `1 + ${expression} % ${modulus}`;

/** By SQL, or filling would take longer than all that is measured. With `--quick` a tenth of it. */
export async function fillLists(database: Database, town: Town): Promise<Filled> {
  const { groups, people, countyId } = town;
  const size = { ...whole, households: quickly(whole.households), people: quickly(whole.people) };
  const counts = { ...size, targets: quickly(whole.targets), bindings: quickly(whole.bindings) };
  const fill = (sql: string, values: (string | null | Date)[] = []) =>
    database.transaction((db) => db.write(sql, values));
  const { vault } = database.reading;
  const families = ['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '周', '吴'].map((name) => `'${name}'`).join(', ');
  const given = ['桂英', '秀兰', '建国', '志强', '小燕', '阿妹', '水生'].map((name) => `'${name}'`).join(', ');
  const name = (number: string) =>
    `CONCAT(ELT(${nth(10, number)}, ${families}), ELT(${nth(7, number)}, ${given}), ${number} % 100)`;

  const doors = Array.from({ length: 50 }, (_, at) => vault.index('household.door', `${at + 1}号`).toString('hex'));
  await fillGrids(fill, countyId);
  const groupOf = (number: string) =>
    `CASE WHEN ${number} <= ${ours.village} THEN ELT(${nth(3, number)}, '${groups.a1}', '${groups.a2}', '${groups.a3}')
       WHEN ${number} <= ${ours.town} THEN ELT(${nth(3, number)}, '${groups.b1}', '${groups.b2}', '${groups.b3}')
       ELSE ${idOf('C', nth(grids.groups, number))} END`;
  await fill(
    `INSERT INTO household (id, grid_id, is_hub, door_sealed, door_index, head_person_id)
     SELECT ${idOf('H')}, ${groupOf('s.seq')}, s.seq % 700 = 0, ?, UNHEX(ELT(${nth(doors.length, 's.seq')}, ${doors.map(() => '?').join(', ')})), ${idOf('P')}
     FROM seq_1_to_${counts.households} s`,
    [vault.seal('household.door', '12号'), ...doors],
  );
  await fill(
    `INSERT INTO person (id, name, household_id, birth_year, large_type, created_at)
     SELECT ${idOf('P')}, ${name('s.seq')}, ${idOf('H', nth(counts.households, '(s.seq - 1)'))}, 1940 + s.seq % 80, 0,
       UTC_TIMESTAMP() FROM seq_1_to_${counts.people} s`,
  );
  await fillPosts(fill, counts.households);
  await fill(
    `INSERT INTO household_link (id, household_id, member_id, starts_at, last_visit_at, last_visit_result, next_due_on)
     SELECT ${idOf('K')}, ${idOf('H')}, ${idOf('P', nth(whole.members, 's.seq'))}, UTC_TIMESTAMP() - INTERVAL 400 DAY,
       UTC_TIMESTAMP() - INTERVAL (s.seq % 60) DAY, 'met', LAST_DAY(UTC_TIMESTAMP() - INTERVAL (s.seq % 60) DAY)
     FROM seq_1_to_${counts.households} s`,
  );
  // Years of plans: a sixth of the households had somebody else before; a few members are away, and people have died.
  await fill(
    `INSERT INTO household_link (id, household_id, member_id, starts_at, ends_at, end_reason)
     SELECT ${idOf('O')}, ${idOf('H')}, ${idOf('P', nth(whole.members, '(s.seq + 7)'))}, UTC_TIMESTAMP() - INTERVAL 900 DAY,
       UTC_TIMESTAMP() - INTERVAL 400 DAY, 'moved' FROM seq_1_to_${counts.households} s WHERE s.seq % 6 = 0`,
  );
  await fill(
    `UPDATE person p JOIN (SELECT ${idOf('P')} AS id, s.seq FROM seq_1_to_${counts.people} s WHERE s.seq % 100 = 1) some
       ON some.id = p.id
     SET p.disabled_at = IF(some.seq > ${whole.members}, UTC_TIMESTAMP(), NULL),
         p.away_until = IF(some.seq > ${whole.members}, NULL, UTC_TIMESTAMP() + INTERVAL 10 DAY)`,
  );
  await fill(
    `INSERT INTO household_flag (id, household_id, flag_sealed, flag_index, source, since, checked_until, added_at)
     SELECT ${idOf('F')}, ${idOf('H')}, ?, UNHEX(?), 'roster', '2025-01-01',
       IF(s.seq % 200 = 0, '2025-12-31', '2099-01-01'), UTC_TIMESTAMP() FROM seq_1_to_${counts.households} s WHERE s.seq % 10 = 0`,
    [vault.seal('householdFlag.flag', 'livesAlone'), vault.index('householdFlag.flag', 'livesAlone').toString('hex')],
  );
  const sweepId = await fillSweep(fill, town, counts.targets);
  await fillWaiting(fill, counts, people.deskLead.id);
  await fill(
    `ANALYZE TABLE household, person, household_link, household_flag, role_grant, sweep_target, binding_request, correction,
       link_request, handover, visit, session, audit_entry`,
  );
  return { sweepId };
}

type Fill = (sql: string, values?: (string | null | Date)[]) => Promise<number>;

async function fillGrids(fill: Fill, countyId: string): Promise<void> {
  const [townOf, villageOf] = [
    (number: string) => idOf('A', nth(grids.towns, number)),
    (number: string) => idOf('B', nth(grids.villages, number)),
  ];
  const insert = 'INSERT INTO grid (id, parent_id, tier, code, name, county_id, town_id, village_id, group_id)';
  await fill(
    `${insert} SELECT ${idOf('A')}, ?, 'town', CONCAT('7', LPAD(s.seq, 8, '0')), CONCAT('镇', s.seq), ?, ${idOf('A')}, NULL, NULL
     FROM seq_1_to_${grids.towns} s`,
    [countyId, countyId],
  );
  await fill(
    `${insert} SELECT ${idOf('B')}, ${townOf('s.seq')}, 'village', CONCAT('8', LPAD(s.seq, 11, '0')), CONCAT('村', s.seq), ?,
       ${townOf('s.seq')}, ${idOf('B')}, NULL FROM seq_1_to_${grids.villages} s`,
    [countyId],
  );
  await fill(
    `${insert} SELECT ${idOf('C')}, v.id, 'group', CONCAT('9', LPAD(s.seq, 14, '0')), CONCAT('组', s.seq), ?, v.town_id, v.id,
       ${idOf('C')} FROM seq_1_to_${grids.groups} s JOIN grid v ON v.id = ${villageOf('s.seq')}`,
    [countyId],
  );
  await fill('UPDATE tree SET version = version + 1 WHERE id = 1');
}

/** 党员 serve a group each; every village has a desk. All of them have signed in, and are written down for it. */
async function fillPosts(fill: Fill, households: number): Promise<void> {
  const members = Math.min(whole.members, households);
  const grant = 'INSERT INTO role_grant (id, person_id, role, kind, tree, node_id, starts_at, ends_at)';
  await fill(
    `${grant} SELECT ${idOf('R')}, ${idOf('P')}, 'helper', 'partyMember', 'grid', ${idOf('C', nth(grids.groups, 's.seq'))},
       UTC_TIMESTAMP() - INTERVAL 400 DAY, UTC_TIMESTAMP() + INTERVAL 400 DAY FROM seq_1_to_${members} s`,
  );
  await fill(
    `${grant} SELECT ${idOf('D')}, ${idOf('P', 's.seq + 1000')}, 'deskLead', NULL, 'grid', ${idOf('B')},
       UTC_TIMESTAMP() - INTERVAL 400 DAY, UTC_TIMESTAMP() + INTERVAL (s.seq % 90) DAY FROM seq_1_to_${grids.villages} s`,
  );
  await fill(
    `INSERT INTO session (id, token_hash, person_id, channel, created_at, last_seen_at, expires_at)
     SELECT ${idOf('S')}, UNHEX(SHA2(CONCAT('bench', s.seq), 256)), ${idOf('P')}, 'wechat', UTC_TIMESTAMP(),
       UTC_TIMESTAMP() - INTERVAL (s.seq % 200) DAY, UTC_TIMESTAMP() + INTERVAL 30 DAY FROM seq_1_to_${members} s`,
  );
}

async function fillSweep(fill: Fill, { countyId, people }: Town, targets: number): Promise<string> {
  const sweepId = '01BENCHKSTSWEEP00000000000';
  await fill(
    `INSERT INTO sweep (id, kind, title, purpose, ordered_by, grid_id, county_id, state, stage, version, selected_by, listed,
       questions, places, deadline, set_by_id, set_at, started_at, fingerprint)
     VALUES (?, 'check', '消防隐患排查', '看用电用火', '县安办', ?, ?, 'running', 'working', 2, 'all', '[]', '[]', '[]',
       UTC_TIMESTAMP() + INTERVAL 3 DAY, ?, UTC_TIMESTAMP(), UTC_TIMESTAMP(), REPEAT(CHAR(0), 32))`,
    [sweepId, countyId, countyId, people.admin.id],
  );
  await fill(
    `INSERT INTO sweep_target (id, sweep_id, household_id, grid_id, county_id, town_id, village_id, group_id, people, holder_id, state)
     SELECT ${idOf('T')}, ?, h.id, h.grid_id, g.county_id, g.town_id, g.village_id, g.group_id, 4,
       ${idOf('P', nth(whole.members, 's.seq'))}, IF(s.seq % 3 = 0, 'met', 'todo')
     FROM seq_1_to_${targets} s JOIN household h ON h.id = ${idOf('H')} JOIN grid g ON g.id = h.grid_id`,
    [sweepId],
  );
  return sweepId;
}

/** Everybody has bound himself once, and left a row for good; a few hundred wait, as do corrections and requests. */
async function fillWaiting(
  fill: Fill,
  counts: { households: number; bindings: number },
  deskId: string,
): Promise<void> {
  const at = `UTC_TIMESTAMP() - INTERVAL s.seq SECOND`;
  const isOpen = 's.seq % 500 = 0';
  await fill(
    `INSERT INTO binding_request (id, person_id, waiting_id, kind, state, stage, version, grid_id, county_id, town_id, village_id,
       group_id, household_id, target_id, asked_at, decided_at)
     SELECT ${idOf('Q')}, ${idOf('P')}, IF(${isOpen}, ${idOf('P')}, NULL), 'phone', IF(${isOpen}, 'waiting', 'bound'),
       IF(${isOpen}, 'open', 'done'), 1, h.grid_id, g.county_id, g.town_id, g.village_id, g.group_id, h.id, ${idOf('P')}, ${at}, ${at}
     FROM seq_1_to_${counts.bindings} s JOIN household h ON h.id = ${idOf('H', nth(counts.households, '(s.seq - 1)'))}
       JOIN grid g ON g.id = h.grid_id`,
  );
  await fill(
    `INSERT INTO correction (id, person_id, asked_by_id, grid_id, field, state, asked_at)
     SELECT ${idOf('X')}, ${idOf('P')}, ${idOf('P')}, h.grid_id, 'name', IF(s.seq % 10 = 0, 'asked', 'applied'), ${at}
     FROM seq_1_to_5000 s JOIN household h ON h.id = ${idOf('H')}`,
  );
  await fill(
    `INSERT INTO link_request (id, household_id, grid_id, member_id, person_id, at, settled_at)
     SELECT ${idOf('J')}, h.id, h.grid_id, ${idOf('P')}, ${idOf('P')}, ${at}, IF(s.seq % 10 = 0, NULL, ${at})
     FROM seq_1_to_5000 s JOIN household h ON h.id = ${idOf('H')}`,
  );
  await fill(
    `INSERT INTO handover (id, tree, node_id, kind, state, is_open, plan, effective_at, by_id, by_name, at)
     SELECT ${idOf('W')}, 'grid', ${idOf('B', nth(grids.villages, 's.seq'))}, 'election', 'applied', NULL,
       '{"until":null,"openReason":null,"moveLinks":false,"posts":[]}', ${at}, ?, '赵文斌', ${at} FROM seq_1_to_3000 s`,
    [deskId],
  );
}
