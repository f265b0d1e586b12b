import { View } from '@tarojs/components';
import type { DraftOver } from '../lib/draft-over';
import { Button } from './button';
import { confirm } from './dialog';

/** A form begun earlier and not sent: it goes on, or is thrown away. */
export function Resumed({ onForget }: { onForget: () => void }) {
  const forget = async () => {
    const sure = await confirm({
      title: '不要上次写的了？',
      words: '写过的话、照片和录音都会清掉。',
      yes: '重新写',
      no: '接着写',
    });
    if (sure) onForget();
  };
  return (
    <View className="resumed">
      <View>接着上次写的</View>
      <Button short look="text" onPress={() => void forget()}>
        重新写
      </Button>
    </View>
  );
}

/** Above a form over a thing that stands: what was typed earlier goes on, or is gone because the thing has changed. */
export function DraftNote({ draft }: { draft: Pick<DraftOver<object>, 'resumed' | 'replaced' | 'clear'> }) {
  if (draft.replaced) return <View className="resumed">这里已经改过，下面是最新的，请在这上面改。</View>;
  return draft.resumed ? <Resumed onForget={draft.clear} /> : null;
}
