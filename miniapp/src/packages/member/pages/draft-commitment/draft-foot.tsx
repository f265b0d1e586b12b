import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';

/** The button, and above it what the server did not take. */
export const DraftFoot = ({ trouble, children }: PropsWithChildren<{ trouble: string | null }>) => (
  <View className="draft__foot">
    {trouble && <View className="draft__trouble">{trouble}</View>}
    {children}
  </View>
);
