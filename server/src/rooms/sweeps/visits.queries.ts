import type { Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { Said } from './record.service';
import type { SweepVisit } from './sweep.entity';

export type VisitRecord = Omit<SweepVisit, 'said'> & { said: Said; byName: string };

const nothing: Said = { answers: {}, persons: [], confirmedIds: [], additions: null, words: null };

export const openSaid = (db: Reading, sealed: Sealed | null): Said => {
  const text = db.vault.open('sweepVisit.said', sealed);
  return text === null ? nothing : (JSON.parse(text) as Said);
};

/** The visits to one household, the last first. */
export async function visitsOf(db: Reading, targetId: string): Promise<VisitRecord[]> {
  const rows = await db.query<Record<string, unknown>>(
    `SELECT v.*, p.name AS by_name FROM sweep_visit v JOIN person p ON p.id = v.by_id
     WHERE v.target_id = ? ORDER BY v.visited_at DESC, v.id DESC`,
    [targetId],
  );
  return rows.map(({ said_sealed: said, ...row }) => ({
    ...rowOf<Omit<VisitRecord, 'said'>>(row),
    said: openSaid(db, (said ?? null) as Sealed | null),
  }));
}
