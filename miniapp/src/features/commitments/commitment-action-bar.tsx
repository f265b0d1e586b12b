import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActionButtons, arranged, MoreActions, useRoom, type Arranged } from '../orders/action-buttons';
import type { Commitment } from './commitment';
import { commitmentActions, offeredOn } from './commitment-actions';

export interface ActingOnDeed {
  readonly commitment: Commitment;
  /** The action whose form is open; 'more' is the list of those that found no room. */
  readonly opened: CommitmentAction | 'more' | null;
  readonly onOpen: (opened: CommitmentAction | 'more' | null) => void;
}

/** What is being done to a deed: given to the bar at the foot and to `OpenedDeedAction`. */
export function useActingOnDeed(): Pick<ActingOnDeed, 'opened' | 'onOpen'> {
  const [opened, onOpen] = useState<ActingOnDeed['opened']>(null);
  return { opened, onOpen };
}

function useArrangedOn(commitment: Commitment): Arranged<CommitmentAction> {
  const room = useRoom();
  const { main, others } = offeredOn(commitment);
  return arranged(main, others, room);
}

/** Is there anything to do? A page without it draws no foot. */
export const hasDeedActions = (commitment: Commitment): boolean => {
  const { main, others } = offeredOn(commitment);
  return main !== null || others.length > 0;
};

/** The foot: the main action filled, the rest as words, what finds no room behind 更多. */
export function CommitmentActionBar({ commitment, onOpen }: Omit<ActingOnDeed, 'opened'>) {
  const actions = useArrangedOn(commitment);
  return (
    <View className="action-bar">
      <ActionButtons actions={actions} onOpen={onOpen} />
    </View>
  );
}

/** The form of the action that was chosen. It stands in the page, not in its foot, so that it lies above everything. */
export function OpenedDeedAction({ commitment, opened, onOpen }: ActingOnDeed) {
  const { hidden } = useArrangedOn(commitment);
  if (opened === null) return null;
  if (opened === 'more') return <MoreActions actions={hidden} onOpen={onOpen} />;
  const entry = commitmentActions[opened];
  return entry ? <entry.Form key={opened} commitment={commitment} onClose={() => onOpen(null)} /> : null;
}
