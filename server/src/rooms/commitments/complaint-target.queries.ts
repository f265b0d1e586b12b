import type { Caller } from '../../foundation/access/caller';
import type { CheckRoot } from '../../foundation/checks/ask-checks';
import type { CheckedName } from '../../foundation/checks/checked-fields';
import { isOfficeRole } from '../../foundation/checks/office-role';
import type { Reading } from '../../foundation/database/connect';
import { maskPhonesAndIds } from '../../foundation/access/masking';
import { maySee } from './act';
import { rootOf, stepField } from './answer-checks';
import { loadCommitment, loadCommitments } from './commitment-record';
import { seesRound } from './rounds.policy';
import { showcaseRoot } from './showcase-checks';
import { showcaseById } from './showcases.queries';
import { mayHold } from './showcases.policy';

interface Found {
  /** As it is checked, whatever the page called it. */
  field: CheckedName;
  authorId: string;
  isOfficial: boolean;
  root: CheckRoot;
}

interface Piece {
  commitmentId: string;
  authorId: string | null;
  role: string | null;
  /** Of a step. */
  action?: string;
  words?: string;
}

const said = (table: string, who = 'person_id'): string =>
  `SELECT commitment_id AS commitmentId, ${who} AS authorId, NULL AS role FROM ${table} WHERE id = ? AND held = 0`;

/** What others see of each: held words are nobody's to complain of. */
const finders: Readonly<Partial<Record<CheckedName, string>>> = {
  'commitment.deed': 'SELECT id AS commitmentId, author_id AS authorId, NULL AS role FROM commitment WHERE id = ?',
  'commitment.step': `SELECT aggregate_id AS commitmentId, actor_id AS authorId, actor_role AS role, action
    FROM history WHERE id = ? AND thing = 'commitment' AND words IS NOT NULL AND held = 0`,
  'commitment.change': said('commitment_change', 'by_id'),
  'commitment.opinion': said('commitment_opinion'),
  'commitment.dispute': said('commitment_dispute'),
  'commitment.rating': `SELECT commitment_id AS commitmentId, person_id AS authorId, NULL AS role, words
    FROM commitment_rating WHERE commitment_id = ? AND held = 0 AND words IS NOT NULL ORDER BY at, person_id`,
  'commitment.photo': `SELECT h.aggregate_id AS commitmentId, p.owner_id AS authorId, NULL AS role
    FROM photo p JOIN history h ON h.id = p.thing_id AND h.thing = 'commitment' WHERE p.id = ? AND p.held = 0`,
};

/** What a caller complains of on a deed, where he sees it now. Answers of an office are official, and so is the deed. */
export async function deedTarget(
  reading: Reading,
  caller: Caller,
  { field, thingId, said: words }: { field: CheckedName; thingId: string; said?: string | undefined },
): Promise<Found | null> {
  const sql = finders[field];
  if (sql === undefined) return null;
  const pieces = await reading.query<Piece>(sql, [thingId]);
  // Named by themselves, as the caller reads them: without numbers.
  const piece =
    field === 'commitment.rating'
      ? pieces.find(({ words: own = '' }) => own === words || maskPhonesAndIds(own) === words)
      : pieces[0];
  if (!piece?.authorId) return null;
  const record = await loadCommitment(reading, caller, piece.commitmentId);
  if (!record || !maySee(record, caller)) return null;
  const isOfficial = isOfficeRole(piece.role);
  const checkedAs = piece.action === undefined ? field : stepField(piece.action);
  return { field: checkedAs, authorId: piece.authorId, isOfficial, root: rootOf(record) };
}

/** Which of these deeds the caller may open. */
export const deedsRead = async (reading: Reading, caller: Caller, ids: readonly string[]): Promise<string[]> =>
  (await loadCommitments(reading, caller, ids)).filter((record) => maySee(record, caller)).map(({ id }) => id);

export async function showcaseRead(reading: Reading, caller: Caller, id: string): Promise<boolean> {
  const showcase = await showcaseById(reading, id, caller.now);
  return showcase !== null && seesRound(caller, showcase);
}

/** A showcase that the caller complains of, where he reads it now: the word of an office. */
export async function showcaseTarget(reading: Reading, caller: Caller, { thingId }: { thingId: string }) {
  const showcase = await showcaseById(reading, thingId, caller.now);
  if (!showcase || !seesRound(caller, showcase)) return null;
  if (showcase.held !== 0 && !mayHold(caller, 'set', showcase.organizationId)) return null;
  return { authorId: showcase.setById, isOfficial: true, root: showcaseRoot(showcase, caller.reference.tree) };
}
