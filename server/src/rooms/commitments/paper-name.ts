import {
  checkNames,
  proofQuery,
  signNames,
  type AddressProof,
  type SigningKeys,
} from '../../foundation/access/signature';
import type { WallFilters } from './commitment-list.queries';

/** Which paper, and for whom: all of it stands in its address and is signed. */
export type PaperName = { readonly personId: string } & (
  | { readonly kind: 'notice'; readonly roundId: string; readonly organizationId: string; readonly format: Format }
  | { readonly kind: 'showcase'; readonly showcaseId: string; readonly format: Format }
  | { readonly kind: 'board'; readonly filters: WallFilters }
  | { readonly kind: 'figures'; readonly roundId: string; readonly organizationId: string | null }
  | {
      readonly kind: 'debtors';
      readonly roundId: string;
      readonly organizationId: string | null;
      readonly short: boolean;
    }
);
export type Format = 'pdf' | 'xlsx';

/** Papers that are not for the public: asking for one, and opening it, is written down. */
export type ExportName = Extract<PaperName, { kind: 'board' | 'figures' | 'debtors' }>;
export const isExport = (name: PaperName): name is ExportName => name.kind !== 'notice' && name.kind !== 'showcase';

/** Exports are for working with: workbooks all of them. */
export const formatOf = (name: PaperName): Format => ('format' in name ? name.format : 'xlsx');

const namesOf = (paper: string): string[] => ['paper', paper];

/** The path and query that open this paper for an hour or two. */
export function paperAddress(name: PaperName, keys: SigningKeys, now: Date): string {
  const paper = Buffer.from(JSON.stringify(name)).toString('base64url');
  const query = new URLSearchParams(proofQuery(signNames(namesOf(paper), keys, now)));
  return `/api/commitment-papers/${paper}?${query.toString()}`;
}

/** The paper that an address of ours names; null for any other address, and for one that has run out. */
export function paperNamed(paper: string, proof: AddressProof, keys: SigningKeys, now: Date): PaperName | null {
  if (!checkNames(namesOf(paper), proof, keys, now)) return null;
  return JSON.parse(Buffer.from(paper, 'base64url').toString()) as PaperName;
}
