import { Text, View } from '@tarojs/components';
import { aria } from './aria';
import { classNames } from './class-names';
import { Icon } from './icon';
import { Pressable } from './pressable';

interface Option<Value extends string> {
  readonly value: Value;
  readonly words: string;
}

interface ChoiceProps<Value extends string> {
  /** What is chosen, for read-aloud; the question above it is a `Labelled`. */
  readonly label: string;
  readonly options: readonly Option<Value>[];
}

/** A record of code → words (order.words.ts) as options. */
export const optionsOf = <Value extends string>(words: Readonly<Record<Value, string>>): Option<Value>[] =>
  (Object.keys(words) as Value[]).map((value) => ({ value, words: words[value] }));

interface OneProps<Value extends string> extends ChoiceProps<Value> {
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
}

/** One of several, as chips that wrap. */
export const Choice = <Value extends string>({ label, options, value, onChange }: OneProps<Value>) => (
  <View className="choice" {...aria({ role: 'radiogroup', label })}>
    {options.map((option) => (
      <Chip
        key={option.value}
        role="radio"
        words={option.words}
        chosen={option.value === value}
        onPress={() => onChange(option.value)}
      />
    ))}
  </View>
);

interface SomeProps<Value extends string> extends ChoiceProps<Value> {
  readonly values: readonly Value[];
  readonly onChange: (values: Value[]) => void;
}

/** Any of several. */
export const Choices = <Value extends string>({ label, options, values, onChange }: SomeProps<Value>) => (
  <View className="choice" {...aria({ role: 'group', label })}>
    {options.map(({ value, words }) => {
      const chosen = values.includes(value);
      const others = values.filter((each) => each !== value);
      return (
        <Chip
          key={value}
          role="checkbox"
          words={words}
          chosen={chosen}
          onPress={() => onChange(chosen ? others : [...others, value])}
        />
      );
    })}
  </View>
);

interface ChipProps {
  readonly role: 'radio' | 'checkbox';
  readonly words: string;
  readonly chosen: boolean;
  readonly onPress: () => void;
}

const Chip = ({ role, words, chosen, onPress }: ChipProps) => (
  <Pressable className={classNames('chip', chosen && 'chip--chosen')} role={role} checked={chosen} onPress={onPress}>
    {chosen && <Icon name="check" className="chip__icon" />}
    <Text>{words}</Text>
  </Pressable>
);
