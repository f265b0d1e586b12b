import { View } from '@tarojs/components';
import type { IconName } from '../../config/icon-names';
import { aria } from './aria';
import { classNames } from './class-names';

export type { IconName };

/** A line icon in the colour of the words around it. Always beside a word, or inside something with a label. */
export const Icon = ({ name, className }: { name: IconName; className?: string }) => (
  <View className={classNames('icon', `icon--${name}`, className)} {...aria({ hidden: true })} />
);
