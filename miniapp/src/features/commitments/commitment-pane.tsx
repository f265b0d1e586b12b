import { View } from '@tarojs/components';
import { useCall } from '../../lib/use-call';
import { Await } from '../../ui/await';
import { CommitmentActionBar, hasDeedActions, OpenedDeedAction, useActingOnDeed } from './commitment-action-bar';
import { CommitmentView } from './commitment-view';

/** What stands beside the list on a wide screen: the deed, and what can be done to it, at its foot. */
export default function CommitmentPane({ commitmentId }: { commitmentId: string }) {
  const query = useCall('commitments.read', { params: { commitmentId } });
  const acting = useActingOnDeed();
  return (
    <Await query={query}>
      {(commitment) => (
        <View>
          <View className="two-pane__columns">
            <CommitmentView commitment={commitment} />
          </View>
          {hasDeedActions(commitment) && (
            <View className="two-pane__foot">
              <CommitmentActionBar commitment={commitment} onOpen={acting.onOpen} />
            </View>
          )}
          <OpenedDeedAction commitment={commitment} {...acting} />
        </View>
      )}
    </Await>
  );
}
