import { latestBirthday } from '../../foundation/access/childhood';
import type { Relation, Residence } from '@sandan/shared/households/household.words';
import type { HouseholdEventKind } from '@sandan/shared/households/household-events.words';
import type { Caller } from '../../foundation/access/caller';
import { gridIdsWith } from '../../foundation/access/reach';
import type { Where } from '../../foundation/access/rule-where';
import { fromJson, type Reading, type SqlValue } from '../../foundation/database/connect';
import { likeOf, likeStartOf } from '../../foundation/database/like';
import { rowOf } from '../../foundation/database/rows';
import type { Sealed } from '../../foundation/personal-data/vault';
import { manageRule, mayOnHousehold, seeRule } from './households.policy';
import type { HouseholdFlag } from './household.entity';

export interface HouseholdRecord {
  id: string;
  gridId: string;
  countyId: string | null;
  townId: string | null;
  villageId: string | null;
  groupId: string | null;
  code: string | null;
  door: string | null;
  headPersonId: string | null;
  headName: string | null;
  isHub: number;
  hubKeeperId: string | null;
  hubKeeperName: string | null;
  closedAt: Date | null;
  members: number;
  /** The linked member; with him, for whoever asks, the stand-in of a member who is away ({@link linkedAt}). */
  linkedIds: string[];
  standIns: { id: string; until: Date }[];
  linkedName: string | null;
}

const columns = `h.id, h.grid_id, g.county_id, g.town_id, g.village_id, g.group_id, h.code, h.door_sealed, h.head_person_id,
  f.name AS head_name, h.is_hub, h.hub_keeper_id, h.closed_at,
  (SELECT k.name FROM person k WHERE k.id = h.hub_keeper_id) AS hub_keeper_name,
  (SELECT COUNT(*) FROM person m WHERE m.household_id = h.id AND m.disabled_at IS NULL) AS members,
  (SELECT JSON_ARRAYAGG(l.member_id) FROM household_link l WHERE l.household_id = h.id AND l.ends_at IS NULL) AS linked_ids,
  (SELECT JSON_ARRAYAGG(JSON_ARRAY(l.stand_in_id, m.away_until)) FROM household_link l JOIN person m ON m.id = l.member_id
     WHERE l.household_id = h.id AND l.ends_at IS NULL AND l.stand_in_id IS NOT NULL AND m.away_until IS NOT NULL) AS stand_ins,
  (SELECT MIN(m.name) FROM household_link l JOIN person m ON m.id = l.member_id
     WHERE l.household_id = h.id AND l.ends_at IS NULL) AS linked_name`;
const joins = 'JOIN grid g ON g.id = h.grid_id LEFT JOIN person f ON f.id = h.head_person_id';
const from = `FROM household h ${joins}`;

function toRecord({ vault }: Reading, row: Record<string, unknown>): HouseholdRecord {
  const { door_sealed, linked_ids, stand_ins, members, ...rest } = row;
  return {
    ...rowOf<HouseholdRecord>(rest),
    door: vault.open('household.door', door_sealed as Sealed | null),
    members: Number(members),
    linkedIds: fromJson<string[] | null>(linked_ids) ?? [],
    standIns: (fromJson<[string, string][] | null>(stand_ins) ?? []).map(([id, until]) => ({ id, until: utc(until) })),
  };
}

/** A DATETIME as JSON functions write it. */
const utc = (text: string): Date => new Date(`${text.replace(' ', 'T')}Z`);

/** As long as the member is away, his stand-in sees and does what he would. */
export const linkedAt = (record: HouseholdRecord, now: Date): HouseholdRecord => ({
  ...record,
  linkedIds: [...record.linkedIds, ...record.standIns.flatMap(({ id, until }) => (until > now ? [id] : []))],
});

export async function householdById(db: Reading, id: string): Promise<HouseholdRecord | null> {
  const [row] = await db.query<Record<string, unknown>>(`SELECT ${columns} ${from} WHERE h.id = ?`, [id]);
  return row ? toRecord(db, row) : null;
}

