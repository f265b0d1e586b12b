import { View } from '@tarojs/components';
import { aria } from './aria';
import { Icon } from './icon';
import { Pressable } from './pressable';

interface StepperProps {
  /** What is counted, for read-aloud; the question above it is a `Labelled`. */
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
  /** 人, 天 */
  readonly unit: string;
}

/** A small number, one up or one down. */
export const Stepper = ({ label, value, onChange, min, max, unit }: StepperProps) => (
  <View className="stepper" {...aria({ role: 'group', label })}>
    <Step icon="minus" label={`${label}，少一${unit}`} disabled={value <= min} onPress={() => onChange(value - 1)} />
    <View className="stepper__value" {...aria({ live: 'polite' })}>{`${value} ${unit}`}</View>
    <Step icon="plus" label={`${label}，多一${unit}`} disabled={value >= max} onPress={() => onChange(value + 1)} />
  </View>
);

interface StepProps {
  readonly icon: 'minus' | 'plus';
  readonly label: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
}

const Step = ({ icon, label, disabled, onPress }: StepProps) => (
  <Pressable className="stepper__step" label={label} disabled={disabled} onPress={onPress}>
    <Icon name={icon} />
  </Pressable>
);
