import { Entity } from 'typeorm';
import { Code, CodeId, Id, SealedWords, Time } from '../../foundation/database/columns';

/** A push that has been taken, so that WeChat may repeat it. Kept for a day. */
@Entity('wechat_push')
export class TakenPush {
  /** SHA-256 of what makes it that one. */
  @CodeId('id', 64) id!: string;
  @Code('event', 60) event!: string;
  @Time('at') at!: Date;
}

/** A push that failed in our hands: WeChat repeats it for some seconds only, so it is kept until it is done. */
@Entity('wechat_push_failed')
export class FailedPush {
  @Id() id!: string;
  /** As in {@link TakenPush}; unique, so that WeChat's repeats keep it once. */
  @Code('push_id', 64) pushId!: string;
  @Code('event', 60) event!: string;
  @Time('at') at!: Date;
  /** Its fields as JSON. */
  @SealedWords('failedPush.text', 'long') text!: string;
}
