import type { Caller } from '../../foundation/access/caller';
import type { GridNode } from '../../foundation/reference/tree';
import { metresBetween } from './distance';
import type { OrderRecord } from './order-record';

const nameAt = (grid: GridNode | undefined | null): string | null => grid?.name ?? null;

type Placed = Pick<
  OrderRecord,
  'placeGridId' | 'placedAt' | 'townId' | 'villageId' | 'groupId' | 'placedTownId' | 'placedVillageId' | 'placedGroupId'
>;

export function presentPlace(record: Placed, caller: Caller, hideGroup = false) {
  const { tree } = caller.reference;
  const grid = tree.gridOf(record.placeGridId);
  const at = (id: string | null) => nameAt(id === null ? null : tree.grid(id));
  const now = { town: at(grid.town), village: at(grid.village), group: hideGroup ? null : at(grid.group) };
  return {
    ...{ gridId: hideGroup ? (grid.village ?? grid.id) : grid.id, ...now },
    formerly: formerName(now, namesWhenPlaced(record, caller, hideGroup)),
  };
}

interface Names {
  town: string | null;
  village: string | null;
  group: string | null;
}

/** 按下单当天: an order keeps its grid with the name of that day, whatever was merged, moved or renamed since (domain.md §7). */
function namesWhenPlaced(record: Placed, { reference: { tree } }: Caller, hideGroup: boolean): Names {
  const moved = record.placedTownId !== null;
  const on = (own: string | null, placed: string | null) => {
    const id = moved ? placed : own;
    return id === null ? null : tree.nameOn(id, record.placedAt);
  };
  return {
    ...{ town: on(record.townId, record.placedTownId), village: on(record.villageId, record.placedVillageId) },
    group: hideGroup ? null : on(record.groupId, record.placedGroupId),
  };
}

function formerName(now: Names, then: Names): string | null {
  const isOther = (['town', 'village', 'group'] as const).some(
    (tier) => then[tier] !== null && then[tier] !== now[tier],
  );
  if (!isOther) return null;
  const town = then.town === now.town ? null : then.town;
  return [town, then.village, then.group].filter((name) => name !== null).join('');
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
