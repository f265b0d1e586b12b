import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { goInstead } from '../../../../lib/navigation';
import { refreshMe } from '../../../../lib/session';
import { agoWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Placard, troubleWords } from '../../../../ui/trouble';
import { ShownDigits } from '../../shown-digits';
import './index.scss';

type Asked = ReplyFrom<'connections.look'>;

/** 连接手机, on the phone: whose account it becomes; then the digits that are typed at the computer. */
export default function ConnectPhonePage() {
  const { code = '' } = useRouter<{ code: string }>().params;
  const query = useCall('connections.look', { params: { code } });
  return (
    <Page title="连接手机">
      <Await query={query} rows={1} missing={<Placard {...endings.unknown} action={home} />}>
        {(asked) => <Shown code={code} first={asked} />}
      </Await>
    </Page>
  );
}

function Shown({ code, first }: { code: string; first: Asked }) {
  const [said, setSaid] = useState<Asked | null>(null);
  const asked = said ?? first;
  if (asked.state === 'waiting') return <Question code={code} asked={asked} onSaid={setSaid} />;
  if (asked.state === 'confirmed' && asked.check !== null) {
    return <ShownDigits check={asked.check} done="电脑上显示“连上了”，回首页" onDone={home.onPress} />;
  }
  return <Placard {...endings[asked.state === 'confirmed' ? 'refused' : asked.state]} action={home} />;
}

interface QuestionProps {
  readonly code: string;
  readonly asked: Asked;
  readonly onSaid: (asked: Asked) => void;
}

function Question({ code, asked, onSaid }: QuestionProps) {
  const now = useNow();
  const confirm = useAct('connections.confirm', { code });
  const refuse = useAct('connections.refuse', { code });
  const trouble = confirm.error ?? refuse.error;
  return (
    <>
      <View className="connect-phone__question">把这部手机的微信，连到下面这个人的账号？</View>
      <Card bare>
        <Row icon="user-round" title={asked.name} words={asked.post} />
        <Row icon="monitor" title={asked.browser} words={`来自网络 ${asked.network}`} />
        <Row icon="clock" title={agoWords(asked.askedAt, now)} words="二维码出现的时间" />
      </Card>
      <View className="connect-phone__warning">
        二维码要在您本人面前的电脑上。连上以后，这个微信就是这个人，能做他能做的事。
      </View>
      {trouble && (
        <View className="connect-phone__trouble" {...aria({ role: 'alert', live: 'assertive' })}>
          {troubleWords(trouble)}
        </View>
      )}
      <Button look="main" busy={confirm.isPending} onPress={() => confirm.mutate({}, { onSuccess: onSaid })}>
        是我
      </Button>
      <Button look="plain" busy={refuse.isPending} onPress={() => refuse.mutate({}, { onSuccess: onSaid })}>
        不是我
      </Button>
    </>
  );
}

const goHome = async (): Promise<void> => {
  await refreshMe();
  await goInstead('home');
};
const home = { words: '回首页', onPress: () => void goHome() };

const endings: Record<'done' | 'refused' | 'expired' | 'unknown', Parameters<typeof Placard>[0]> = {
  done: { icon: 'circle-check-big', title: '已经连上了', words: '这个微信现在就是您本人的账号。' },
  refused: { icon: 'shield-check', title: '这个二维码不能用了', words: '要连手机，请在电脑上换一个新的，再扫一次。' },
  unknown: {
    icon: 'qr-code',
    title: '这个二维码不能用',
    words: '请在电脑上打开“连接我的手机”，对着上面的二维码再扫一次。',
  },
  expired: { icon: 'clock', title: '二维码过期了', words: '请在电脑上换一个新的，再扫一次。' },
};
