import { permissionsOf, rolePermissions, type HelperKind, type Role } from '@sandan/shared/access/roles';
import { fromJson, type Reading, type SqlValue } from '../../foundation/database/connect';
import { likeOf, likeStartOf } from '../../foundation/database/like';
import type { Sealed } from '../../foundation/personal-data/vault';

/** What finding people for an order needs to know of it. */
export interface OrderFacts {
  deskGridId: string;
  deskKind: 'desk' | 'discipline';
  deskPersonId: string | null;
  confidential: number;
  categoryId: string;
  householdId: string | null;
  orderId: string;
  /** It complains about whoever asks. */
  aboutCaller: number;
}

export async function orderFacts(reading: Reading, orderId: string, callerId: string): Promise<OrderFacts | null> {
  const [row] = await reading.query<OrderFacts>(
    `SELECT id AS orderId, desk_grid_id AS deskGridId, desk_kind AS deskKind, desk_person_id AS deskPersonId,
            visibility = 'confidential' AS confidential, category_id AS categoryId, household_id AS householdId,
            EXISTS (SELECT 1 FROM order_subject s WHERE s.order_id = service_order.id AND s.person_id = ?) AS aboutCaller
     FROM service_order WHERE id = ?`,
    [callerId, orderId],
  );
  return row ?? null;
}

export interface TaskFacts {
  orderId: string;
  scopeGridId: string;
  skill: string | null;
  partyMembersOnly: number;
  householdId: string | null;
}

/** The task, if this person has it in hand. */
export async function taskInHand(reading: Reading, taskId: string, personId: string): Promise<TaskFacts | null> {
  const [row] = await reading.query<TaskFacts>(
    `SELECT t.order_id AS orderId, t.scope_grid_id AS scopeGridId, t.skill, t.party_members_only AS partyMembersOnly,
            o.household_id AS householdId
     FROM task t JOIN service_order o ON o.id = t.order_id JOIN task_claim c ON c.task_id = t.id
     WHERE t.id = ? AND c.person_id = ? AND c.state = 'taken'`,
    [taskId, personId],
  );
  return row ?? null;
}

export interface HelperSearch {
  /** Grids on one line of the tree with the place of work: above, below, itself. */
  gridIds: readonly string[];
  orderId: string;
  /** 回避: nobody of the household concerned. */
  householdId: string | null;
  /** Whoever has this skill comes before the others; `skillOnly` leaves the others out. */
  skill: string | null;
  skillOnly: boolean;
  partyMembersOnly: boolean;
  exceptId: string | null;
  q: string | null;
  now: Date;
}

export interface FoundHelper {
  personId: string;
  name: string;
  role: Role;
  kind: HelperKind | null;
  tree: 'grid' | 'party';
  nodeId: string;
  awayUntil: Date | null;
  load: number;
  linked: boolean;
  skills: string[];
}

export const mostFound = 30;

/** Whoever may take a task, the desk itself aside: it hands them out. */
const rolesThatTake = (Object.keys(rolePermissions) as Role[]).filter((role) => {
  const held = permissionsOf(role);
  return held.includes('task.claim') && !held.includes('order.desk');
});

// Grants first, by their index; what a person has in hand is counted only for those. 接单人 is how people know somebody,
// so that grant goes before a post.
const helpersInReach = `
  SELECT person_id, SUBSTRING(MIN(CONCAT(IF(role = 'helper', '0', '1'), id)), 2) AS grant_id FROM role_grant
  WHERE role IN (?) AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)
    AND (node_id IN (?) OR (tree = 'party' AND node_id IN (
      SELECT a.ancestor_id FROM party_grid g JOIN party_ancestor a ON a.descendant_id = g.organization_id WHERE g.grid_id IN (?))))
  GROUP BY person_id`;

