import type { Background } from '../background/background';
import type { Config } from '../config';
import type { Database } from '../database/connect';
import type { Documents } from '../documents/documents';
import type { Log } from '../log';
import type { PhotoDecoder } from '../photos/decoder';
import type { SigningKeys } from '../access/signature';
import type { ReferenceCache } from '../reference/reference';
import type { Clock } from '../world/clock';
import type { Files } from '../world/files';
import type { Speech } from '../world/speech/speech';
import type { Wechat } from '../world/wechat/client';
import type { WechatTally } from '../world/wechat/tally';

/** Everything outside the process, handed in once; tests hand in a movable clock and the stand-in of WeChat. */
export interface World {
  config: Config;
  clock: Clock;
  log: Log;
  database: Database;
  references: ReferenceCache;
  wechat: Wechat;
  wechatTally: WechatTally;
  /** Demo and tests only: a login code as `wx.login` would give it. */
  issueWechatCode: ((openid: string, nickname?: string) => Promise<string>) | null;
  /** Demo and tests only: the code of the phone button, as WeChat would give it to this account. */
  issuePhoneCode: ((openid: string, phone: string) => Promise<string>) | null;
  /** 语音听写; null where the county has no such service. */
  speech: Speech | null;
  files: Files;
  decoder: PhotoDecoder;
  documents: Documents;
  signing: SigningKeys;
  background: Background;
}
