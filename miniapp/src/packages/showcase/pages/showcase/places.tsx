import { View } from '@tarojs/components';
import type { Showcase } from '../../../../features/commitments/showcase';
import { aria } from '../../../../ui/aria';
import { Card } from '../../../../ui/card';
import { classNames } from '../../../../ui/class-names';
import { markWords, partsOf } from '../../watching/showcase-words';

const onPodium = 3;

/** 名次 */
export const Places = ({ results }: { results: NonNullable<Showcase['results']> }) => (
  <Card bare title="名次">
    <View {...aria({ role: 'list', label: '名次' })}>
      {results.map((result) => (
        <View key={result.organizationId} className="place" {...aria({ role: 'listitem' })}>
          <View className={classNames('place__number', result.place <= onPodium && 'place__number--podium')}>
            {result.place}
          </View>
          <View className="place__who">
            <View className="place__name">{result.name}</View>
            <View className="place__parts">{partsOf(result).join('，')}</View>
          </View>
          <View className="place__total">{markWords(result.total)}</View>
        </View>
      ))}
    </View>
  </Card>
);
