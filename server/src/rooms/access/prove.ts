import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db } from '../../foundation/database/connect';
import type { World } from '../../foundation/http/world';
import { isRecoveryCode, recoveryHash, stepOf } from './one-time-codes';
import { lockedFactorOf, type StoredFactor } from './second-factor.queries';

/** The fifth wrong code costs half a minute, each further one twice as long as the one before, an hour at most. */
const freeFailures = 4;
const firstLock = 30_000;
const longestLock = 60 * 60_000;

const lockAfter = (failures: number): number =>
  failures <= freeFailures ? 0 : Math.min(longestLock, firstLock * 2 ** (failures - freeFailures - 1));

export type Proof = 'totp' | 'recovery' | 'enrolment';
/** What a code is held against. */
type Against = (db: Db, factor: StoredFactor) => Promise<Proof | Problem>;

/**
 * Holds a code against what the person has. In a transaction of its own, because a wrong code is counted although the
 * request is refused; the row is locked, so that a hundred guesses at once are a hundred guesses one after the other.
 * @throws Problem access.wrong-code, access.code-used, access.locked, access.second-factor-missing, access.not-enrolling
 */
async function judged(world: World, caller: Caller, missing: Problem, against: Against): Promise<Proof> {
  const outcome = await world.database.transaction(async (db) => {
    const factor = await lockedFactorOf(db, caller.personId);
    if (!factor) return missing;
    const wait = factor.lockedUntil ? factor.lockedUntil.getTime() - caller.now.getTime() : 0;
    if (wait > 0) return new Problem('access.locked', { retryAfter: Math.ceil(wait / 1000) });
    const verdict = await against(db, factor);
    if (verdict instanceof Problem) {
      if (verdict.code === 'access.wrong-code') await countFailure(db, caller, factor);
      return verdict;
    }
    return verdict;
  });
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}

async function countFailure(db: Db, caller: Caller, factor: StoredFactor): Promise<void> {
  const { personId, now } = caller;
  const failures = factor.failures + 1;
  const lock = lockAfter(failures);
  const lockedUntil = lock === 0 ? null : new Date(now.getTime() + lock);
  await db.write('UPDATE second_factor SET failures = ?, locked_until = ? WHERE person_id = ?', [
    failures,
    lockedUntil,
    personId,
  ]);
  await recordAct(db, caller, 'failSecondFactor', { facts: { failures, lockedSeconds: lock / 1000 } });
}

/** A code of the authenticator or a recovery code; each is believed once. */
export const prove = (world: World, caller: Caller, code: string): Promise<Proof> =>
  judged(world, caller, new Problem('access.second-factor-missing'), async (db, factor) => {
    if (!factor.enrolledAt || !factor.secret) return new Problem('access.second-factor-missing');
    if (isRecoveryCode(code)) return useRecoveryCode(db, caller, code);
    return useStep(db, caller, factor, stepOf(db.vault.open('secondFactor.secret', factor.secret), code, caller.now));
  });

async function useStep(db: Db, { personId }: Caller, factor: StoredFactor, step: number | null) {
  if (step === null) return new Problem('access.wrong-code');
  if (step <= factor.lastStep) return new Problem('access.code-used');
  await db.write('UPDATE second_factor SET last_step = ?, failures = 0, locked_until = NULL WHERE person_id = ?', [
    step,
    personId,
  ]);
  return 'totp' as const;
}

async function useRecoveryCode(db: Db, { personId, now }: Caller, code: string) {
  const used = await db.write(
    'UPDATE recovery_code SET used_at = ? WHERE person_id = ? AND code_hash = ? AND used_at IS NULL',
    [now, personId, recoveryHash(personId, code)],
  );
  if (used === 0) return new Problem('access.wrong-code');
  await db.write('UPDATE second_factor SET failures = 0, locked_until = NULL WHERE person_id = ?', [personId]);
  return 'recovery' as const;
}

/** How long a new secret waits for its first code, and how long the answer to that may be asked for again. */
const enrolmentLife = 15 * 60_000;

/** The first code of the secret that is being set up. `actionId`: whoever enrolled by it already, need not prove it again. */
export const proveEnrolment = (world: World, caller: Caller, given: { code: string; actionId: string }) =>
  judged(
    world,
    caller,
    new Problem('access.not-enrolling'),
    async (db, { nextSecret, nextAt, actionId, enrolledAt }) => {
      const isRecent = (at: Date | null): boolean =>
        at !== null && caller.now.getTime() - at.getTime() <= enrolmentLife;
      if (actionId === given.actionId && isRecent(enrolledAt)) return 'enrolment';
      if (!nextSecret || !isRecent(nextAt)) return new Problem('access.not-enrolling');
      const step = stepOf(db.vault.open('secondFactor.nextSecret', nextSecret), given.code, caller.now);
      if (step === null) return new Problem('access.wrong-code');
      await db.write('UPDATE second_factor SET last_step = ?, failures = 0, locked_until = NULL WHERE person_id = ?', [
        step,
        caller.personId,
      ]);
      return 'enrolment';
    },
  );
