import type { Relation } from '@sandan/shared/households/household.words';
import { fromJson, type Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';

export interface NeighboursRow {
  id: string;
  gridId: string;
  door: Sealed | null;
  headName: string | null;
  people: readonly [id: string, name: string, relation: Relation | null][];
}

/** The houses of these grids with who lives there; of nobody's number, and of nothing that is noted. */
export async function neighboursIn(reading: Reading, gridIds: readonly string[]): Promise<NeighboursRow[]> {
  if (gridIds.length === 0) return [];
  const rows = await reading.query<Omit<NeighboursRow, 'people'> & { people: unknown }>(
    `SELECT h.id, h.grid_id AS gridId, h.door_sealed AS door, f.name AS headName,
       (SELECT JSON_ARRAYAGG(JSON_ARRAY(p.id, p.name, p.relation)) FROM person p
        WHERE p.household_id = h.id AND p.disabled_at IS NULL) AS people
     FROM household h LEFT JOIN person f ON f.id = h.head_person_id
     WHERE h.grid_id IN (?) AND h.closed_at IS NULL ORDER BY h.grid_id, h.id LIMIT 500`,
    [gridIds],
  );
  return rows.map(({ people, ...row }) => ({ ...row, people: fromJson<NeighboursRow['people'] | null>(people) ?? [] }));
}

export interface RunningConsent {
  personId: string;
  endsOn: string;
}

/** Who has let this agent act for him today. */
export const consentsTo = (reading: Reading, agentId: string, today: string): Promise<RunningConsent[]> =>
  reading.query<RunningConsent>(
    `SELECT person_id AS personId, MAX(ends_on) AS endsOn FROM proxy_consent
     WHERE agent_id = ? AND revoked_at IS NULL AND starts_on <= ? AND ends_on >= ? GROUP BY person_id`,
    [agentId, today, today],
  );
