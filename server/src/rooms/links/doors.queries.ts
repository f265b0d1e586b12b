import type { Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';

export interface DoorRow {
  id: string;
  gridId: string;
}

const open = 'h.grid_id IN (?) AND h.closed_at IS NULL';

/** The houses of a village or group that have somebody on their roll; some hundreds. */
export const doorsIn = (db: Reading, gridIds: readonly string[]): Promise<DoorRow[]> =>
  db.query<DoorRow>(`SELECT h.id, h.grid_id AS gridId FROM household h WHERE ${open}`, [gridIds]);

/** The same with what stands at each door: 12号, or nothing. */
export async function numberedDoorsIn(
  db: Reading,
  gridIds: readonly string[],
): Promise<(DoorRow & { door: string | null })[]> {
  const rows = await db.query<DoorRow & { door: Sealed | null }>(
    `SELECT h.id, h.grid_id AS gridId, h.door_sealed AS door FROM household h WHERE ${open}`,
    [gridIds],
  );
  return rows.map((row) => ({ ...row, door: db.vault.open('household.door', row.door) }));
}
