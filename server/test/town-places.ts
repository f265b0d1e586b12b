import { newId } from '../src/foundation/ids';
import type { Db } from '../src/foundation/database/connect';
import { Grid, type Tier } from '../src/rooms/grids/grid.entity';
import { PartyAncestor, PartyGrid, PartyOrganization } from '../src/rooms/party/party-organization.entity';
import type { GridName, GroupName } from './town-cast';

interface Box {
  south: number;
  west: number;
  north: number;
  east: number;
}

export interface Places {
  grids: Readonly<Record<GridName, string>>;
  /** The middle of each group, GCJ-02. */
  centres: Readonly<Record<GroupName, { lat: number; lng: number }>>;
  /** The party branches tied to the two villages, and the town's committee above them. */
  branches: Readonly<Record<'a' | 'b' | 'committee', string>>;
}

interface Site {
  name: GridName;
  parent: GridName | null;
  tier: Tier;
  label: string;
  code: string;
  box: Box;
}

/** About a kilometre. */
const side = 0.01;

/** County → town → two strips (villages) of three squares (groups). Town number `number` has its own place and codes. */
export async function layOut(db: Db, number: number): Promise<Places> {
  const sites = sitesOf(number);
  const grids = Object.fromEntries(sites.map(({ name }) => [name, newId()])) as Record<GridName, string>;
  const parents = new Map(sites.map(({ name, parent }) => [name, parent]));
  await db.insert(
    Grid,
    sites.map((site) => gridRow(site, grids, lineOf(site.name, parents))),
  );
  const groups = sites.filter(({ tier }) => tier === 'group').map(({ name, box }) => [name, middle(box)]);
  return {
    grids,
    centres: Object.fromEntries(groups) as Places['centres'],
    branches: await foundParty(db, grids),
  };
}

function sitesOf(number: number): Site[] {
  // Within a degree and a half: how many towns came before must not change how long a degree of longitude is.
  const south = 30 + (number % 30) * 0.05;
  const west = 98 + Math.floor(number / 30) * 0.05;
  const whole = { south, west, north: south + 2 * side, east: west + 3 * side };
  const county = `9${String(number).padStart(5, '0')}`;
  const above: Site[] = [
    { name: 'county', parent: null, tier: 'county', label: '青禾县', code: `${county}000000`, box: whole },
    { name: 'town', parent: 'county', tier: 'town', label: '东澄镇', code: `${county}001000`, box: whole },
  ];
  const village = (letter: 'a' | 'b', label: string, row: number): Site[] => {
    const strip = { ...whole, south: south + row * side, north: south + (row + 1) * side };
    const name = letter === 'a' ? 'villageA' : 'villageB';
    const code = `${county}00120${row}`;
    const groups = ([1, 2, 3] as const).map((place): Site => {
      const box = { ...strip, west: west + (place - 1) * side, east: west + place * side };
      const facts = {
        name: `${letter}${place}`,
        label: `${'一二三'[place - 1]}组`,
        code: `${code}00${place}`,
      } as const;
      return { ...facts, parent: name, tier: 'group', box };
    });
    return [{ name, parent: 'town', tier: 'village', label, code, box: strip }, ...groups];
  };
  return [...above, ...village('a', '碧塘村', 0), ...village('b', '石岭村', 1)];
}

/** The grid and what is above it, from the top. */
function lineOf(name: GridName, parents: ReadonlyMap<GridName, GridName | null>): GridName[] {
  const parent = parents.get(name);
  return parent ? [...lineOf(parent, parents), name] : [name];
}

function gridRow({ name, parent, tier, label, code, box }: Site, ids: Places['grids'], line: GridName[]): Grid {
  const at = (depth: number): string | null => (line[depth] ? ids[line[depth]] : null);
  return {
    ...{ id: ids[name], parentId: parent && ids[parent], tier, code, name: label },
    ...{ countyId: at(0), townId: at(1), villageId: at(2), groupId: at(3) },
    ...middle(box),
    boundary: polygon(box),
    dutyPhone: tier === 'town' ? '0752-8880110' : null,
    closedAt: null,
    successorId: null,
  };
}

const middle = ({ south, west, north, east }: Box) => ({ lat: (south + north) / 2, lng: (west + east) / 2 });

// prettier-ignore
const polygon = ({ south, west, north, east }: Box): Grid['boundary'] => ({
  type: 'Polygon',
  coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
});

/** One committee tied to the town, a branch tied to each village. */
async function foundParty(db: Db, grids: Places['grids']): Promise<Places['branches']> {
  const [committee, a, b] = [newId(), newId(), newId()];
  await db.insert(PartyOrganization, [
    { id: committee, parentId: null, rank: 'committee', name: '东澄镇党委' },
    { id: a, parentId: committee, rank: 'branch', name: '碧塘村党支部' },
    { id: b, parentId: committee, rank: 'branch', name: '石岭村党支部' },
  ]);
  await db.insert(PartyAncestor, [
    ...[committee, a, b].map((id) => ({ ancestorId: id, descendantId: id, depth: 0 })),
    ...[a, b].map((id) => ({ ancestorId: committee, descendantId: id, depth: 1 })),
  ]);
  await db.insert(PartyGrid, [
    { organizationId: committee, gridId: grids.town },
    { organizationId: a, gridId: grids.villageA },
    { organizationId: b, gridId: grids.villageB },
  ]);
  return { a, b, committee };
}
