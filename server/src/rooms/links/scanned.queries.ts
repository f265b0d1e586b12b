import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { linkOf } from '../../foundation/links/links';
import { fullName } from '../../foundation/reference/tree';
import { householdById, visibleTo } from '../households/households.queries';
import { deskName, mayHang } from './hung-codes';

export interface ScannedCode {
  readonly what: 'home' | 'grid' | 'desk';
  /** What hangs there, as it is called today: 碧塘村便民服务点, 碧塘村一组, 碧塘村一组的门牌. */
  readonly at: string;
  /** 门牌码: where the house is and its door, for who cares for it or serves it and so orders for somebody else's home. */
  readonly house: { readonly gridId: string; readonly door: string } | null;
  /** 照看: the house behind the door, where it lets him care for it. */
  readonly cared: { readonly id: string; readonly gridId: string } | null;
}

/**
 * The code by which somebody came to order. One that has been replaced since hung there all the same; of one that never was,
 * or that stands for no place, nothing is said, because no order fails for its code.
 */
export async function scannedCode(db: Reading, caller: Caller, key: string): Promise<ScannedCode | null> {
  const link = await linkOf(db, key);
  const { tree } = caller.reference;
  if (link?.what === 'grid' || link?.what === 'desk') {
    const grid = tree.grid(link.thingId);
    if (!grid || !mayHang(grid, 'grid')) return null;
    const isDesk = link.what === 'desk' && mayHang(grid, 'desk');
    return { what: link.what, at: isDesk ? deskName(grid) : fullName(grid, tree), house: null, cared: null };
  }
  const household = link?.what === 'home' ? await householdById(db, link.thingId) : null;
  const grid = household && tree.grid(household.gridId);
  if (!household || !grid) return null;
  const isOthers = caller.householdId !== household.id;
  const cares = isOthers && caller.caresFor.includes(household.id);
  const knows = cares || (isOthers && visibleTo(caller, household));
  const house = knows && household.door !== null ? { gridId: household.gridId, door: household.door } : null;
  return { what: 'home', at: `${fullName(grid, tree)}的门牌`, house, cared: cares ? household : null };
}
