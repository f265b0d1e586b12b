import type { Permission } from '@sandan/shared/access/roles';
import { Problem } from '@sandan/shared/problems';
import { fromJson, type Reading } from '../database/connect';
import type { Caller } from './caller';
import { gridsWith } from './reach';
import { grantsOf, type GrantRow } from './sessions';

interface PersonRow {
  homeGridId: string | null;
  grants: unknown;
}

/** How much of somebody is in reach. */
type ReachOfPerson = 'whole' | 'part' | 'nothing';

/** @throws Problem person.not-found where nothing of him is in reach, access.forbidden where not all of him is */
export async function mustReachPerson(
  reading: Reading,
  caller: Caller,
  permission: Permission,
  personId: string,
): Promise<void> {
  const reach = await reachOfPerson(reading, caller, permission, personId);
  if (reach === 'nothing') throw new Problem('person.not-found');
  if (reach === 'part') throw new Problem('access.forbidden');
}

/**
 * What is done to somebody's sign-ins is done by whoever stands over all of him: over the place where he lives and every
 * post he holds, and over an administrator from a grid strictly above his (one administrator does not disarm another).
 */
export async function reachOfPerson(
  reading: Reading,
  caller: Caller,
  permission: Permission,
  personId: string,
): Promise<ReachOfPerson> {
  const { reference, now } = caller;
  const [row] = await reading.query<PersonRow>(
    `SELECT h.grid_id AS homeGridId,
            (SELECT JSON_ARRAYAGG(JSON_ARRAY(g.role, g.kind, g.tree, g.node_id)) FROM role_grant g
             WHERE g.person_id = p.id AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)) AS grants
     FROM person p LEFT JOIN household h ON h.id = p.household_id WHERE p.id = ?`,
    [now, now, personId],
  );
  if (!row) return 'nothing';
  const posts = grantsOf(fromJson<GrantRow[] | null>(row.grants) ?? [], reference);
  const mine = gridsWith(caller, permission);
  const reaches = (gridId: string, above: boolean): boolean =>
    mine.some(({ id }) => reference.tree.isWithin(gridId, id) && !(above && gridId === id));
  const places = [
    ...(row.homeGridId === null ? [] : [reaches(row.homeGridId, false)]),
    ...posts.flatMap(({ role, grids }) => grids.map(({ id }) => reaches(id, role === 'admin'))),
  ];
  if (!places.includes(true) && !isPeer(posts, mine)) return 'nothing';
  return places.includes(false) ? 'part' : 'whole';
}

/** Another administrator of the same grid: seen, but not in reach. */
const isPeer = (posts: ReturnType<typeof grantsOf>, mine: readonly { id: string }[]): boolean =>
  posts.some(({ role, grids }) => role === 'admin' && grids.some(({ id }) => mine.some((grid) => grid.id === id)));
