import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import { Button } from '../../../../ui/button';
import { confirm } from '../../../../ui/dialog';

/** Begun earlier and not sent: it goes on, or is thrown away. */
export function Resumed({ onForget }: { onForget: () => void }) {
  const forget = async () => {
    const sure = await confirm({
      title: '不要上次写的了？',
      words: '写过的话和照片都会清掉。',
      yes: '重新写',
      no: '接着写',
    });
    if (sure) onForget();
  };
  return (
    <View className="draft__resumed">
      <View>接着上次写的</View>
      <Button short look="text" onPress={() => void forget()}>
        重新写
      </Button>
    </View>
  );
}

/** The button, and above it what the server did not take. */
export const DraftFoot = ({ trouble, children }: PropsWithChildren<{ trouble: string | null }>) => (
  <View className="draft__foot">
    {trouble && <View className="draft__trouble">{trouble}</View>}
    {children}
  </View>
);
