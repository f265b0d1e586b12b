import { checkNames, proofQuery, signNames, type AddressProof, type SigningKeys } from '../access/signature';

/** One stored file, as its address names it. */
export interface StoredPart {
  readonly id: string;
  readonly kind: 'photo' | 'voice' | 'code';
  /** Only photos have a thumbnail. */
  readonly size: 'full' | 'thumb';
  /** For whoever sees it although 内容检查 holds it back from others: signed with the rest, so that nobody adds it himself. */
  readonly evenHeld?: boolean;
}

const folders = { photo: 'photos', voice: 'voices', code: 'codes' } as const;
const namesOf = ({ id, kind, size, evenHeld = false }: StoredPart): string[] => [
  ...[id, kind, size],
  ...(evenHeld ? ['held'] : []),
];

/** The path and query that open this file for an hour or two; see access/signature.ts. */
export function signAddress(part: StoredPart, keys: SigningKeys, now: Date): string {
  const size: [string, string][] = part.kind === 'photo' ? [['size', part.size]] : [];
  const held: [string, string][] = part.evenHeld ? [['held', '1']] : [];
  const query = new URLSearchParams([...size, ...held, ...proofQuery(signNames(namesOf(part), keys, now))]);
  return `/api/${folders[part.kind]}/${part.id}?${query.toString()}`;
}

/** Whether the proof was signed by one of our keys for exactly this file and size, and has not run out. */
export const checkAddress = (part: StoredPart, proof: AddressProof, keys: SigningKeys, now: Date): boolean =>
  checkNames(namesOf(part), proof, keys, now);
