import { View } from '@tarojs/components';
import { useState } from 'react';
import { agoWords } from '../../../../lib/time-words';
import { useAct, useList } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { useSettled } from '../../../../lib/use-settled';
import { aria } from '../../../../ui/aria';
import { Card } from '../../../../ui/card';
import { Field, Labelled } from '../../../../ui/field';
import { PickRow } from '../../../../ui/pick-row';
import { StageTag } from '../../../../ui/tags';
import { toast } from '../../../../ui/toast';
import { ActSheet } from '../../act-sheet';
import type { OrderCardItem } from '../../order';
import type { ActionFormProps } from '../../order-actions';
import { placeWords } from '../../place-words';
import { useSimilar } from '../study/similar-orders';

/** 并单: into the order that is already there; whoever asked here is told and asked with it. */
export function MergeForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.merge', { orderId: order.id });
  const [typed, setTyped] = useState('');
  const [primary, setPrimary] = useState<OrderCardItem | null>(null);
  const q = useSettled(typed.trim());
  const similar = useSimilar(order);

  const merge = () => {
    if (!primary) return;
    const onSuccess = () => {
      toast('并过去了');
      onClose();
    };
    act.mutate({ primaryId: primary.id }, { onSuccess });
  };
  return (
    <ActSheet title="并到哪张单子？" yes="并过去" doing={act} unready={!primary} onYes={merge} onClose={onClose}>
      {q === '' && <Orders label="附近同类的" orders={similar} chosen={primary} onChange={setPrimary} />}
      {q === '' && similar.length === 0 && <View>附近没有同类的单子，按名字找一找。</View>}
      <Field label="按名字找" value={typed} onChange={setTyped} example="比如：路灯" />
      {q !== '' && <Found q={q} exceptId={order.id} chosen={primary} onChange={setPrimary} />}
    </ActSheet>
  );
}

interface ChoosingProps {
  readonly chosen: OrderCardItem | null;
  readonly onChange: (order: OrderCardItem) => void;
}

function Found({ q, exceptId, ...choosing }: ChoosingProps & { q: string; exceptId: string }) {
  const { items, query } = useList('orders.list', { scope: 'desk', q });
  const others = items.filter(({ id }) => id !== exceptId);
  if (query.isSuccess && others.length === 0) return <View>没有找到</View>;
  return <Orders label="找到的" orders={others} {...choosing} />;
}

function Orders({
  label,
  orders,
  chosen,
  onChange,
}: ChoosingProps & { label: string; orders: readonly OrderCardItem[] }) {
  const now = useNow();
  if (orders.length === 0) return null;
  return (
    <Labelled label={label}>
      <Card bare>
        <View {...aria({ role: 'radiogroup', label })}>
          {orders.map((order) => (
            <PickRow
              key={order.id}
              title={order.title}
              words={`${placeWords(order.place)}，${agoWords(order.placedAt, now)}`}
              end={<StageTag stage={order.stage} words={order.stateName} />}
              chosen={order.id === chosen?.id}
              onPress={() => onChange(order)}
            />
          ))}
        </View>
      </Card>
    </Labelled>
  );
}
