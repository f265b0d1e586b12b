import { Input, View } from '@tarojs/components';
import type { ChosenGrid } from '../../features/grids/grid-choice';
import { VillageFilter } from '../../features/grids/village-filter';
import { aria } from '../../ui/aria';
import { Icon } from '../../ui/icon';

export interface Search {
  readonly typed: string;
  readonly village: ChosenGrid | null;
}

interface SearchingProps {
  readonly search: Search;
  readonly onChange: (search: Search) => void;
}

const label = '找单子，按名字或原话';

const spoken: Record<string, unknown> =
  process.env.TARO_ENV === 'h5' ? { nativeProps: { 'aria-label': label, type: 'search' } } : aria({ label });

/** By words; and by village, for whoever sees a whole town. */
export const Searching = ({ search, onChange }: SearchingProps) => (
  <View className="desk__search">
    <View className="desk__search-box">
      <Icon name="search" />
      <Input
        className="desk__search-input"
        placeholderClass="field__example"
        value={search.typed}
        maxlength={40}
        placeholder="找单子"
        onInput={(event) => onChange({ ...search, typed: event.detail.value })}
        {...spoken}
      />
    </View>
    <VillageFilter village={search.village} onChange={(village) => onChange({ ...search, village })} />
  </View>
);
