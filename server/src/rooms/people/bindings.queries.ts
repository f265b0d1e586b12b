import type { Relation } from '@sandan/shared/households/household.words';
import type { GrantRow } from '../../foundation/access/sessions';
import type { Stage } from '@sandan/shared/lifecycle';
import { bornAfter, childUntil, latestBirthday } from '../../foundation/access/childhood';
import { whereOf, type Where } from '../../foundation/access/rule-where';
import type { Caller } from '../../foundation/access/caller';
import { gridsWith, tierLists } from '../../foundation/access/reach';
import { fromJson, type Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { BindingRequest } from './binding.entity';
import { bindingReadRule, bindingSource } from './bindings.policy';

/** Somebody of the roster who may be meant, with what decides how he can be bound. */
export interface RosterPerson {
  id: string;
  name: string;
  householdId: string | null;
  gridId: string | null;
  relation: Relation | null;
  door: string | null;
  boundAt: Date | null;
  /** Also those that begin later: they must not open by themselves then. */
  posts: GrantRow[];
}

const columns = `p.id, p.name, p.household_id AS householdId, h.grid_id AS gridId, p.relation, h.door_sealed AS door,
  p.bound_at AS boundAt, (SELECT JSON_ARRAYAGG(JSON_ARRAY(g.role, g.kind, g.tree, g.node_id)) FROM role_grant g
    WHERE g.person_id = p.id AND (g.ends_at IS NULL OR g.ends_at > ?)) AS posts`;
const present = 'p.disabled_at IS NULL AND p.erased_at IS NULL AND h.closed_at IS NULL';
/** 14: younger ones act through a guardian. */
const grown = `COALESCE(${latestBirthday('p')} <= ?, TRUE)`;

type Row = Omit<RosterPerson, 'posts' | 'door'> & { posts: unknown; door: Sealed | null };
const toPerson =
  ({ vault }: Reading) =>
  (row: Row): RosterPerson => ({
    ...row,
    door: vault.open('household.door', row.door),
    posts: fromJson<GrantRow[] | null>(row.posts) ?? [],
  });

/** Who of the roster left this number; the one who asks is not on it. */
export async function peopleByPhone(db: Reading, phone: string, exceptId: string, now: Date): Promise<RosterPerson[]> {
  const rows = await db.query<Row>(
    `SELECT ${columns} FROM person p LEFT JOIN household h ON h.id = p.household_id
     WHERE p.phone_index IN (?) AND p.id <> ? AND ${present} AND ${grown}
       AND (p.household_id IS NOT NULL OR EXISTS (SELECT 1 FROM role_grant r WHERE r.person_id = p.id))
     ORDER BY p.id LIMIT 20`,
    [now, db.vault.indexes('person.phone', phone), exceptId, bornAfter(now, childUntil)],
  );
  return rows.map(toPerson(db));
}

export async function peopleOfHousehold(db: Reading, householdId: string, now: Date): Promise<RosterPerson[]> {
  const rows = await db.query<Row>(
    `SELECT ${columns} FROM person p JOIN household h ON h.id = p.household_id
     WHERE h.id = ? AND ${present} AND ${grown} ORDER BY p.id <> h.head_person_id, p.id LIMIT 20`,
    [now, householdId, bornAfter(now, childUntil)],
  );
  return rows.map(toPerson(db));
}

export async function rosterPerson(db: Reading, personId: string, now: Date): Promise<RosterPerson | null> {
  const [row] = await db.query<Row>(
    `SELECT ${columns} FROM person p LEFT JOIN household h ON h.id = p.household_id WHERE p.id = ? AND ${present}`,
    [now, personId],
  );
  return row ? toPerson(db)(row) : null;
}

/** The one household of these grids with that door and head; one statement, whether there is one or not. */
export async function householdSaid(
  db: Reading,
  { doors, headName, gridIds }: { doors: readonly string[]; headName: string; gridIds: readonly string[] },
): Promise<string | null> {
  const rows = await db.query<{ id: string }>(
    `SELECT h.id FROM household h JOIN person p ON p.id = h.head_person_id
     WHERE h.door_index IN (?) AND h.grid_id IN (?) AND h.closed_at IS NULL AND p.name = ? LIMIT 2`,
    [doors.flatMap((door) => db.vault.indexes('household.door', door)), gridIds, headName],
  );
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

export type BindingRecord = Omit<BindingRequest, 'door'> & { door: string | null; phone: string | null };

type RequestRow = Record<string, unknown> & { door_sealed: Sealed | null; phone_sealed: Sealed | null };
function toRecord({ vault }: Reading, { door_sealed, phone_sealed, ...row }: RequestRow): BindingRecord {
  return {
    ...rowOf<BindingRecord>(row),
    door: vault.open('bindingRequest.door', door_sealed),
    phone: vault.open('person.phone', phone_sealed),
  };
}
const requests = 'SELECT b.*, p.phone_sealed FROM binding_request b JOIN person p ON p.id = b.person_id';

export async function bindingById(db: Reading, id: string): Promise<BindingRecord | null> {
  const [row] = await db.query<RequestRow>(`${requests} WHERE b.id = ?`, [id]);
  return row ? toRecord(db, row) : null;
}

/** The one that waits, else the newest of a person. */
export async function lastBindingOf(db: Reading, personId: string): Promise<BindingRecord | null> {
  const [row] = await db.query<RequestRow>(
    `${requests} WHERE b.person_id = ? ORDER BY b.waiting_id IS NULL, b.asked_at DESC, b.id DESC LIMIT 1`,
    [personId],
  );
  return row ? toRecord(db, row) : null;
}

export async function asksSince(db: Reading, personId: string, since: Date): Promise<number> {
  const [row] = await db.query<{ asks: number }>(
    'SELECT COUNT(*) AS asks FROM binding_request WHERE person_id = ? AND asked_at > ?',
    [personId, since],
  );
  return Number(row?.asks ?? 0);
}

export interface PhoneTries {
  openid: string | null;
  tries: number;
  isRepeat: boolean;
}

/** What the phone button needs to know before WeChat is asked. */
export async function phoneTries(
  db: Reading,
  { personId, actionId, since }: { personId: string; actionId: string; since: Date },
): Promise<PhoneTries> {
  const [row] = await db.query<{ openid: string | null; tries: number; repeats: number }>(
    `SELECT (SELECT MIN(openid) FROM wechat_account WHERE person_id = ?) AS openid,
            (SELECT COUNT(*) FROM audit_entry WHERE person_id = ? AND at > ? AND act = 'bindPhone') AS tries,
            (SELECT COUNT(*) FROM audit_entry WHERE id = ? AND person_id = ? AND act = 'bindPhone') AS repeats`,
    [personId, personId, since, actionId, personId],
  );
  return { openid: row?.openid ?? null, tries: Number(row?.tries ?? 0), isRepeat: Number(row?.repeats ?? 0) > 0 };
}

/** Who says that he is of this house, and waits for somebody who knows him; the oldest first. */
export async function bindingsOfHouse(db: Reading, householdId: string): Promise<BindingRecord[]> {
  const rows = await db.query<RequestRow>(
    `${requests} WHERE b.household_id = ? AND b.stage = 'open' ORDER BY b.asked_at, b.id LIMIT 10`,
    [householdId],
  );
  return rows.map((row) => toRecord(db, row));
}

/**
 * One branch per grid and stage, by the place of the request and by the level above a post, each with its own index
 * (decisions.md §2.2); the row rule says which of them are the caller's to see.
 */
function branchesFor(caller: Caller, stages: readonly Stage[]): Where[] {
  const grids = (['binding.confirm', 'binding.rebind', 'binding.approve'] as const).flatMap((permission) =>
    gridsWith(caller, permission),
  );
  const rule = whereOf(bindingReadRule, caller, bindingSource);
  return tierLists(grids, caller.reference.tree).flatMap(({ tier, ids }) =>
    ['', 'above'].flatMap((prefix) =>
      stages.map((stage) => ({
        sql: `${bindingSource.sqlTier(prefix, tier)} IN (?) AND b.stage = ? AND ${rule.sql}`,
        values: [ids, stage, ...rule.values],
      })),
    ),
  );
}

/** What waits for the caller, or was decided where he serves; newest first. */
export async function bindingsFor(
  db: Reading,
  caller: Caller,
  {
    stages,
    after,
    limit,
  }: { stages: readonly Stage[]; after: readonly [at: Date, id: string] | undefined; limit: number },
): Promise<BindingRecord[]> {
  const branches = branchesFor(caller, stages);
  if (branches.length === 0) return [];
  const place = after ? 'AND b.asked_at <= ? AND (b.asked_at < ? OR b.id < ?)' : '';
  const placeValues = after ? [after[0], after[0], after[1]] : [];
  const union = branches
    .map(
      ({ sql }) =>
        `(SELECT b.id, b.asked_at FROM binding_request b WHERE ${sql} ${place} ORDER BY b.asked_at DESC, b.id DESC LIMIT ?)`,
    )
    .join(' UNION DISTINCT ');
  const rows = await db.query<RequestRow>(
    `SELECT b.*, p.phone_sealed FROM (${union} ORDER BY asked_at DESC, id DESC LIMIT ?) x
       JOIN binding_request b ON b.id = x.id JOIN person p ON p.id = b.person_id ORDER BY b.asked_at DESC, b.id DESC`,
    [...branches.flatMap(({ values }) => [...values, ...placeValues, limit]), limit],
  );
  return rows.map((row) => toRecord(db, row));
}

const waitingStages = ['open', 'working'] as const;

/** How many wait for the caller, counted to 99. */
export async function countBindings(db: Reading, caller: Caller): Promise<number> {
  const branches = branchesFor(caller, waitingStages);
  if (branches.length === 0) return 0;
  const union = branches
    .map(({ sql }) => `(SELECT b.id FROM binding_request b WHERE ${sql} LIMIT 99)`)
    .join(' UNION DISTINCT ');
  const [row] = await db.query<{ waiting: number }>(
    `SELECT COUNT(*) AS waiting FROM (${union} LIMIT 99) some`,
    branches.flatMap(({ values }) => values),
  );
  return Number(row?.waiting ?? 0);
}
