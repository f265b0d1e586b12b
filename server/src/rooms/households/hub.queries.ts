import type { Reading } from '../../foundation/database/connect';

/** Has he the post of a hub keeper there, now or from a day to come? Without it he looks after nobody. */
export async function keepsHub(reading: Reading, personId: string, gridId: string, at: Date): Promise<boolean> {
  const [row] = await reading.query(
    `SELECT 1 FROM role_grant WHERE person_id = ? AND node_id = ? AND role = 'hubKeeper' AND (ends_at IS NULL OR ends_at > ?)`,
    [personId, gridId, at],
  );
  return row !== undefined;
}

export interface HubPost {
  personId: string;
  startsAt: Date;
  endsAt: Date | null;
}

export async function hubPost(reading: Reading, postId: string): Promise<HubPost | undefined> {
  const [row] = await reading.query<HubPost>(
    `SELECT person_id AS personId, starts_at AS startsAt, ends_at AS endsAt FROM role_grant
     WHERE id = ? AND role = 'hubKeeper'`,
    [postId],
  );
  return row;
}

/** Has he the post now, where he lives? */
export async function keepsHubAtHome(reading: Reading, personId: string, now: Date): Promise<boolean> {
  const [row] = await reading.query(
    `SELECT 1 FROM role_grant r JOIN person p ON p.id = r.person_id JOIN household h ON h.id = p.household_id
     WHERE r.person_id = ? AND r.role = 'hubKeeper' AND r.node_id = h.grid_id
       AND r.starts_at <= ? AND (r.ends_at IS NULL OR r.ends_at > ?)`,
    [personId, now, now],
  );
  return row !== undefined;
}
