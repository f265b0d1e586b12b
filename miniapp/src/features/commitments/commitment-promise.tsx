import { View } from '@tarojs/components';
import { useNow } from '../../lib/use-now';
import { dateWords } from '../../lib/time-words';
import { Card } from '../../ui/card';
import type { Commitment } from './commitment';
import { amountWords, moneyWords } from './commitment-words';
import { Facts } from './facts';

/** What exactly was promised: the words, and what can be checked. */
export function CommitmentPromise({ commitment }: { commitment: Commitment }) {
  const now = useNow();
  const { words, money, moneySource, helpers } = commitment;
  return (
    <Card title="答应的事">
      <View className="commitment-promise__words">{words}</View>
      <Facts
        facts={[
          ['数量', amountWords(commitment)],
          ['给谁办', commitment.forName],
          ['最晚', dateWords(commitment.deadline, now)],
          ['责任人', commitment.responsible?.name ?? null],
          ['一起办', helpers.map(({ name }) => name).join('、')],
          ['哪一类', commitment.fieldName],
          ['花钱', money == null ? null : [moneyWords(money), moneySource].filter(Boolean).join('，')],
        ]}
      />
    </Card>
  );
}
