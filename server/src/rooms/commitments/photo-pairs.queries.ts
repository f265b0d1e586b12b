import type { Reading } from '../../foundation/database/connect';
import type { CommitmentRecord } from './commitment-record';

interface Picture {
  id: string;
  width: number;
  height: number;
}
export interface PairRow {
  before: Picture | null;
  after: Picture | null;
}

/** From when on there is something to compare. */
const withAfter: readonly CommitmentRecord['state'][] = ['delivered', 'disputed', 'accepted', 'kept', 'partlyKept'];

/** The first photo of before and of the last delivery, for the deeds that were delivered: one statement for a whole list. */
export async function photoPairsOf(
  db: Reading,
  records: readonly CommitmentRecord[],
): Promise<ReadonlyMap<string, PairRow>> {
  const ids = records.filter(({ state }) => withAfter.includes(state)).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await db.query<Picture & { commitmentId: string; action: 'draft' | 'deliver' }>(
    `SELECT h.aggregate_id AS commitmentId, h.action, p.id, p.width, p.height
     FROM history h JOIN photo p ON p.thing_id = h.id
     WHERE h.aggregate_id IN (?) AND p.held = 0 AND h.action IN ('draft', 'deliver') ORDER BY h.seq, p.id DESC`,
    [ids],
  );
  const pairs = new Map<string, PairRow>();
  // The last one written stays: of the newest step the first photo.
  for (const { commitmentId, action, ...photo } of rows) {
    const pair = pairs.get(commitmentId) ?? { before: null, after: null };
    pairs.set(commitmentId, { ...pair, [action === 'draft' ? 'before' : 'after']: photo });
  }
  return pairs;
}
