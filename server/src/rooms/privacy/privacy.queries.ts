import type { Reading } from '../../foundation/database/connect';

/** Whose request it is, and what was answered. */
export async function correctionAsker(
  reading: Reading,
  correctionId: string,
): Promise<{ personId: string; answer: string | null } | null> {
  const [row] = await reading.query<{ personId: string; answer: string | null }>(
    'SELECT asked_by_id AS personId, answer FROM correction WHERE id = ?',
    [correctionId],
  );
  return row ?? null;
}

/** Who puts the data of people in these grids right: those with one of the roles over one of them. */
export async function correctorsOver(
  reading: Reading,
  { gridIds, roles, now }: { gridIds: readonly string[]; roles: readonly string[]; now: Date },
): Promise<string[]> {
  if (gridIds.length === 0) return [];
  const rows = await reading.query<{ personId: string }>(
    `SELECT DISTINCT person_id AS personId FROM role_grant WHERE tree = 'grid' AND node_id IN (?) AND role IN (?)
       AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)`,
    [gridIds, roles, now, now],
  );
  return rows.map(({ personId }) => personId);
}

/** Whose account is to be closed. */
export async function closingSubject(
  reading: Reading,
  personId: string,
): Promise<{ name: string; householdId: string | null } | null> {
  const [row] = await reading.query<{ name: string; householdId: string | null }>(
    'SELECT name, household_id AS householdId FROM person WHERE id = ? AND erased_at IS NULL',
    [personId],
  );
  return row ?? null;
}
