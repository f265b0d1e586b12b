import { kinships } from '@sandan/shared/households/household-events.words';
import { View } from '@tarojs/components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActSheet } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { goInstead } from '../../../../lib/navigation';
import { useAct } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import type { Standing } from './index';
import { WhoAmI } from './who-am-i';

/** 门牌码: who lives here says who he is; who is away asks to care for the old people in it. */
export function AtTheDoor({ door, standing }: { door: string; standing: Standing }) {
  const [way, setWay] = useState<'live' | 'care' | null>(null);
  return (
    <Card title="您扫的是一户的门牌码">
      {!standing.isHome && standing.phone !== null && (
        <Button look="main" onPress={() => setWay('live')}>
          我是这家的人
        </Button>
      )}
      <View className="bind__nobody">
        <Button onPress={() => setWay('care')}>我在外地，想照看这一户</Button>
      </View>
      {way === 'live' && <Behind door={door} onNobody={() => setWay(null)} />}
      {way === 'care' && <AskToCare door={door} onClose={() => setWay(null)} />}
    </Card>
  );
}

function Behind({ door, onNobody }: { door: string; onNobody: () => void }) {
  const look = () => call('bindings.door', { body: { key: door } });
  const behind = useQuery({ queryKey: ['behind', door], queryFn: look, gcTime: 0, retry: false });
  return (
    <Await query={behind} rows={1}>
      {({ choices }) => <WhoAmI choices={choices} title="您是这一户的哪一位？" door={door} onNobody={onNobody} />}
    </Await>
  );
}

function AskToCare({ door, onClose }: { door: string; onClose: () => void }) {
  const [kinship, setKinship] = useState<keyof typeof kinships | null>(null);
  const ask = useAct('care.ask', undefined);
  const send = () => {
    if (kinship === null) return;
    const onSuccess = () => {
      toast('已经问家里人了，同意后告诉您');
      void goInstead('care');
    };
    ask.mutate({ key: door, kinship }, { onSuccess });
  };
  return (
    <ActSheet
      title="照看这一户"
      yes="请家里人同意"
      doing={ask}
      unready={kinship === null}
      onYes={send}
      onClose={onClose}
    >
      <Labelled label="您是老人的什么人？" hint="同意以后，您可以看这一户的单子，也可以替家里点单。随时可以不再照看。">
        <Choice label="什么人" options={optionsOf(kinships)} value={kinship} onChange={setKinship} />
      </Labelled>
    </ActSheet>
  );
}
