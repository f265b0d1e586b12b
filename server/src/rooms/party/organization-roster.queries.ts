import { fromJson, type Reading } from '../../foundation/database/connect';
import type { Missing, RosterScope } from '../../foundation/rosters/roster';
import type { PartyOrganization } from './party-organization.entity';

export type FoundOrganization = Pick<PartyOrganization, 'id' | 'name' | 'rank' | 'parentId'> & {
  /** Names of the organisations right below it. */
  readonly openBelow: readonly string[];
};

type Row = Omit<FoundOrganization, 'openBelow'> & { below: unknown };

export async function organizationsByName(
  db: Reading,
  names: readonly string[],
  lock: boolean,
): Promise<FoundOrganization[]> {
  if (names.length === 0) return [];
  if (lock) await db.query('SELECT id FROM party_organization WHERE name IN (?) ORDER BY id FOR UPDATE', [names]);
  const rows = await db.query<Row>(
    `SELECT o.id, o.name, o.org_rank AS \`rank\`, o.parent_id AS parentId,
       (SELECT JSON_ARRAYAGG(c.name) FROM party_organization c WHERE c.parent_id = o.id AND c.closed_at IS NULL) AS below
     FROM party_organization o WHERE o.name IN (?) AND o.closed_at IS NULL`,
    [names],
  );
  return rows.map(({ below, ...row }) => ({ ...row, openBelow: fromJson<string[] | null>(below) ?? [] }));
}

/** Those of the names that organisations had which are closed. */
export async function closedNames(db: Reading, names: readonly string[]): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const rows = await db.query<{ name: string }>(
    'SELECT name FROM party_organization WHERE name IN (?) AND closed_at IS NOT NULL',
    [names],
  );
  return new Set(rows.map(({ name }) => name));
}

/** In the order in which they can be closed. */
export async function deepestFirst(db: Reading, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<{ id: string }>(
    'SELECT descendant_id AS id FROM party_ancestor WHERE descendant_id IN (?) GROUP BY id ORDER BY MAX(depth) DESC, id',
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** Tied to a grid of the scope, and not in the file. */
const notInFile = ({ grid }: RosterScope): string => `FROM party_organization o WHERE o.closed_at IS NULL
  AND EXISTS (SELECT 1 FROM party_grid t JOIN grid g ON g.id = t.grid_id
    WHERE t.organization_id = o.id AND g.${grid.tier}_id = ?)
  AND NOT EXISTS (SELECT 1 FROM roster_unit u WHERE u.import_id = ? AND u.thing_id = o.id)`;

export const missingOrganizations = (
  db: Reading,
  scope: RosterScope,
  { after, limit }: { after: string; limit: number },
): Promise<Missing[]> =>
  db.query<Missing>(`SELECT o.id, o.name AS title ${notInFile(scope)} AND o.id > ? ORDER BY o.id LIMIT ?`, [
    ...[scope.grid.id, scope.importId, after, limit],
  ]);

export async function countMissingOrganizations(db: Reading, scope: RosterScope): Promise<number> {
  const [row] = await db.query<{ n: number }>(`SELECT COUNT(*) AS n ${notInFile(scope)}`, [
    scope.grid.id,
    scope.importId,
  ]);
  return Number(row?.n ?? 0);
}
