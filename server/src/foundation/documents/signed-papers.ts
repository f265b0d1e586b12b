import { createHash } from 'node:crypto';
import {
  checkNames,
  proofQuery,
  signNames,
  type AddressProof,
  type SigningKey,
  type SigningKeys,
} from '../access/signature';
import { suites } from '../personal-data/suites';

/** Signed with its path: an address of one room opens nothing in another. */
const namesOf = (path: string, paper: string): string[] => ['paper', path, paper];

/** Of the signing key, but for another use. */
const sealingSecret = ({ secret }: SigningKey): Buffer => createHash('sha256').update(`paper names ${secret}`).digest();

/**
 * The path and query that open a paper for an hour or two. `name` says which, by what it was filtered, and for whom: sealed,
 * because somebody may have been looked for by name and an address is written down on its way; and signed.
 */
export function signedPaper(path: `/${string}`, name: object, keys: SigningKeys, now: Date): string {
  const paper = suites.aes.seal(sealingSecret(keys[0]), Buffer.from(JSON.stringify(name)), path).toString('base64url');
  const query = new URLSearchParams(proofQuery(signNames(namesOf(path, paper), keys, now)));
  return `/api${path}/${paper}?${query.toString()}`;
}

interface Opened {
  paper: string;
  proof: AddressProof;
}

/** What an address of ours names; null for any other address, and for one that has run out. */
export function nameOfPaper<Name>(
  path: `/${string}`,
  { paper, proof }: Opened,
  keys: SigningKeys,
  now: Date,
): Name | null {
  const key = keys.find(({ id }) => id === proof.key);
  if (!key || !checkNames(namesOf(path, paper), proof, keys, now)) return null;
  return JSON.parse(suites.aes.open(sealingSecret(key), Buffer.from(paper, 'base64url'), path).toString()) as Name;
}
