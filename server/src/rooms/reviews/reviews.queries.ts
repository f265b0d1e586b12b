import type { Caller } from '../../foundation/access/caller';
import { gridsWith, tierLists } from '../../foundation/access/reach';
import type { Where } from '../../foundation/access/rule-where';
import { checkedFields, type CheckedName } from '../../foundation/checks/checked-fields';
import type { ContentCheck } from '../../foundation/checks/content-check.entity';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { VoiceNote } from '../../foundation/photos/voice-note.entity';
import { concernsDeed } from '../commitments/commitments.queries';
import { concernsOrder } from '../orders/orders.queries';
import type { Complaint } from './complaint.entity';

/**
 * What waits in the caller's reach. Never what he wrote himself or has complained of, what complains about him, or what
 * belongs to something that he has done or promised (回避): that is left to the next one, at last to the desk above.
 */
export function waitingFor(caller: Caller): Where {
  const reach = tierLists(gridsWith(caller, 'content.review'), caller.reference.tree);
  const within = reach.map(({ tier }) => `c.${tier}_id IN (?)`).join(' OR ') || 'FALSE';
  const me = caller.personId;
  return {
    sql: `c.at_desk = 1 AND (${within}) AND c.author_id <> ?
      AND NOT (c.root = 'person' AND c.root_id = ?)
      AND NOT (c.root = 'order' AND ${concernsOrder('c.root_id')})
      AND NOT (c.root = 'commitment' AND ${concernsDeed('c.root_id')})
      AND NOT EXISTS (SELECT 1 FROM content_complaint y WHERE y.check_id = c.id AND y.person_id = ? AND y.outcome IS NULL)`,
    values: [...reach.map(({ ids }) => ids), me, me, me, me, me, me],
  };
}

/** Oldest first. */
export async function listReviews(
  reading: Reading,
  caller: Caller,
  after: readonly [at: Date, id: string] | undefined,
  limit: number,
): Promise<ContentCheck[]> {
  const { sql, values } = waitingFor(caller);
  const later = after ? 'AND c.created_at >= ? AND (c.created_at > ? OR c.id > ?)' : '';
  const rows = await reading.query<Record<string, unknown>>(
    `SELECT c.* FROM content_check c WHERE ${sql} ${later} ORDER BY c.created_at, c.id LIMIT ?`,
    [...values, ...(after ? [after[0], after[0], after[1]] : []), limit],
  );
  return rows.map((row) => rowOf<ContentCheck>(row));
}

export async function countReviews(reading: Reading, caller: Caller): Promise<number> {
  const { sql, values } = waitingFor(caller);
  const [row] = await reading.query<{ waiting: number }>(
    `SELECT COUNT(*) AS waiting FROM (SELECT 1 FROM content_check c WHERE ${sql} LIMIT 99) x`,
    values,
  );
  return Number(row?.waiting ?? 0);
}

/** The check, and whether it waits for this caller; null where there is none. */
export async function reviewFor(
  reading: Reading,
  caller: Caller,
  checkId: string,
): Promise<{ check: ContentCheck; isHis: boolean } | null> {
  const { sql, values } = waitingFor(caller);
  // Whether it waits is asked apart: who comes second is told that it was decided.
  const his = sql.replace('c.at_desk = 1 AND', '');
  const [row] = await reading.query<Record<string, unknown>>(
    `SELECT c.*, (${his}) AS is_his FROM content_check c WHERE c.id = ?`,
    [...values, checkId],
  );
  return row ? { check: rowOf<ContentCheck>(row), isHis: Number(row['is_his']) === 1 } : null;
}

