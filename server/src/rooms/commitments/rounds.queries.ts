import { fromJson, type Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Round } from './round.entity';

type Row = Record<string, unknown>;

const roundOf = (row: Row): Round => ({
  ...rowOf<Round>(row),
  minima: fromJson<Round['minima']>(row['minima']),
  ranks: fromJson<Round['ranks']>(row['ranks']),
});

export async function roundById(db: Reading, id: string): Promise<Round | null> {
  const [row] = await db.query<Row>('SELECT * FROM commitment_round WHERE id = ?', [id]);
  return row ? roundOf(row) : null;
}

/** The rounds of these towns, newest first. */
export async function roundsOf(db: Reading, townIds: readonly string[]): Promise<Round[]> {
  if (townIds.length === 0) return [];
  const rows = await db.query<Row>(
    'SELECT * FROM commitment_round WHERE town_id IN (?) ORDER BY year DESC, id LIMIT 100',
    [townIds],
  );
  return rows.map(roundOf);
}

/** Of one year, by town. */
export async function roundsOfYear(db: Reading, townIds: readonly string[], year: number): Promise<Round[]> {
  if (townIds.length === 0) return [];
  const rows = await db.query<Row>('SELECT * FROM commitment_round WHERE town_id IN (?) AND year = ? ORDER BY id', [
    townIds,
    year,
  ]);
  return rows.map(roundOf);
}
