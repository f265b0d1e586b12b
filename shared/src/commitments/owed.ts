import { commitmentResults, type CommitmentResult } from './commitment.words';
import type { CommitmentState } from './commitment.lifecycle';

/**
 * 应诺件数: ⌈minimum × remaining months ÷ 12⌉ for who joins during the year, the whole minimum for who was there on the
 * reference day (domain.md §5.1). `fromMonth` is the month of joining, 1–12, itself counted.
 */
export function owedNumber(minimum: number, fromMonth: number | null): number {
  if (fromMonth === null) return minimum;
  const remaining = Math.min(12, Math.max(0, 13 - fromMonth));
  return Math.ceil((minimum * remaining) / 12);
}

/** What counts to the minimum: public and not given up. */
export const countedStates: readonly CommitmentState[] = [
  'published',
  'delivered',
  'disputed',
  'accepted',
  'kept',
  'partlyKept',
];

export type ResultCounts = Readonly<Record<CommitmentResult, number>>;

/**
 * 兑现率 = kept ÷ (kept + partlyKept + notKept + abandoned + carriedOver): giving up cannot raise it (domain.md §5.2).
 * Null while there is no result.
 */
export function keptShare(counts: ResultCounts): number | null {
  const all = commitmentResults.reduce((sum, result) => sum + counts[result], 0);
  return all === 0 ? null : counts.kept / all;
}

export interface Closing {
  state: CommitmentState;
  /** Delivered less than promised. */
  partly: boolean;
  /** 结转 was approved. */
  carriesOver: boolean;
}

/** What a deed becomes when its year is closed; null: nothing, or it blocks the closing (see {@link blocksClosing}). */
export function resultAtClosing({ state, partly, carriesOver }: Closing): CommitmentState | null {
  switch (state) {
    case 'accepted':
      return partly ? 'partlyKept' : 'kept';
    case 'published':
      return carriesOver ? 'carriedOver' : 'notKept';
    case 'draft':
    case 'submitted':
    case 'approved':
      return 'withdrawn';
    default:
      return null;
  }
}

/** Delivered and disputed deeds must be decided first: the town gets the list. */
export const blocksClosing = (state: CommitmentState): boolean => state === 'delivered' || state === 'disputed';
