import { Entity } from 'typeorm';
import { Binary, Code, Id, Int, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

/** 电脑登录: a browser asks, a phone confirms, what the phone shows is typed at the computer: a session, once. */
@Entity('desktop_sign_in')
export class DesktopSignIn {
  @Id() id!: string;
  /** Of what the picture says: the phone's half. */
  @Binary('code_hash', 32) codeHash!: Buffer;
  /** Of what only the browser knows: its half. */
  @Binary('secret_hash', 32) secretHash!: Buffer;
  @Binary('address_hash', 32) addressHash!: Buffer;
  @Code('state', 10) state!: 'waiting' | 'confirmed' | 'refused' | 'used';
  @Words('browser', 60) browser!: string;
  @Words('network', 45) network!: string;
  /** Who confirmed, or refused. */
  @OptionalRef('person_id') personId!: string | null;
  /** What the phone shows that confirmed. */
  @Code('check_digits', 4, true) checkDigits!: string | null;
  /** Wrong digits so far. */
  @Int('tries') tries!: number;
  @Time('asked_at') askedAt!: Date;
  @Time('expires_at') expiresAt!: Date;
  @Time('decided_at', true) decidedAt!: Date | null;
}

/** A link printed on the server by `npm run admin:create`; opened once. */
@Entity('sign_in_link')
export class SignInLink {
  @Id() id!: string;
  @Binary('key_hash', 32) keyHash!: Buffer;
  @Ref('person_id') personId!: string;
  @Time('created_at') createdAt!: Date;
  @Time('expires_at') expiresAt!: Date;
  @Time('used_at', true) usedAt!: Date | null;
}
