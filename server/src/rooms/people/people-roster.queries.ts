import type { GrantedRole, HelperKind } from '@sandan/shared/access/roles';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import type { Missing, RosterScope } from '../../foundation/rosters/roster';

export interface FoundPost {
  readonly id: string;
  readonly personId: string;
  readonly role: GrantedRole;
  readonly kind: HelperKind | null;
  readonly nodeId: string;
}

export async function postsOf(db: Reading, people: readonly string[], now: Date): Promise<FoundPost[]> {
  if (people.length === 0) return [];
  return db.query<FoundPost>(
    `SELECT id, person_id AS personId, role, kind, node_id AS nodeId FROM role_grant
     WHERE person_id IN (?) AND behalf_of_id IS NULL AND (ends_at IS NULL OR ends_at > ?) ORDER BY id`,
    [people, now],
  );
}

export async function skillsOf(db: Reading, people: readonly string[]): Promise<Set<string>> {
  if (people.length === 0) return new Set();
  const rows = await db.query<{ personId: string; skill: string }>(
    'SELECT person_id AS personId, skill FROM person_skill WHERE person_id IN (?)',
    [people],
  );
  return new Set(rows.map(({ personId, skill }) => `${personId} ${skill}`));
}

export interface FoundOrganization {
  readonly id: string;
  readonly name: string;
}

export const organizationsByNames = async (db: Reading, names: readonly string[]): Promise<FoundOrganization[]> =>
  names.length === 0
    ? []
    : db.query('SELECT id, name FROM party_organization WHERE name IN (?) AND closed_at IS NULL', [names]);

/** Holders of posts in the grids of the scope whom the file does not name. */
const notInFile = ({ grid, importId, now }: RosterScope): { sql: string; values: SqlValue[] } => ({
  sql: `FROM person p WHERE p.disabled_at IS NULL
     AND EXISTS (SELECT 1 FROM role_grant r JOIN grid g ON g.id = r.node_id
       WHERE r.person_id = p.id AND r.tree = 'grid' AND g.${grid.tier}_id = ?
         AND r.role IN ('helper', 'gridWorker', 'smallGridLead', 'hubKeeper') AND (r.ends_at IS NULL OR r.ends_at > ?))
     AND NOT EXISTS (SELECT 1 FROM roster_unit u WHERE u.import_id = ? AND u.thing_id = p.id)`,
  values: [grid.id, now, importId],
});

export async function missingHolders(
  db: Reading,
  scope: RosterScope,
  { after, limit }: { after: string; limit: number },
): Promise<Missing[]> {
  const { sql, values } = notInFile(scope);
  return db.query<Missing>(`SELECT p.id, p.name AS title ${sql} AND p.id > ? ORDER BY p.id LIMIT ?`, [
    ...[...values, after, limit],
  ]);
}

export async function countMissingHolders(db: Reading, scope: RosterScope): Promise<number> {
  const { sql, values } = notInFile(scope);
  const [row] = await db.query<{ n: number }>(`SELECT COUNT(*) AS n ${sql}`, values);
  return Number(row?.n ?? 0);
}
