import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import { useUpdate } from '../lib/update';
import { aria } from './aria';
import { Button } from './button';

/**
 * 有新版本: on the tab pages, where nobody is writing, and from the next time one is opened, so that nothing moves under a
 * finger. Whoever passes it by has the new version when he starts the app anew.
 */
export function UpdateBar() {
  const [move, setMove] = useState<(() => void) | null>(null);
  useDidShow(() => setMove(() => useUpdate.getState().move));
  return (
    <View {...aria({ role: 'status', live: 'polite' })}>
      {move && (
        <View className="update-bar">
          <View className="update-bar__words">有新版本。写了一半的都会留着。</View>
          <Button short look="text" label="换上新版本" onPress={move}>
            换上
          </Button>
        </View>
      )}
    </View>
  );
}
