import type { Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Opinion } from './opinion.entity';

export async function opinionById(reading: Reading, id: string): Promise<Opinion | undefined> {
  const [row] = await reading.query<Record<string, unknown>>('SELECT * FROM opinion WHERE id = ?', [id]);
  return row && rowOf<Opinion>(row);
}

/** Newest first; those of one person, or of everybody when `personId` is null. */
export async function opinionsOf(
  reading: Reading,
  personId: string | null,
  after: readonly [at: Date, id: string] | undefined,
  limit: number,
): Promise<Opinion[]> {
  const conditions = [
    ...(personId === null ? [] : ['person_id = ?']),
    ...(after ? ['at <= ? AND (at < ? OR id < ?)'] : []),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const rows = await reading.query<Record<string, unknown>>(
    `SELECT * FROM opinion ${where} ORDER BY at DESC, id DESC LIMIT ?`,
    [...(personId === null ? [] : [personId]), ...(after ? [after[0], after[0], after[1]] : []), limit],
  );
  return rows.map((row) => rowOf<Opinion>(row));
}

export interface OpinionFigures {
  complaints: number;
  suggestions: number;
  answered: number;
}

export async function opinionFigures(reading: Reading): Promise<OpinionFigures> {
  const [row] = await reading.query<Record<keyof OpinionFigures, string>>(
    `SELECT COUNT(CASE WHEN kind = 'complaint' THEN 1 END) AS complaints,
            COUNT(CASE WHEN kind = 'suggestion' THEN 1 END) AS suggestions,
            COUNT(answered_at) AS answered
     FROM opinion`,
  );
  return {
    complaints: Number(row?.complaints),
    suggestions: Number(row?.suggestions),
    answered: Number(row?.answered),
  };
}
