import type { CareState, ConsentWay, kinships } from '@sandan/shared/households/household-events.words';
import type { Reading } from '../../foundation/database/connect';

export interface CareRow {
  id: string;
  carerId: string;
  carerName: string;
  householdId: string;
  gridId: string;
  headName: string | null;
  state: CareState;
  kinship: keyof typeof kinships;
}

const careColumns = `SELECT c.id, c.carer_id AS carerId, p.name AS carerName, c.household_id AS householdId, h.grid_id AS gridId,
    f.name AS headName, c.state, c.kinship
  FROM care_relation c JOIN person p ON p.id = c.carer_id JOIN household h ON h.id = c.household_id
    LEFT JOIN person f ON f.id = h.head_person_id`;

/** Who asks to care for a household, or does. */
export const carersOf = (db: Reading, householdId: string): Promise<CareRow[]> =>
  db.query<CareRow>(
    `${careColumns} WHERE c.household_id = ? AND c.state IN ('asked', 'agreed') ORDER BY c.asked_at LIMIT 20`,
    [householdId],
  );

export const caringOf = (db: Reading, carerId: string): Promise<CareRow[]> =>
  db.query<CareRow>(
    `${careColumns} WHERE c.carer_id = ? AND c.state IN ('asked', 'agreed') ORDER BY c.asked_at LIMIT 20`,
    [carerId],
  );

export async function careById(db: Reading, id: string): Promise<CareRow | null> {
  const [row] = await db.query<CareRow>(`${careColumns} WHERE c.id = ?`, [id]);
  return row ?? null;
}

export interface ProxyRow {
  id: string;
  personId: string;
  personName: string;
  householdId: string | null;
  agentId: string;
  agentName: string;
  how: ConsentWay;
  startsOn: string;
  endsOn: string;
  recordedById: string;
  revokedAt: Date | null;
}

const proxyColumns = `SELECT x.id, x.person_id AS personId, p.name AS personName, p.household_id AS householdId,
    x.agent_id AS agentId, a.name AS agentName, x.how, x.starts_on AS startsOn, x.ends_on AS endsOn,
    x.recorded_by_id AS recordedById, x.revoked_at AS revokedAt
  FROM proxy_consent x JOIN person p ON p.id = x.person_id JOIN person a ON a.id = x.agent_id`;

export const proxiesOf = (db: Reading, householdId: string): Promise<ProxyRow[]> =>
  db.query<ProxyRow>(
    `${proxyColumns} WHERE p.household_id = ? AND x.revoked_at IS NULL ORDER BY x.starts_on DESC LIMIT 20`,
    [householdId],
  );

export async function proxyById(db: Reading, id: string): Promise<ProxyRow | null> {
  const [row] = await db.query<ProxyRow>(`${proxyColumns} WHERE x.id = ?`, [id]);
  return row ?? null;
}

/** The consent by which somebody may act for this person today; null where there is none. */
export async function standingConsent(
  db: Reading,
  { personId, agentId, today }: { personId: string; agentId: string; today: string },
): Promise<Pick<ProxyRow, 'how' | 'personName' | 'recordedById'> | null> {
  const [row] = await db.query<ProxyRow>(
    `${proxyColumns} WHERE x.person_id = ? AND x.agent_id = ? AND x.revoked_at IS NULL AND x.starts_on <= ? AND x.ends_on >= ?
     ORDER BY x.ends_on DESC LIMIT 1`,
    [personId, agentId, today, today],
  );
  return row ?? null;
}
