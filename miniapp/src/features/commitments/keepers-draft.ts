import type { CommitmentKind } from '@sandan/shared/commitments/commitment.words';
import { isPersonal } from '@sandan/shared/commitments/commitment.words';
import type { Commitment } from './commitment';
import type { Keeper } from './keepers-field';

/** Who keeps the deed and who helps, as it is chosen. */
export interface KeepersDraft {
  readonly kind: CommitmentKind;
  /** Null: whoever the server takes, the member himself or the secretary. */
  readonly responsible: Keeper | null;
  readonly helpers: readonly Keeper[];
}

export const noKeepers = { responsible: null, helpers: [] } as const;

export const keepersOf = ({ kind, responsible, helpers }: Commitment): KeepersDraft => ({ kind, responsible, helpers });

/** A member's deed is his own to keep; an organisation names who answers for it. */
export const keepersBody = ({ kind, responsible, helpers }: KeepersDraft) => ({
  ...(responsible && !isPersonal(kind) ? { responsibleId: responsible.personId } : {}),
  helperIds: helpers.map(({ personId }) => personId),
});
