import type { Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';

export interface ContactRow {
  id: string;
  name: string;
  /** The published number only. */
  phone: Sealed | null;
  householdId: string | null;
  awayUntil: Date | null;
}

const columns = `p.id, p.name, p.published_phone_sealed AS phone, p.household_id AS householdId, p.away_until AS awayUntil`;

export async function contactById(reading: Reading, id: string): Promise<ContactRow | undefined> {
  const [row] = await reading.query<ContactRow>(
    `SELECT ${columns} FROM person p WHERE p.id = ? AND p.disabled_at IS NULL`,
    [id],
  );
  return row;
}

/** Who holds that role at that very node. */
export const holdersAt = (reading: Reading, role: string, nodeId: string, now: Date): Promise<ContactRow[]> =>
  reading.query<ContactRow>(
    `SELECT ${columns} FROM role_grant g JOIN person p ON p.id = g.person_id AND p.disabled_at IS NULL
     WHERE g.node_id = ? AND g.role = ? AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?) ORDER BY p.id LIMIT 5`,
    [nodeId, role, now, now],
  );

/** The organisation tied to the first of these grids that has one: a branch before what stands above it. */
export async function branchOfGrids(reading: Reading, gridIds: readonly string[]): Promise<string | null> {
  if (gridIds.length === 0) return null;
  const [row] = await reading.query<{ id: string }>(
    `SELECT o.id FROM party_grid pg JOIN party_organization o ON o.id = pg.organization_id AND o.closed_at IS NULL
     WHERE pg.grid_id IN (?)
     ORDER BY FIELD(pg.grid_id, ?), FIELD(o.org_rank, 'branch', 'cell', 'generalBranch', 'committee'), o.id LIMIT 1`,
    [gridIds, gridIds],
  );
  return row?.id ?? null;
}

export const hubsOfGroup = (
  reading: Reading,
  groupId: string,
): Promise<{ id: string; door: Sealed | null; keeperId: string | null }[]> =>
  reading.query(
    `SELECT id, door_sealed AS door, hub_keeper_id AS keeperId FROM household
     WHERE grid_id = ? AND is_hub = 1 AND closed_at IS NULL ORDER BY id LIMIT 5`,
    [groupId],
  );
