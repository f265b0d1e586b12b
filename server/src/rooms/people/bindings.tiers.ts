import type { Db } from '../../foundation/database/connect';
import type { Reference } from '../../foundation/reference/reference';
import type { TierMove, TierTable } from '../../foundation/reference/tier-tables';
import { aboveColumns, aboveOf } from './ask-binding';
import { rosterPerson } from './bindings.queries';

const open = "stage IN ('open', 'working')";

/** Who says that he is whom waits where he is to be bound; of a post, also with the level above it. */
export const bindingTiers: readonly TierTable[] = [
  { ...{ table: 'binding_request', prefix: '', gridColumn: 'grid_id', open }, alongside: moveSecondYes },
  { table: 'binding_request', prefix: 'above_', gridColumn: null, open },
];

const above = { town: 'county', village: 'town', group: 'village' } as const;

/**
 * 上级同意: the second yes about somebody with a post in the grid that moved belongs to whoever is above it now. Where the
 * grid hung before, nothing moved: those rows are worked out anew by the posts themselves.
 */
async function moveSecondYes(db: Db, { tier, was }: TierMove, reference: Reference, now: Date): Promise<number> {
  const parent = above[tier];
  const rows = await db.query<{ id: string; targetId: string }>(
    `SELECT id, target_id AS targetId FROM binding_request
     WHERE above_${parent}_id = ? AND above_${tier}_id IS NULL AND ${open} AND target_id IS NOT NULL`,
    [was[`${parent}Id`]],
  );
  let moved = 0;
  for (const { id, targetId } of rows) {
    const target = await rosterPerson(db, targetId, now);
    const highest = target && aboveOf(target, { reference });
    if (!highest) continue;
    const { aboveCountyId, aboveTownId, aboveVillageId, aboveGroupId } = aboveColumns(highest, reference.tree);
    const columns = [aboveCountyId, aboveTownId, aboveVillageId, aboveGroupId];
    moved += await db.write(
      `UPDATE binding_request SET above_county_id = ?, above_town_id = ?, above_village_id = ?, above_group_id = ?
       WHERE id = ? AND NOT (above_county_id <=> ? AND above_town_id <=> ? AND above_village_id <=> ? AND above_group_id <=> ?)`,
      [...columns, id, ...columns],
    );
  }
  return moved;
}
