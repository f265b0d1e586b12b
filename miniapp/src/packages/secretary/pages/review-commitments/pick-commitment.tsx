import { View } from '@tarojs/components';
import type { CommitmentCardItem } from '../../../../features/commitments/commitment';
import { CommitmentRow } from '../../../../features/commitments/commitment-card';
import { Card } from '../../../../ui/card';
import { classNames } from '../../../../ui/class-names';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';
import { Tag } from '../../../../ui/tags';

interface PickCommitmentProps {
  readonly commitment: CommitmentCardItem;
  /** null: it cannot be decided together with others. */
  readonly picked: boolean | null;
  readonly selected: boolean;
  readonly onPick: () => void;
  readonly onPress: () => void;
}

/** A deed of a queue: touched at its circle it is picked, elsewhere it opens. */
export const PickCommitment = ({ commitment, picked, selected, onPick, onPress }: PickCommitmentProps) => (
  <Card bare>
    <View className={classNames('pick-commitment', selected && 'pick-commitment--selected')}>
      {picked !== null && (
        <Pressable
          className="pick-commitment__circle"
          role="checkbox"
          checked={picked}
          label={`选中：${commitment.title}`}
          onPress={onPick}
        >
          <View className={classNames('pick', picked && 'pick--chosen')}>{picked && <Icon name="check" />}</View>
        </Pressable>
      )}
      <View className="pick-commitment__row">
        <CommitmentRow commitment={commitment} selected={selected} onPress={onPress} />
        <Awaits allows={commitment.allows} />
      </View>
    </View>
  </Card>
);

/** Deeds that are being kept wait for different things, and look alike. */
function Awaits({ allows }: Pick<CommitmentCardItem, 'allows'>) {
  const awaits = [
    allows.includes('approveChange') ? '申请变更，等您同意' : null,
    allows.includes('answerOpinion') ? '有意见，等您答复' : null,
  ].filter((words) => words !== null);
  if (awaits.length === 0) return null;
  return (
    <View className="pick-commitment__awaits">
      {awaits.map((words) => (
        <Tag key={words} colour="open" words={words} />
      ))}
    </View>
  );
}
