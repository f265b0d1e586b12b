import vectors from './vectors.json';
import { isSigned, openPush, PushRefused, pushSignature, sealPush, type PushFault } from './push-cipher';

const { messagePush } = vectors;
const { token, encodingAESKey: encodingAesKey, appid, urlCheck, plain, safe, reply } = messagePush;
const secrets = { token, encodingAesKey, appid };
const signedSafe = { timestamp: safe.timestamp, nonce: safe.nonce, signature: safe.msg_signature };

test('WeChat’s samples: the check of the address, a plain push, a sealed one, and a sealed reply', () => {
  expect(pushSignature(token, urlCheck)).toBe(urlCheck.signature);
  expect(pushSignature(token, plain)).toBe(plain.signature);
  expect(openPush(secrets, safe.Encrypt, signedSafe)).toBe(safe.message);
  expect(Buffer.byteLength(safe.message)).toBe(safe.length);
  expect(sealPush(secrets, safe.message, Buffer.from(safe.random))).toBe(safe.Encrypt);
  const sealed = sealPush(secrets, reply.message, Buffer.from(reply.random));
  expect(sealed).toBe(reply.Encrypt);
  expect(pushSignature(token, { timestamp: reply.TimeStamp, nonce: reply.Nonce }, sealed)).toBe(reply.MsgSignature);
});

test('every length of a message comes through, Chinese and emoji included', () => {
  for (let length = 0; length <= 70; length += 1) {
    const message = `${'村'.repeat(length)}👍`;
    const sealed = sealPush(secrets, message);
    const signature = pushSignature(token, { timestamp: '1', nonce: '2' }, sealed);
    expect(openPush(secrets, sealed, { timestamp: '1', nonce: '2', signature })).toBe(message);
  }
});

const faultOf = (sealed: string, given = secrets): PushFault | null => {
  const signature = pushSignature(given.token, { timestamp: '1', nonce: '2' }, sealed);
  try {
    openPush(given, sealed, { timestamp: '1', nonce: '2', signature });
    return null;
  } catch (error) {
    if (error instanceof PushRefused) return error.fault;
    throw error;
  }
};

test('a wrong signature, another app, another key, and bytes that are no message are refused', () => {
  const off = { ...signedSafe, signature: signedSafe.signature.replace(/^./, 'f') };
  expect(() => openPush(secrets, safe.Encrypt, off)).toThrow(new PushRefused('signature'));
  expect(() => openPush(secrets, safe.Encrypt, { ...signedSafe, nonce: '1' })).toThrow(new PushRefused('signature'));
  expect(() => openPush({ ...secrets, token: 'BBBBB' }, safe.Encrypt, signedSafe)).toThrow(
    new PushRefused('signature'),
  );
  expect(faultOf(sealPush({ ...secrets, appid: 'wxother' }, '{}'))).toBe('appid');
  const otherKey = { ...secrets, encodingAesKey: 'B'.repeat(43) };
  expect(['padding', 'length', 'appid']).toContain(faultOf(sealPush(otherKey, '{}')));
  expect(faultOf('')).toBe('cipher');
  expect(faultOf('AAAA')).toBe('cipher');
  expect(faultOf(Buffer.alloc(64).toString('base64'))).not.toBeNull();
});

test('any byte changed in a sealed message never gives another message of ours', () => {
  const sealed = Buffer.from(safe.Encrypt, 'base64');
  const opened = Array.from(sealed, (_, place) => {
    const changed = Buffer.from(sealed);
    changed[place] = (changed[place] ?? 0) ^ 1;
    return changed.toString('base64');
  });
  // Whoever cannot sign cannot change: the signature of the whole text stands before everything.
  for (const changed of opened)
    expect(() => openPush(secrets, changed, signedSafe)).toThrow(new PushRefused('signature'));
});

test('signatures of other lengths are compared without falling over', () => {
  expect(isSigned('abc', '')).toBe(false);
  expect(isSigned('abc', '村')).toBe(false);
  expect(isSigned('abc', 'abc')).toBe(true);
});
