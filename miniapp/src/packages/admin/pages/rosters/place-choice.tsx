import { View } from '@tarojs/components';
import { useState } from 'react';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Labelled } from '../../../../ui/field';
import { PickRow } from '../../../../ui/pick-row';
import { SearchBox } from '../../../../ui/search-box';
import { Sheet } from '../../../../ui/sheet';
import type { Offered } from '.';

type Place = Offered['places'][number];

interface PlaceChoiceProps {
  readonly places: readonly Place[];
  readonly value: Place | undefined;
  readonly onChange: (gridId: string) => void;
}

/** A county has hundreds of villages: so many are shown, the others are found by their names. */
const shown = 30;

/** 导入到哪里: what is not in the file is only looked for in there. */
export function PlaceChoice({ places, value, onChange }: PlaceChoiceProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const fitting = places.filter(({ name, within }) => `${within ?? ''}${name}`.includes(typed.trim()));
  const choose = (gridId: string) => {
    onChange(gridId);
    setOpen(false);
  };
  return (
    <Labelled label="导入到" hint="“文件里没有”只和这个范围里的比。">
      <View className="rosters__place">
        <View className="rosters__place-name">{value ? wordsFor(value) : '没有可以导入的地方'}</View>
        {places.length > 1 && (
          <Button short look="text" label="导入到哪里，改一下" onPress={() => setOpen(true)}>
            改一下
          </Button>
        )}
      </View>
      <Sheet title="导入到哪里" open={open} onClose={() => setOpen(false)}>
        <SearchBox label="按名称找" example="按名称找" value={typed} onChange={setTyped} />
        <Card bare>
          {fitting.slice(0, shown).map((place) => (
            <PickRow
              key={place.gridId}
              title={place.name}
              words={place.within}
              chosen={place.gridId === value?.gridId}
              onPress={() => choose(place.gridId)}
            />
          ))}
        </Card>
        {fitting.length === 0 && <View className="rosters__words">没有找到，换个词再找。</View>}
        {fitting.length > shown && <View className="rosters__words">还有很多，写上名称再找。</View>}
      </Sheet>
    </Labelled>
  );
}

const wordsFor = ({ name, within }: Place): string => (within === null ? name : `${within} ${name}`);
