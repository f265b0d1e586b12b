import type { Db } from '../../database/connect';
import type { Reference } from '../../reference/reference';

/** A push whose signature, sealing and app were ours (wechat.md §8), read from JSON or XML. */
export interface WechatPush {
  /** `Event`, such as wxa_media_check or subscribe_msg_sent_event. */
  readonly event: string;
  /** Whom it is about: `OpenID` where the event has one, else `FromUserName`. */
  readonly openid: string;
  /** `CreateTime`. */
  readonly at: Date;
  /** All fields as WeChat named them; what it sends once as an object and else as an array is an array (`List`, `detail`). */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface PushScope {
  readonly db: Db;
  readonly reference: Reference;
  /** The server's time. */
  readonly now: Date;
}

/**
 * What a room does about one kind of push. It runs in the transaction that marks the push as taken, so its effect happens
 * exactly once however often WeChat repeats it; pushes come in any order. Registered in rooms.ts.
 */
export interface PushHandler {
  readonly event: string;
  run(scope: PushScope, push: WechatPush): Promise<void>;
}
