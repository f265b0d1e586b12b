import { countedStates } from '@sandan/shared/commitments/owed';
import type { SqlValue } from '../../foundation/database/connect';

const listed = (states: readonly string[]): string => states.map((state) => `'${state}'`).join(', ');

const countedInSql = listed(countedStates);

const handedInSql = listed(['submitted', 'approved', ...countedStates]);

/** What is written and may yet count, or counts. */
export const draftedInSql = listed(['draft', 'submitted', 'approved', ...countedStates]);

/**
 * How many deeds of whom count towards the minimum, and how many there are that may yet: one pass over the deeds of the
 * years given as the one parameter.
 */
export const deedsSql = `SELECT c.round_id, COALESCE(c.person_id, c.organization_id) AS debtor_id,
  SUM(c.state IN (${countedInSql})) AS counted, SUM(c.state IN (${draftedInSql})) AS drafted,
  SUM(c.state IN (${handedInSql})) AS handed_in
  FROM commitment c WHERE c.round_id IN (?) GROUP BY c.round_id, COALESCE(c.person_id, c.organization_id)`;

/** How many deeds of whom count towards the minimum: what the figures need, and no more. */
export const countedSql = `SELECT c.round_id, COALESCE(c.person_id, c.organization_id) AS debtor_id, COUNT(*) AS counted
  FROM commitment c WHERE c.round_id IN (?) AND c.state IN (${countedInSql})
  GROUP BY c.round_id, COALESCE(c.person_id, c.organization_id)`;

/** Of the organisation and of everything below it; null: of all. */
export const under = (column: string, organizationId: string | null): { sql: string; values: SqlValue[] } =>
  organizationId === null
    ? { sql: 'TRUE', values: [] }
    : {
        sql: `${column} IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id = ?)`,
        values: [organizationId],
      };
