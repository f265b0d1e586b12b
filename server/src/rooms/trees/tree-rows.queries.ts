import type { Rank } from '@sandan/shared/trees/tree.words';
import { fromJson, type Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { TierColumns } from '../../foundation/reference/tree';
import type { Boundary } from './boundary';

/** A node as the database has it now: a change is decided on that, never on a copy in memory. */
export interface GridRow extends TierColumns {
  id: string;
  parentId: string | null;
  tier: 'county' | 'town' | 'village' | 'group';
  code: string;
  name: string;
  dutyPhone: string | null;
  boundary: Boundary | null;
  closedAt: Date | null;
}

export async function gridRow(db: Reading, gridId: string): Promise<GridRow | null> {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT id, parent_id, tier, code, name, county_id, town_id, village_id, group_id, duty_phone, boundary, closed_at
     FROM grid WHERE id = ?`,
    [gridId],
  );
  return row ? { ...rowOf<GridRow>(row), boundary: fromJson<Boundary | null>(row['boundary']) } : null;
}

export interface OrganizationRow {
  id: string;
  parentId: string | null;
  rank: Rank;
  name: string;
  closedAt: Date | null;
}

export async function organizationRow(db: Reading, organizationId: string): Promise<OrganizationRow | null> {
  const [row] = await db.query<OrganizationRow>(
    'SELECT id, parent_id AS parentId, org_rank AS `rank`, name, closed_at AS closedAt FROM party_organization WHERE id = ?',
    [organizationId],
  );
  return row ?? null;
}

/** What hangs on a grid: what a close must not leave behind. */
export interface Hanging {
  children: number;
  households: number;
  people: number;
  posts: number;
  openOrders: number;
}

/** Houses that are given up (销户) and who is no longer there stay with the closed grid. */
export async function hangingOnGrid(
  db: Reading,
  { id, tier }: Pick<GridRow, 'id' | 'tier'>,
  now: Date,
): Promise<Hanging> {
  const [row] = await db.query<Record<keyof Hanging, unknown>>(
    `SELECT (SELECT COUNT(*) FROM grid WHERE parent_id = ? AND closed_at IS NULL) AS children,
            (SELECT COUNT(*) FROM household h JOIN grid g ON g.id = h.grid_id
              WHERE g.${tier}_id = ? AND h.closed_at IS NULL) AS households,
            (SELECT COUNT(*) FROM person p JOIN household h ON h.id = p.household_id JOIN grid g ON g.id = h.grid_id
              WHERE g.${tier}_id = ? AND p.disabled_at IS NULL) AS people,
            (SELECT COUNT(*) FROM role_grant WHERE node_id = ? AND (ends_at IS NULL OR ends_at > ?)) AS posts,
            (SELECT COUNT(*) FROM service_order WHERE ${tier}_id = ? AND stage IN ('open', 'working')) AS openOrders`,
    [id, id, id, id, now, id],
  );
  return numbers(row);
}

export type HangingOnOrganization = Pick<Hanging, 'children' | 'posts'> & { members: number; promises: number };

export async function hangingOnOrganization(
  db: Reading,
  organizationId: string,
  now: Date,
): Promise<HangingOnOrganization> {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT (SELECT COUNT(*) FROM party_organization WHERE parent_id = ? AND closed_at IS NULL) AS children,
            (SELECT COUNT(*) FROM person WHERE home_organization_id = ? AND disabled_at IS NULL) AS members,
            (SELECT COUNT(*) FROM commitment WHERE organization_id = ? AND stage IN ('open', 'working')) AS promises,
            (SELECT COUNT(*) FROM role_grant WHERE node_id = ? AND (ends_at IS NULL OR ends_at > ?)) AS posts`,
    [organizationId, organizationId, organizationId, organizationId, now],
  );
  return numbers(row);
}

const numbers = <T>(row: Record<string, unknown> | undefined): T =>
  Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)])) as T;
