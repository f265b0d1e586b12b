import { Input, View } from '@tarojs/components';
import { useState } from 'react';
import { GridChoice, type ChosenGrid } from '../../features/grids/grid-choice';
import { useMe } from '../../lib/session';
import { aria } from '../../ui/aria';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { Sheet } from '../../ui/sheet';

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
export function Searching({ search, onChange }: SearchingProps) {
  const overTown = useMe()?.roles.some(({ tier }) => tier === 'town' || tier === 'county') ?? false;
  const [choosing, setChoosing] = useState(false);
  return (
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
      {overTown && (
        <Button short look="plain" icon="list-filter" onPress={() => setChoosing(true)}>
          {search.village?.words ?? '全部村'}
        </Button>
      )}
      {choosing && (
        <VillageSheet
          village={search.village}
          onChange={(village) => {
            onChange({ ...search, village });
            setChoosing(false);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </View>
  );
}

interface VillageSheetProps {
  readonly village: ChosenGrid | null;
  readonly onChange: (village: ChosenGrid | null) => void;
  readonly onClose: () => void;
}

const VillageSheet = ({ village, onChange, onClose }: VillageSheetProps) => (
  <Sheet
    title="看哪个村"
    open
    onClose={onClose}
    foot={
      village && (
        <Button look="plain" onPress={() => onChange(null)}>
          全部村
        </Button>
      )
    }
  >
    <GridChoice label="哪个村" value={null} to="village" onChange={onChange} />
  </Sheet>
);
