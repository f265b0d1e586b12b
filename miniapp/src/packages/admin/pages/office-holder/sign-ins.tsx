import { accessReasons, unbindsWechat, type AccessReason } from '@sandan/shared/access/access.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActSheet } from '../../../../features/orders/act-sheet';
import { useAct } from '../../../../lib/use-call';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled } from '../../../../ui/field';
import { Row } from '../../../../ui/row';
import { toast } from '../../../../ui/toast';
import type { Person } from './index';

type Act = 'endSessions' | 'resetSecondFactor';

const acts = {
  endSessions: {
    title: '让所有设备退出登录',
    words: '手机丢了、不再任职、登录异常时用。',
    what: '他的手机、电脑都马上退出，下次要重新登录。',
    done: '都退出了',
  },
  resetSecondFactor: {
    title: '清除二次验证',
    words: '验证器和恢复码都丢了时用。',
    what: '先当面或打电话核实是他本人在要求，再清除。原来的验证器、恢复码马上作废；他下次改设置、导名单前，系统会带他重新设置。',
    done: '清除了，请告诉他重新设置',
  },
} as const satisfies Record<Act, object>;

const unbinding =
  '手机可能在别人手里，他的微信也会解除绑定，捡到手机的人进不来。他本人要在手机上重新绑定，由网格员核实、上级同意。';

/** 登录和二次验证 of somebody else: what the server lets this administrator do about them. */
export function SignIns({ person }: { person: Person }) {
  const [doing, setDoing] = useState<Act | null>(null);
  const mine = (Object.keys(acts) as Act[]).filter((act) => person.allows.includes(act));
  if (mine.length === 0) return null;
  return (
    <>
      <Card bare title="登录">
        {mine.map((act) => (
          <Row key={act} title={acts[act].title} words={acts[act].words} onPress={() => setDoing(act)} />
        ))}
      </Card>
      {doing && <SignInSheet person={person} act={doing} onClose={() => setDoing(null)} />}
    </>
  );
}

interface SheetProps {
  readonly person: Person;
  readonly act: Act;
  readonly onClose: () => void;
}

function SignInSheet({ person: { personId, name }, act, onClose }: SheetProps) {
  const [reason, setReason] = useState<AccessReason | null>(null);
  const end = useAct('access.endSessionsOf', { personId });
  const reset = useAct('access.resetSecondFactor', { personId });
  const { title, what, done } = acts[act];
  const doing = act === 'endSessions' ? end : reset;
  const onSuccess = () => {
    toast(done);
    onClose();
  };
  const press = () => {
    if (reason === null) return;
    if (act === 'endSessions') end.mutate({ reason }, { onSuccess });
    else reset.mutate({ reason }, { onSuccess });
  };
  return (
    <ActSheet
      title={`${name}：${title}`}
      yes={title}
      doing={doing}
      unready={reason === null}
      onYes={press}
      onClose={onClose}
    >
      <View className="admin-what">{what}</View>
      <Labelled label="为什么？" hint="会记在审计里。">
        <Choice label="为什么？" options={optionsOf(accessReasons)} value={reason} onChange={setReason} />
      </Labelled>
      {reason !== null && unbindsWechat.includes(reason) && <View className="admin-what">{unbinding}</View>}
    </ActSheet>
  );
}
