import { createDecipheriv, createHash, createHmac } from 'node:crypto';

/** 开放数据: what a phone brings that WeChat has signed or sealed with the person's session key (wechat.md §2.2, §9). */

/**
 * Proves to WeChat that we hold the session key, without saying it: hexadecimal HMAC-SHA256 of the message (of an empty
 * one for checkSessionKey). The key is the base64 *text*, not what it stands for.
 */
export const sessionSignature = (sessionKey: string, message = ''): string =>
  createHmac('sha256', sessionKey).update(message).digest('hex');

/** What the phone's `rawData` must be signed with. */
export const rawDataSignature = (sessionKey: string, rawData: string): string =>
  createHash('sha1')
    .update(rawData + sessionKey)
    .digest('hex');

export interface Watermark {
  readonly appid: string;
  /** Seconds. */
  readonly timestamp: number;
}

/**
 * Opens `encryptedData` (AES-128-CBC). Null where the key is another than that of sealing, which a newer login brings
 * about, or where the data are another app's: the phone signs in again and brings new ones.
 */
export function openSealedData(
  { appid, sessionKey }: { appid: string; sessionKey: string },
  { encryptedData, iv }: { encryptedData: string; iv: string },
): ({ readonly watermark: Watermark } & Readonly<Record<string, unknown>>) | null {
  const text = deciphered(Buffer.from(sessionKey, 'base64'), Buffer.from(iv, 'base64'), encryptedData);
  const data = text === null ? null : parsed(text);
  return isMarked(data) && data.watermark.appid === appid ? data : null;
}

const keyLength = 16;

function deciphered(key: Buffer, iv: Buffer, sealed: string): string | null {
  if (key.length !== keyLength || iv.length !== keyLength) return null;
  const decipher = createDecipheriv('aes-128-cbc', key, iv);
  try {
    return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]).toString();
  } catch {
    return null; // bad padding: sealed with another key
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // one wrong key in 256 leaves a padding that looks right
  }
}

function isMarked(data: unknown): data is { watermark: Watermark } & Record<string, unknown> {
  if (typeof data !== 'object' || data === null || !('watermark' in data)) return false;
  const { watermark } = data;
  return typeof watermark === 'object' && watermark !== null && 'appid' in watermark && 'timestamp' in watermark;
}
