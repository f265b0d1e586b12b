import { Entity } from 'typeorm';
import { CodeId, SealedWords, Time } from '../../database/columns';

/** The access token of an app, and which process is about to fetch the next one. */
@Entity('wechat_token')
export class WechatToken {
  /** The appid. */
  @CodeId('id', 32) id!: string;
  /** Up to 512 characters, under a seal. */
  @SealedWords('wechatToken.token', 1500) token!: string | null;
  @Time('renew_at', true) renewAt!: Date | null;
  @Time('claimed_until', true) claimedUntil!: Date | null;
}