/** Whether the caller keeps the roll of this house. */
export async function keepsHousehold(db: Reading, caller: Caller, id: string): Promise<boolean> {
  const record = await householdById(db, id);
  return record !== null && record.closedAt === null && mayOnHousehold(manageRule, { ...record }, caller);
}

/** Whether the house, with whoever is linked to it now, is the caller's to see. */
export const visibleTo = (caller: Caller, household: HouseholdRecord): boolean =>
  mayOnHousehold(seeRule, { ...household }, caller);

export interface HouseholdFilters {
  gridIds: readonly string[] | null;
  only: 'hub' | 'checkDue' | undefined;
  today: string;
}

function filtersOf({ gridIds, only, today }: HouseholdFilters): Where {
  const parts: [sql: string, values: SqlValue[]][] = [['h.closed_at IS NULL', []]];
  if (gridIds) parts.push(['h.grid_id IN (?)', [gridIds]]);
  if (only === 'hub') parts.push(['h.is_hub = 1', []]);
  if (only === 'checkDue') {
    const due = 'x.household_id = h.id AND x.ended_at IS NULL AND x.checked_until < ?';
    parts.push([`EXISTS (SELECT 1 FROM household_flag x WHERE ${due})`, [today]]);
  }
  return { sql: parts.map(([sql]) => sql).join(' AND '), values: parts.flatMap(([, values]) => values) };
}

/** By grid and id: the door is sealed and cannot be a sort key. Counted to 999. */
export async function householdsFor(
  db: Reading,
  caller: Caller,
  { after, limit, ...filters }: HouseholdFilters & { after: readonly [string, string] | undefined; limit: number },
): Promise<{ rows: HouseholdRecord[]; count: number }> {
  // Which houses have something noted is itself for those alone who may see what (domain.md §12.8).
  const ids = seenGrids(caller, filters);
  if (ids.length === 0) return { rows: [], count: 0 };
  const where = filtersOf({ ...filters, gridIds: ids });
  const place = after ? 'AND h.grid_id >= ? AND (h.grid_id > ? OR h.id > ?)' : '';
  // The page by the index of the grids alone, then what is told of those houses.
  const rows = await db.query<Record<string, unknown>>(
    `SELECT ${columns} FROM (SELECT h.id FROM household h WHERE ${where.sql} ${place} ORDER BY h.grid_id, h.id LIMIT ?) page
       JOIN household h ON h.id = page.id ${joins} ORDER BY h.grid_id, h.id`,
    [...where.values, ...(after ? [after[0], after[0], after[1]] : []), limit],
  );
  const [counted] = await db.query<{ count: number }>(
    `SELECT COUNT(*) AS count FROM (SELECT 1 FROM household h WHERE ${where.sql} LIMIT 1000) x`,
    where.values,
  );
  return { rows: rows.map((row) => toRecord(db, row)), count: Number(counted?.count ?? 0) };
}

function seenGrids(caller: Caller, { gridIds, only }: HouseholdFilters): string[] {
  const read = gridIdsWith(caller, 'household.read');
  const told = only === 'checkDue' ? new Set(gridIdsWith(caller, 'household.flags')) : null;
  const wanted = gridIds && new Set(gridIds);
  return read.filter((id) => (told?.has(id) ?? true) && (wanted?.has(id) ?? true));
}

export interface HouseholdSearch {
  name?: string | undefined;
  /** Whoever of them was found by the phone. */
  memberIds?: readonly string[] | undefined;
  door?: string | undefined;
  code?: string | undefined;
}

/** Grids of a large town: among more people than that one begins with the surname, which an index answers. */
const aTown = 150;
export const namesFromStart = (caller: Caller): boolean => gridIdsWith(caller, 'household.read').length > aTown;

