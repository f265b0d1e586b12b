import { View } from '@tarojs/components';
import { CommitmentRow } from '../../../../features/commitments/commitment-card';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { Card } from '../../../../ui/card';

/** What stands against closing the year: each is decided on its own page. */
export function Blockers({ items }: { items: ReplyFrom<'rounds.blockers'>['items'] }) {
  if (items.length === 0) return <View className="round__note">要定的都定了，可以结束这一年。</View>;
  return (
    <Card bare title={`结束前还要定的 ${items.length} 件`}>
      {items.map((commitment) => (
        <CommitmentRow key={commitment.id} commitment={commitment} />
      ))}
    </Card>
  );
}