/** At home first, then the member linked to the household, the one with the skill, the one with least in hand. */
export async function findHelpers(reading: Reading, search: HelperSearch): Promise<FoundHelper[]> {
  const { gridIds, householdId, skill, now } = search;
  const filters: [sql: string, values: SqlValue[]][] = [
    ['p.disabled_at IS NULL', []],
    ['NOT EXISTS (SELECT 1 FROM order_subject s WHERE s.order_id = ? AND s.person_id = p.id)', [search.orderId]],
  ];
  if (householdId) filters.push(['(p.household_id IS NULL OR p.household_id <> ?)', [householdId]]);
  if (search.exceptId) filters.push(['p.id <> ?', [search.exceptId]]);
  if (search.skillOnly && skill) filters.push([hasSkill, [skill]]);
  if (search.partyMembersOnly) filters.push(["r.kind = 'partyMember'", []]);
  if (search.q) filters.push(['p.name LIKE ?', [likeOf(search.q)]]);

  const rows = await reading.query<Omit<FoundHelper, 'skills' | 'linked'> & { skills: unknown; linked: number }>(
    `SELECT p.id AS personId, p.name, r.role, r.kind, r.tree, r.node_id AS nodeId, p.away_until AS awayUntil,
            (SELECT COUNT(*) FROM task_claim c WHERE c.person_id = p.id AND c.state = 'taken') AS \`load\`,
            EXISTS (SELECT 1 FROM household_link l WHERE l.household_id = ? AND l.member_id = p.id
              AND l.starts_at <= ? AND (l.ends_at IS NULL OR l.ends_at > ?)) AS linked,
            (SELECT JSON_ARRAYAGG(k.skill) FROM person_skill k WHERE k.person_id = p.id) AS skills
     FROM (${helpersInReach}) reach JOIN role_grant r ON r.id = reach.grant_id JOIN person p ON p.id = reach.person_id
     WHERE ${filters.map(([sql]) => sql).join(' AND ')}
     ORDER BY (p.away_until IS NOT NULL AND p.away_until > ?), linked DESC, ${hasSkill} DESC, \`load\`, p.name, p.id
     LIMIT ${mostFound}`,
    [
      ...[householdId, now, now],
      ...[rolesThatTake, now, now, gridIds, gridIds],
      ...filters.flatMap(([, values]) => values),
      ...[now, skill],
    ],
  );
  return rows.map((row) => ({
    ...row,
    load: Number(row.load),
    linked: Number(row.linked) === 1,
    skills: fromJson<string[] | null>(row.skills) ?? [],
  }));
}

const hasSkill = 'EXISTS (SELECT 1 FROM person_skill k WHERE k.person_id = p.id AND k.skill = ?)';

export interface FoundResident {
  personId: string;
  name: string;
  gridId: string;
  door: string | null;
  linked: boolean;
}

/** So many grids are a village with its groups: few enough people to be shown unasked. */
const village = 40;
/** … and a town: few enough to look for a part of a name in. Above that one begins with the surname. */
const town = 150;

export const namesFromStart = (gridIds: readonly string[]): boolean => gridIds.length > town;

function wanted(gridIds: readonly string[], q: string | null): { sql: string; values: SqlValue[] } {
  if (q !== null) return { sql: 'p.name LIKE ?', values: [namesFromStart(gridIds) ? likeStartOf(q) : likeOf(q)] };
  return { sql: gridIds.length > village ? 'FALSE' : 'TRUE', values: [] };
}

/** People who live in these grids; the households linked to whoever asks come first. Of more than a village, only who is looked for. */
export async function findResidents(
  reading: Reading,
  { gridIds, callerId, q, now }: { gridIds: readonly string[]; callerId: string; q: string | null; now: Date },
): Promise<FoundResident[]> {
  if (gridIds.length === 0) return [];
  const columns = 'p.id AS personId, p.name, h.grid_id AS gridId, h.door_sealed AS door';
  const who = `h.grid_id IN (?) AND p.disabled_at IS NULL AND p.id <> ?`;
  const linked: SqlValue[] = [callerId, now, now, gridIds, callerId, ...(q === null ? [] : [likeOf(q)])];
  const others = wanted(gridIds, q);
  const rows = await reading.query<Omit<FoundResident, 'linked' | 'door'> & { linked: number; door: Sealed | null }>(
    `SELECT personId, name, gridId, door, MAX(linked) AS linked FROM (
       (SELECT ${columns}, 1 AS linked
        FROM household_link l JOIN household h ON h.id = l.household_id JOIN person p ON p.household_id = h.id
        WHERE l.member_id = ? AND l.starts_at <= ? AND (l.ends_at IS NULL OR l.ends_at > ?) AND ${who}
          ${q === null ? '' : 'AND p.name LIKE ?'} ORDER BY p.name, p.id LIMIT ${mostFound})
       UNION ALL
       (SELECT ${columns}, 0 AS linked FROM household h JOIN person p ON p.household_id = h.id
        WHERE ${who} AND ${others.sql} ORDER BY p.name, p.id LIMIT ${2 * mostFound})) found
     GROUP BY personId, name, gridId, door ORDER BY linked DESC, name, personId LIMIT ${mostFound}`,
    [...linked, gridIds, callerId, ...others.values],
  );
  return rows.map((row) => ({
    ...row,
    door: reading.vault.open('household.door', row.door),
    linked: Number(row.linked) === 1,
  }));
}
