import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import type { Order } from '../../../../features/orders/order';
import { OrderAnswers } from '../../../../features/orders/order-answers';
import { OrderResult } from '../../../../features/orders/order-result';
import { OrderSaid } from '../../../../features/orders/order-said';
import { OrderStanding } from '../../../../features/orders/order-standing';
import { useDraft } from '../../../../lib/draft';
import { goBack } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useSubmit } from '../../../../lib/use-submit';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Story } from '../../../../ui/story';
import { toast } from '../../../../ui/toast';
import { emptyInspect, inspectBody, missingInInspect } from './inspect-fields';
import { InspectForm } from './inspect-form';
import '../../../../features/orders/order-view.scss';
import './index.scss';

/** 督查: what was said, what came of it, the resident's own word; then whether it passes. */
export default function InspectPage() {
  const { orderId = '' } = useRouter().params;
  const query = useCall('orders.read', { params: { orderId } });
  if (query.data) return <Inspecting order={query.data} />;
  return (
    <Page title="督查">
      <Await query={query}>{() => null}</Await>
    </Page>
  );
}

function Inspecting({ order }: { order: Order }) {
  const form = `inspect.${order.id}`;
  const draft = useDraft(form, emptyInspect);
  const [tried, setTried] = useState(false);
  const { busy, refusal, send } = useSubmit();

  const missing = missingInInspect(draft.fields);

  const inspect = async () => {
    setTried(true);
    const [first] = Object.values(missing);
    if (first !== undefined) return toast(first);
    const state = await send({
      id: draft.id,
      key: 'orders.inspect',
      sent: { params: { orderId: order.id }, body: inspectBody(draft.fields, draft.id) },
      photoIds: draft.fields.photoIds,
      title: `${order.title}：督查`,
      form,
      fields: draft.fields,
    });
    if (state === 'refused') return;
    draft.clear();
    toast(state === 'sent' ? '查完了' : '写好了，等网络好了自动发出');
    await goBack();
  };
  const may = order.allows.includes('inspect');
  return (
    <Page
      title="督查"
      bottom={
        may ? (
          <Button look="main" busy={busy} onPress={() => void inspect()}>
            就这样定
          </Button>
        ) : undefined
      }
    >
      <OrderStanding order={order} />
      <OrderResult order={order} />
      <OrderSaid order={order} />
      <OrderAnswers answers={order.answers} />
      <Card title="经过">
        <Story history={order.history} />
      </Card>
      {refusal && <View className="inspect__refused">{refusal.title}</View>}
      {may && <InspectForm draft={draft} errors={{ ...(tried ? missing : {}), ...refusal?.fields }} />}
    </Page>
  );
}
