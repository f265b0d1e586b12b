import { Problem } from '@sandan/shared/problems';
import type { CategoryRule } from '../../foundation/reference/reference';
import type { GridNode, Tree } from '../../foundation/reference/tree';
import type { Order } from './order.entity';

type PlaceColumns = Pick<Order, 'placeGridId' | 'countyId' | 'townId' | 'villageId' | 'groupId'>;
type DeskColumns = Pick<Order, 'deskGridId' | 'deskCountyId' | 'deskTownId' | 'deskVillageId' | 'deskGroupId'>;

export const placeColumns = (tree: Tree, gridId: string): PlaceColumns => ({
  placeGridId: gridId,
  ...tree.columns(gridId),
});

export function deskColumns(tree: Tree, gridId: string): DeskColumns {
  const { countyId, townId, villageId, groupId } = tree.columns(gridId);
  return {
    deskGridId: gridId,
    deskCountyId: countyId,
    deskTownId: townId,
    deskVillageId: villageId,
    deskGroupId: groupId,
  };
}

/** The grid an order is placed in: inside a town, or there would be nobody to study it. */
export function placeGrid(tree: Tree, gridId: string | null): GridNode {
  const grid = gridId === null ? undefined : tree.grid(gridId);
  if (!grid) throw new Problem('grid.not-found');
  if (grid.town === null) throw new Problem('request.bad-input', { fields: { gridId: '请选到村或组' } });
  return grid;
}

/** Who studies it first: the village, or the town where the category says so (大网格统揽, 中网格细化, 小网格落实). */
export function studyDesk(tree: Tree, grid: GridNode, category: CategoryRule): string {
  const desk = category.deskTier === 'village' ? (grid.village ?? grid.town) : grid.town;
  if (desk === null) throw new Problem('grid.not-found');
  return tree.gridOf(desk).id;
}

/** The desk above; the town is the top. Throws `order.no-parent`. */
export function deskAbove(tree: Tree, deskGridId: string): string {
  const parent = tree.parent(deskGridId);
  if (!parent || parent.tier === 'county') throw new Problem('order.no-parent');
  return parent.id;
}
