import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/client';

/** What waits in the commitments; asked for only where the person can have any (`wanted`). */
export const useCommitmentCounts = (wanted: boolean) =>
  useQuery({ queryKey: ['commitments.counts'], queryFn: () => call('commitments.counts'), enabled: wanted });

/** 待我审 in all: the sum of the queues, which is what lies behind the entry. */
export function useWaitingReviews(wanted: boolean): number {
  const { data } = useCommitmentCounts(wanted);
  return data?.review?.total ?? 0;
}