/** The words of these checks as they stand now, by check. */
export async function wordsOfChecks(
  reading: Reading,
  checks: readonly ContentCheck[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const fields = new Set(checks.map(({ field }) => field).filter((field) => checkedFields[field].words !== null));
  for (const field of fields) {
    const { table, key, words, person } = checkedFields[field];
    const of = checks.filter((check) => check.field === field);
    const rows = await reading.query<{ thingId: string; authorId: string | null; words: string | null }>(
      `SELECT ${key} AS thingId, ${person ?? 'NULL'} AS authorId, ${words} AS words FROM ${table} WHERE ${key} IN (?)`,
      [of.map(({ thingId }) => thingId)],
    );
    for (const check of of) {
      const row = rows.find(
        ({ thingId, authorId }) => thingId === check.thingId && (authorId === null || authorId === check.authorId),
      );
      if (row?.words) texts.set(check.id, row.words);
    }
  }
  return texts;
}

export interface Picture {
  id: string;
  width: number;
  height: number;
}

export const picturesOf = (reading: Reading, ids: readonly string[]): Promise<Picture[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : reading.query<Picture>('SELECT id, width, height FROM photo WHERE id IN (?)', [ids]);

export type SoundRow = Pick<VoiceNote, 'id' | 'seconds' | 'words'>;
export const soundsOf = (reading: Reading, ids: readonly string[]): Promise<SoundRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : reading.query<SoundRow>('SELECT id, seconds, words FROM voice_note WHERE id IN (?)', [ids]);

/** Those that nobody has decided about yet, oldest first; without who made them. */
export const openComplaints = (
  reading: Reading,
  checkIds: readonly string[],
): Promise<Pick<Complaint, 'checkId' | 'reason' | 'words' | 'at'>[]> =>
  checkIds.length === 0
    ? Promise.resolve([])
    : reading.query(
        `SELECT check_id AS checkId, reason, words, at FROM content_complaint
         WHERE check_id IN (?) AND outcome IS NULL ORDER BY at, id`,
        [checkIds],
      );

export type ComplaintRow = Omit<Complaint, 'checkId'> & { field: CheckedName };
const complaintColumns = `x.id, x.person_id AS personId, x.reason, x.words, x.at, x.outcome,
  x.decided_at AS decidedAt, c.field FROM content_complaint x JOIN content_check c ON c.id = x.check_id`;

export async function complaintById(
  reading: Reading,
  id: string,
): Promise<(ComplaintRow & { thingId: string }) | null> {
  const [row] = await reading.query<ComplaintRow & { thingId: string }>(
    `SELECT c.thing_id AS thingId, ${complaintColumns} WHERE x.id = ?`,
    [id],
  );
  return row ?? null;
}

/** Newest first. */
export const complaintsOf = (
  reading: Reading,
  personId: string,
  after: readonly [at: Date, id: string] | undefined,
  limit: number,
): Promise<ComplaintRow[]> =>
  reading.query<ComplaintRow>(
    `SELECT ${complaintColumns} WHERE x.person_id = ? ${after ? 'AND x.at <= ? AND (x.at < ? OR x.id < ?)' : ''}
     ORDER BY x.at DESC, x.id DESC LIMIT ?`,
    [personId, ...(after ? ([after[0], after[0], after[1]] as SqlValue[]) : []), limit],
  );

/** Whom a decision about a check is told, and of what. */
export interface ReviewTold {
  field: CheckedName;
  thingId: string;
  authorId: string;
  root: ContentCheck['root'];
  rootId: string;
  complainerIds: string[];
}

/** `decidedAt`: of the complaints that were settled with it; null where none was. */
export async function reviewTold(
  reading: Reading,
  checkId: string,
  decidedAt: Date | null,
): Promise<ReviewTold | null> {
  const [row] = await reading.query<Omit<ReviewTold, 'complainerIds'>>(
    'SELECT field, thing_id AS thingId, author_id AS authorId, root, root_id AS rootId FROM content_check WHERE id = ?',
    [checkId],
  );
  if (!row) return null;
  const people = decidedAt
    ? await reading.query<{ id: string }>(
        'SELECT person_id AS id FROM content_complaint WHERE check_id = ? AND decided_at = ?',
        [checkId, decidedAt],
      )
    : [];
  return { ...row, complainerIds: people.map(({ id }) => id) };
}
