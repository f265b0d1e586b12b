import { postsThatEnd, rolesThatExclude } from '@sandan/shared/access/exclusive-roles';
import { rolePermissions, type GrantedRole, type HelperKind } from '@sandan/shared/access/roles';
import type { AccountConcern } from '@sandan/shared/audit/account-concerns.words';
import { auditLimits } from '@sandan/shared/audit/audit.words';
import type { Sealed } from '../../foundation/personal-data/vault';
import { fromJson, type Reading, type SqlValue } from '../../foundation/database/connect';

export interface Review {
  concern: AccountConcern;
  /** Grids whose posts are looked at, those of the party's organisations tied to them included. */
  gridIds: readonly string[];
  idleDays: number;
  now: Date;
}

export interface AccountRow {
  personId: string;
  name: string;
  phone: Sealed | null;
  lastSeenAt: Date | null;
  posts: {
    role: GrantedRole;
    kind: HelperKind | null;
    tree: 'grid' | 'party';
    nodeId: string;
    from: string;
    to: string | null;
  }[];
  /** Sorts the list: seconds since 1970, or how many. */
  rank: number;
}

const day = 24 * 60 * 60_000;
const seconds = (column: string): string => `TIMESTAMPDIFF(SECOND, '1970-01-01', ${column})`;

const excluding = (Object.keys(rolePermissions) as GrantedRole[]).flatMap((role) =>
  rolesThatExclude(role).map((other) => [role, other] as const),
);

interface Test {
  sql: string;
  values: readonly SqlValue[];
  /** Smallest first. */
  rank: string;
}

/** What makes an account one to look at, over `a` (below). */
function testOf({ concern, idleDays, now }: Review): Test {
  const before = (days: number): Date => new Date(now.getTime() - days * day);
  switch (concern) {
    case 'idle': {
      const since = before(idleDays);
      return {
        sql: 'a.firstStart < ? AND (a.lastSeenAt IS NULL OR a.lastSeenAt < ?)',
        values: [since, since],
        rank: `COALESCE(${seconds('a.lastSeenAt')}, 0)`,
      };
    }
    case 'ending':
      return { sql: 'a.nextEnd < ?', values: [before(-auditLimits.endingDays)], rank: seconds('a.nextEnd') };
    case 'endless':
      return { sql: 'a.endless > 0', values: [], rank: seconds('a.firstStart') };
    case 'many':
      return { sql: 'a.held >= ?', values: [auditLimits.manyPosts], rank: '-a.held' };
    case 'excluded':
      return {
        sql: excluding.map(() => '(FIND_IN_SET(?, a.roles) AND FIND_IN_SET(?, a.roles))').join(' OR '),
        values: excluding.flat(),
        rank: '0',
      };
  }
}

const never = "TIMESTAMP'1970-01-01 00:00:00'";

/** Everybody who holds a post in these grids today. Seen: by a session, and where those are gone, by the audit. */
const accounts = `
  SELECT g.person_id AS personId, MIN(g.starts_at) AS firstStart, MIN(g.ends_at) AS nextEnd,
         SUM(g.ends_at IS NULL AND g.role IN (?)) AS endless, SUM(g.role <> 'helper') AS held,
         GROUP_CONCAT(DISTINCT g.role) AS roles,
         NULLIF(GREATEST(
           COALESCE((SELECT MAX(s.last_seen_at) FROM session s WHERE s.person_id = g.person_id), ${never}),
           COALESCE((SELECT MAX(e.at) FROM audit_entry e WHERE e.person_id = g.person_id), ${never})
         ), ${never}) AS lastSeenAt
  FROM role_grant g
  WHERE g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
    AND ((g.tree = 'grid' AND g.node_id IN (?)) OR (g.tree = 'party' AND g.node_id IN (
      SELECT x.descendant_id FROM party_grid t JOIN party_ancestor x ON x.ancestor_id = t.organization_id
      WHERE t.grid_id IN (?))))
  GROUP BY g.person_id`;
const accountValues = ({ gridIds, now }: Review): SqlValue[] => [postsThatEnd, now, now, gridIds, gridIds];

/** How many there are, counted to 99. */
export async function countAccounts(db: Reading, review: Review): Promise<number> {
  if (review.gridIds.length === 0) return 0;
  const { sql, values } = testOf(review);
  const [row] = await db.query<{ found: number }>(
    `SELECT COUNT(*) AS found FROM (SELECT 1 FROM (${accounts}) a JOIN person p ON p.id = a.personId
       WHERE p.disabled_at IS NULL AND (${sql}) LIMIT 99) some`,
    [...accountValues(review), ...values],
  );
  return Number(row?.found ?? 0);
}

interface Paged extends Review {
  after: readonly [rank: number, personId: string] | undefined;
  limit: number;
}

export async function accountRows(db: Reading, { after, limit, ...review }: Paged): Promise<AccountRow[]> {
  if (review.gridIds.length === 0) return [];
  const { sql, values, rank } = testOf(review);
  const rows = await db.query<Omit<AccountRow, 'posts'> & { posts: unknown }>(
    `SELECT p.id AS personId, p.name, p.phone_sealed AS phone, a.lastSeenAt, ${rank} AS \`rank\`,
            (SELECT JSON_ARRAYAGG(JSON_OBJECT('role', g.role, 'kind', g.kind, 'tree', g.tree, 'nodeId', g.node_id,
                      'from', g.starts_at, 'to', g.ends_at)) FROM role_grant g
             WHERE g.person_id = p.id AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)) AS posts
     FROM (${accounts}) a JOIN person p ON p.id = a.personId
     WHERE p.disabled_at IS NULL AND (${sql})
       ${after ? `AND (${rank} > ? OR (${rank} = ? AND p.id > ?))` : ''}
     ORDER BY \`rank\`, p.id LIMIT ?`,
    [
      ...[review.now, review.now],
      ...accountValues(review),
      ...values,
      ...(after ? [after[0], after[0], after[1]] : []),
      limit,
    ],
  );
  return rows.map((row) => ({
    ...row,
    rank: Number(row.rank),
    posts: fromJson<AccountRow['posts'] | null>(row.posts) ?? [],
  }));
}
