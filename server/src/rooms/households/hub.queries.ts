import type { Reading } from '../../foundation/database/connect';

/** Has he the post of a hub keeper there, now or from a day to come? Without it he looks after nobody. */
export async function keepsHub(reading: Reading, personId: string, gridId: string, at: Date): Promise<boolean> {
  const [row] = await reading.query(
    `SELECT 1 FROM role_grant WHERE person_id = ? AND node_id = ? AND role = 'hubKeeper' AND (ends_at IS NULL OR ends_at > ?)`,
    [personId, gridId, at],
  );
  return row !== undefined;
}
