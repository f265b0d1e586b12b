import type { CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import type { CommitmentKind, ExemptionReason } from '@sandan/shared/commitments/commitment.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { whereOf, type Where } from '../../foundation/access/rule-where';
import type { Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import { filtersOf, type WallFilters } from './commitment-list.queries';
import type { Content } from './commitment.entity';
import { commitmentSource, wallRule } from './commitments.policy';

/** More than a county has in a year; whoever asks for more is told to narrow it down. */
const mostRows = 15_000;

/** A public promise as a line of a paper. */
export interface DeedRow extends Content {
  id: string;
  kind: CommitmentKind;
  state: CommitmentState;
  organizationId: string;
  personId: string | null;
  personName: string | null;
  responsibleName: string;
  quantityDone: number;
  percent: number;
  publishedAt: Date;
  raters: number;
  stars: number;
}

/** What is public and in the reader's reach, by these filters, in the order of publication. Throws `paper.too-long`. */
export async function publicDeeds(db: Reading, caller: Caller, filters: WallFilters): Promise<DeedRow[]> {
  const conditions: Where[] = [whereOf(wallRule, caller, commitmentSource), ...filtersOf(filters, caller)];
  const rows = await db.query<Record<string, unknown>>(
    `SELECT c.id, c.kind, c.state, c.organization_id, c.person_id, c.title, c.words, c.field, c.quantity, c.unit,
            c.for_grid_id, c.for_words, c.deadline, c.money, c.money_source, c.quantity_done, c.percent, c.published_at,
            c.raters, c.stars, p.name AS person_name, q.name AS responsible_name
     FROM commitment c LEFT JOIN person p ON p.id = c.person_id JOIN person q ON q.id = c.responsible_id
     WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')} ORDER BY c.published_at, c.id LIMIT ?`,
    [...conditions.flatMap(({ values }) => values), mostRows + 1],
  );
  if (rows.length > mostRows) throw new Problem('paper.too-long');
  return rows.map((row) => ({
    ...rowOf<DeedRow>(row),
    // A bigint comes as a string.
    money: row['money'] === null ? null : Number(row['money']),
  }));
}

interface DeedCount {
  organizationId: string;
  personal: boolean;
  deeds: number;
}

/** How many public promises each organisation has, its own and its members' apart. */
export async function publicCounts(db: Reading, caller: Caller, roundId: string): Promise<DeedCount[]> {
  const { sql, values } = whereOf(wallRule, caller, commitmentSource);
  const rows = await db.query<{ organization_id: string; personal: number; deeds: number }>(
    `SELECT c.organization_id, c.kind = 'personal' AS personal, COUNT(*) AS deeds FROM commitment c
     WHERE c.round_id = ? AND (${sql}) GROUP BY c.organization_id, personal`,
    [roundId, ...values],
  );
  return rows.map((row) => ({
    organizationId: row.organization_id,
    personal: Number(row.personal) === 1,
    deeds: Number(row.deeds),
  }));
}

const counted = {
  drafted: ['draft', 'submitted', 'approved'],
  published: ['published'],
  delivered: ['delivered'],
  disputed: ['disputed'],
  accepted: ['accepted'],
  kept: ['kept'],
  partlyKept: ['partlyKept'],
  notKept: ['notKept'],
  abandoned: ['abandoned'],
  carriedOver: ['carriedOver'],
} as const satisfies Record<string, readonly CommitmentState[]>;
type Counted = keyof typeof counted | 'overdue' | 'raters' | 'stars';

/** Whoever owes deeds this year or has promised some: what is owed, and how far each of them is. */
export interface PromiserRow extends Record<Counted, number> {
  id: string;
  kind: 'organization' | 'person';
  name: string;
  organizationId: string;
  owed: number;
  exempt: ExemptionReason | null;
}

const sums = Object.entries(counted)
  .map(([name, states]) => `SUM(c.state IN (${states.map((state) => `'${state}'`).join(', ')})) AS ${name}`)
  .join(', ');

interface Reach {
  roundId: string;
  /** Only these organisations and what is below them. */
  watched: readonly string[];
  organizationId: string | null;
  /** YYYY-MM-DD in China. */
  today: string;
}

export async function promisersOf(db: Reading, { roundId, watched, organizationId, today }: Reach) {
  if (watched.length === 0) return [];
  const under = (column: string) =>
    `${column} IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id IN (?))${
      organizationId === null
        ? ''
        : ` AND ${column} IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id = ?)`
    }`;
  const reach = [roundId, watched, ...(organizationId === null ? [] : [organizationId])];
  const debtors = await db.query<Record<string, unknown>>(
    `SELECT d.debtor_id AS id, d.kind, d.name, d.organization_id, d.owed_total AS owed, d.exempt
     FROM commitment_debtor d WHERE d.round_id = ? AND ${under('d.organization_id')}`,
    reach,
  );
  const deeds = await db.query<Record<string, unknown>>(
    `SELECT COALESCE(c.person_id, c.organization_id) AS id, IF(MAX(c.person_id) IS NULL, 'organization', 'person') AS kind,
            MAX(COALESCE(p.name, o.name)) AS name, MAX(c.organization_id) AS organization_id, ${sums},
            SUM(c.deadline < ? AND c.stage = 'working') AS overdue, SUM(c.raters) AS raters, SUM(c.stars) AS stars
     FROM commitment c LEFT JOIN person p ON p.id = c.person_id JOIN party_organization o ON o.id = c.organization_id
     WHERE c.round_id = ? AND ${under('c.organization_id')} GROUP BY COALESCE(c.person_id, c.organization_id)`,
    [today, ...reach],
  );
  const all = new Map(debtors.map((row) => [row['id'], row]));
  for (const row of deeds) all.set(row['id'], { owed: 0, exempt: null, ...row, ...all.get(row['id']) });
  return [...all.values()].map(promiserOf);
}

const numbers: readonly Counted[] = [...(Object.keys(counted) as Counted[]), 'overdue', 'raters', 'stars'];

function promiserOf(row: Record<string, unknown>): PromiserRow {
  const promiser = rowOf<PromiserRow>(row);
  const figures = Object.fromEntries(numbers.map((name) => [name, Number(promiser[name] ?? 0)]));
  return { ...promiser, ...(figures as Record<Counted, number>), owed: Number(promiser.owed) };
}
