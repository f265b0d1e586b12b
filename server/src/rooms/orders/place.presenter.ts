import type { Caller } from '../../foundation/access/caller';
import type { GridNode } from '../../foundation/reference/tree';
import { metresBetween } from './distance';
import type { OrderRecord } from './order-record';

const nameAt = (grid: GridNode | undefined | null): string | null => grid?.name ?? null;

export function presentPlace(record: { placeGridId: string }, caller: Caller, hideGroup = false) {
  const { tree } = caller.reference;
  const grid = tree.gridOf(record.placeGridId);
  const at = (id: string | null) => nameAt(id === null ? null : tree.grid(id));
  return {
    gridId: hideGroup ? (grid.village ?? grid.id) : grid.id,
    town: at(grid.town),
    village: at(grid.village),
    group: hideGroup ? null : at(grid.group),
  };
}

/** 位置只到组: what the public may know of a place (decisions.md §2.8). */
export const toTheGroup = ({ placeGridId }: Pick<OrderRecord, 'placeGridId'>) => ({
  placeGridId,
  lat: null,
  lng: null,
});

/** From one's own grid to the spot; to the middle of the group where the spot is not known, or not to be told. */
export function metresFromHome(
  record: Pick<OrderRecord, 'placeGridId' | 'lat' | 'lng'>,
  caller: Caller,
): number | null {
  const grid =
    caller.grants[0]?.grids[0] ?? (caller.homeGridId ? caller.reference.tree.grid(caller.homeGridId) : undefined);
  if (!grid || grid.lat === null || grid.lng === null) return null;
  return metresFrom({ lat: grid.lat, lng: grid.lng }, record, caller);
}

/** Metres from a point, GCJ-02; null where not even the group's middle is known. */
export function metresFrom(
  from: { lat: number; lng: number },
  { placeGridId, lat, lng }: Pick<OrderRecord, 'placeGridId' | 'lat' | 'lng'>,
  caller: Caller,
): number | null {
  const group = caller.reference.tree.gridOf(placeGridId);
  const at = lat !== null && lng !== null ? { lat, lng } : { lat: group.lat, lng: group.lng };
  return at.lat === null || at.lng === null ? null : metresBetween(from, { lat: at.lat, lng: at.lng });
}
