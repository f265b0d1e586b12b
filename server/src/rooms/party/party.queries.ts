import { fromJson, type Reading } from '../../foundation/database/connect';
import type { OrganizationNode } from '../../foundation/reference/tree';

/** Every organisation that is not closed, with the grids it is tied to. */
export async function allOrganizations(reading: Reading): Promise<OrganizationNode[]> {
  const rows = await reading.query<{
    id: string;
    parent_id: string | null;
    name: string;
    org_rank: string;
    grid_ids: unknown;
  }>(
    `SELECT o.id, o.parent_id, o.name, o.org_rank,
            (SELECT JSON_ARRAYAGG(g.grid_id) FROM party_grid g WHERE g.organization_id = o.id) AS grid_ids
     FROM party_organization o WHERE o.closed_at IS NULL`,
  );
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    name: row.name,
    rank: row.org_rank,
    gridIds: fromJson<string[] | null>(row.grid_ids) ?? [],
  }));
}

/** Closed organisation → what is found in its place. */
export const closedOrganizations = async (reading: Reading): Promise<[string, string][]> =>
  (
    await reading.query<{ id: string; successor_id: string }>(
      'SELECT id, successor_id FROM party_organization WHERE closed_at IS NOT NULL AND successor_id IS NOT NULL',
    )
  ).map((row) => [row.id, row.successor_id]);
