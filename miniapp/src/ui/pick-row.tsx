import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon } from './icon';
import { Pressable } from './pressable';

interface PickRowProps {
  readonly title: string;
  /** Smaller, under the title: what tells this one from the others. */
  readonly words?: string | null;
  readonly end?: ReactNode;
  readonly chosen: boolean;
  /** Any number of them may be chosen. */
  readonly several?: boolean;
  readonly onPress: () => void;
}

/** One of several, as a line of a bare card: what does not fit a chip, because each needs a further word. */
export const PickRow = ({ title, words, end, chosen, several = false, onPress }: PickRowProps) => (
  <Pressable className="row row--pressable" role={several ? 'checkbox' : 'radio'} checked={chosen} onPress={onPress}>
    <View className={classNames('pick', chosen && 'pick--chosen')}>{chosen && <Icon name="check" />}</View>
    <View className="row__text">
      <View className="row__title">{title}</View>
      {words && <View className="row__words">{words}</View>}
    </View>
    {end}
  </Pressable>
);
