import { chinaDate } from '@sandan/shared/china-time';
import type { BodyOf } from '@sandan/shared/endpoint';
import { householdFlags } from '@sandan/shared/households/household.words';
import { householdLimits } from '@sandan/shared/households/household-events.words';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { HouseholdFlag } from './household.entity';
import { flagRule } from './households.policy';
import { flagsOf } from './households.queries';
import { audit, readHousehold } from './households.service';
import { startFlagChecks } from './flags.due-work';
import { memberById } from './members';
import { householdFor } from './visible-household';
import { followFlags } from './visit-rhythm';

type Api = typeof householdsApi;

/** The day until which a circumstance counts as looked at: twelve months (domain.md §12.8). */
export function checkedUntil(from: string): string {
  const [year = 0, month = 0, day = 0] = from.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + householdLimits.checkMonths, day)).toISOString().slice(0, 10);
}

/** 特殊情况: sensitive ones need consent of their own or a ground in law; one of a person names the person. */
export async function addFlag(db: Db, caller: Caller, householdId: string, judge: () => BodyOf<Api['addFlag']>) {
  const { townId } = await householdFor(db, caller, householdId, flagRule);
  const { actionId, flag, personId = null, source, ground = null, since } = judge();
  const { sensitive, ofPerson } = householdFlags[flag];
  if (sensitive && ground === null) throw new Problem('household.flag-ground');
  if (ofPerson && personId === null) throw new Problem('household.flag-person');
  if (personId !== null && (await memberById(db, personId))?.householdId !== householdId)
    throw new Problem('household.not-a-member');
  const today = chinaDate(caller.now.getTime());
  if (since > today) throw new Problem('household.in-future');
  // One press after the other: the same circumstance stands once.
  await db.query('SELECT id FROM household WHERE id = ? FOR UPDATE', [householdId]);
  const present = await flagsOf(db, householdId);
  if (present.some(({ id }) => id === actionId)) return readHousehold(db, caller, householdId);
  const subject = ofPerson ? personId : null;
  if (present.some((each) => each.flag === flag && each.personId === subject))
    throw new Problem('household.flag-there');
  await db.insert(HouseholdFlag, [
    {
      ...{ id: actionId, householdId, personId: subject, flag, source, ground, since },
      ...{ checkedUntil: checkedUntil(today), addedById: caller.personId, addedAt: caller.now, endedAt: null },
    },
  ]);
  await followFlags(db, [householdId], caller.now);
  if (townId !== null) await startFlagChecks(db, [townId], caller.now);
  await audit(db, caller, 'addFlag', householdId, { flagId: actionId });
  return readHousehold(db, caller, householdId);
}

/** Looked at again: still so for another year, or no more. */
export async function checkFlag(
  db: Db,
  caller: Caller,
  { householdId, flagId }: { householdId: string; flagId: string },
  judge: () => BodyOf<Api['checkFlag']>,
) {
  await householdFor(db, caller, householdId, flagRule);
  const { holds } = judge();
  const where = 'WHERE id = ? AND household_id = ? AND ended_at IS NULL';
  const until = checkedUntil(chinaDate(caller.now.getTime()));
  const changed = holds
    ? await db.write(`UPDATE household_flag SET checked_until = ? ${where}`, [until, flagId, householdId])
    : await db.write(`UPDATE household_flag SET ended_at = ? ${where}`, [caller.now, flagId, householdId]);
  if (changed === 0) throw new Problem('household.flag-not-found');
  if (!holds) await followFlags(db, [householdId], caller.now);
  await audit(db, caller, holds ? 'checkFlag' : 'endFlag', householdId, { flagId });
  return readHousehold(db, caller, householdId);
}
