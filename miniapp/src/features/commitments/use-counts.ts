import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/client';

/** What waits in the commitments, for whoever has any; nobody else asks. */
export const useCommitmentCounts = (wanted: boolean) =>
  useQuery({ queryKey: ['commitments.counts'], queryFn: () => call('commitments.counts'), enabled: wanted });

/** 待我审 in all: the sum of the queues, which is what lies behind the entry. */
export function useWaitingReviews(wanted: boolean): number {
  const { data } = useCommitmentCounts(wanted);
  return data?.review?.total ?? 0;
}
