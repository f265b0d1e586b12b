import { Image, View } from '@tarojs/components';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { goInstead } from '../../../../lib/navigation';
import { useAct } from '../../../../lib/use-call';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Field } from '../../../../ui/field';
import { Page } from '../../../../ui/page';
import { Placard, troubleWords } from '../../../../ui/trouble';
import './index.scss';

type Asked = ReplyFrom<'connections.ask'>;

const lookEveryMs = 2_000;

/** 连接我的手机, at the computer: the picture for the phone, then the digits that it shows. */
export default function MyPhonePage() {
  const [round, setRound] = useState(0);
  const [held, setHeld] = useState<Asked | null>(null);
  const asked = useQuery({
    queryKey: ['my phone', round],
    queryFn: () => call('connections.ask', { body: {} }),
    // Not asked for anew when everything else is: the code in hand would be void.
    enabled: held === null,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  useEffect(() => {
    if (asked.data) setHeld(asked.data);
  }, [asked.data]);
  const again = () => {
    setHeld(null);
    setRound(round + 1);
  };
  return (
    <Page title="连接我的手机">
      <View className="my-phone__why">
        连上以后，您在手机微信里打开“三单”就是您本人：以后登录电脑，用手机扫一扫就行，不用再到服务器上要链接。
      </View>
      {held ? (
        <Connecting key={held.connectionId} asked={held} onAgain={again} />
      ) : (
        <Await query={asked} rows={1}>
          {() => null}
        </Await>
      )}
    </Page>
  );
}

function Connecting({ asked, onAgain }: { asked: Asked; onAgain: () => void }) {
  const { connectionId } = asked;
  const standing = useQuery({
    queryKey: ['connections.standing', connectionId],
    queryFn: () => call('connections.standing', { params: { connectionId } }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : lookEveryMs),
  });
  const state = standing.data?.state ?? 'waiting';
  const again = { words: '换一个二维码', onPress: onAgain };
  if (state === 'done') {
    return (
      <Placard
        icon="circle-check-big"
        title="连上了"
        words="手机微信里的“三单”现在就是您本人。换手机、丢手机时，再到这里连一次。"
        action={{ words: '回首页', onPress: () => void goInstead('home') }}
      />
    );
  }
  if (state === 'refused')
    return (
      <Placard icon="shield-check" title="没有连上" words="手机上点了“不是我”，或者数字填错了三次。" action={again} />
    );
  if (state === 'expired')
    return <Placard icon="clock" title="二维码过期了" words="两分钟里没有办完，请换一个再来。" action={again} />;
  return (
    <>
      <Card title="1. 用手机扫这个码">
        <View className="my-phone__scan">
          <View className="my-phone__picture">
            <Image src={asked.image} mode="aspectFit" {...aria({ role: 'img', label: '连接手机的二维码' })} />
          </View>
          <View className="my-phone__steps">
            <View>在手机微信里打开“三单”小程序登录，到“我的”，点“扫码”，对着这里扫。</View>
            <View>核对是您的名字，点“是我”，手机上会出四位数字。</View>
            <View className="my-phone__hint">只对这台电脑有效，两分钟内办完。不要拍照发给别人。</View>
          </View>
        </View>
      </Card>
      <Digits connectionId={connectionId} ready={state === 'confirmed'} />
    </>
  );
}

const isOver = (state: string): boolean => state === 'done' || state === 'refused' || state === 'expired';

function Digits({ connectionId, ready }: { connectionId: string; ready: boolean }) {
  const [check, setCheck] = useState('');
  const finish = useAct('connections.finish', { connectionId });
  const filled = ready && /^\d{4}$/.test(check);
  const send = () => finish.mutate({ check });
  return (
    <Card title="2. 填手机上显示的四位数字">
      <Field
        label="四位数字"
        hint={ready ? '手机已经确认，请看着手机填。' : '手机上点了“是我”才会有。'}
        kind="number"
        maxLength={4}
        value={check}
        onChange={setCheck}
        onDone={() => filled && send()}
        error={finish.error ? troubleWords(finish.error) : undefined}
      />
      <View className="my-phone__go">
        <Button look="main" busy={finish.isPending} disabled={!filled} onPress={send}>
          连上这部手机
        </Button>
      </View>
    </Card>
  );
}
