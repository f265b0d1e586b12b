import { checkNames, proofQuery, signNames, type AddressProof, type SigningKeys } from '../access/signature';

/** Signed with its path: an address of one room opens nothing in another. */
const namesOf = (path: string, paper: string): string[] => ['paper', path, paper];

/** The path and query that open a paper for an hour or two. `name` says which, and for whom; all of it is signed. */
export function signedPaper(path: `/${string}`, name: object, keys: SigningKeys, now: Date): string {
  const paper = Buffer.from(JSON.stringify(name)).toString('base64url');
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
  if (!checkNames(namesOf(path, paper), proof, keys, now)) return null;
  return JSON.parse(Buffer.from(paper, 'base64url').toString()) as Name;
}
