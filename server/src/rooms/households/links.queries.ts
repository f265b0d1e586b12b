import { chinaDate } from '@sandan/shared/china-time';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';

/** `l` is in force at a moment: two placeholders. */
export const linkNow = (alias = 'l'): string =>
  `${alias}.starts_at <= ? AND (${alias}.ends_at IS NULL OR ${alias}.ends_at > ?)`;

/**
 * Whom a household finds as its member: the stand-in while the member is away. `l` is the link, `m` the member; one
 * placeholder.
 */
export const presentMember = 'IF(l.stand_in_id IS NOT NULL AND m.away_until > ?, l.stand_in_id, l.member_id)';

export interface LinkOfHousehold {
  id: string;
  householdId: string;
  memberId: string;
  memberName: string;
  memberOrganizationId: string | null;
  standInId: string | null;
  /** The stand-in is needed now. */
  standsIn: number;
  startsAt: Date;
}

export async function linkOfHousehold(
  reading: Reading,
  householdId: string,
  now: Date,
): Promise<LinkOfHousehold | undefined> {
  const [row] = await reading.query<LinkOfHousehold>(
    `SELECT l.id, l.household_id AS householdId, l.member_id AS memberId, m.name AS memberName, l.stand_in_id AS standInId,
            m.home_organization_id AS memberOrganizationId,
            l.stand_in_id IS NOT NULL AND COALESCE(m.away_until > ?, FALSE) AS standsIn, l.starts_at AS startsAt
     FROM household_link l JOIN person m ON m.id = l.member_id AND m.disabled_at IS NULL
     WHERE l.household_id = ? AND ${linkNow()} ORDER BY l.starts_at DESC LIMIT 1`,
    [now, householdId, now, now],
  );
  return row;
}

export interface LinkPast {
  name: string;
  startsAt: Date;
  endsAt: Date | null;
  reason: string | null;
  endReason: string | null;
}

/** All members the household ever had, the present one first. */
export const linksOfHousehold = (reading: Reading, householdId: string): Promise<LinkPast[]> =>
  reading.query<LinkPast>(
    `SELECT m.name, l.starts_at AS startsAt, l.ends_at AS endsAt, l.reason,
            l.end_reason AS endReason
     FROM household_link l JOIN person m ON m.id = l.member_id
     WHERE l.household_id = ? ORDER BY l.starts_at DESC, l.id DESC LIMIT 20`,
    [householdId],
  );

export interface HouseholdLine {
  householdId: string;
  gridId: string;
  headName: string | null;
  door: Sealed | null;
  isHub: number;
  memberId: string | null;
  memberName: string | null;
  memberAwayUntil: Date | null;
  standInId: string | null;
  standInName: string | null;
  lastVisitAt: Date | null;
  lastVisitResult: string | null;
  lastTriedAt: Date | null;
  tries: number;
  dueOn: string;
}

const lineColumns = `h.id AS householdId, h.grid_id AS gridId, head.name AS headName, h.door_sealed AS door, h.is_hub AS isHub,
  m.id AS memberId, m.name AS memberName, m.away_until AS memberAwayUntil, s.id AS standInId, s.name AS standInName,
  l.last_visit_at AS lastVisitAt, l.last_visit_result AS lastVisitResult, l.last_tried_at AS lastTriedAt,
  COALESCE(l.tries, 0) AS tries`;
const lineJoins = `LEFT JOIN person m ON m.id = l.member_id LEFT JOIN person s ON s.id = l.stand_in_id
  LEFT JOIN person head ON head.id = h.head_person_id`;

/** The households that somebody looks after: linked to him, or to one for whom he stands in. Due ones first. */
export const householdsOfMember = (reading: Reading, personId: string, now: Date): Promise<HouseholdLine[]> =>
  reading.query<HouseholdLine>(
    `SELECT ${lineColumns}, CAST(l.due_on AS CHAR) AS dueOn
     FROM (SELECT l.id FROM household_link l WHERE l.member_id = ? AND ${linkNow()}
           UNION
           SELECT l.id FROM household_link l JOIN person m ON m.id = l.member_id AND m.away_until > ?
           WHERE l.stand_in_id = ? AND ${linkNow()}) mine
       JOIN household_link l ON l.id = mine.id JOIN household h ON h.id = l.household_id AND h.closed_at IS NULL ${lineJoins}
     ORDER BY l.due_on, h.grid_id, h.id LIMIT 200`,
    [personId, now, now, now, personId, now, now],
  );

export async function householdLine(
  reading: Reading,
  householdId: string,
  now: Date,
): Promise<HouseholdLine | undefined> {
  const [row] = await reading.query<HouseholdLine>(
    `SELECT ${lineColumns}, COALESCE(CAST(l.due_on AS CHAR), ?) AS dueOn
     FROM household h LEFT JOIN household_link l ON l.household_id = h.id AND ${linkNow()} ${lineJoins}
     WHERE h.id = ? AND h.closed_at IS NULL ORDER BY l.starts_at DESC LIMIT 1`,
    [chinaDate(now.getTime()), now, now, householdId],
  );
  return row;
}

/** 特殊情况 that hold, by household; the caller has decided who may see them. */
export async function openFlags(
  reading: Reading,
  householdIds: readonly string[],
): Promise<{ householdId: string; flag: Sealed }[]> {
  if (householdIds.length === 0) return [];
  return reading.query(
    `SELECT household_id AS householdId, flag_sealed AS flag FROM household_flag
     WHERE household_id IN (?) AND ended_at IS NULL ORDER BY household_id, since, id`,
    [householdIds],
  );
}

/** 书记 of the organisations tied to one of these grids; the first grid that has any decides. */
export async function secretariesOfGrids(reading: Reading, gridIds: readonly string[], at: Date): Promise<string[]> {
  if (gridIds.length === 0) return [];
  const rows = await reading.query<{ gridId: string; personId: string }>(
    `SELECT pg.grid_id AS gridId, g.person_id AS personId
     FROM party_grid pg JOIN role_grant g ON g.node_id = pg.organization_id AND g.tree = 'party' AND g.role = 'partySecretary'
     WHERE pg.grid_id IN (?) AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?) ORDER BY g.person_id`,
    [gridIds, at, at] as SqlValue[],
  );
  const first = gridIds.find((id) => rows.some(({ gridId }) => gridId === id));
  return [...new Set(rows.filter(({ gridId }) => gridId === first).map(({ personId }) => personId))];
}

/** 换联系党员的请求 that wait in these grids, counted to 99. */
export async function countLinkRequests(reading: Reading, gridIds: readonly string[]): Promise<number> {
  if (gridIds.length === 0) return 0;
  const [row] = await reading.query<{ waiting: number }>(
    `SELECT COUNT(*) AS waiting FROM (SELECT 1 FROM link_request r
       WHERE r.grid_id IN (?) AND r.settled_at IS NULL LIMIT 99) some`,
    [gridIds],
  );
  return Number(row?.waiting ?? 0);
}
