import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The one place that names algorithms. `aes`: AES-256-GCM and HMAC-SHA-256. `sm` (商用密码): SM4-CTR with HMAC-SM3 over
 * what was encrypted (GB/T 32907, GB/T 32905), for a county whose assessment (密评) asks for them. A key says which suite
 * it belongs to, so that changing the suite is a rotation of keys like any other.
 */
export const suiteNames = ['aes', 'sm'] as const;
export type SuiteName = (typeof suiteNames)[number];

export interface Suite {
  /** `about` is authenticated but not stored: bytes that were moved to another field do not open. */
  seal(secret: Buffer, text: Buffer, about: string): Buffer;
  /** Throws where a single bit, the key or `about` is another one. */
  open(secret: Buffer, sealed: Buffer, about: string): Buffer;
  /** 32 bytes. The same text gives the same bytes, for exact search; without the key nobody can try out numbers. */
  digest(secret: Buffer, text: string): Buffer;
}

/** Bytes of every secret, whatever the suite. */
export const secretBytes = 32;

const nonceBytes = 12;
const tagBytes = 16;

const aes: Suite = {
  seal: (secret, text, about) => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(about));
    return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  },
  open: (secret, sealed, about) => {
    const [nonce, body, tag] = partsOf(sealed, nonceBytes, tagBytes);
    const cipher = createDecipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(about)).setAuthTag(tag);
    return Buffer.concat([cipher.update(body), cipher.final()]);
  },
  digest: (secret, text) => createHmac('sha256', secret).update(text).digest(),
};

const counterBytes = 16;
const macBytes = 32;
const sm3 = (secret: Buffer, ...parts: (string | Buffer)[]): Buffer => {
  const hmac = createHmac('sm3', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};
/** Two keys of one secret: what encrypts never authenticates. */
const smKeys = (secret: Buffer) => ({
  encrypt: sm3(secret, 'encrypt').subarray(0, 16),
  authenticate: sm3(secret, 'authenticate'),
});
const smMac = (key: Buffer, about: string, bytes: Buffer): Buffer =>
  sm3(key, `${Buffer.byteLength(about)}:${about}`, bytes);

const sm: Suite = {
  seal: (secret, text, about) => {
    const keys = smKeys(secret);
    const counter = randomBytes(counterBytes);
    const cipher = createCipheriv('sm4-ctr', keys.encrypt, counter);
    const body = Buffer.concat([counter, cipher.update(text), cipher.final()]);
    return Buffer.concat([body, smMac(keys.authenticate, about, body)]);
  },
  open: (secret, sealed, about) => {
    const keys = smKeys(secret);
    const [counter, body, mac] = partsOf(sealed, counterBytes, macBytes);
    const expected = smMac(keys.authenticate, about, Buffer.concat([counter, body]));
    if (!timingSafeEqual(mac, expected)) throw new Error('The bytes were changed');
    const cipher = createDecipheriv('sm4-ctr', keys.encrypt, counter);
    return Buffer.concat([cipher.update(body), cipher.final()]);
  },
  digest: (secret, text) => sm3(secret, text),
};

export const suites: Record<SuiteName, Suite> = { aes, sm };

function partsOf(sealed: Buffer, head: number, tail: number): [Buffer, Buffer, Buffer] {
  if (sealed.length < head + tail) throw new Error('The bytes are too short');
  const end = sealed.length - tail;
  return [sealed.subarray(0, head), sealed.subarray(head, end), sealed.subarray(end)];
}
