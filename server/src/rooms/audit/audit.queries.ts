import type { z } from 'zod';
import type { AuditFilters } from '@sandan/shared/audit/audit.contract';
import { actsOfKind, type AuditAct } from '@sandan/shared/audit/audit.words';
import { dayOf, startOfChinaDay } from '@sandan/shared/china-time';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import type { AuditReach } from './audit.policy';

export type Filters = z.output<typeof AuditFilters>;

export interface AuditRow {
  id: string;
  at: Date;
  act: AuditAct;
  personId: string | null;
  personName: string | null;
  /** Holds or has held a post: an officer's name is no secret to the auditor. */
  hasPost: number;
  thingId: string | null;
  facts: unknown;
  seq: number | null;
}

type Part = readonly [sql: string, ...values: SqlValue[]];

/** Midnight in China at which a day, or the one after it, begins. */
function midnight(day: string, later = 0): Date {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(startOfChinaDay(dayOf(year, month, date) + later));
}

const partsOf = ({ kind, act, personId, thingId, from, to }: Filters): Part[] => [
  ...(kind ? [['e.act IN (?)', actsOfKind(kind)] as const] : []),
  ...(act ? [['e.act = ?', act] as const] : []),
  ...(personId ? [['e.person_id = ?', personId] as const] : []),
  ...(thingId ? [['e.thing_id = ?', thingId] as const] : []),
  ...(from ? [['e.at >= ?', midnight(from)] as const] : []),
  ...(to ? [['e.at < ?', midnight(to, 1)] as const] : []),
];

interface Asked {
  reach: AuditReach;
  filters: Filters;
  after: readonly [at: Date, id: string] | undefined;
  limit: number;
}

/** The newest first. One branch for each town, each by its index (decisions.md §2.2). */
export async function auditRows(db: Reading, { reach, filters, after, limit }: Asked): Promise<AuditRow[]> {
  const common: Part[] = [
    ...partsOf(filters),
    ...(after ? [['e.at <= ? AND (e.at < ? OR e.id < ?)', after[0], after[0], after[1]] as const] : []),
  ];
  const branches = reach === 'all' ? [common] : reach.map((town): Part[] => [['e.town_id = ?', town], ...common]);
  if (branches.length === 0) return [];
  const branch = (parts: readonly Part[]) =>
    `(SELECT e.id FROM audit_entry e WHERE ${parts.map(([sql]) => sql).join(' AND ') || 'TRUE'}
      ORDER BY e.at DESC, e.id DESC LIMIT ?)`;
  return db.query<AuditRow>(
    `SELECT e.id, e.at, e.act, e.person_id AS personId, p.name AS personName, e.thing_id AS thingId, e.facts, s.seq,
            EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = e.person_id) AS hasPost
     FROM (${branches.map(branch).join(' UNION ALL ')}) found JOIN audit_entry e ON e.id = found.id
       LEFT JOIN person p ON p.id = e.person_id LEFT JOIN audit_seal s ON s.entry_id = e.id
     ORDER BY e.at DESC, e.id DESC LIMIT ?`,
    [...branches.flatMap((parts) => [...parts.flatMap(([, ...values]) => values), limit]), limit],
  );
}

export interface CheckRow {
  at: Date;
  seq: number;
  entries: number;
  faults: number;
}

export async function lastCheck(db: Reading): Promise<CheckRow | null> {
  const [row] = await db.query<CheckRow>(
    'SELECT at, seq, entries, faults FROM audit_check ORDER BY at DESC, id DESC LIMIT 1',
  );
  return row ? { ...row, seq: Number(row.seq) } : null;
}

/** When the last entry that is sealed happened. */
export async function sealedUntil(db: Reading, seq: number): Promise<Date | null> {
  const [row] = await db.query<{ at: Date }>(
    'SELECT e.at FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id WHERE s.seq = ?',
    [seq],
  );
  return row?.at ?? null;
}

/** Entries that are not sealed yet, of the last thousand; counted to 99. */
export async function waitingToBeSealed(db: Reading): Promise<number> {
  const [row] = await db.query<{ waiting: number }>(
    `SELECT COUNT(*) AS waiting FROM (
       SELECT 1 FROM (SELECT id FROM audit_entry ORDER BY number DESC LIMIT 1000) e
       WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = e.id) LIMIT 99) some`,
  );
  return Number(row?.waiting ?? 0);
}

export interface NamedThing {
  id: string;
  name: string | null;
}

/** What each kind of thing is called. A confidential order has no name here, and no order its words. */
const named = {
  order: `SELECT o.id, IF(o.visibility = 'confidential', NULL, c.name) AS name
          FROM service_order o JOIN category c ON c.id = o.category_id WHERE o.id IN (?)`,
  commitment: 'SELECT id, title AS name FROM commitment WHERE id IN (?)',
  round: "SELECT id, CONCAT(year, ' 年') AS name FROM commitment_round WHERE id IN (?)",
  showcase: 'SELECT id, title AS name FROM showcase WHERE id IN (?)',
  sweep: 'SELECT id, title AS name FROM sweep WHERE id IN (?)',
  grid: 'SELECT id, name FROM grid WHERE id IN (?)',
  period: 'SELECT id, name FROM closed_period WHERE id IN (?)',
  draw: 'SELECT d.id, CONCAT(g.name, d.month) AS name FROM inspection_draw d JOIN grid g ON g.id = d.grid_id WHERE d.id IN (?)',
} as const;
export type NamedKind = keyof typeof named;
export const isNamedKind = (kind: string): kind is NamedKind => Object.hasOwn(named, kind);

export const namesOf = (db: Reading, kind: NamedKind, ids: readonly string[]): Promise<NamedThing[]> =>
  db.query<NamedThing>(named[kind], [ids]);

/** Who holds the auditor's post at that moment. */
export async function auditorsNow(db: Reading, at: Date): Promise<string[]> {
  const rows = await db.query<{ personId: string }>(
    `SELECT DISTINCT r.person_id AS personId FROM role_grant r JOIN person p ON p.id = r.person_id
     WHERE r.role = 'auditor' AND r.starts_at <= ? AND (r.ends_at IS NULL OR r.ends_at > ?) AND p.disabled_at IS NULL`,
    [at, at],
  );
  return rows.map(({ personId }) => personId);
}
