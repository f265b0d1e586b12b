import type { Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { SecondFactor } from './second-factor.entity';

/** As it stands: the secrets sealed, for whoever needs one to open it. */
export type StoredFactor = Omit<SecondFactor, 'secret' | 'nextSecret'> & {
  secret: Sealed | null;
  nextSecret: Sealed | null;
};

const columns = `id, person_id AS personId, secret_sealed AS secret, next_secret_sealed AS nextSecret, next_at AS nextAt, enrolled_at AS enrolledAt,
       last_step AS lastStep, failures, locked_until AS lockedUntil, action_id AS actionId`;

async function read(reading: Reading, personId: string, lock: '' | 'FOR UPDATE'): Promise<StoredFactor | null> {
  const [row] = await reading.query<StoredFactor>(`SELECT ${columns} FROM second_factor WHERE person_id = ? ${lock}`, [
    personId,
  ]);
  return row ? { ...row, lastStep: Number(row.lastStep) } : null;
}

export const factorOf = (reading: Reading, personId: string) => read(reading, personId, '');
/** Locked until the end of the transaction: of two who guess at once the second sees what the first has done. */
export const lockedFactorOf = (reading: Reading, personId: string) => read(reading, personId, 'FOR UPDATE');

export async function recoveryCodesLeft(reading: Reading, personId: string): Promise<number> {
  const [row] = await reading.query<{ codes: number }>(
    'SELECT COUNT(*) AS codes FROM recovery_code WHERE person_id = ? AND used_at IS NULL',
    [personId],
  );
  return Number(row?.codes ?? 0);
}
