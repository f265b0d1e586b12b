import type { PartyAncestor, PartyGrid, PartyOrganization } from '../rooms/party/party-organization.entity';
import { numeral } from './names';
import type { Places } from './places';
import type { Random } from './random';

export interface Party {
  committeeId: string;
  /** By village. */
  branchIds: ReadonlyMap<string, string>;
  organizations: PartyOrganization[];
  ancestors: PartyAncestor[];
  grids: PartyGrid[];
}

/** 69 grid party cells over 147 groups: most cells cover two or three, and some groups are shared by two cells. */
const cellsPerVillage = [4, 5, 4, 5, 4, 5, 3, 4, 5, 4, 5, 4, 4, 5, 4, 4];

export function foundParty(places: Places, random: Random, at: Date): Party {
  const organizations: PartyOrganization[] = [];
  const ancestors: PartyAncestor[] = [];
  const grids: PartyGrid[] = [];
  const branchIds = new Map<string, string>();

  const found = (
    above: readonly string[],
    rank: PartyOrganization['rank'],
    name: string,
    gridIds: string[],
  ): string => {
    const id = random.id(at);
    organizations.push({ id, parentId: above[0] ?? null, rank, name, closedAt: null, successorId: null });
    ancestors.push(...[id, ...above].map((ancestorId, depth) => ({ ancestorId, descendantId: id, depth })));
    grids.push(...gridIds.map((gridId) => ({ organizationId: id, gridId, startsAt: null })));
    return id;
  };

  const committeeId = found([], 'committee', '东澄镇党委', [places.town.grid.id]);
  places.villages.forEach(({ village, groups }, index) => {
    const { id: villageId, name } = village.grid;
    const large = groups.length >= 10;
    const rank = large ? 'generalBranch' : 'branch';
    const branchId = found([committeeId], rank, `${name}${large ? '党总支' : '党支部'}`, [villageId]);
    branchIds.set(villageId, branchId);
    const cells = cellsPerVillage[index] ?? 4;
    for (let cell = 0; cell < cells; cell += 1) {
      const covered = groups.filter((_, place) => Math.floor((place * cells) / groups.length) === cell);
      const shared = cells >= 5 && cell > 0 ? groups[Math.ceil((cell * groups.length) / cells) - 1] : undefined;
      const gridIds = [...covered, ...(shared ? [shared] : [])].map(({ grid }) => grid.id);
      found([branchId, committeeId], 'cell', `${name}第${numeral(cell + 1)}党小组`, gridIds);
    }
  });
  return { committeeId, branchIds, organizations, ancestors, grids };
}
