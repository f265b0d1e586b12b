import type { CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import { commitmentResults } from '@sandan/shared/commitments/commitment.words';
import { countedStates } from '@sandan/shared/commitments/owed';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import { countedSql } from './owed-sql';

/** What is added up: of one organisation, one member, or a whole town. */
export interface Tally {
  organizations: number;
  members: number;
  owed: number;
  short: number;
  counted: number;
  drafted: number;
  promised: number;
  delivered: number;
  done: number;
  overdue: number;
  disputed: number;
  raters: number;
  stars: number;
}

export const emptyTally: Readonly<Tally> = {
  ...{ organizations: 0, members: 0, owed: 0, short: 0, counted: 0, drafted: 0, promised: 0, delivered: 0 },
  ...{ done: 0, overdue: 0, disputed: 0, raters: 0, stars: 0 },
};

export const sumOf = (tallies: readonly Readonly<Tally>[]): Tally => {
  const sum = { ...emptyTally };
  for (const tally of tallies) for (const name of Object.keys(sum) as (keyof Tally)[]) sum[name] += tally[name];
  return sum;
};

interface DeedRow {
  key: string;
  state: CommitmentState;
  deeds: number;
  overdue: number;
  raters: number;
  stars: number;
}
interface DebtorRow {
  key: string;
  kind: 'organization' | 'person';
  name: string | null;
  debtors: number;
  owed: number;
  short: number;
}

/** A column of ours, never of a caller's: by what the deeds and those who owe them are told apart. */
const keys = {
  round: { deed: 'c.round_id', debtor: 'd.round_id', name: 'NULL' },
  organization: { deed: 'c.organization_id', debtor: 'd.organization_id', name: 'NULL' },
  // The organisation's own deeds stand under its own id.
  debtor: { deed: 'COALESCE(c.person_id, c.organization_id)', debtor: 'd.debtor_id', name: 'MAX(d.name)' },
} as const;

export interface Tallied {
  tallies: Map<string, Tally>;
  /** Names of debtors, as they stand on the list. */
  names: Map<string, string>;
}

/**
 * The deeds and debts of these years in two statements, whatever the size of the county: both read indexes that cover
 * them, and what is below an organisation is added up in memory. `organizationIds`: only of these.
 */
export async function talliesBy(
  db: Reading,
  by: keyof typeof keys,
  {
    roundIds,
    organizationIds,
    today,
  }: { roundIds: readonly string[]; organizationIds?: readonly string[]; today: string },
): Promise<Tallied> {
  const { deed, debtor, name } = keys[by];
  const only = (column: string): string => (organizationIds ? `AND ${column} IN (?)` : '');
  const within: SqlValue[] = organizationIds ? [organizationIds] : [];
  const [deeds, debtors] = await Promise.all([
    db.query<DeedRow>(
      `SELECT ${deed} AS \`key\`, c.state, COUNT(*) AS deeds, SUM(c.deadline < ? AND c.stage = 'working') AS overdue,
              SUM(c.raters) AS raters, SUM(c.stars) AS stars
       FROM commitment c WHERE c.round_id IN (?) ${only('c.organization_id')} GROUP BY ${deed}, c.state`,
      [today, roundIds, ...within],
    ),
    db.query<DebtorRow>(
      `SELECT ${debtor} AS \`key\`, d.kind, ${name} AS name, COUNT(*) AS debtors, SUM(d.owed_total) AS owed,
              SUM(COALESCE(g.counted, 0) < d.owed_total) AS short
       FROM commitment_debtor d LEFT JOIN (${countedSql}) g ON g.debtor_id = d.debtor_id AND g.round_id = d.round_id
       WHERE d.round_id IN (?) AND d.exempt IS NULL ${only('d.organization_id')} GROUP BY ${debtor}, d.kind`,
      [roundIds, roundIds, ...within],
    ),
  ]);
  return gathered(deeds, debtors);
}

function gathered(deeds: readonly DeedRow[], debtors: readonly DebtorRow[]): Tallied {
  const tallies = new Map<string, Tally>();
  const names = new Map<string, string>();
  const of = (key: string): Tally => {
    const tally = tallies.get(key) ?? { ...emptyTally };
    tallies.set(key, tally);
    return tally;
  };
  for (const row of deeds) addDeeds(of(row.key), row);
  for (const { key, kind, name, ...row } of debtors) {
    const tally = of(key);
    tally[kind === 'person' ? 'members' : 'organizations'] += Number(row.debtors);
    tally.owed += Number(row.owed);
    tally.short += Number(row.short);
    if (name !== null) names.set(key, name);
  }
  return { tallies, names };
}

/** Made public; what was given up since stays in the base, what was released does not. */
const promisedStates: readonly CommitmentState[] = [...new Set([...countedStates, ...commitmentResults])];
const unpublished: readonly CommitmentState[] = ['draft', 'submitted', 'approved'];
const doneStates: readonly CommitmentState[] = ['accepted', 'kept'];

function addDeeds(tally: Tally, { state, deeds, ...sums }: DeedRow): void {
  const count = Number(deeds);
  if (countedStates.includes(state)) tally.counted += count;
  if (promisedStates.includes(state)) tally.promised += count;
  if (unpublished.includes(state)) tally.drafted += count;
  if (doneStates.includes(state)) tally.done += count;
  if (state === 'delivered') tally.delivered += count;
  if (state === 'disputed') tally.disputed += count;
  tally.overdue += Number(sums.overdue);
  tally.raters += Number(sums.raters);
  tally.stars += Number(sums.stars);
}
