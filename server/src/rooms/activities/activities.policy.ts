import type { Caller } from '../../foundation/access/caller';
import { reachesGrid } from '../../foundation/access/reach';
import type { GridNode } from '../../foundation/reference/tree';
import type { Activity } from './activity.entity';

/** Where somebody lives and serves: activities of these places and of those above them are his to come to. */
function placesOf({ homeGridId, grants, reference: { tree } }: Caller): GridNode[] {
  const home = homeGridId === null ? undefined : tree.grid(homeGridId);
  return [...(home ? [home] : []), ...grants.flatMap(({ grids }) => grids)];
}

/** Of his places, of all above them, and of all below the places that he serves. */
export function seenGridIds(caller: Caller): string[] {
  const { tree } = caller.reference;
  const around = placesOf(caller);
  const above = around.flatMap(({ county, town, village, group }) => [county, town, village, group]);
  const roots = new Set(caller.grants.flatMap(({ grids }) => grids.map(({ id }) => id)));
  const below = tree.grids
    .filter(({ county, town, village, group }) =>
      [county, town, village, group].some((id) => id !== null && roots.has(id)),
    )
    .map(({ id }) => id);
  return [...new Set([...above.filter((id) => id !== null), ...below])];
}

export const seesActivity = (caller: Caller, { gridId }: Pick<Activity, 'gridId'>): boolean => {
  const { tree } = caller.reference;
  const served = caller.grants.flatMap(({ grids }) => grids);
  return (
    placesOf(caller).some(({ id }) => tree.isWithin(id, gridId)) || served.some(({ id }) => tree.isWithin(gridId, id))
  );
};

export const holdsActivity = (caller: Caller, { gridId }: Pick<Activity, 'gridId'>): boolean =>
  reachesGrid(caller, 'activity.save', gridId);

/** 党员: whoever is entered as one, or holds a post in the party. */
const isMember = ({ grants }: Caller): boolean =>
  grants.some(({ kind, tree }) => kind === 'partyMember' || tree === 'party');

export const isInvited = (caller: Caller, { audience }: Pick<Activity, 'audience'>): boolean =>
  audience === 'everyone' || isMember(caller);
