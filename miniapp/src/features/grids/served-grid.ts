import type { Me } from '../../lib/session';
import type { ChosenGrid } from './grid-choice';

/** Where the person works: the group itself where it is one, else the village (or town) to choose in. */
export interface ServedGrid {
  readonly group: ChosenGrid | null;
  readonly underId: string | undefined;
}

export function servedGrid({ roles }: Pick<Me, 'roles'>): ServedGrid {
  const at = (tier: string) => roles.find((role) => role.gridId !== null && role.tier === tier);
  const village = at('village');
  if (village?.gridId) return { group: null, underId: village.gridId };
  const group = at('group');
  if (group?.gridId) return { group: { gridId: group.gridId, words: group.nodeName }, underId: undefined };
  return { group: null, underId: at('town')?.gridId ?? undefined };
}
