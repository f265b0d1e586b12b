import type { Db } from '../../foundation/database/connect';
import type { TierMove, TierTable } from '../../foundation/reference/tier-tables';

const open = "stage IN ('open', 'working')";

/** Orders and tasks follow their grids; figures keep the grid of the day of placing (domain.md §7, last line). */
export const orderTiers: readonly TierTable[] = [
  {
    ...{ table: 'service_order', prefix: '', gridColumn: 'place_grid_id', open },
    keeps: [
      ['placed_town_id', 'town_id'],
      ['placed_village_id', 'village_id'],
      ['placed_group_id', 'group_id'],
    ],
    alongside: moveDesks,
  },
  { table: 'service_order', prefix: 'desk_', gridColumn: 'desk_grid_id', open },
  { table: 'task', prefix: 'scope_', gridColumn: 'scope_grid_id', open },
];

/** What lay with the desk of the village or town that the place has left goes to the desk of the new one. */
async function moveDesks(db: Db, { toId, tier, was, line }: TierMove): Promise<number> {
  const { countyId, townId, villageId } = line;
  const toTown =
    was.townId === townId
      ? 0
      : await db.write(
          `UPDATE service_order SET desk_grid_id = ?, desk_county_id = ?, desk_town_id = ?
           WHERE ${tier}_id = ? AND ${open} AND desk_grid_id = ? LIMIT 500`,
          [townId, countyId, townId, toId, was.townId],
        );
  if (tier !== 'group' || was.villageId === villageId) return toTown;
  const toVillage = await db.write(
    `UPDATE service_order SET desk_grid_id = ?, desk_county_id = ?, desk_town_id = ?, desk_village_id = ?
     WHERE group_id = ? AND ${open} AND desk_grid_id = ? LIMIT 500`,
    [villageId, countyId, townId, villageId, toId, was.villageId],
  );
  return toTown + toVillage;
}
