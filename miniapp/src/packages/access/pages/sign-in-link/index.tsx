import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { request } from '../../../../lib/endpoints';
import { goInstead } from '../../../../lib/navigation';
import { queries } from '../../../../lib/query';
import { enterAtDesktop } from '../../../../lib/session';
import { Button } from '../../../../ui/button';
import { Page } from '../../../../ui/page';
import { Placard, troubleWords } from '../../../../ui/trouble';

/**
 * The link that `npm run admin:create` prints. Only a press uses it up: programs that look at links beforehand press
 * nothing. From here to the second factor at once.
 */
export default function SignInLinkPage() {
  const { k = '' } = useRouter<{ k: string }>().params;
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const enter = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      const { token } = await request(null, 'access.openLink', { body: { key: k } });
      await enterAtDesktop(token);
      queries.clear();
      await goInstead('secondFactor');
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title="登录" open>
      <Placard
        icon="key-round"
        title={trouble ?? '管理员登录'}
        words={
          trouble
            ? '请在服务器上再运行一次 npm run admin:create，用新的链接。'
            : '这个链接只能用一次。登录以后马上设置二次验证，请准备好手机。'
        }
      />
      <View>
        <Button look="main" busy={busy} disabled={!/^[\w-]{43}$/.test(k)} onPress={() => void enter()}>
          {trouble ? '再试一次' : '登录'}
        </Button>
      </View>
    </Page>
  );
}
