import { View } from '@tarojs/components';
import { byField, iconOf, type Category } from '../../../../features/orders/category-pictures';
import { Card } from '../../../../ui/card';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';

interface CategoryGridProps {
  readonly categories: readonly Category[];
  readonly onChoose: (category: Category) => void;
}

/** Everything that can be ordered, by field: 什么事? */
export const CategoryGrid = ({ categories, onChoose }: CategoryGridProps) => (
  <>
    <View className="place__ask">要办什么事？</View>
    {byField(categories).map(({ field, fieldName, categories: within }) => (
      <Card bare key={field} title={fieldName}>
        <View className="categories">
          {within.map((category) => (
            <Pressable key={category.id} className="categories__one" onPress={() => onChoose(category)}>
              <Icon name={iconOf(category)} className="categories__icon" />
              <View className="categories__name">{category.name}</View>
            </Pressable>
          ))}
        </View>
      </Card>
    ))}
  </>
);
