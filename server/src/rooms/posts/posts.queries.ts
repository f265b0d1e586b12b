import { servingRoles, type PostTree } from '@sandan/shared/access/posts';
import type { GrantedRole, HelperKind, Permission } from '@sandan/shared/access/roles';
import { grantsWith, type Caller } from '../../foundation/access/caller';
import { gridsWith } from '../../foundation/access/reach';
import { fromJson, type Reading, type SqlValue } from '../../foundation/database/connect';
import { likeOf, likeStartOf } from '../../foundation/database/like';
import { rowOf } from '../../foundation/database/rows';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { Term } from '../../foundation/reference/offices';
import type { GridNode } from '../../foundation/reference/tree';

/** A post with whose it is, and for whom. */
export interface PostRow {
  id: string;
  personId: string;
  personName: string;
  role: GrantedRole;
  kind: HelperKind | null;
  tree: PostTree;
  nodeId: string;
  startsAt: Date;
  endsAt: Date | null;
  grantedById: string | null;
  openReason: string | null;
  endReason: string | null;
  endedById: string | null;
  behalfOfId: string | null;
  behalfPostId: string | null;
  behalfName: string | null;
  awayUntil: Date | null;
  disabledAt: Date | null;
}

const postColumns = `g.id, g.person_id, p.name AS person_name, g.role, g.kind, g.tree, g.node_id, g.starts_at, g.ends_at,
  g.granted_by_id, g.open_reason, g.end_reason, g.ended_by_id, g.behalf_of_id, g.behalf_post_id, b.name AS behalf_name, p.away_until, p.disabled_at`;
const fromPosts = `role_grant g JOIN person p ON p.id = g.person_id LEFT JOIN person b ON b.id = g.behalf_of_id`;

async function postsWhere(db: Reading, where: string, values: SqlValue[]): Promise<PostRow[]> {
  const rows = await db.query<Record<string, unknown>>(
    `SELECT ${postColumns} FROM ${fromPosts} WHERE ${where} ORDER BY g.starts_at DESC, g.id`,
    values,
  );
  return rows.map((row) => rowOf<PostRow>(row));
}

export async function postById(db: Reading, postId: string): Promise<PostRow | null> {
  const [row] = await postsWhere(db, 'g.id = ?', [postId]);
  return row ?? null;
}

export const postsByIds = (db: Reading, postIds: readonly string[]): Promise<PostRow[]> =>
  postIds.length === 0 ? Promise.resolve([]) : postsWhere(db, 'g.id IN (?)', [postIds]);

export const postsOfPerson = (db: Reading, personId: string): Promise<PostRow[]> =>
  postsWhere(db, 'g.person_id = ?', [personId]);

/** Whoever holds something on one of these nodes now or later on. */
export const postsOnNodes = (db: Reading, nodeIds: readonly string[], now: Date): Promise<PostRow[]> =>
  nodeIds.length === 0
    ? Promise.resolve([])
    : postsWhere(db, 'g.node_id IN (?) AND (g.ends_at IS NULL OR g.ends_at > ?)', [nodeIds, now]);

export const delegationsOf = (db: Reading, personId: string, now: Date): Promise<PostRow[]> =>
  postsWhere(
    db,
    `g.id IN (SELECT id FROM (SELECT id FROM role_grant WHERE person_id = ? AND behalf_of_id IS NOT NULL
       UNION SELECT id FROM role_grant WHERE behalf_of_id = ?) mine) AND g.ends_at > ?`,
    [personId, personId, now],
  );

/** Their ids only: what was passed on with these posts. */
export const delegatedFrom = (db: Reading, postIds: readonly string[], now: Date): Promise<PostRow[]> =>
  postIds.length === 0
    ? Promise.resolve([])
    : postsWhere(db, 'g.behalf_post_id IN (?) AND g.ends_at > ?', [postIds, now]);

export interface PersonFacts {
  id: string;
  name: string;
  phone: string | null;
  gridId: string | null;
  door: string | null;
  organizationId: string | null;
  awayUntil: Date | null;
  disabledAt: Date | null;
  erasedAt: Date | null;
  lastSeenAt: Date | null;
  load: number;
  skills: string[];
}

export async function personFacts(db: Reading, personId: string): Promise<PersonFacts | null> {
  type Raw = Omit<PersonFacts, 'skills' | 'phone' | 'door'> & {
    skills: unknown;
    phone: Sealed | null;
    door: Sealed | null;
  };
  const [row] = await db.query<Raw>(
    `SELECT p.id, p.name, p.phone_sealed AS phone, h.grid_id AS gridId, h.door_sealed AS door, p.home_organization_id AS organizationId,
            p.away_until AS awayUntil, p.disabled_at AS disabledAt, p.erased_at AS erasedAt,
            (SELECT MAX(s.last_seen_at) FROM session s WHERE s.person_id = p.id) AS lastSeenAt,
            (SELECT COUNT(*) FROM task_claim c WHERE c.person_id = p.id AND c.state = 'taken') AS \`load\`,
            (SELECT JSON_ARRAYAGG(k.skill) FROM person_skill k WHERE k.person_id = p.id) AS skills
     FROM person p LEFT JOIN household h ON h.id = p.household_id WHERE p.id = ?`,
    [personId],
  );
  if (!row) return null;
  return {
    ...row,
    phone: db.vault.open('person.phone', row.phone),
    door: db.vault.open('household.door', row.door),
    load: Number(row.load),
    skills: fromJson<string[] | null>(row.skills) ?? [],
  };
}

