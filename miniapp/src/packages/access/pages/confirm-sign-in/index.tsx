import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { goInstead } from '../../../../lib/navigation';
import { useMe } from '../../../../lib/session';
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

type SignIn = ReplyFrom<'access.look'>;

/** What the scanned code would let in: the person looks at it, and says yes or no. */
export default function ConfirmSignInPage() {
  const { code = '' } = useRouter<{ code: string }>().params;
  const query = useCall('access.look', { params: { code } });
  return (
    <Page title="登录电脑">
      <Await query={query} rows={1} missing={<Ended state="unknown" />}>
        {(signIn) => <Shown code={code} first={signIn} />}
      </Await>
    </Page>
  );
}

function Shown({ code, first }: { code: string; first: SignIn }) {
  const [said, setSaid] = useState<SignIn | null>(null);
  const signIn = said ?? first;
  if (signIn.state === 'waiting') return <Question code={code} signIn={signIn} onSaid={setSaid} />;
  if (signIn.state === 'confirmed' && signIn.check !== null)
    return <ShownDigits check={signIn.check} done="电脑上进去了，回首页" onDone={home.onPress} />;
  return <Ended state={signIn.state === 'confirmed' ? 'used' : signIn.state} />;
}

interface QuestionProps {
  readonly code: string;
  readonly signIn: SignIn;
  readonly onSaid: (signIn: SignIn) => void;
}

function Question({ code, signIn, onSaid }: QuestionProps) {
  const me = useMe();
  const now = useNow();
  const confirm = useAct('access.confirm', { code });
  const refuse = useAct('access.refuse', { code });
  const trouble = confirm.error ?? refuse.error;
  return (
    <>
      <View className="confirm-sign-in__question">有一台电脑要用您的身份登录</View>
      <Card bare>
        <Row icon="landmark" title={`${signIn.place}“三单”`} words="要登录的地方" />
        <Row icon="user-round" title={me?.name ?? ''} words="登录以后的身份" />
        <Row icon="monitor" title={signIn.browser} words={`来自网络 ${signIn.network}`} />
        <Row icon="clock" title={agoWords(signIn.askedAt, now)} words="二维码出现的时间" />
      </Card>
      <View className="confirm-sign-in__warning">
        请确认是您本人正在打开的电脑。别人发来的二维码、照片里的二维码，一律不要确认。
      </View>
      {trouble && (
        <View className="confirm-sign-in__trouble" {...aria({ role: 'alert', live: 'assertive' })}>
          {troubleWords(trouble)}
        </View>
      )}
      <Button look="main" busy={confirm.isPending} onPress={() => confirm.mutate({}, { onSuccess: onSaid })}>
        确认登录
      </Button>
      <Button look="plain" busy={refuse.isPending} onPress={() => refuse.mutate({}, { onSuccess: onSaid })}>
        不是我
      </Button>
    </>
  );
}

const home = { words: '回首页', onPress: () => void goInstead('home') };

const endings: Record<Exclude<SignIn['state'], 'waiting' | 'confirmed'> | 'unknown', Parameters<typeof Placard>[0]> = {
  used: {
    icon: 'circle-check-big',
    title: '这个二维码用过了',
    words: '电脑上登录的不是您？到“我的 - 登录的设备”里让它退出。',
  },
  refused: { icon: 'shield-check', title: '已经拒绝', words: '没有人用您的身份登录。别人发来的二维码不要扫。' },
  // Cut off, of another place, or no code of ours.
  unknown: {
    icon: 'qr-code',
    title: '这个二维码不能用',
    words: '请在电脑上打开“三单”的登录页，对着上面的二维码再扫一次。',
  },
  expired: { icon: 'clock', title: '二维码过期了', words: '请在电脑上换一个新的，再扫一次。' },
};

const Ended = ({ state }: { state: keyof typeof endings }) => <Placard {...endings[state]} action={home} />;
