import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ReplyFrom } from '../../lib/endpoints';
import { agoWords } from '../../lib/time-words';
import { useAct, useCall } from '../../lib/use-call';
import { useNow } from '../../lib/use-now';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { confirm } from '../../ui/dialog';
import { PickRow } from '../../ui/pick-row';
import { Row } from '../../ui/row';
import { toast } from '../../ui/toast';
import { ActTrouble } from '../orders/act-sheet';
import './households.scss';

type Request = ReplyFrom<'bindings.family'>['items'][number];

/** 有人说是我家里人: who of the house it is, or that one does not know him. The worker hears of either. */
export function FamilyCard() {
  const items = useCall('bindings.family').data?.items ?? [];
  return (
    <>
      {items.map((request) => (
        <RequestCard key={request.bindingId} request={request} />
      ))}
    </>
  );
}

function RequestCard({ request: { bindingId, askedAt, phone, candidates } }: { request: Request }) {
  const now = useNow();
  const [only] = candidates.length === 1 ? candidates : [];
  const [chosen, setChosen] = useState<string | null>(null);
  const personId = chosen ?? only?.personId ?? null;
  const vouch = useAct('bindings.vouch', { bindingId });
  const doubt = useAct('bindings.doubt', { bindingId });
  const refuse = async () => {
    const words = '会交给网格员核实，家里的情况他看不到。';
    if (!(await confirm({ title: '不认识这个人吗？', words, yes: '不认识', no: '再看看' }))) return;
    doubt.mutate({}, { onSuccess: () => toast('已经告诉网格员了') });
  };
  const yes = () => {
    if (personId !== null) vouch.mutate({ personId }, { onSuccess: ({ stateName }) => toast(stateName) });
  };
  return (
    <Card bare title="有人说是您家里人">
      <Row
        icon="user-round"
        title={phone === null ? '一位新邻居' : `手机 ${phone}`}
        words={`${agoWords(askedAt, now)}报了您家的户主和门牌。先打电话问一声，是家里人再点。`}
      />
      {candidates.map((each) => (
        <PickRow
          key={each.personId}
          title={each.name}
          words={each.relationName}
          chosen={each.personId === personId}
          onPress={() => setChosen(each.personId)}
        />
      ))}
      {candidates.length === 0 && (
        <Row title="家里没有等着绑定的人" words="真是家里人的，请网格员先登记到您家；换了手机的，请他找村里办。" />
      )}
      <ActTrouble error={vouch.error ?? doubt.error} />
      <View className="households__acts households__acts--inset">
        {candidates.length > 0 && (
          <Button look="main" busy={vouch.isPending} disabled={personId === null} onPress={yes}>
            是家里人
          </Button>
        )}
        <Button busy={doubt.isPending} onPress={() => void refuse()}>
          不认识
        </Button>
      </View>
    </Card>
  );
}
