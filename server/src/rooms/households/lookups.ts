import type { FactsOf } from '@sandan/shared/audit/audit-facts';
import type { Caller } from '../../foundation/access/caller';
import { earlierPress, mustHaveViewsLeft } from '../../foundation/audit/clear-views';
import { noteSubjects } from '../../foundation/audit/list-export';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';

interface LookUp {
  actionId: string;
  searchedBy: FactsOf<'findByNumber'>['searchedBy'];
  /** Ids of the people who have the number, as far as the caller may hear of them. */
  search: () => Promise<string[]>;
}

/**
 * 按号码找人: whether somebody has a number is told to nobody without an entry, and so many times a day. Sent twice it is
 * one search, and answered by what was written down then: the number is not looked for again, so that no other one can be
 * asked for under the id of the first. @throws Problem household.lookups-used-up, action.repeated-differently
 */
export async function lookUp(db: Db, caller: Caller, { actionId, searchedBy, search }: LookUp): Promise<string[]> {
  // Two at once count one after the other.
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [caller.personId]);
  if (await earlierPress(db, caller, { id: actionId, act: 'findByNumber' })) return foundThen(db, actionId);
  await mustHaveViewsLeft(db, caller, 'findByNumber');
  const found = await search();
  await recordAct(db, caller, 'findByNumber', { id: actionId, facts: { searchedBy, found: found.length } });
  await noteSubjects(db, actionId, found);
  return found;
}

async function foundThen(db: Reading, auditId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>('SELECT person_id AS id FROM export_subject WHERE audit_id = ?', [
    auditId,
  ]);
  return rows.map(({ id }) => id);
}

/** What the person who moves in has shown or said just now; not what somebody once looked up. */
const isFresh = 60 * 60_000;

/** Who of these people the caller himself has found by a number within the hour. */
export async function foundLately(db: Reading, caller: Caller, personIds: readonly string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db.query<{ id: string }>(
    `SELECT DISTINCT s.person_id AS id FROM export_subject s JOIN audit_entry a ON a.id = s.audit_id
     WHERE s.person_id IN (?) AND a.person_id = ? AND a.act = 'findByNumber' AND a.at >= ?`,
    [personIds, caller.personId, new Date(caller.now.getTime() - isFresh)],
  );
  return new Set(rows.map(({ id }) => id));
}
