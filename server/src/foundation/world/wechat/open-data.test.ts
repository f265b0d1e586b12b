import vectors from './vectors.json';
import { openSealedData, rawDataSignature, sessionSignature } from './open-data';

const { sessionSignature: signed, rawData, encryptedData: sealed } = vectors;

test('WeChat’s samples: the signature of a session, of raw data, and sealed data', () => {
  for (const { message, hmacSha256 } of signed.cases) expect(sessionSignature(signed.key, message)).toBe(hmacSha256);
  expect(sessionSignature(signed.key)).toBe(signed.cases.find(({ message }) => message === '')?.hmacSha256);
  expect(rawDataSignature(rawData.sessionKey, rawData.rawData)).toBe(rawData.signature);
  expect(openSealedData(sealed, sealed)).toMatchObject(sealed.expect);
});

test('another key, another app, a cut text and an odd key open nothing', () => {
  expect(openSealedData({ ...sealed, sessionKey: rawData.sessionKey }, sealed)).toBeNull();
  expect(openSealedData({ ...sealed, appid: 'wxother' }, sealed)).toBeNull();
  expect(openSealedData(sealed, { ...sealed, encryptedData: sealed.encryptedData.slice(0, 40) })).toBeNull();
  expect(openSealedData({ ...sealed, sessionKey: 'AAAA' }, sealed)).toBeNull();
  expect(openSealedData(sealed, { ...sealed, iv: '' })).toBeNull();
});
