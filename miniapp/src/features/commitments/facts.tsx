import { View } from '@tarojs/components';
import './facts.scss';

/** Name and value, line by line; what is not known has no line. */
export const Facts = ({ facts }: { facts: readonly (readonly [name: string, value: string | null])[] }) => (
  <View className="facts">
    {facts.map(([name, value]) =>
      value ? (
        <View key={name} className="facts__fact">
          <View className="facts__name">{name}</View>
          <View className="facts__value">{value}</View>
        </View>
      ) : null,
    )}
  </View>
);
