import { postsThatEnd, rolesThatExclude } from '@sandan/shared/access/exclusive-roles';
import { rolePermissions, type GrantedRole, type HelperKind, type Role } from '@sandan/shared/access/roles';
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
  /** Which posts are looked at, over `g`: narrow where it can be, since a county has tens of thousands of 接单人. */
  posts: string;
  postValues: readonly SqlValue[];
  /** What makes an account of these posts one to look at. */
  having: string;
  havingValues: readonly SqlValue[];
  /** Smallest first. */
  rank: string;
}

/** By a session, and where those are gone, by the audit. */
const lastSeen = (person: string): string => `NULLIF(GREATEST(
  COALESCE((SELECT MAX(s.last_seen_at) FROM session s WHERE s.person_id = ${person}), ${never}),
  COALESCE((SELECT MAX(e.at) FROM audit_entry e WHERE e.person_id = ${person}), ${never})), ${never})`;
const never = "TIMESTAMP'1970-01-01 00:00:00'";

const posts = (Object.keys(rolePermissions) as Role[]).filter((role) => role !== 'helper');

function testOf({ concern, idleDays, now }: Review): Test {
  const before = (days: number): Date => new Date(now.getTime() - days * day);
  switch (concern) {
    case 'idle': {
      const since = before(idleDays);
      return {
        ...{ posts: 'TRUE', postValues: [], rank: `COALESCE(${seconds(lastSeen('g.person_id'))}, 0)` },
        having: `MIN(g.starts_at) < ? AND \`rank\` < ${seconds('?')}`,
        havingValues: [since, since],
      };
    }
    case 'ending':
      return {
        ...{ posts: 'g.ends_at < ?', postValues: [before(-auditLimits.endingDays)], rank: seconds('MIN(g.ends_at)') },
        ...{ having: 'TRUE', havingValues: [] },
      };
    case 'endless':
      return {
        ...{ posts: 'g.ends_at IS NULL AND g.role IN (?)', postValues: [postsThatEnd] },
        ...{ having: 'TRUE', havingValues: [], rank: seconds('MIN(g.starts_at)') },
      };
    case 'many':
      return {
        ...{ posts: 'g.role IN (?)', postValues: [posts], rank: '-COUNT(*)' },
        ...{ having: 'COUNT(*) >= ?', havingValues: [auditLimits.manyPosts] },
      };
    case 'excluded':
      return {
        ...{ posts: 'g.role IN (?)', postValues: [[...new Set(excluding.flat())]], rank: '0' },
        having: excluding.map(() => '(SUM(g.role = ?) > 0 AND SUM(g.role = ?) > 0)').join(' OR '),
        havingValues: excluding.flat(),
      };
  }
}

/** Everybody who holds such a post in these grids today, with what sorts the list. */
function accounts(review: Review): { sql: string; values: SqlValue[] } {
  const { posts: which, postValues, having, havingValues, rank } = testOf(review);
  const { gridIds, now } = review;
  // All but 久未登录 look at few posts of a county, each by an index of its own.
  const byNode = review.concern === 'idle' ? '' : 'IGNORE INDEX (role_grant_node)';
  return {
    sql: `SELECT g.person_id AS personId, ${rank} AS \`rank\` FROM role_grant g ${byNode}
      WHERE ${which} AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
        AND ((g.tree = 'grid' AND g.node_id IN (?)) OR (g.tree = 'party' AND g.node_id IN (
          SELECT x.descendant_id FROM party_grid t JOIN party_ancestor x ON x.ancestor_id = t.organization_id
          WHERE t.grid_id IN (?))))
      GROUP BY g.person_id HAVING ${having}`,
    values: [...postValues, now, now, gridIds, gridIds, ...havingValues],
  };
}

/** How many there are, counted to 99. */
export async function countAccounts(db: Reading, review: Review): Promise<number> {
  if (review.gridIds.length === 0) return 0;
  const { sql, values } = accounts(review);
  const [row] = await db.query<{ found: number }>(
    `SELECT COUNT(*) AS found FROM (SELECT 1 FROM (${sql}) a JOIN person p ON p.id = a.personId
       WHERE p.disabled_at IS NULL LIMIT 99) some`,
    values,
  );
  return Number(row?.found ?? 0);
}

interface Paged extends Review {
  after: readonly [rank: number, personId: string] | undefined;
  limit: number;
}

export async function accountRows(db: Reading, { after, limit, ...review }: Paged): Promise<AccountRow[]> {
  if (review.gridIds.length === 0) return [];
  const { sql, values } = accounts(review);
  // The page first, then what is told of those who stand on it.
  const rows = await db.query<Omit<AccountRow, 'posts'> & { posts: unknown }>(
    `SELECT p.id AS personId, p.name, p.phone_sealed AS phone, ${lastSeen('p.id')} AS lastSeenAt, x.\`rank\`,
            (SELECT JSON_ARRAYAGG(JSON_OBJECT('role', g.role, 'kind', g.kind, 'tree', g.tree, 'nodeId', g.node_id,
                      'from', g.starts_at, 'to', g.ends_at)) FROM role_grant g
             WHERE g.person_id = p.id AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)) AS posts
     FROM (SELECT a.personId, a.\`rank\` FROM (${sql}) a JOIN person q ON q.id = a.personId
           WHERE q.disabled_at IS NULL ${after ? 'AND (a.`rank` > ? OR (a.`rank` = ? AND a.personId > ?))' : ''}
           ORDER BY a.\`rank\`, a.personId LIMIT ?) x JOIN person p ON p.id = x.personId
     ORDER BY x.\`rank\`, p.id`,
    [review.now, review.now, ...values, ...(after ? [after[0], after[0], after[1]] : []), limit],
  );
  return rows.map((row) => ({
    ...row,
    rank: Number(row.rank),
    posts: fromJson<AccountRow['posts'] | null>(row.posts) ?? [],
  }));
}