/** A part of a name; door and number of the household only as they are, by the index beside the seal. */
export async function householdsFound(
  db: Reading,
  caller: Caller,
  { name, memberIds, door, code }: HouseholdSearch,
  most: number,
): Promise<HouseholdRecord[]> {
  const gridIds = gridIdsWith(caller, 'household.read');
  if (gridIds.length === 0 || memberIds?.length === 0) return [];
  const member = (condition: string) =>
    `h.id IN (SELECT m.household_id FROM person m WHERE ${condition} AND m.disabled_at IS NULL)`;
  const parts: [sql: string, values: SqlValue[]][] = [];
  if (name) parts.push([member('m.name LIKE ?'), [namesFromStart(caller) ? likeStartOf(name) : likeOf(name)]]);
  if (memberIds) parts.push([member('m.id IN (?)'), [memberIds]]);
  if (door) parts.push(['h.door_index IN (?)', [db.vault.indexes('household.door', door)]]);
  if (code) parts.push(['h.code = ?', [code]]);
  const rows = await db.query<Record<string, unknown>>(
    `SELECT ${columns} FROM (SELECT h.id FROM household h WHERE h.closed_at IS NULL AND h.grid_id IN (?)
         AND ${parts.map(([sql]) => sql).join(' AND ')} ORDER BY h.grid_id, h.id LIMIT ?) found
       JOIN household h ON h.id = found.id ${joins} ORDER BY h.grid_id, h.id`,
    [gridIds, ...parts.flatMap(([, values]) => values), most],
  );
  return rows.map((row) => toRecord(db, row));
}

export interface MemberRow {
  id: string;
  name: string;
  phone: string | null;
  relation: Relation | null;
  residence: Residence | null;
  bornOn: string | null;
  guardianId: string | null;
  guardianName: string | null;
  boundAt: Date | null;
}

export async function membersOf(db: Reading, householdId: string): Promise<MemberRow[]> {
  const rows = await db.query<Omit<MemberRow, 'phone'> & { phone: Sealed | null }>(
    `SELECT p.id, p.name, p.phone_sealed AS phone, p.relation, p.residence, ${latestBirthday('p')} AS bornOn,
       p.bound_at AS boundAt, p.guardian_id AS guardianId, g.name AS guardianName
     FROM person p LEFT JOIN person g ON g.id = p.guardian_id WHERE p.household_id = ? AND p.disabled_at IS NULL
     ORDER BY p.relation <> 'head', p.birth_year, p.id LIMIT 50`,
    [householdId],
  );
  return rows.map((row) => ({ ...row, phone: db.vault.open('person.phone', row.phone) }));
}

export async function flagsOf(db: Reading, householdId: string): Promise<HouseholdFlag[]> {
  const rows = await db.query<Record<string, unknown> & { flag_sealed: Sealed }>(
    'SELECT * FROM household_flag WHERE household_id = ? AND ended_at IS NULL ORDER BY since, id LIMIT 50',
    [householdId],
  );
  return rows.map(({ flag_sealed, ...row }) => ({
    ...rowOf<HouseholdFlag>(row),
    flag: db.vault.open('householdFlag.flag', flag_sealed) as HouseholdFlag['flag'],
  }));
}

export interface EventRow {
  kind: HouseholdEventKind;
  on: string;
  name: string | null;
}

export const eventsOf = (db: Reading, householdId: string): Promise<EventRow[]> =>
  db.query<EventRow>(
    `SELECT e.kind, e.happened_on AS \`on\`, p.name FROM household_event e LEFT JOIN person p ON p.id = e.person_id
     WHERE e.household_id = ? ORDER BY e.happened_on DESC, e.id DESC LIMIT 20`,
    [householdId],
  );

export interface OrderedRow {
  orderId: string;
  title: string;
  by: string;
  at: Date;
}

/** Who ordered for us: never what is confidential, which is only the requester's. */
export const orderedFor = (db: Reading, householdId: string): Promise<OrderedRow[]> =>
  db.query<OrderedRow>(
    `SELECT o.id AS orderId, IF(o.summary_held = 2, c.name, o.title) AS title, h.actor_name AS \`by\`, o.placed_at AS at
     FROM service_order o JOIN category c ON c.id = o.category_id JOIN history h ON h.aggregate_id = o.id AND h.seq = 1 AND h.thing = 'order'
     WHERE o.household_id = ? AND o.source IN ('proxy', 'hub', 'visit', 'family') AND o.visibility <> 'confidential'
       AND h.actor_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = h.actor_id AND p.household_id = o.household_id)
     ORDER BY o.placed_at DESC, o.id DESC LIMIT 10`,
    [householdId],
  );
