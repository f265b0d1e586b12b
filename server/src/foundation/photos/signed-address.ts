import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Addresses that open one stored file for an hour or two, because an `<image>` sends no `Authorization` header
 * (decisions.md §4.4). Whoever gives such an address away has decided that the reader may see the file.
 */
export interface StoredPart {
  readonly id: string;
  readonly kind: 'photo' | 'voice';
  /** Voice notes have only 'full'. */
  readonly size: 'full' | 'thumb';
}

/** The query of a signed address, as text. */
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
const folders = { photo: 'photos', voice: 'voices' } as const;

/**
 * The path and query that open this file. `until` is rounded up to the hour, so that the address stays the same
 * within the hour and caches work; it lives one to two hours.
 */
export function signAddress(part: StoredPart, keys: SigningKeys, now: Date): string {
  const [key] = keys;
  const until = String(Math.ceil(now.getTime() / 1000 / hour + 1) * hour);
  const query = new URLSearchParams({
    ...(part.kind === 'photo' ? { size: part.size } : {}),
    until,
    key: key.id,
    sig: signature(part, until, key).toString('base64url'),
  });
  return `/api/${folders[part.kind]}/${part.id}?${query.toString()}`;
}

/** Whether the proof was signed by one of our keys for exactly this file and size, and has not run out. */
export function checkAddress(part: StoredPart, proof: AddressProof, keys: SigningKeys, now: Date): boolean {
  const key = keys.find(({ id }) => id === proof.key);
  if (key === undefined || !(Number(proof.until) * 1000 > now.getTime())) return false;
  const expected = signature(part, proof.until, key);
  const given = Buffer.from(proof.sig, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** JSON keeps the parts apart: no two different addresses can sign the same text. */
const signature = ({ id, kind, size }: StoredPart, until: string, key: SigningKey): Buffer =>
  createHmac('sha256', key.secret)
    .update(JSON.stringify([id, kind, size, until, key.id]))
    .digest();
