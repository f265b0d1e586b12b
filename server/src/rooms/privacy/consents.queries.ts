import type { ConsentPurpose } from '@sandan/shared/privacy/privacy.words';
import { bornAfter, childUntil, latestBirthday } from '../../foundation/access/childhood';
import type { Reading } from '../../foundation/database/connect';

export interface ConsentRow {
  purpose: ConsentPurpose;
  given: number;
  version: number;
  at: Date;
  byId: string;
  byName: string;
}

/** The last word on each purpose. */
export async function lastConsents(reading: Reading, personId: string): Promise<ConsentRow[]> {
  const rows = await reading.query<ConsentRow>(
    `SELECT c.purpose, c.given, c.notice_version AS version, c.at, c.by_id AS byId, b.name AS byName
     FROM consent c JOIN person b ON b.id = c.by_id WHERE c.person_id = ? ORDER BY c.at DESC, c.id DESC`,
    [personId],
  );
  return rows.filter(({ purpose }, index) => rows.findIndex((other) => other.purpose === purpose) === index);
}

export const allConsents = (reading: Reading, personId: string): Promise<ConsentRow[]> =>
  reading.query<ConsentRow>(
    `SELECT c.purpose, c.given, c.notice_version AS version, c.at, c.by_id AS byId, b.name AS byName
     FROM consent c JOIN person b ON b.id = c.by_id WHERE c.person_id = ? ORDER BY c.at, c.id`,
    [personId],
  );

export interface SubjectRow {
  id: string;
  name: string;
  bornOn: string | null;
  householdId: string | null;
  guardianId: string | null;
  agreedNotice: number;
}

export async function subjectById(reading: Reading, personId: string): Promise<SubjectRow | null> {
  const [row] = await reading.query<SubjectRow>(`SELECT ${subjectColumns} FROM person c WHERE c.id = ?`, [personId]);
  return row ?? null;
}

const subjectColumns = `c.id, c.name, ${latestBirthday('c')} AS bornOn, c.household_id AS householdId,
  c.guardian_id AS guardianId, c.agreed_notice AS agreedNotice`;

interface Guarding {
  personId: string;
  /** Where he answers for the children who have no guardian by name; null: nowhere. */
  householdId: string | null;
  now: Date;
}

/** Those somebody is the guardian of, by name of the roster, or as a grown-up of the same household. */
export const wardsOf = (reading: Reading, { personId, householdId, now }: Guarding): Promise<SubjectRow[]> =>
  reading.query<SubjectRow>(
    `SELECT ${subjectColumns} FROM (
       SELECT id FROM person WHERE guardian_id = ?
       UNION SELECT id FROM person WHERE household_id = ? AND guardian_id IS NULL
     ) ward JOIN person c USING (id)
     WHERE ${latestBirthday('c')} > ? AND c.id <> ? AND c.erased_at IS NULL ORDER BY c.name, c.id`,
    [personId, householdId, bornAfter(now, childUntil), personId],
  );

export async function channelOf(reading: Reading, sessionId: string): Promise<'wechat' | 'demo' | 'desktop'> {
  const [row] = await reading.query<{ channel: 'wechat' | 'demo' | 'desktop' }>(
    'SELECT channel FROM session WHERE id = ?',
    [sessionId],
  );
  if (!row) throw new Error('The caller has no session');
  return row.channel;
}

/** The actions that were done under this id. */
export async function consentsOfAction(reading: Reading, actionId: string, personId: string): Promise<number> {
  const [row] = await reading.query<{ done: number }>(
    'SELECT COUNT(*) AS done FROM consent WHERE id = ? AND person_id = ?',
    [actionId, personId],
  );
  return Number(row?.done);
}
