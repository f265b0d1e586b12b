import type { accessApi } from '@sandan/shared/access/access.contract';
import type { AccessReason } from '@sandan/shared/access/access.words';
import type { ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { isEnrolled, shownUntil } from '../../foundation/access/second-factor';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { qrPicture } from '../../foundation/qr-picture';
import { newRecoveryCodes, newSecret, otpAddress, recoveryHash } from './one-time-codes';
import type { Proof } from './prove';
import { RecoveryCode, SecondFactor } from './second-factor.entity';
import { factorOf, lockedFactorOf, recoveryCodesLeft } from './second-factor.queries';
import { putOut } from './sessions.service';
import { mustReachPerson } from '../../foundation/access/reach-person';

type Standing = ReplyOf<typeof accessApi.secondFactor>;

export async function standing(reading: Reading, caller: Caller): Promise<Standing> {
  const [factor, recoveryCodesLeftNow] = await Promise.all([
    factorOf(reading, caller.personId),
    recoveryCodesLeft(reading, caller.personId),
  ]);
  return {
    enrolled: Boolean(factor?.enrolledAt),
    enrolledAt: factor?.enrolledAt?.toISOString() ?? null,
    recoveryCodesLeft: recoveryCodesLeftNow,
    shownUntil: shownUntil(caller)?.toISOString() ?? null,
  };
}

/** Whoever replaces what he has shows it first, just now: an unlocked computer is no proof. */
const freshProof = 5 * 60_000;

/**
 * A new secret, good once its first code is given. The one in use stays in use until then.
 * @throws Problem access.second-factor-needed
 */
export async function beginEnrolment(db: Db, caller: Caller): Promise<{ secret: string; image: string }> {
  const { personId, name, provedAt, now } = caller;
  const isFresh = provedAt !== null && now.getTime() - provedAt.getTime() <= freshProof;
  if (!isFresh && (await isEnrolled(db, personId))) throw new Problem('access.second-factor-needed');
  const secret = newSecret();
  await db.upsert(
    SecondFactor,
    [{ id: newId(now), personId, nextSecret: secret, nextAt: now }],
    ['nextSecret', 'nextAt'],
  );
  return { secret, image: qrPicture(otpAddress(secret, name)) };
}

/**
 * The second phase of enrolling, after the first code was proved: the secret is in use, this session has shown it, other
 * sessions have not. A repeat, whose first answer was lost, gets new recovery codes: the lost ones were seen by nobody.
 */
export async function finishEnrolment(db: Db, caller: Caller, actionId: string): Promise<string[]> {
  const { personId, sessionId, now } = caller;
  const factor = await lockedFactorOf(db, personId);
  if (factor?.nextSecret) {
    // The name of the column stands in the seal: a secret that moves is sealed anew.
    const secret = db.vault.seal('secondFactor.secret', db.vault.open('secondFactor.nextSecret', factor.nextSecret));
    await db.write(
      `UPDATE second_factor SET secret_sealed = ?, next_secret_sealed = NULL, next_at = NULL, enrolled_at = ?, action_id = ?
       WHERE person_id = ?`,
      [secret, now, actionId, personId],
    );
    await db.write('UPDATE session SET proved_at = IF(id = ?, ?, NULL) WHERE person_id = ?', [
      ...[sessionId, now, personId],
    ]);
    await recordAct(db, caller, 'enrolSecondFactor', {});
  }
  return replaceRecoveryCodes(db, personId);
}

async function replaceRecoveryCodes(db: Db, personId: string): Promise<string[]> {
  await db.write('DELETE FROM recovery_code WHERE person_id = ?', [personId]);
  const codes = newRecoveryCodes();
  await db.insert(
    RecoveryCode,
    codes.map((code) => ({ personId, codeHash: recoveryHash(personId, code) })),
  );
  return codes;
}

/** Ten new ones; the old ones are worth nothing any more. */
export async function renewRecoveryCodes(db: Db, caller: Caller): Promise<string[]> {
  const { personId } = caller;
  if (!(await isEnrolled(db, personId))) throw new Problem('access.second-factor-missing');
  await recordAct(db, caller, 'renewRecoveryCodes', {});
  return replaceRecoveryCodes(db, personId);
}

/** This session has shown the second factor. */
export async function noteShown(db: Db, caller: Caller, by: Proof): Promise<Standing> {
  const { sessionId, now } = caller;
  await db.write('UPDATE session SET proved_at = ? WHERE id = ?', [now, sessionId]);
  const shown = await standing(db, { ...caller, provedAt: now });
  const { recoveryCodesLeft: left } = shown;
  await recordAct(db, caller, 'showSecondFactor', { facts: { shownBy: by, recoveryCodesLeft: left } });
  return shown;
}

/** Nothing is left of it, and no session has shown it. */
export async function takeAway(db: Db, personId: string): Promise<void> {
  await db.write('DELETE FROM second_factor WHERE person_id = ?', [personId]);
  await db.write('DELETE FROM recovery_code WHERE person_id = ?', [personId]);
  await db.write('UPDATE session SET proved_at = NULL WHERE person_id = ?', [personId]);
}

interface Reset {
  personId: string;
  judge: () => { reason: AccessReason };
}

/**
 * For somebody who has lost phone and recovery codes: by an administrator above him, never by himself.
 * @throws Problem access.own-reset, person.not-found, access.forbidden
 */
export async function resetSecondFactor(db: Db, caller: Caller, { personId, judge }: Reset) {
  if (personId === caller.personId) throw new Problem('access.own-reset');
  await mustReachPerson(db, caller, 'person.resetSecondFactor', personId);
  const { reason } = judge();
  await takeAway(db, personId);
  // Whoever holds the lost phone is out: otherwise he would be the first to set up the new one.
  const facts = await putOut(db, personId, reason, caller.now);
  await recordAct(db, caller, 'resetSecondFactor', { thingId: personId, facts });
  return { personId, enrolled: false };
}