export interface FoundRow {
  id: string;
  name: string;
  phone: string | null;
  gridId: string | null;
  organizationId: string | null;
  disabledAt: Date | null;
  posts: PostRow[];
}

export const mostFound = 30;

/** People within the caller's reach, by name or by the whole phone number, with the posts they hold now. One more than is shown. */
export async function searchPeople(db: Reading, caller: Caller, q: string): Promise<FoundRow[]> {
  const byPhone = /^1\d{10}$/.test(q);
  const found = candidates(db, caller, q, byPhone);
  const isHeld = 'g.behalf_of_id IS NULL AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)';
  const rows = await db.query<Omit<FoundRow, 'phone' | 'posts'> & { phone: Sealed | null }>(
    `SELECT p.id, p.name, p.phone_sealed AS phone, h.grid_id AS gridId, p.home_organization_id AS organizationId, p.disabled_at AS disabledAt
     FROM (${found.sql}) found JOIN person p ON p.id = found.id LEFT JOIN household h ON h.id = p.household_id
     ORDER BY p.disabled_at IS NOT NULL, NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = p.id AND ${isHeld}),
       p.name, p.id LIMIT ${mostFound + 1}`,
    [...found.values, caller.now, caller.now],
  );
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const held = await postsWhere(db, `g.person_id IN (?) AND ${isHeld}`, [ids, caller.now, caller.now]);
  return rows.map((row) => ({
    ...row,
    phone: db.vault.open('person.phone', row.phone),
    posts: held.filter(({ personId }) => personId === row.id),
  }));
}

/** At the top of the tree a name is looked for from its beginning, which an index answers. */
export const namesFromStart = (caller: Caller): boolean => reachOfPeople(caller, 'post.read') === 'all';

/** Of more people with such a name than these the first ones by name are looked at: then one types more of it. */
const mostLookedAt = 2000;

/** Ids of people within reach, each way to them by an index of its own. */
function candidates(db: Reading, caller: Caller, q: string, byPhone: boolean): { sql: string; values: SqlValue[] } {
  const reach = reachOfPeople(caller, 'post.read');
  if (reach === 'nobody') return { sql: 'SELECT id FROM person WHERE FALSE', values: [] };
  if (byPhone) {
    const within = peopleWithin(caller, 'post.read');
    const sql = `SELECT p.id FROM person p LEFT JOIN household h ON h.id = p.household_id LEFT JOIN grid d ON d.id = h.grid_id
      WHERE p.phone_index IN (?) AND ${within.sql}`;
    return { sql, values: [db.vault.indexes('person.phone', q), ...within.values] };
  }
  if (reach === 'all') {
    const sql = `SELECT id FROM person WHERE name LIKE ? ORDER BY name, id LIMIT ${mostLookedAt}`;
    return { sql, values: [likeStartOf(q)] };
  }
  const like = likeOf(q);
  return {
    sql: `SELECT p.id FROM household h JOIN person p ON p.household_id = h.id WHERE h.grid_id IN (?) AND p.name LIKE ?
      UNION SELECT id FROM person WHERE home_organization_id IN (?) AND name LIKE ?
      UNION SELECT p.id FROM role_grant x JOIN person p ON p.id = x.person_id WHERE x.node_id IN (?) AND p.name LIKE ?`,
    values: [reach.gridIds, like, reach.organizations, like, [...reach.gridIds, ...reach.organizations], like],
  };
}

/** Is this one of those whom the caller may look up? */
export async function isWithin(db: Reading, caller: Caller, personId: string): Promise<boolean> {
  const within = peopleWithin(caller, 'post.read');
  const [row] = await db.query(
    `SELECT 1 FROM person p LEFT JOIN household h ON h.id = p.household_id LEFT JOIN grid d ON d.id = h.grid_id
     WHERE p.id = ? AND ${within.sql}`,
    [personId, ...within.values],
  );
  return row !== undefined;
}

interface PeopleReach {
  grids: readonly GridNode[];
  gridIds: string[];
  organizations: string[];
}

