import type { AddressProof, SigningKeys } from '../access/signature';
import { checkAddress, signAddress, type StoredPart } from './signed-address';

const keys: SigningKeys = [{ id: 'k2', secret: 'a new secret' }];
const rotated: SigningKeys = [...keys, { id: 'k1', secret: 'an old secret' }];
const thumb: StoredPart = { id: '01K9ZZZZZZZZZZZZZZZZZZZZZZ', kind: 'photo', size: 'thumb' };
const now = new Date('2026-11-22T03:20:00Z');
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

function proofIn(address: string): AddressProof {
  const query = new URL(address, 'http://sandan.test').searchParams;
  return { until: query.get('until') ?? '', key: query.get('key') ?? '', sig: query.get('sig') ?? '' };
}

test('an address opens its file', () => {
  const address = signAddress(thumb, keys, now);
  expect(address).toMatch(/^\/api\/photos\/01K9Z{22}\?size=thumb&until=\d+&key=k2&sig=[\w-]{43}$/);
  expect(checkAddress(thumb, proofIn(address), keys, now)).toBe(true);
});

test('a voice note has an address of its own', () => {
  const voice: StoredPart = { ...thumb, kind: 'voice', size: 'full' };
  const address = signAddress(voice, keys, now);
  expect(address).toMatch(/^\/api\/voices\/01K9Z{22}\?until=\d+&key=k2&sig=/);
  expect(checkAddress(voice, proofIn(address), keys, now)).toBe(true);
});

test('the address stays the same within the hour, so that caches work', () => {
  expect(signAddress(thumb, keys, minutes(39))).toBe(signAddress(thumb, keys, now));
  expect(signAddress(thumb, keys, minutes(41))).not.toBe(signAddress(thumb, keys, now));
});

test.each([0, 1, 20, 39, 40, 41, 59])('an address made %i minutes later lives between one and two hours', (later) => {
  const { until } = proofIn(signAddress(thumb, keys, minutes(later)));
  const life = Number(until) - minutes(later).getTime() / 1000;
  expect(life).toBeGreaterThanOrEqual(3600);
  expect(life).toBeLessThanOrEqual(7200);
});

test('an address runs out', () => {
  const proof = proofIn(signAddress(thumb, keys, now));
  expect(checkAddress(thumb, proof, keys, new Date(Number(proof.until) * 1000 - 1))).toBe(true);
  expect(checkAddress(thumb, proof, keys, new Date(Number(proof.until) * 1000))).toBe(false);
});

test('an address of one file opens no other file, size or kind', () => {
  const proof = proofIn(signAddress(thumb, keys, now));
  expect(checkAddress({ ...thumb, id: '01K9ZZZZZZZZZZZZZZZZZZZZZY' }, proof, keys, now)).toBe(false);
  expect(checkAddress({ ...thumb, size: 'full' }, proof, keys, now)).toBe(false);
  expect(checkAddress({ ...thumb, kind: 'voice' }, proof, keys, now)).toBe(false);
});

test('nobody can write a longer life or a signature of their own', () => {
  const proof = proofIn(signAddress(thumb, keys, now));
  expect(checkAddress(thumb, { ...proof, until: String(Number(proof.until) + 3600) }, keys, now)).toBe(false);
  for (const until of ['', 'soon', '1e99', ` ${proof.until}`]) {
    expect(checkAddress(thumb, { ...proof, until }, keys, now)).toBe(false);
  }
  expect(checkAddress(thumb, { ...proof, sig: proof.sig.slice(0, 40) }, keys, now)).toBe(false);
  expect(checkAddress(thumb, { ...proof, sig: `${proof.sig.slice(0, -2)}AA` }, keys, now)).toBe(false);
  expect(checkAddress(thumb, { ...proof, sig: '' }, keys, now)).toBe(false);
});

test('an address signed with the old key is good until that key is taken away', () => {
  const proof = proofIn(signAddress(thumb, [{ id: 'k1', secret: 'an old secret' }], now));
  expect(checkAddress(thumb, proof, rotated, now)).toBe(true);
  expect(checkAddress(thumb, proof, keys, now)).toBe(false);
  expect(checkAddress(thumb, { ...proof, key: 'k2' }, rotated, now)).toBe(false);
});
