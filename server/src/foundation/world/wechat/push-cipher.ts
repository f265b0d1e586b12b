import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * 消息推送 from WeChat to us (wechat.md §8): who may speak at that door, and what stands in its sealed messages. The rules
 * are those of WeChat's own sample, every one of whose figures is checked in push-cipher.test.ts.
 */

/** What stands in WeChat's console under 消息推送, and nowhere else. */
export interface PushSecrets {
  readonly token: string;
  /** 43 letters and digits: base64 of 32 bytes without its last sign. */
  readonly encodingAesKey: string;
  readonly appid: string;
}

/**
 * Why a message was not believed: for the log, never for the answer. `stale`: of another hour; `open`: not sealed; `form`:
 * neither JSON nor XML of such a message; `size`: larger than any, or broken off.
 */
export const pushFaults = [
  'signature',
  'stale',
  'open',
  'cipher',
  'padding',
  'length',
  'appid',
  'form',
  'size',
] as const;
export type PushFault = (typeof pushFaults)[number];

export class PushRefused extends Error {
  constructor(readonly fault: PushFault) {
    super(`A push was refused: ${fault}`);
    this.name = 'PushRefused';
  }
}

interface Signed {
  readonly timestamp: string;
  readonly nonce: string;
}

/** SHA-1, in hexadecimal, of the sorted and joined parts: `signature`, and with the sealed text `msg_signature`. */
export function pushSignature(token: string, { timestamp, nonce }: Signed, sealed?: string): string {
  const parts = [token, timestamp, nonce, ...(sealed === undefined ? [] : [sealed])];
  return createHash('sha1').update(parts.sort().join('')).digest('hex');
}

/** Compared in the same time whatever is wrong with it. */
export function isSigned(expected: string, given: string): boolean {
  const [mine, theirs] = [Buffer.from(expected), Buffer.from(given)];
  return mine.length === theirs.length && timingSafeEqual(mine, theirs);
}

/** WeChat pads to 32 bytes, as PKCS#7 does, although AES has blocks of 16: Node's own padding has to be off. */
const block = 32;
const randomLength = 16;
const lengthBytes = 4;

const keyOf = ({ encodingAesKey }: PushSecrets): Buffer => Buffer.from(`${encodingAesKey}=`, 'base64');

/**
 * Opens what came in `Encrypt`. @throws PushRefused where the signature, the sealing or the app is not ours; then nothing
 * of it may be believed.
 */
export function openPush(
  secrets: PushSecrets,
  sealed: string,
  signed: Signed & { readonly signature: string },
): string {
  if (!isSigned(pushSignature(secrets.token, signed, sealed), signed.signature)) throw new PushRefused('signature');
  const plain = unpadded(deciphered(keyOf(secrets), Buffer.from(sealed, 'base64')));
  const start = randomLength + lengthBytes;
  if (plain.length < start) throw new PushRefused('length');
  const end = start + plain.readUInt32BE(randomLength);
  if (end > plain.length) throw new PushRefused('length');
  if (plain.subarray(end).toString() !== secrets.appid) throw new PushRefused('appid');
  return plain.subarray(start, end).toString();
}

/** Seals as WeChat does: its stand-in for pushes, the server for a sealed reply. `random`: 16 bytes. */
export function sealPush(secrets: PushSecrets, message: string, random: Buffer = randomBytes(randomLength)): string {
  const words = Buffer.from(message);
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(words.length);
  const plain = Buffer.concat([random, length, words, Buffer.from(secrets.appid)]);
  const missing = block - (plain.length % block);
  const key = keyOf(secrets);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(missing, missing)), cipher.final()]).toString(
    'base64',
  );
}

function deciphered(key: Buffer, sealed: Buffer): Buffer {
  if (sealed.length === 0 || sealed.length % 16 !== 0) throw new PushRefused('cipher');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([decipher.update(sealed), decipher.final()]);
}

function unpadded(padded: Buffer): Buffer {
  const count = padded.at(-1) ?? 0;
  const isPadding = count >= 1 && count <= block && padded.subarray(-count).every((byte) => byte === count);
  if (!isPadding) throw new PushRefused('padding');
  return padded.subarray(0, -count);
}