/** At the top of the tree: everybody, also who has neither home nor post yet. */
function reachOfPeople(caller: Caller, permission: Permission): 'all' | 'nobody' | PeopleReach {
  const { tree } = caller.reference;
  const grids = gridsWith(caller, permission);
  if (grids.some(({ parentId }) => parentId === null)) return 'all';
  if (grids.length === 0) return 'nobody';
  const gridIds = tree.grids.filter(({ id }) => grids.some((grid) => tree.isWithin(id, grid.id))).map(({ id }) => id);
  return { grids, gridIds, organizations: organizationsUnder(caller, permission) };
}

/** Who lives in the caller's grids, belongs to his organisations, or holds or held a post there. */
function peopleWithin(caller: Caller, permission: Permission): { sql: string; values: SqlValue[] } {
  const reach = reachOfPeople(caller, permission);
  if (reach === 'all') return { sql: 'TRUE', values: [] };
  if (reach === 'nobody') return { sql: 'FALSE', values: [] };
  const { grids, gridIds, organizations } = reach;
  const homes = grids.map((grid: GridNode) => `d.${grid.tier}_id = ?`).join(' OR ');
  return {
    sql: `(${homes} OR p.home_organization_id IN (?) OR EXISTS (SELECT 1 FROM role_grant x WHERE x.person_id = p.id AND x.node_id IN (?)))`,
    values: [...grids.map(({ id }) => id), organizations, [...gridIds, ...organizations]],
  };
}

function organizationsUnder(caller: Caller, permission: Permission): string[] {
  const { tree } = caller.reference;
  const grants = grantsWith(caller, permission);
  const found = tree.organizations.filter(({ id }) => {
    const line = tree.organizationLine(id);
    const tied = tree.gridsOfOrganization(id);
    return grants.some((grant) =>
      grant.tree === 'party'
        ? line.includes(grant.nodeId)
        : tied.length > 0 && tied.every((each) => grant.grids.some((grid) => tree.isWithin(each.id, grid.id))),
    );
  });
  return ['', ...found.map(({ id }) => id)];
}

/** Whom a post is told to beside its holder: who leads the node above (domain.md §8). */
export async function leadersAbove(
  db: Reading,
  tree: PostTree,
  lineAbove: readonly string[],
  now: Date,
): Promise<string[]> {
  if (lineAbove.length === 0) return [];
  const roles = tree === 'party' ? ['partySecretary'] : ['deskLead', 'townDispatcher', 'admin'];
  const rows = await db.query<{ id: string; nodeId: string }>(
    `SELECT g.person_id AS id, g.node_id AS nodeId FROM role_grant g JOIN person p ON p.id = g.person_id
     WHERE g.node_id IN (?) AND g.role IN (?) AND g.behalf_of_id IS NULL AND p.disabled_at IS NULL
       AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)`,
    [lineAbove, roles, now, now],
  );
  const nearest = lineAbove.find((nodeId) => rows.some((row) => row.nodeId === nodeId));
  return [...new Set(rows.filter(({ nodeId }) => nodeId === nearest).map(({ id }) => id))];
}

export async function administratorsOn(db: Reading, gridIds: readonly string[], now: Date): Promise<string[]> {
  if (gridIds.length === 0) return [];
  const rows = await db.query<{ id: string }>(
    `SELECT DISTINCT g.person_id AS id FROM role_grant g JOIN person p ON p.id = g.person_id AND p.disabled_at IS NULL
     WHERE g.node_id IN (?) AND g.role = 'admin' AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?) ORDER BY id`,
    [gridIds, now, now],
  );
  return rows.map(({ id }) => id);
}

export async function personName(db: Reading, personId: string): Promise<string | null> {
  const [row] = await db.query<{ name: string }>('SELECT name FROM person WHERE id = ?', [personId]);
  return row?.name ?? null;
}

export async function namesOf(db: Reading, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await db.query<{ id: string; name: string }>('SELECT id, name FROM person WHERE id IN (?)', [personIds]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Who sits or sat at a desk or at the head of an organisation, those with a closed account left out. */
export async function servingTerms(reading: Reading): Promise<Term[]> {
  const rows = await reading.query<Record<string, unknown>>(
    `SELECT g.tree, g.node_id, g.role, g.starts_at, g.ends_at, p.away_since, p.away_until
     FROM role_grant g JOIN person p ON p.id = g.person_id WHERE g.role IN (?) AND p.disabled_at IS NULL`,
    [servingRoles],
  );
  return rows.map((row) => rowOf<Term>(row));
}

/** Raw numbers by person; whoever shows them masks them. */
export async function phonesOf(db: Reading, personIds: readonly string[]): Promise<Map<string, string | null>> {
  if (personIds.length === 0) return new Map();
  const rows = await db.query<{ id: string; phone: Sealed | null }>(
    'SELECT id, phone_sealed AS phone FROM person WHERE id IN (?)',
    [personIds],
  );
  return new Map(rows.map(({ id, phone }) => [id, db.vault.open('person.phone', phone)]));
}
