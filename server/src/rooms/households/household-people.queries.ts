import type { Reading } from '../../foundation/database/connect';

interface HousePeople {
  /** Those of the house who are in the app. */
  familyIds: string[];
  /** Who serves its group. */
  workerIds: string[];
}

export async function peopleOfHouse(db: Reading, householdId: string, at: Date): Promise<HousePeople> {
  const family = await db.query<{ id: string }>(
    'SELECT id FROM person WHERE household_id = ? AND disabled_at IS NULL AND bound_at IS NOT NULL',
    [householdId],
  );
  const workers = await db.query<{ id: string }>(
    `SELECT DISTINCT r.person_id AS id FROM household h JOIN role_grant r ON r.node_id = h.grid_id
     WHERE h.id = ? AND r.role IN ('gridWorker', 'smallGridLead') AND r.starts_at <= ? AND (r.ends_at IS NULL OR r.ends_at > ?)`,
    [householdId, at, at],
  );
  return { familyIds: family.map(({ id }) => id), workerIds: workers.map(({ id }) => id) };
}
