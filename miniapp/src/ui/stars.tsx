import { View } from '@tarojs/components';
import { aria } from './aria';
import { classNames } from './class-names';
import { Icon } from './icon';
import { Pressable } from './pressable';

const words = ['很不满意', '不满意', '一般', '满意', '很满意'];

interface StarsProps {
  readonly value: number | null;
  readonly onChange: (stars: number) => void;
}

/** 满意不满意: one to five, with the word for it. */
export const Stars = ({ value, onChange }: StarsProps) => (
  <View>
    <View className="stars" {...aria({ role: 'radiogroup', label: '满意不满意' })}>
      {words.map((word, index) => (
        <Pressable
          key={word}
          className={classNames('stars__star', index < (value ?? 0) && 'stars__star--lit')}
          role="radio"
          label={`${index + 1} 星，${word}`}
          checked={value === index + 1}
          onPress={() => onChange(index + 1)}
        >
          <Icon name={index < (value ?? 0) ? 'star-filled' : 'star'} className="stars__icon" />
        </Pressable>
      ))}
    </View>
    <View className="stars__word" {...aria({ live: 'polite' })}>
      {value === null ? '点一下星星' : words[value - 1]}
    </View>
  </View>
);
