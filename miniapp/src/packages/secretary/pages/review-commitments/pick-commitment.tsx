import { View } from '@tarojs/components';
import type { CommitmentCardItem } from '../../../../features/commitments/commitment';
import { CommitmentRow } from '../../../../features/commitments/commitment-card';
import { Card } from '../../../../ui/card';
import { classNames } from '../../../../ui/class-names';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';

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
        <CommitmentRow commitment={commitment} onPress={onPress} />
      </View>
    </View>
  </Card>
);
