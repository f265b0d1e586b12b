import { Entity } from 'typeorm';
import { Binary, Code, Id, Int, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

/** 连接手机: a computer asks, a phone confirms, the computer types what the phone shows. Forgotten after a day. */
@Entity('phone_connection')
export class PhoneConnection {
  @Id() id!: string;
  @Binary('code_hash', 32) codeHash!: Buffer;
  /** Who asks, at which session: no other one finishes it. */
  @Ref('person_id') personId!: string;
  @Ref('session_id') sessionId!: string;
  @Code('state', 10) state!: 'waiting' | 'confirmed' | 'done' | 'refused';
  @Words('browser', 60) browser!: string;
  @Words('network', 45) network!: string;
  /** Whose phone said yes, and what it shows. */
  @OptionalRef('phone_person_id') phonePersonId!: string | null;
  @Code('check_digits', 4, true) checkDigits!: string | null;
  /** Wrong digits so far. */
  @Int('tries') tries!: number;
  @Time('asked_at') askedAt!: Date;
  @Time('expires_at') expiresAt!: Date;
}
