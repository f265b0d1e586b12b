import type { z } from 'zod';
import type { CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import type { Counts } from '@sandan/shared/commitments/round.schema';
import { keptShare } from '@sandan/shared/commitments/owed';
import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import type { Reading } from '../../foundation/database/connect';
import { countedSql, under } from './owed-sql';

interface StateRow {
  state: CommitmentState;
  deeds: number;
  overdue: number;
  raters: number;
  stars: number;
}

/**
 * The figures of a year, for the town or for one organisation and what is below it. Who is short, and what is in drafts, is told to those who
 * watch over them, not to residents.
 */
export async function countsOf(
  db: Reading,
  roundId: string,
  { organizationId, today, watches }: { organizationId: string | null; today: string; watches: boolean },
): Promise<z.input<typeof Counts>> {
  const deeds = under('c.organization_id', organizationId);
  const states = await db.query<StateRow>(
    `SELECT c.state, COUNT(*) AS deeds, COALESCE(SUM(c.deadline < ? AND c.stage = 'working'), 0) AS overdue,
            COALESCE(SUM(c.raters), 0) AS raters, COALESCE(SUM(c.stars), 0) AS stars
     FROM commitment c WHERE c.round_id = ? AND ${deeds.sql} GROUP BY c.state`,
    [today, roundId, ...deeds.values],
  );
  const debts = under('d.organization_id', organizationId);
  const [debtors] = await db.query<Record<'organizations' | 'members' | 'owed' | 'short', number>>(
    `SELECT COALESCE(SUM(x.kind = 'organization'), 0) AS organizations, COALESCE(SUM(x.kind = 'person'), 0) AS members,
            COALESCE(SUM(x.owed), 0) AS owed, COALESCE(SUM(x.counted < x.owed), 0) AS short
     FROM (SELECT d.kind, d.owed_total AS owed, COALESCE(g.counted, 0) AS counted
           FROM commitment_debtor d LEFT JOIN (${countedSql}) g ON g.debtor_id = d.debtor_id
           WHERE d.round_id = ? AND d.exempt IS NULL AND ${debts.sql}) x`,
    [roundId, roundId, ...debts.values],
  );
  const of = (...wanted: CommitmentState[]) =>
    states.filter(({ state }) => wanted.includes(state)).reduce((sum, row) => sum + Number(row.deeds), 0);
  const sum = (name: 'overdue' | 'raters' | 'stars') => states.reduce((total, row) => total + Number(row[name]), 0);
  const results = {
    ...{ kept: of('kept'), partlyKept: of('partlyKept'), notKept: of('notKept') },
    ...{ abandoned: of('abandoned'), carriedOver: of('carriedOver') },
  };
  const raters = sum('raters');
  return {
    ...{
      organizations: Number(debtors?.organizations),
      members: Number(debtors?.members),
      owed: Number(debtors?.owed),
    },
    drafted: watches ? of('draft', 'submitted', 'approved') : null,
    ...{ published: of('published'), delivered: of('delivered') },
    ...{ accepted: of('accepted'), disputed: of('disputed'), overdue: sum('overdue') },
    ...results,
    keptShare: keptShare(results),
    underMinimum: watches ? Number(debtors?.short) : null,
    raters,
    stars: raters >= commitmentLimits.ratersShown ? sum('stars') / raters : null,
  };
}
