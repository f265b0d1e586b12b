import { rolePermissions, type Permission, type Role } from '@sandan/shared/access/roles';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';

/** A household that wants somebody to go there. */
export interface ToSplit {
  householdId: string;
  gridId: string;
}

interface Worker {
  personId: string;
  home: string | null;
  gridId: string;
  role: string;
}

export const recordingRoles = (Object.keys(rolePermissions) as Role[]).filter((role) =>
  (rolePermissions[role] as readonly Permission[]).includes('sweep.record'),
);

/** There and not away: whoever cannot go today is not sent. */
export const isThere = 'p.disabled_at IS NULL AND p.erased_at IS NULL AND (p.away_until IS NULL OR p.away_until <= ?)';
const isPosted = 'g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)';

/**
 * Who goes to which household: the linked member (联户), where he is there and it is not his own; else the grid worker
 * of its grid, then the lead, each with as few as the others; else nobody, and the lead is shown so.
 */
export async function splitHouseholds(
  db: Reading,
  { now, reference }: Pick<Caller, 'now' | 'reference'>,
  households: readonly ToSplit[],
): Promise<Map<string, string | null>> {
  const gridIds = [...new Set(households.map(({ gridId }) => gridId))];
  if (gridIds.length === 0) return new Map();
  const above = [...new Set(gridIds.flatMap((id) => [id, reference.tree.gridOf(id).village ?? id]))];
  const linked = await linkedMembers(db, gridIds, now);
  const workers = await workersAt(db, above, now);
  const load = new Map<string, number>();
  const least = (some: readonly Worker[]): string | null => {
    const [first] = [...some].sort((one, other) => (load.get(one.personId) ?? 0) - (load.get(other.personId) ?? 0));
    return first?.personId ?? null;
  };
  return new Map(
    households.map(({ householdId, gridId }) => {
      const member = linked.get(householdId);
      const lines = [gridId, reference.tree.gridOf(gridId).village].flatMap((id) =>
        ['gridWorker', 'smallGridLead'].map((role) =>
          workers.filter((each) => each.gridId === id && each.role === role && each.home !== householdId),
        ),
      );
      const holder = member ?? least(lines.find((line) => line.length > 0) ?? []);
      if (holder !== null) load.set(holder, (load.get(holder) ?? 0) + 1);
      return [householdId, holder] as const;
    }),
  );
}

async function linkedMembers(db: Reading, gridIds: readonly string[], now: Date): Promise<Map<string, string>> {
  const rows = await db.query<{ householdId: string; memberId: string }>(
    `SELECT l.household_id AS householdId, l.member_id AS memberId
     FROM household h JOIN household_link l ON l.household_id = h.id JOIN person p ON p.id = l.member_id
     WHERE h.grid_id IN (?) AND l.starts_at <= ? AND (l.ends_at IS NULL OR l.ends_at > ?) AND ${isThere}
       AND (p.household_id IS NULL OR p.household_id <> h.id)
       AND EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = p.id AND g.role IN (?) AND ${isPosted})
     ORDER BY l.starts_at, l.id`,
    [gridIds, now, now, now, recordingRoles, now, now],
  );
  return new Map(rows.map(({ householdId, memberId }) => [householdId, memberId]));
}

const workersAt = (db: Reading, gridIds: readonly string[], now: Date): Promise<Worker[]> =>
  db.query<Worker>(
    `SELECT DISTINCT g.person_id AS personId, p.household_id AS home, g.node_id AS gridId, g.role
     FROM role_grant g JOIN person p ON p.id = g.person_id
     WHERE g.tree = 'grid' AND g.node_id IN (?) AND g.role IN ('gridWorker', 'smallGridLead') AND ${isPosted} AND ${isThere}
     ORDER BY g.person_id`,
    [gridIds, now, now, now],
  );
