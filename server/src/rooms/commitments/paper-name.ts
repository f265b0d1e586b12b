import type { AddressProof, SigningKeys } from '../../foundation/access/signature';
import { nameOfPaper, signedPaper } from '../../foundation/documents/signed-papers';
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

const path = '/commitment-papers';

/** The path and query that open this paper for an hour or two. */
export const paperAddress = (name: PaperName, keys: SigningKeys, now: Date): string =>
  signedPaper(path, name, keys, now);

/** The paper that an address of ours names; null for any other address, and for one that has run out. */
export const paperNamed = (paper: string, proof: AddressProof, keys: SigningKeys, now: Date): PaperName | null =>
  nameOfPaper(path, { paper, proof }, keys, now);
