import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signatures of addresses that open something for an hour or two, because an `<image>` or a browser's tab sends no
 * `Authorization` header (decisions.md §4.4). Whoever gives such an address away has decided that the reader may see it.
 */
export interface AddressProof {
  /** Seconds since 1970. */
  readonly until: string;
  readonly key: string;
  readonly sig: string;
}

/** Keys for signing: the first one signs, all of them are believed, so a key can be changed without broken pictures. */
export type SigningKeys = readonly [SigningKey, ...SigningKey[]];
export interface SigningKey {
  readonly id: string;
  readonly secret: string;
}

const hour = 3600;

/**
 * Proof for exactly what `names` name. `until` is rounded up to the hour, so that the address stays the same within the
 * hour and caches work; it lives one to two hours.
 */
export function signNames(names: readonly string[], keys: SigningKeys, now: Date): AddressProof {
  const [key] = keys;
  const until = String(Math.ceil(now.getTime() / 1000 / hour + 1) * hour);
  return { until, key: key.id, sig: signature(names, until, key).toString('base64url') };
}

/** The proof as it stands in the query of an address. */
export const proofQuery = ({ until, key, sig }: AddressProof): [name: string, value: string][] => [
  ['until', until],
  ['key', key],
  ['sig', sig],
];

/** Whether the proof was signed by one of our keys for exactly these names, and has not run out. */
export function checkNames(names: readonly string[], proof: AddressProof, keys: SigningKeys, now: Date): boolean {
  const key = keys.find(({ id }) => id === proof.key);
  if (key === undefined || !(Number(proof.until) * 1000 > now.getTime())) return false;
  const expected = signature(names, proof.until, key);
  const given = Buffer.from(proof.sig, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** A short signature for what stands in a code that is good for minutes: `length` characters of six bits each. */
export const shortSignature = (names: readonly string[], key: SigningKey, length: number): string =>
  signature(names, 'short', key).toString('base64url').slice(0, length);

/** JSON keeps the parts apart: no two different lists of names can sign the same text. */
const signature = (names: readonly string[], until: string, key: SigningKey): Buffer =>
  createHmac('sha256', key.secret)
    .update(JSON.stringify([...names, until, key.id]))
    .digest();
