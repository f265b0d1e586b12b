import { View } from '@tarojs/components';
import { byField, catchAllOf, iconOf, type Category } from '../../../../features/orders/category-pictures';
import { Card } from '../../../../ui/card';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';
import { Row } from '../../../../ui/row';

interface CategoryGridProps {
  readonly categories: readonly Category[];
  readonly onChoose: (category: Category) => void;
}

/** Everything that can be ordered, by field: 什么事? Nobody has to read it all to say what he needs. */
export const CategoryGrid = ({ categories, onChoose }: CategoryGridProps) => (
  <>
    <View className="place__ask">要办什么事？</View>
    <CatchAll category={catchAllOf(categories)} onChoose={onChoose} />
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

interface CatchAllProps {
  readonly category: Category | undefined;
  readonly onChoose: (category: Category) => void;
}

const CatchAll = ({ category, onChoose }: CatchAllProps) =>
  category ? (
    <View className="place__catch-all">
      <Card bare>
        <Row
          icon="message-square-text"
          title="说不清是哪一类？"
          words="点这里直接说，村里来分"
          onPress={() => onChoose(category)}
        />
      </Card>
    </View>
  ) : null;
