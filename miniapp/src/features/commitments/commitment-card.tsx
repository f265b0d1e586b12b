import { View } from '@tarojs/components';
import { go } from '../../lib/navigation';
import { useNow } from '../../lib/use-now';
import { dateWords } from '../../lib/time-words';
import { Icon } from '../../ui/icon';
import { Pressable } from '../../ui/pressable';
import { ProgressBar } from '../../ui/progress-bar';
import { StageTag, Tag } from '../../ui/tags';
import type { CommitmentCardItem } from './commitment';
import { amountWords, leftColour, leftWords, progressWords, promiserWords, starsWords } from './commitment-words';
import './commitment-card.scss';

export const openCommitment = ({ id }: Pick<CommitmentCardItem, 'id'>): void =>
  void go('commitment', { commitmentId: id });

interface CommitmentRowProps {
  readonly commitment: CommitmentCardItem;
  readonly onPress?: () => void;
  /** In the pane beside the list. */
  readonly selected?: boolean;
  /** Not where all of them are one person's, whose name stands above. */
  readonly withWho?: boolean;
}

/** A deed in a list: what, whose, for whom, how far, until when. Stands in a bare card, alone or among others. */
export function CommitmentRow({ commitment, onPress, selected, withWho = true }: CommitmentRowProps) {
  const { title, stage, stateName, forName, fieldName } = commitment;
  return (
    <Pressable className="commitment-row" selected={selected} onPress={onPress ?? (() => openCommitment(commitment))}>
      <View className="commitment-row__head">
        <View className="commitment-row__title">{title}</View>
        <StageTag stage={stage} words={stateName} />
      </View>
      {withWho && <View className="commitment-row__who">{promiserWords(commitment)}</View>}
      <View className="commitment-row__for">{`给${forName} · ${fieldName}`}</View>
      <HowFar commitment={commitment} />
    </Pressable>
  );
}

/** How far, and how long still; before it is public only how much and by when. */
export function HowFar({ commitment }: { commitment: CommitmentCardItem }) {
  const now = useNow();
  const { stage, percent, deadline } = commitment;
  const stars = starsWords(commitment);
  if (stage === 'open') {
    const planned = [amountWords(commitment), `最晚 ${dateWords(deadline, now)}`].filter((words) => words !== null);
    return <View className="commitment-row__planned">{planned.join('，')}</View>;
  }
  const runs = stage === 'working';
  return (
    <>
      <View className="commitment-row__progress">
        <ProgressBar percent={percent} words={progressWords(commitment)} colour={stage} />
      </View>
      {(runs || stars !== null) && (
        <View className="commitment-row__tags">
          {runs && <Tag colour={leftColour(commitment)} words={leftWords(commitment.daysLeft)} />}
          {stars !== null && (
            <View className="commitment-row__stars">
              <Icon name="star-filled" />
              <View>{stars}</View>
            </View>
          )}
        </View>
      )}
    </>
  );
}
