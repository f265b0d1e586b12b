import { View } from '@tarojs/components';
import { useState } from 'react';
import { go } from '../../../lib/navigation';
import { useMe } from '../../../lib/session';
import { useAct, useCall } from '../../../lib/use-call';
import { useSettled } from '../../../lib/use-settled';
import { aria } from '../../../ui/aria';
import { Await } from '../../../ui/await';
import { Button } from '../../../ui/button';
import { Card } from '../../../ui/card';
import { Labelled } from '../../../ui/field';
import { PickRow } from '../../../ui/pick-row';
import { SearchBox } from '../../../ui/search-box';
import { toast } from '../../../ui/toast';
import { ActSheet } from '../../orders/act-sheet';
import { placeWords } from '../../orders/place-words';
import type { DeedFormProps } from '../commitment-actions';

/** 关联单子: an order done for the deed, taken from what one has in hand or on the desk; or a new one. */
export function LinkOrderForm({ commitment, onClose }: DeedFormProps) {
  const [orderId, setOrderId] = useState<string | null>(null);
  const onDesk = useMe()?.can.includes('order.desk') ?? false;
  const act = useAct('commitments.linkOrder', { commitmentId: commitment.id });
  const link = () => {
    if (orderId === null) return;
    const onSuccess = () => {
      toast('连上了');
      onClose();
    };
    act.mutate({ orderId }, { onSuccess });
  };
  const order = () => {
    onClose();
    void go('place', { commitmentId: commitment.id });
  };
  return (
    <ActSheet title="连上单子" yes="连上" doing={act} unready={orderId === null} onYes={link} onClose={onClose}>
      <Labelled label="是哪张单子？" hint="为这件承诺办的单子连在一起；按次数、件数算的，办结一张自动记一次。">
        {onDesk ? (
          <DeskOrders value={orderId} onChange={setOrderId} />
        ) : (
          <OrdersInHand value={orderId} onChange={setOrderId} />
        )}
      </Labelled>
      <Button look="text" icon="plus" onPress={order}>
        还没有单子，点一张新的
      </Button>
    </ActSheet>
  );
}

interface ChoosingProps {
  readonly value: string | null;
  readonly onChange: (orderId: string) => void;
}

interface Choosable {
  readonly orderId: string;
  readonly title: string;
  readonly words: string;
}

/** What I have taken on, newest first. */
function OrdersInHand({ value, onChange }: ChoosingProps) {
  const tasks = useCall('tasks.list', { query: { scope: 'mine' } });
  return (
    <Await query={tasks} rows={2}>
      {({ items }) => (
        <Choosing
          nobody="您手上没有单子。"
          orders={items
            .filter(({ confidential }) => !confidential)
            .map(({ orderId, title, stateName, place }) => ({
              orderId,
              title,
              words: `${placeWords(place)}，${stateName}`,
            }))}
          value={value}
          onChange={onChange}
        />
      )}
    </Await>
  );
}

function DeskOrders({ value, onChange }: ChoosingProps) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim());
  const orders = useCall('orders.list', { query: { scope: 'desk', ...(q === '' ? {} : { q }) } });
  return (
    <>
      <SearchBox label="找单子，按名字或原话" example="找单子" value={typed} onChange={setTyped} />
      <Await query={orders} rows={2}>
        {({ items }) => (
          <Choosing
            nobody="没有找到这样的单子。"
            orders={items
              .filter(({ visibility }) => visibility !== 'confidential')
              .map(({ id, title, stateName, place }) => ({
                ...{ orderId: id, title },
                words: `${placeWords(place)}，${stateName}`,
              }))}
            value={value}
            onChange={onChange}
          />
        )}
      </Await>
    </>
  );
}

function Choosing({ orders, value, onChange, nobody }: ChoosingProps & { orders: Choosable[]; nobody: string }) {
  if (orders.length === 0) return <View className="deed-form__note">{nobody}</View>;
  return (
    <Card bare>
      <View {...aria({ role: 'radiogroup', label: '哪张单子' })}>
        {orders.map(({ orderId, title, words }) => (
          <PickRow
            key={orderId}
            title={title}
            words={words}
            chosen={orderId === value}
            onPress={() => onChange(orderId)}
          />
        ))}
      </View>
    </Card>
  );
}
