import { fromJson, type Reading } from '../../foundation/database/connect';
import type { BindingKind } from '@sandan/shared/people/binding.words';

/** Whom a message about a request to be bound may go to; ids only. */
export interface BindingPeople {
  kind: BindingKind;
  claimantId: string;
  targetId: string | null;
  householdId: string | null;
  isDoubted: boolean;
  /** Who serves the households there: of the group and of the village. */
  workerIds: string[];
  /** Who says the second yes; for 换绑 who sees the proof. */
  deciderIds: string[];
  /** Those of the household who are in the app. */
  familyIds: string[];
}

const now = 'r.starts_at <= ? AND (r.ends_at IS NULL OR r.ends_at > ?)';
const holders = (roles: string, nodes: string) =>
  `(SELECT JSON_ARRAYAGG(r.person_id) FROM role_grant r WHERE r.role IN (${roles}) AND r.node_id IN (${nodes}) AND ${now})`;
/** The node above the post, on either tree. */
const above = 'COALESCE(b.above_village_id, b.above_town_id, b.above_county_id)';
const secretaries = (grid: string) =>
  `(SELECT JSON_ARRAYAGG(r.person_id) FROM role_grant r JOIN party_grid y ON y.organization_id = r.node_id
     WHERE r.role = 'partySecretary' AND y.grid_id = ${grid} AND ${now})`;

export async function bindingPeople(db: Reading, bindingId: string, at: Date): Promise<BindingPeople | null> {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT b.kind, b.state, b.person_id, b.target_id, b.household_id, b.doubted_by_id, b.above_county_id,
       ${holders("'gridWorker', 'smallGridLead', 'deskLead'", 'b.group_id, b.village_id')} AS workers,
       ${holders("'deskLead', 'townDispatcher', 'admin'", above)} AS above,
       ${secretaries(above)} AS above_secretaries,
       ${holders("'villageLiaison'", 'b.village_id')} AS liaisons,
       ${holders("'deskLead'", 'b.village_id')} AS desk, ${secretaries('b.village_id')} AS secretaries,
       (SELECT JSON_ARRAYAGG(f.id) FROM person f WHERE f.household_id = b.household_id AND f.bound_at IS NOT NULL) AS family
     FROM binding_request b WHERE b.id = ?`,
    [...Array<Date>(12).fill(at), bindingId],
  );
  if (!row) return null;
  const ids = (name: string): string[] => [...new Set(fromJson<string[] | null>(row[name]) ?? [])];
  const kind = row['kind'] as BindingKind;
  return {
    kind,
    claimantId: row['person_id'] as string,
    targetId: row['target_id'] as string | null,
    householdId: row['household_id'] as string | null,
    isDoubted: row['doubted_by_id'] !== null,
    // 代管: where nobody serves the houses, the secretary looks.
    workerIds: ids('workers').length > 0 ? ids('workers') : ids('secretaries'),
    deciderIds: decidersOf(kind, row['above_county_id'] !== null).flatMap(ids),
    familyIds: ids('family'),
  };
}

function decidersOf(kind: BindingKind, isPost: boolean): string[] {
  if (isPost) return ['above', 'above_secretaries'];
  if (kind === 'disputed') return ['liaisons'];
  return kind === 'rebind' ? ['desk', 'secretaries'] : [];
}
