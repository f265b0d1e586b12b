import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import type { Commitment } from '../../../../features/commitments/commitment';
import {
  CommitmentActionBar,
  hasDeedActions,
  OpenedDeedAction,
  useActingOnDeed,
} from '../../../../features/commitments/commitment-action-bar';
import { CommitmentView } from '../../../../features/commitments/commitment-view';
import { isPublic, promiserWords } from '../../../../features/commitments/commitment-words';
import { ShareBar } from '../../../../features/links/share-bar';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';

/** One deed, for whoever may see it: what can be done stands at the foot. */
export default function CommitmentPage() {
  const { commitmentId = '' } = useRouter().params;
  const query = useCall('commitments.read', { params: { commitmentId } });
  const acting = useActingOnDeed();
  useFreshOnShow(query);
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  const commitment = query.data;
  const acts = commitment && hasDeedActions(commitment);
  return (
    <Page
      title="承诺"
      bottom={acts ? <CommitmentActionBar commitment={commitment} onOpen={acting.onOpen} /> : undefined}
    >
      <Await query={query}>
        {(read) => <CommitmentView commitment={read} share={<ShareDeed commitment={read} />} />}
      </Await>
      {acts && <View className="action-bar__room" />}
      {commitment && <OpenedDeedAction commitment={commitment} {...acting} />}
    </Page>
  );
}

const ShareDeed = ({ commitment }: { commitment: Commitment }) => (
  <ShareBar
    linked={{ what: 'commitment', thingId: commitment.id }}
    title={`${commitment.title}，${promiserWords(commitment)}`}
    leadsTo="扫一扫，看这件承诺办到哪一步"
    shareable={isPublic(commitment)}
  />
);
