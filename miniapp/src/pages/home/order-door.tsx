import { View } from '@tarojs/components';
import { iconOf, picturesOf, shortNameOf } from '../../features/orders/category-pictures';
import { useLargeType } from '../../lib/large-type';
import { go } from '../../lib/navigation';
import { useKeptCall } from '../../lib/use-kept-call';
import { aria } from '../../ui/aria';
import { Icon, type IconName } from '../../ui/icon';
import { Pressable } from '../../ui/pressable';

/** With 更多 as the last: 2 × 4 pictures, in 长辈版 2 × 3. */
const pictures = { normal: 7, large: 5 };

/** 我要点单, and the things that are ordered most as pictures. */
export function OrderDoor() {
  const large = useLargeType((state) => state.large);
  const query = useKeptCall('categories.list');
  const shown = large ? pictures.large : pictures.normal;
  const categories = picturesOf(query.data?.categories ?? [], shown);
  return (
    <View className="door">
      <Pressable className="door__big" onPress={() => void go('place', {})}>
        <View className="door__title">我要点单</View>
        <View className="door__words">说一声就有人办</View>
      </Pressable>
      {query.isPending && <Coming count={shown + 1} />}
      {categories.length > 0 && (
        <View className="door__pictures">
          {categories.map((category) => (
            <Picture
              key={category.id}
              icon={iconOf(category)}
              words={shortNameOf(category)}
              label={category.name}
              onPress={() => void go('place', { categoryId: category.id })}
            />
          ))}
          <Picture icon="layout-grid" words="更多" label="更多要办的事" onPress={() => void go('place', {})} />
        </View>
      )}
    </View>
  );
}

/** Keeps the place of the pictures, so that nothing jumps away under a finger. */
const Coming = ({ count }: { count: number }) => (
  <View className="door__pictures" {...aria({ hidden: true })}>
    {Array.from({ length: count }, (_, index) => (
      <View key={index} className="door__picture door__picture--coming" />
    ))}
  </View>
);

interface PictureProps {
  readonly icon: IconName;
  readonly words: string;
  readonly label: string;
  readonly onPress: () => void;
}

const Picture = ({ icon, words, label, onPress }: PictureProps) => (
  <Pressable className="door__picture" label={label} onPress={onPress}>
    <Icon name={icon} className="door__icon" />
    <View className="door__name">{words}</View>
  </Pressable>
);
