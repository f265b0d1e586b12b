import type { Reading } from '../../foundation/database/connect';
import type { Missing, RosterScope } from '../../foundation/rosters/roster';
import type { PartyOrganization } from './party-organization.entity';

export type FoundOrganization = Pick<PartyOrganization, 'id' | 'name' | 'rank' | 'parentId'> & {
  /** Members on its roll, and organisations below it. */
  readonly members: number;
  readonly below: number;
};

export async function organizationsByName(
  db: Reading,
  names: readonly string[],
  lock: boolean,
): Promise<FoundOrganization[]> {
  if (names.length === 0) return [];
  if (lock) await db.query('SELECT id FROM party_organization WHERE name IN (?) ORDER BY id FOR UPDATE', [names]);
  const rows = await db.query<FoundOrganization>(
    `SELECT o.id, o.name, o.org_rank AS \`rank\`, o.parent_id AS parentId,
       (SELECT COUNT(*) FROM person p WHERE p.home_organization_id = o.id AND p.disabled_at IS NULL) AS members,
       (SELECT COUNT(*) FROM party_organization c WHERE c.parent_id = o.id AND c.closed_at IS NULL) AS below
     FROM party_organization o WHERE o.name IN (?) AND o.closed_at IS NULL`,
    [names],
  );
  return rows.map((row) => ({ ...row, members: Number(row.members), below: Number(row.below) }));
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
