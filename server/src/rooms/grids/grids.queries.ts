import { fromJson, type Reading } from '../../foundation/database/connect';
import type { GridNode, GridTier } from '../../foundation/reference/tree';

interface GridRow {
  id: string;
  parent_id: string | null;
  tier: GridTier;
  code: string;
  name: string;
  county_id: string | null;
  town_id: string | null;
  village_id: string | null;
  group_id: string | null;
  lat: number | null;
  lng: number | null;
  boundary: unknown;
  duty_phone: string | null;
}

/** Every grid that is not closed; at most a few thousand in a county. */
export async function allGrids(reading: Reading): Promise<GridNode[]> {
  const rows = await reading.query<GridRow>(
    `SELECT id, parent_id, tier, code, name, county_id, town_id, village_id, group_id, lat, lng, boundary, duty_phone
     FROM grid WHERE closed_at IS NULL ORDER BY code`,
  );
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    tier: row.tier,
    code: row.code,
    name: row.name,
    county: row.county_id,
    town: row.town_id,
    village: row.village_id,
    group: row.group_id,
    lat: row.lat,
    lng: row.lng,
    boundary: fromJson<GridNode['boundary']>(row.boundary),
    dutyPhone: row.duty_phone,
  }));
}

/** Closed grid → what is found in its place. */
export const closedGrids = async (reading: Reading): Promise<[string, string][]> =>
  (
    await reading.query<{ id: string; successor_id: string }>(
      'SELECT id, successor_id FROM grid WHERE closed_at IS NOT NULL AND successor_id IS NOT NULL',
    )
  ).map((row) => [row.id, row.successor_id]);

/** Of any grid, closed or not; the tree in memory only knows what stands in for a closed one. */
export async function tierOf(reading: Reading, gridId: string): Promise<GridTier | null> {
  const [row] = await reading.query<{ tier: GridTier }>('SELECT tier FROM grid WHERE id = ?', [gridId]);
  return row?.tier ?? null;
}
