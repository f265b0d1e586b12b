import type { z } from 'zod';
import type { CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import type { Counts, Debtor } from '@sandan/shared/commitments/commitment.schema';
import { countedStates, keptShare } from '@sandan/shared/commitments/owed';
import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import type { Caller } from '../../foundation/access/caller';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';

const countedInSql = countedStates.map((state) => `'${state}'`).join(', ');

interface StateRow {
  state: CommitmentState;
  deeds: number;
  overdue: number;
  raters: number;
  stars: number;
}

const under = (column: string, organizationId: string | null): { sql: string; values: SqlValue[] } =>
  organizationId === null
    ? { sql: 'TRUE', values: [] }
    : {
        sql: `${column} IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id = ?)`,
        values: [organizationId],
      };

/** Owed by a debtor in all. */
export const owedSql = `(COALESCE(JSON_VALUE(d.owed, '$.organization'), 0) + COALESCE(JSON_VALUE(d.owed, '$.personal'), 0)
  + COALESCE(JSON_VALUE(d.owed, '$.secretaryProject'), 0) + COALESCE(JSON_VALUE(d.owed, '$.livelihoodProject'), 0))`;

/** How many deeds of whom count towards the minimum, and how many there are that may yet: one pass over the year's deeds. */
const deedsSql = `SELECT COALESCE(c.person_id, c.organization_id) AS debtor_id,
  SUM(c.state IN (${countedInSql})) AS counted, SUM(c.state IN ('draft', 'submitted', 'approved', ${countedInSql})) AS drafted
  FROM commitment c WHERE c.round_id = ? GROUP BY COALESCE(c.person_id, c.organization_id)`;

/**
 * The figures of a year, for the town or for one organisation and what is below it. Who is short is told to those who
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
     FROM (SELECT d.kind, ${owedSql} AS owed, COALESCE(g.counted, 0) AS counted
           FROM commitment_debtor d LEFT JOIN (${deedsSql}) g ON g.debtor_id = d.debtor_id
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
    ...{ drafted: of('draft', 'submitted', 'approved'), published: of('published'), delivered: of('delivered') },
    ...{ accepted: of('accepted'), disputed: of('disputed'), overdue: sum('overdue') },
    ...results,
    keptShare: keptShare(results),
    underMinimum: watches ? Number(debtors?.short) : null,
    raters,
    stars: raters >= commitmentLimits.ratersShown ? sum('stars') / raters : null,
  };
}

interface DebtorRow {
  id: string;
  kind: 'organization' | 'person';
  name: string;
  organization_id: string;
  owed: number;
  counted: number;
  drafted: number;
  exempt: z.input<typeof Debtor>['exempt'];
  exempt_words: string | null;
}

export interface DebtorQuery {
  organizationId?: string | undefined;
  short?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Who owes, how much, and how far he is: for the secretaries and above, never for residents. */
export async function debtorsOf(
  db: Reading,
  caller: Caller,
  roundId: string,
  watched: readonly string[],
  query: DebtorQuery,
) {
  const { limit, cursor, ...filters } = query;
  const identity = { ...filters, roundId };
  const [kind, name, id] = decodeCursor(cursor, identity, ['text', 'text', 'id']) ?? ['', '', ''];
  const only = under('d.organization_id', query.organizationId ?? null);
  const rows = await db.query<DebtorRow>(
    `SELECT * FROM (SELECT d.debtor_id AS id, d.kind, d.name, d.organization_id, d.exempt, d.exempt_words,
            ${owedSql} AS owed, COALESCE(g.counted, 0) AS counted, COALESCE(g.drafted, 0) AS drafted
     FROM commitment_debtor d LEFT JOIN (${deedsSql}) g ON g.debtor_id = d.debtor_id WHERE d.round_id = ? AND ${only.sql}
       AND (d.kind > ? OR (d.kind = ? AND (d.name > ? OR (d.name = ? AND d.debtor_id > ?))))
       AND d.organization_id IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id IN (?))) x
     ${query.short ? 'WHERE x.exempt IS NULL AND x.counted < x.owed' : ''} ORDER BY x.kind, x.name, x.id LIMIT ?`,
    [roundId, roundId, ...only.values, kind, kind, name, name, id, watched.length > 0 ? watched : [''], limit + 1],
  );
  return pageOf(rows, {
    limit,
    filters: identity,
    keyOf: (row) => [row.kind, row.name, row.id],
    toReply: (row): z.input<typeof Debtor> => ({
      ...{ kind: row.kind, id: row.id, name: row.name },
      organization: {
        id: row.organization_id,
        name: caller.reference.tree.organization(row.organization_id)?.name ?? '',
      },
      ...{ owed: Number(row.owed), counted: Number(row.counted), drafted: Number(row.drafted) },
      ...{ exempt: row.exempt, exemptWords: row.exempt_words },
    }),
  });
}
