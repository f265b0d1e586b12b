import { useRouter } from '@tarojs/taro';
import { draftingRound } from '../../../../features/commitments/years';
import type { PageParams } from '../../../../lib/page-table';
import { useMe } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';
import type { Whose } from './draft-fields';
import { DraftForm } from './draft-form';
import { RewriteForm } from './rewrite-form';
import './index.scss';

/** 拟诺: a new deed of one's own, of one's organisation, of a member without a phone; or a draft written anew. */
export default function DraftCommitmentPage() {
  const { commitmentId, personId, personName, orderId } = useRouter().params as PageParams['draftCommitment'];
  if (commitmentId) return <Again commitmentId={commitmentId} />;
  if (orderId) return <OfOrder orderId={orderId} />;
  return <Fresh member={personId ? { personId, name: personName ?? '' } : null} order={null} />;
}

/** 单子变承诺: once the order is read, the form begins with what stands there. */
function OfOrder({ orderId }: { orderId: string }) {
  const query = useCall('orders.read', { params: { orderId } });
  if (query.data) return <Fresh member={null} order={query.data} />;
  return (
    <Page title="写承诺">
      <Await query={query}>{() => null}</Await>
    </Page>
  );
}

function Fresh({ member, order }: Pick<Whose, 'member' | 'order'>) {
  const rounds = useCall('rounds.list');
  const me = useMe();
  const round = rounds.data && draftingRound(rounds.data.items);
  if (round && me) return <DraftForm round={round} me={me} member={member} order={order} />;
  return (
    <Page title="写承诺">
      <Await query={rounds}>
        {() => <Placard icon="handshake" title="现在不能写承诺" words="镇里开始下一年的拟诺后，会发消息告诉您。" />}
      </Await>
    </Page>
  );
}

function Again({ commitmentId }: { commitmentId: string }) {
  const query = useCall('commitments.read', { params: { commitmentId } });
  const rounds = useCall('rounds.list');
  const endsOn = rounds.data?.items.find(({ id }) => id === query.data?.roundId)?.endsOn;
  if (query.data && endsOn !== undefined) return <RewriteForm commitment={query.data} lastDay={endsOn} />;
  return (
    <Page title="改承诺">
      <Await query={query}>{() => <Await query={rounds}>{() => null}</Await>}</Await>
    </Page>
  );
}
