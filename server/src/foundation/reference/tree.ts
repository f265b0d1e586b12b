export type GridTier = 'county' | 'town' | 'village' | 'group';
export const tiers: readonly GridTier[] = ['county', 'town', 'village', 'group'];

export interface GridNode {
  id: string;
  parentId: string | null;
  tier: GridTier;
  code: string;
  name: string;
  county: string | null;
  town: string | null;
  village: string | null;
  group: string | null;
  lat: number | null;
  lng: number | null;
  boundary: { coordinates: number[][][] } | null;
  dutyPhone: string | null;
}

export interface OrganizationNode {
  id: string;
  parentId: string | null;
  name: string;
  rank: string;
  gridIds: string[];
}

/** The tier columns of a grid, as orders and tasks carry them. */
export interface TierColumns {
  countyId: string | null;
  townId: string | null;
  villageId: string | null;
  groupId: string | null;
}

export interface Tree {
  grids: readonly GridNode[];
  grid(id: string): GridNode | undefined;
  /** Throws: the id comes from our own rows, so a missing one is a fault of ours. */
  gridOf(id: string): GridNode;
  parent(id: string): GridNode | null;
  children(id: string): readonly GridNode[];
  /** `id` itself or something above it is `ancestorId`. */
  isWithin(id: string, ancestorId: string): boolean;
  columns(id: string): TierColumns;
  /** What a grid was called on a day; one that is closed keeps its last name. Null where it is not known. */
  nameOn(id: string, at: Date): string | null;
  organizations: readonly OrganizationNode[];
  organization(id: string): OrganizationNode | undefined;
  /** The organisation itself and what is above it, from below. */
  organizationLine(id: string): readonly string[];
  organizationChildren(id: string): readonly OrganizationNode[];
  /** The highest grids tied to the organisation or to one below it. */
  gridsOfOrganization(id: string): readonly GridNode[];
}

/** 碧塘村三组; above the village only the name itself. */
export const fullName = (grid: GridNode, tree: Tree): string =>
  grid.tier === 'group' && grid.village ? `${tree.grid(grid.village)?.name ?? ''}${grid.name}` : grid.name;

/** 值班电话 of the grid, else of the nearest one above it that has one. */
export const dutyPhoneAt = (id: string, tree: Tree): string | null => {
  const above = tree.parent(id);
  return tree.gridOf(id).dutyPhone ?? (above && dutyPhoneAt(above.id, tree));
};

const idAt = (node: GridNode, tier: GridTier): string | null => node[tier];

/** A name that a grid had until then: renamed, or closed under it. */
export interface FormerName {
  gridId: string;
  name: string;
  until: Date;
}

/** Closed node → what is found in its place. */
export type Successors = ReadonlyMap<string, string>;
const none: Successors = new Map();

/** Old orders, drafts and posts still name a grid that was merged away; they mean the survivor (domain.md §7). */
function survivorIn<Node>(byId: ReadonlyMap<string, Node>, successors: Successors) {
  return (id: string): Node | undefined => {
    let at = id;
    for (let steps = 0; !byId.has(at) && steps < 20; steps += 1) at = successors.get(at) ?? '';
    return byId.get(at);
  };
}

export function makeTree(
  grids: readonly GridNode[],
  organizations: readonly OrganizationNode[],
  closed: Successors = none,
  formerNames: readonly FormerName[] = [],
): Tree {
  const byId = new Map(grids.map((grid) => [grid.id, grid]));
  const find = survivorIn(byId, closed);
  const formerly = groupBy(formerNames, ({ gridId }) => gridId);
  const childrenOf = groupBy(grids, (grid) => grid.parentId);
  const organizationById = new Map(organizations.map((organization) => [organization.id, organization]));
  const findOrganization = survivorIn(organizationById, closed);
  const organizationsBelow = groupBy(organizations, (organization) => organization.parentId);

  const gridOf = (id: string): GridNode => {
    const node = find(id);
    if (!node) throw new Error(`Grid ${id} is not in the tree`);
    return node;
  };
  const isWithin = (id: string, ancestorId: string): boolean => {
    const [node, ancestor] = [find(id), find(ancestorId)];
    return node !== undefined && ancestor !== undefined && tiers.some((tier) => idAt(node, tier) === ancestor.id);
  };
  const gridIdsUnder = (organizationId: string): string[] => {
    const organization = findOrganization(organizationId);
    if (!organization) return [];
    const own = organization.gridIds;
    const below = organizationsBelow.get(organization.id) ?? [];
    return [...own, ...below.flatMap((each) => gridIdsUnder(each.id))];
  };

  const lineOf = (id: string): string[] => {
    const organization = findOrganization(id);
    if (!organization) return [];
    return [organization.id, ...(organization.parentId === null ? [] : lineOf(organization.parentId))];
  };

  return {
    grids,
    grid: find,
    gridOf,
    parent: (id) => {
      const { parentId } = gridOf(id);
      return parentId === null ? null : gridOf(parentId);
    },
    children: (id) => childrenOf.get(id) ?? [],
    isWithin,
    columns: (id) => {
      const { county, town, village, group } = gridOf(id);
      return { countyId: county, townId: town, villageId: village, groupId: group };
    },
    nameOn: (id, at) => {
      const names = (formerly.get(id) ?? []).toSorted((one, other) => one.until.getTime() - other.until.getTime());
      const then = names.find(({ until }) => until > at);
      return then?.name ?? byId.get(id)?.name ?? names.at(-1)?.name ?? null;
    },
    organizations,
    organization: findOrganization,
    organizationLine: lineOf,
    organizationChildren: (id) => organizationsBelow.get(id) ?? [],
    gridsOfOrganization: (id) => {
      const ids = [...new Set(gridIdsUnder(id))];
      const highest = ids.filter((each) => !ids.some((other) => other !== each && isWithin(each, other)));
      return highest.flatMap((each) => find(each) ?? []);
    },
  };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
