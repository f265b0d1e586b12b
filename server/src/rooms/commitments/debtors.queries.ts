import type { z } from 'zod';
import { chinaDate } from '@sandan/shared/china-time';
import type { Debtor, RosterMember } from '@sandan/shared/commitments/round.schema';
import type { RoundAction } from '@sandan/shared/commitments/round.lifecycle';
import type { roundsApi } from '@sandan/shared/commitments/rounds.contract';
import type { QueryOf } from '@sandan/shared/endpoint';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { decodeCursor } from '../../foundation/database/cursor';
import { likeOf } from '../../foundation/database/like';
import { pageOf } from '../../foundation/database/page';
import { deedsSql, under } from './owed-sql';
import type { Round } from './round.entity';
import { allowsOfRound, remindsOver } from './rounds.policy';

interface DebtorRow {
  id: string;
  kind: 'organization' | 'person';
  name: string;
  organization_id: string;
  owed: number;
  counted: number;
  drafted: number;
  handed_in: number;
  from_month: number | null;
  reminded: number;
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
  round: Round,
  watched: readonly string[],
  query: DebtorQuery,
) {
  const { limit, cursor, ...filters } = query;
  const identity = { ...filters, roundId: round.id };
  const today = chinaDate(caller.now.getTime());
  const [kind, name, id] = decodeCursor(cursor, identity, ['text', 'text', 'id']) ?? ['', '', ''];
  const only = under('d.organization_id', query.organizationId ?? null);
  const rows = await db.query<DebtorRow>(
    `SELECT * FROM (SELECT d.debtor_id AS id, d.kind, d.name, d.organization_id, d.exempt, d.exempt_words,
            d.owed_total AS owed, COALESCE(g.counted, 0) AS counted, COALESCE(g.drafted, 0) AS drafted, COALESCE(g.handed_in, 0) AS handed_in, d.from_month,
            EXISTS (SELECT 1 FROM commitment_reminder r WHERE r.round_id = d.round_id AND r.debtor_id = d.debtor_id AND r.day = ?) AS reminded
     FROM commitment_debtor d LEFT JOIN (${deedsSql}) g ON g.debtor_id = d.debtor_id WHERE d.round_id = ? AND ${only.sql}
       AND (d.kind > ? OR (d.kind = ? AND (d.name > ? OR (d.name = ? AND d.debtor_id > ?))))
       AND d.organization_id IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id IN (?))) x
     ${query.short ? 'WHERE x.exempt IS NULL AND x.counted < x.owed' : ''} ORDER BY x.kind, x.name, x.id LIMIT ?`,
    [
      today,
      round.id,
      round.id,
      ...only.values,
      kind,
      kind,
      name,
      name,
      id,
      watched.length > 0 ? watched : [''],
      limit + 1,
    ],
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
      ...{ fromMonth: row.from_month, exempt: row.exempt, exemptWords: row.exempt_words },
      ...{ remindedToday: Number(row.reminded) === 1, allows: allowsOnDebtor(round, caller, row) },
    }),
  });
}

const debtorActions: readonly RoundAction[] = ['remind', 'exempt', 'readmit'];

/** What may be done about one of the list: as the year allows it, and as he himself stands. */
const allowsOnDebtor = (round: Round, caller: Caller, row: DebtorRow): RoundAction[] =>
  allowsOfRound(round, caller).filter((action) => {
    if (!debtorActions.includes(action)) return false;
    if (action === 'exempt') return row.exempt === null;
    if (action === 'readmit') return row.exempt !== null;
    const isShort = row.exempt === null && Number(row.handed_in) < Number(row.owed) && row.id !== caller.personId;
    return isShort && Number(row.reminded) === 0 && remindsOver(caller, row.organization_id);
  });

export interface Missing {
  debtorId: string;
  kind: 'organization' | 'person';
  missing: number;
}

/** Who has handed in fewer deeds than he owes, in these organisations and below them; of `debtorIds` only, if given. */
export const notHandedIn = async (
  db: Reading,
  roundId: string,
  organizationIds: readonly string[],
  debtorIds?: readonly string[],
): Promise<Missing[]> => {
  const rows = await db.query<Missing>(
    `SELECT d.debtor_id AS debtorId, d.kind, d.owed_total - COALESCE(g.handed_in, 0) AS missing
     FROM commitment_debtor d LEFT JOIN (${deedsSql}) g ON g.debtor_id = d.debtor_id
     WHERE d.round_id = ? AND d.exempt IS NULL AND COALESCE(g.handed_in, 0) < d.owed_total
       AND d.organization_id IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id IN (?))
       ${debtorIds ? 'AND d.debtor_id IN (?)' : ''} ORDER BY d.debtor_id`,
    [roundId, roundId, organizationIds, ...(debtorIds ? [debtorIds] : [])],
  );
  return rows.map((row) => ({ ...row, missing: Number(row.missing) }));
};

/** 党员 whose organisation is the town's committee or below it, by name: who joined later is found here. */
export async function rosterOf(
  db: Reading,
  caller: Caller,
  round: Round,
  { limit, cursor, q, unlisted }: QueryOf<(typeof roundsApi)['roster']>,
) {
  const identity = { q, unlisted, roundId: round.id };
  const [name, id] = decodeCursor(cursor, identity, ['text', 'id']) ?? ['', ''];
  const rows = await db.query<{ id: string; name: string; home: string; listed: number; exempt: string | null }>(
    `SELECT p.id, p.name, p.home_organization_id AS home, d.debtor_id IS NOT NULL AS listed, d.exempt
     FROM person p JOIN party_ancestor a ON a.descendant_id = p.home_organization_id
       LEFT JOIN commitment_debtor d ON d.round_id = ? AND d.debtor_id = p.id
     WHERE a.ancestor_id = ? AND p.disabled_at IS NULL ${q ? 'AND p.name LIKE ?' : ''}
       ${unlisted ? 'AND d.debtor_id IS NULL' : ''}
       AND (p.name > ? OR (p.name = ? AND p.id > ?)) ORDER BY p.name, p.id LIMIT ?`,
    [round.id, round.organizationId, ...(q ? [likeOf(q)] : []), name, name, id, limit + 1],
  );
  return pageOf(rows, {
    limit,
    filters: identity,
    keyOf: (row) => [row.name, row.id],
    toReply: (row): z.input<typeof RosterMember> => ({
      ...{ personId: row.id, name: row.name },
      organization: { id: row.home, name: caller.reference.tree.organization(row.home)?.name ?? '' },
      standing: standingOf(row),
    }),
  });
}

function standingOf({ listed, exempt }: { listed: number; exempt: string | null }): 'owes' | 'exempt' | null {
  if (Number(listed) === 0) return null;
  return exempt === null ? 'owes' : 'exempt';
}
