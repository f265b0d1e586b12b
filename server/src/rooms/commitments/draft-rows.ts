import type { BodyOf } from '@sandan/shared/endpoint';
import type { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import type { Caller } from '../../foundation/access/caller';
import { fingerprintOf } from '../../foundation/fingerprint';
import type { History } from '../../foundation/outbox/history.entity';
import { historyRow } from './act';
import { contentOf } from './commitment-rows';
import type { Commitment, CommitmentVersion, Content } from './commitment.entity';
import type { Debt } from './draft-rules';

export type Draft = BodyOf<(typeof commitmentsApi)['draft']>;

/** A draft as it is first written. */
export const newCommitment = (
  caller: Caller,
  id: string,
  draft: Draft,
  debt: Debt,
): Omit<Commitment, 'responsibleId' | 'reviewOrganizationId' | 'disputeOrganizationId'> => ({
  ...contentOf(draft),
  ...debt,
  ...caller.reference.tree.columns(draft.forGridId),
  ...{ id, roundId: draft.roundId, state: 'draft', stage: 'open', version: 1, contentVersion: 1 },
  authorId: caller.personId,
  ...{ quantityDone: 0, percent: 0, partly: 0, carriesOver: 0, onSite: 0, raters: 0, stars: 0 },
  lateReason: draft.lateReason ?? null,
  ...{ mendBy: null, disputedFrom: null, correctsTo: null, correctedById: null, acceptedById: null, held: 0 },
  ...{ draftedAt: caller.now, publishedAt: null, deliveredAt: null, acceptedAt: null, closedAt: null },
  fingerprint: fingerprintOf(draft),
});

export const versionRow = (
  caller: Caller,
  row: Content & { id: string; contentVersion: number },
  reason: string | null,
): CommitmentVersion => ({
  ...contentOf(row),
  ...{ commitmentId: row.id, number: row.contentVersion, byId: caller.personId, byName: caller.name },
  ...{ at: caller.now, reason },
});

/** 拟诺 in the history of the deed. */
export const draftedRow = (caller: Caller, row: Commitment, actionId: string): Partial<History> => {
  const record = { ...row, version: 0 } as Parameters<typeof historyRow>[0]['record'];
  return historyRow({ record, caller, actionId }, 'draft', { to: 'draft', words: row.lateReason, facts: null });
};
