import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';

export type Plan = ReplyFrom<'householdLinks.plan'>;
export type Moves = readonly { readonly householdId: string; readonly memberId: string }[];

/** 联户方案 with one's own moves; the server counts it anew after each. What stood there stays in sight meanwhile. */
export const usePlan = (gridId: string, groupId: string | null, moves: Moves) =>
  useQuery({
    queryKey: ['householdLinks.plan', gridId, groupId, moves],
    queryFn: () =>
      call('householdLinks.plan', { body: { gridId, moves: [...moves], ...(groupId === null ? {} : { groupId }) } }),
    placeholderData: keepPreviousData,
  });

/** The moves with these households given to that member; what was moved before is moved again. */
export const withMoves = (moves: Moves, householdIds: readonly string[], memberId: string): Moves => [
  ...moves.filter(({ householdId }) => !householdIds.includes(householdId)),
  ...householdIds.map((householdId) => ({ householdId, memberId })),
];

/** 新联 3 户，换人 1 户，顶替 2 户 */
export function changeWords({ added, changed, standIns, unlinked }: Plan): string {
  const parts = [
    added > 0 ? `新联 ${added} 户` : null,
    changed > 0 ? `换人 ${changed} 户` : null,
    standIns > 0 ? `顶替有变 ${standIns} 户` : null,
    unlinked > 0 ? `${unlinked} 户没有合适的人` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '都安排好了，没有要改的。' : `${parts.join('，')}。`;
}
