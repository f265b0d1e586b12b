import { Entity } from 'typeorm';
import { Code, CodeId, Time } from '../../foundation/database/columns';

/** A push that has been taken, so that WeChat may repeat it. Kept for a day. */
@Entity('wechat_push')
export class TakenPush {
  /** SHA-256 of what makes it that one. */
  @CodeId('id', 64) id!: string;
  @Code('event', 60) event!: string;
  @Time('at') at!: Date;
}
