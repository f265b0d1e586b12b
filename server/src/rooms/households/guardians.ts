import { bornAfter, grownFrom, isKnownGrownUp, latestBirthday } from '../../foundation/access/childhood';
import type { Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { Problem } from '@sandan/shared/problems';

export interface MayGuard {
  id: string;
  name: string;
}

/**
 * Who may be named 监护人 of a child of this house: whoever of it is known to be grown up, and whoever cares for it from
 * elsewhere by its yes (父母在外，孩子跟着爷爷奶奶).
 */
export const mayGuard = (db: Reading, householdId: string, now: Date): Promise<MayGuard[]> =>
  db.query<MayGuard>(
    `SELECT p.id, p.name FROM person p WHERE p.disabled_at IS NULL AND p.erased_at IS NULL
       AND ((p.household_id = ? AND ${latestBirthday('p')} <= ?)
         OR p.id IN (SELECT c.carer_id FROM care_relation c WHERE c.household_id = ? AND c.state = 'agreed'))
       AND COALESCE(${latestBirthday('p')} <= ?, TRUE)
     ORDER BY p.household_id = ? DESC, p.id LIMIT 20`,
    [householdId, bornAfter(now, grownFrom), householdId, bornAfter(now, grownFrom), householdId],
  );

interface Naming {
  householdId: string;
  childId: string;
  /** Null: none by name; then whoever of the house is grown up answers for the child. */
  guardianId: string | null;
}

/** 登记监护人. @throws Problem household.guardian-of-minors, household.not-a-guardian */
export async function nameGuardian(
  db: Db,
  caller: Caller,
  { householdId, childId, guardianId }: Naming,
): Promise<void> {
  const [child] = await db.query<{ bornOn: string | null; guardianId: string | null }>(
    `SELECT ${latestBirthday('p')} AS bornOn, p.guardian_id AS guardianId FROM person p WHERE p.id = ?`,
    [childId],
  );
  if (!child || child.guardianId === guardianId) return;
  if (guardianId !== null) {
    if (child.bornOn === null || isKnownGrownUp(child, caller.now)) throw new Problem('household.guardian-of-minors');
    const known = await mayGuard(db, householdId, caller.now);
    if (guardianId === childId || !known.some(({ id }) => id === guardianId))
      throw new Problem('household.not-a-guardian');
  }
  await db.write('UPDATE person SET guardian_id = ? WHERE id = ?', [guardianId, childId]);
  await recordAct(db, caller, 'nameGuardian', { thingId: childId, facts: { guardianId } });
}
