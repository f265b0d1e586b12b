import type { AddressProof, SigningKeys } from '../../foundation/access/signature';
import { nameOfPaper, signedPaper } from '../../foundation/documents/signed-papers';

/** `grid`: one poster; `desk`: of its 便民服务点; `groups`: one for each grid below it. */
export type PosterWhat = 'grid' | 'desk' | 'groups';

/** What is printed, and for whom: all of it stands in its address and is signed. */
export type PosterName = { readonly personId: string } & (
  | { readonly kind: 'poster'; readonly gridId: string; readonly what: PosterWhat }
  | { readonly kind: 'plates'; readonly gridId: string; readonly part: number }
  | { readonly kind: 'plate'; readonly householdId: string }
);

const path = '/poster-papers';

export const posterAddress = (name: PosterName, keys: SigningKeys, now: Date): string =>
  signedPaper(path, name, keys, now);

/** What an address of ours names; null for any other, and for one that has run out. */
export const posterNamed = (paper: string, proof: AddressProof, keys: SigningKeys, now: Date): PosterName | null =>
  nameOfPaper(path, { paper, proof }, keys, now);
