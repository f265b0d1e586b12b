import { Column, Entity } from 'typeorm';
import { Binary, Id, Int, OptionalRef, Ref, SealedWords, Time } from '../../foundation/database/columns';

/** 二次验证 (TOTP, RFC 6238) of a person: the secret in use, and the one that is being set up. Both sealed by the vault. */
@Entity('second_factor')
export class SecondFactor {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @SealedWords('secondFactor.secret') secret!: string | null;
  @SealedWords('secondFactor.nextSecret') nextSecret!: string | null;
  @Time('next_at', true) nextAt!: Date | null;
  @Time('enrolled_at', true) enrolledAt!: Date | null;
  /** The half minute whose code was shown last: no code is believed twice. */
  @Column({ name: 'last_step', type: 'bigint' }) lastStep!: number;
  /** Wrong codes since the last right one. */
  @Int('failures') failures!: number;
  @Time('locked_until', true) lockedUntil!: Date | null;
  /** The act that enrolled: whoever lost its answer may ask again. */
  @OptionalRef('action_id') actionId!: string | null;
}

@Entity('recovery_code')
export class RecoveryCode {
  @Id('person_id') personId!: string;
  @Binary('code_hash', 32) codeHash!: Buffer;
  @Time('used_at', true) usedAt!: Date | null;
}
