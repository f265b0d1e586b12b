import { View } from '@tarojs/components';
import { classNames } from './class-names';
import { Pressable } from './pressable';

interface SwitchProps {
  readonly title: string;
  readonly words?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** A whole row that is on or off; touching it anywhere turns it. */
export const Switch = ({ title, words, on, onChange }: SwitchProps) => (
  <Pressable className="row row--pressable" role="switch" checked={on} label={title} onPress={() => onChange(!on)}>
    <View className="row__text">
      <View className="row__title">{title}</View>
      {words && <View className="row__words">{words}</View>}
    </View>
    <View className={classNames('switch', on && 'switch--on')}>
      <View className="switch__knob" />
    </View>
  </Pressable>
);
