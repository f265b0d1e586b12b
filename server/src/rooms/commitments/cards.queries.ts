import type { GrantedRole, HelperKind } from '@sandan/shared/access/roles';
import type { RoundState } from '@sandan/shared/commitments/round.lifecycle';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { likeOf } from '../../foundation/database/like';
import { publicStates } from './commitments.policy';
import { townsSeen, watchedOrganizations } from './rounds.policy';

const inPublic = publicStates.map((state) => `'${state}'`).join(', ');

/** Below the committee of a town that the caller sees the wall of, the committee included. */
const ofTowns = (column: string): string => `${column} IN (SELECT a.descendant_id FROM party_ancestor a
  JOIN commitment_round r ON r.organization_id = a.ancestor_id WHERE r.town_id IN (?))`;

/** Never empty: `IN ()` is no SQL. */
const townsOf = (caller: Caller): string[] => ['', ...townsSeen(caller)];

export interface MemberRow {
  personId: string;
  name: string;
  organizationId: string;
}

const hasPromised = `EXISTS (SELECT 1 FROM commitment c WHERE c.person_id = p.id AND c.state IN (${inPublic}))`;

/**
 * A party member whose card the caller may see: his own, and those who have promised something in public. Who has not
 * promised yet, and whose card was hidden, is known to the secretaries alone.
 */
export async function memberSeen(db: Reading, caller: Caller, personId: string): Promise<MemberRow | null> {
  const [row] = await db.query<MemberRow & { promised: number }>(
    `SELECT p.id AS personId, p.name, p.home_organization_id AS organizationId,
       ${hasPromised} AND p.card_held = 0 AS promised FROM person p
     WHERE p.id = ? AND p.disabled_at IS NULL AND ${ofTowns('p.home_organization_id')}`,
    [personId, townsOf(caller)],
  );
  if (!row) return null;
  const line = caller.reference.tree.organizationLine(row.organizationId);
  const watches = watchedOrganizations(caller).some((id) => line.includes(id));
  return Number(row.promised) === 1 || watches || personId === caller.personId ? row : null;
}

const mostFound = 20;

/** By a part of the name; only those who have promised something in public. */
export const membersFound = (db: Reading, caller: Caller, q: string): Promise<MemberRow[]> =>
  db.query<MemberRow>(
    `SELECT p.id AS personId, p.name, p.home_organization_id AS organizationId FROM person p
     WHERE p.name LIKE ? AND p.disabled_at IS NULL AND p.card_held = 0 AND ${ofTowns('p.home_organization_id')} AND ${hasPromised}
     ORDER BY p.name, p.id LIMIT ${mostFound}`,
    [likeOf(q), townsOf(caller)],
  );

export interface PostRow {
  role: GrantedRole;
  kind: HelperKind | null;
  tree: 'grid' | 'party';
  nodeId: string;
}

export const postsOf = (db: Reading, personId: string, at: Date): Promise<PostRow[]> =>
  db.query<PostRow>(
    `SELECT g.role, g.kind, g.tree, g.node_id AS nodeId FROM role_grant g
     WHERE g.person_id = ? AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?) ORDER BY g.starts_at, g.id`,
    [personId, at, at],
  );

export interface YearRow {
  roundId: string;
  year: number;
  roundState: RoundState;
  promised: number;
  delivered: number;
  kept: number;
}

/** What one person has promised in public, year by year, the newest first. */
export async function yearsOf(db: Reading, personId: string): Promise<YearRow[]> {
  const rows = await db.query<YearRow>(
    `SELECT r.id AS roundId, r.year, r.state AS roundState, COUNT(*) AS promised,
            SUM(c.state IN ('delivered', 'disputed', 'accepted', 'kept', 'partlyKept')) AS delivered,
            SUM(c.state = 'kept') AS kept
     FROM commitment c JOIN commitment_round r ON r.id = c.round_id
     WHERE c.person_id = ? AND c.state IN (${inPublic}) GROUP BY r.id, r.year, r.state ORDER BY r.year DESC, r.id`,
    [personId],
  );
  return rows.map(({ promised, delivered, kept, ...row }) => ({
    ...row,
    ...{ promised: Number(promised), delivered: Number(delivered), kept: Number(kept) },
  }));
}

export interface RatingRow {
  /** Persons: who rated five of his deeds is one, and shall not be guessed. */
  raters: number;
  stars: number;
}

/** What people said of all that one person has promised, in any year. */
export async function ratingOf(db: Reading, personId: string): Promise<RatingRow> {
  const [row] = await db.query<RatingRow>(
    `SELECT COUNT(DISTINCT g.person_id) AS raters, AVG(g.stars) AS stars
     FROM commitment c JOIN commitment_rating g ON g.commitment_id = c.id
     WHERE c.person_id = ? AND c.state IN (${inPublic})`,
    [personId],
  );
  return { raters: Number(row?.raters), stars: Number(row?.stars) };
}

export interface OrganizationRow {
  id: string;
  name: string;
  rank: 'committee' | 'generalBranch' | 'branch' | 'cell';
  parentId: string | null;
}

/** The organisations whose walls the caller may see, from above. */
export const organizationsSeen = (db: Reading, caller: Caller): Promise<OrganizationRow[]> =>
  db.query<OrganizationRow>(
    `SELECT o.id, o.name, o.org_rank AS \`rank\`, o.parent_id AS parentId FROM party_organization o
     WHERE o.closed_at IS NULL AND ${ofTowns('o.id')}
     ORDER BY FIELD(o.org_rank, 'committee', 'generalBranch', 'branch', 'cell'), o.name, o.id`,
    [townsOf(caller)],
  );

export async function organizationSeen(
  db: Reading,
  caller: Caller,
  organizationId: string,
): Promise<OrganizationRow | null> {
  const [row] = await db.query<OrganizationRow>(
    `SELECT o.id, o.name, o.org_rank AS \`rank\`, o.parent_id AS parentId FROM party_organization o
     WHERE o.id = ? AND o.closed_at IS NULL AND ${ofTowns('o.id')}`,
    [organizationId, townsOf(caller)],
  );
  return row ?? null;
}

export interface LeadRow {
  personId: string;
  name: string;
  role: 'partySecretary' | 'deputySecretary';
}

export const leadsOf = (db: Reading, organizationId: string, at: Date): Promise<LeadRow[]> =>
  db.query<LeadRow>(
    `SELECT p.id AS personId, p.name, g.role FROM role_grant g JOIN person p ON p.id = g.person_id
     WHERE g.tree = 'party' AND g.node_id = ? AND g.role IN ('partySecretary', 'deputySecretary') AND p.disabled_at IS NULL
       AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
     ORDER BY g.role DESC, g.starts_at, p.id`,
    [organizationId, at, at],
  );

/** Party members of the organisation and of those below it. */
export async function rosterSize(db: Reading, organizationId: string): Promise<number> {
  const [row] = await db.query<{ members: number }>(
    `SELECT COUNT(*) AS members FROM person p JOIN party_ancestor a ON a.descendant_id = p.home_organization_id
     WHERE a.ancestor_id = ? AND p.disabled_at IS NULL`,
    [organizationId],
  );
  return Number(row?.members ?? 0);
}
