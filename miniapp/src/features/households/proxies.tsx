import { chinaDate } from '@sandan/shared/china-time';
import { consentWays, type ConsentWay } from '@sandan/shared/households/household-events.words';
import { useState } from 'react';
import { newId } from '../../lib/ids';
import { useAct, usePut } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { Choice, optionsOf } from '../../ui/choice';
import { DateField } from '../../ui/date-fields';
import { confirm } from '../../ui/dialog';
import { Labelled } from '../../ui/field';
import { Row } from '../../ui/row';
import { toast } from '../../ui/toast';
import { ActSheet, ActTrouble } from '../orders/act-sheet';
import type { Household, Member } from './household';

/** 代办: who may order for somebody without a phone, until when; the house takes it back at any time. */
export function ProxyRow({ proxy }: { proxy: Household['proxies'][number] }) {
  const revoke = useAct('proxies.revoke', { proxyId: proxy.proxyId });
  const stop = async () => {
    const question = { title: `不再请${proxy.agentName}代办吗？`, yes: '不再代办', no: '再想想' };
    if (await confirm(question)) revoke.mutate({});
  };
  const words = `替${proxy.forName}代办 · ${proxy.howName} · 到 ${proxy.endsOn}`;
  return (
    <Row icon="hand-helping" title={proxy.agentName} words={proxy.isRunning ? words : `${words}（没有在用）`}>
      <ActTrouble error={revoke.error} />
      {proxy.mayRevoke && (
        <Button short look="text" busy={revoke.isPending} onPress={() => void stop()}>
          不再代办
        </Button>
      )}
    </Row>
  );
}

/** The consent of somebody without a phone, written down by who acts for him. */
export function ProxySheet({ member, onClose }: { member: Member; onClose: () => void }) {
  const today = chinaDate(Date.now());
  const [proxyId] = useState(newId);
  const [how, setHow] = useState<ConsentWay | null>(null);
  const [endsOn, setEndsOn] = useState('');
  const give = usePut('proxies.give');
  const send = () => {
    if (how === null) return;
    const onSuccess = () => {
      toast('记好了，以后可以替他点单');
      onClose();
    };
    give.mutate(
      { params: { proxyId }, body: { personId: member.personId, how, startsOn: today, endsOn } },
      { onSuccess },
    );
  };
  return (
    <ActSheet
      title={`替${member.name}代办`}
      yes="记下本人的同意"
      doing={give}
      unready={how === null || endsOn === ''}
      onYes={send}
      onClose={onClose}
    >
      <Labelled label="本人怎么同意的？" hint="家里人看得到，也可以随时取消。">
        <Choice label="怎么同意的" options={optionsOf(consentWays)} value={how} onChange={setHow} />
      </Labelled>
      <DateField label="代办到哪一天？" hint="最长 12 个月" from={today} value={endsOn} onChange={setEndsOn} />
    </ActSheet>
  );
}
