import type { ReplyFrom } from '../../lib/endpoints';
import { go } from '../../lib/navigation';
import { useMe } from '../../lib/session';
import { useCall } from '../../lib/use-call';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';
import { draftingRound } from './years';

interface OrderDeedsProps {
  readonly order: Pick<ReplyFrom<'orders.read'>, 'id' | 'visibility' | 'stage'>;
}

/** Beside an order: the promises it belongs to, and for a member the way to make one of it. A 保密件 has neither. */
export const OrderDeeds = ({ order }: OrderDeedsProps) =>
  order.visibility === 'confidential' ? null : <Deeds orderId={order.id} over={order.stage === 'stopped'} />;

/** It says nothing while it is on its way or cannot be had: the order is what the page is for. */
function Deeds({ orderId, over }: { orderId: string; over: boolean }) {
  const { data } = useCall('commitments.list', { query: { orderId } });
  const may = useMe()?.can.includes('commitment.draft') ?? false;
  if (!data) return null;
  if (data.items.length === 0) return may && !over ? <MakeDeed orderId={orderId} /> : null;
  return (
    <Card bare title="写进了承诺">
      {data.items.map(({ id, title, stateName, responsible, organization }) => (
        <Row
          key={id}
          icon="handshake"
          title={title}
          words={[responsible?.name ?? organization.name, stateName].join('，')}
          onPress={() => void go('commitment', { commitmentId: id })}
        />
      ))}
    </Card>
  );
}

/** What was typed once is not typed again; while deeds can be written. */
function MakeDeed({ orderId }: { orderId: string }) {
  const rounds = useCall('rounds.list');
  if (!rounds.data || draftingRound(rounds.data.items) === null) return null;
  return (
    <Card bare>
      <Row
        icon="handshake"
        title="把这件事写成一件承诺"
        words="单子上的话不用再写一遍；以后办结了自动记上。"
        onPress={() => void go('draftCommitment', { orderId })}
      />
    </Card>
  );
}
