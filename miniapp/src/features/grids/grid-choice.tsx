import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ReplyFrom } from '../../lib/endpoints';
import { useCall } from '../../lib/use-call';
import { useMe } from '../../lib/session';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Labelled } from '../../ui/field';
import './grid-choice.scss';

type Grid = ReplyFrom<'grids.list'>['grids'][number];

/** A grid with the name people use for it: 碧塘村 三组. */
export interface ChosenGrid {
  readonly gridId: string;
  readonly words: string;
}

interface GridChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
  readonly value: ChosenGrid | null;
  readonly onChange: (grid: ChosenGrid | null) => void;
  /** The town or village to choose in; the own town when left out. */
  readonly underId?: string;
  /** Down to where it has to be chosen: a 村, or one of its 组. */
  readonly to: 'village' | 'group';
  /** With `to="group"`: a village as a whole will do too. */
  readonly wholeVillage?: boolean;
}

/** Which village, then which group: read as they are needed, never the whole county. */
export function GridChoice(props: GridChoiceProps) {
  const { label, hint, error, value, onChange } = props;
  const [changing, setChanging] = useState(value === null);
  if (value && !changing) {
    return (
      <Labelled label={label} hint={hint} error={error}>
        <View className="grid-choice__chosen">
          <View className="grid-choice__name">{value.words}</View>
          <Button short look="text" label={`${label}，改一下`} onPress={() => setChanging(true)}>
            改一下
          </Button>
        </View>
      </Labelled>
    );
  }
  return (
    <Labelled label={label} hint={hint} error={error}>
      <VillageAndGroup {...props} onChange={onChange} />
    </Labelled>
  );
}

function VillageAndGroup({ value, onChange, underId, to, wholeVillage = false }: GridChoiceProps) {
  const town = useMe()?.town?.gridId;
  const [chosen, setChosen] = useState<Grid | null>(null);
  const villages = useGrids('village', underId ?? town);
  const choose = (village: Grid) => {
    setChosen(village);
    onChange(to === 'village' || wholeVillage ? { gridId: village.id, words: village.name } : null);
  };
  return (
    <Await query={villages} rows={1}>
      {({ grids }) => {
        const only = grids.length === 1 ? (grids[0] ?? null) : null;
        const village = chosen ?? only;
        const isLast = to === 'village' || wholeVillage;
        return (
          <>
            {(only === null || isLast) && (
              <GridChips label="哪个村" grids={grids} value={chosen?.id ?? value?.gridId ?? null} onChange={choose} />
            )}
            {village && to === 'group' && <Groups village={village} value={value} onChange={onChange} />}
          </>
        );
      }}
    </Await>
  );
}

function Groups({ village, value, onChange }: Pick<GridChoiceProps, 'value' | 'onChange'> & { village: Grid }) {
  const groups = useGrids('group', village.id);
  return (
    <View className="grid-choice__groups">
      <Await query={groups} rows={1}>
        {({ grids }) => (
          <GridChips
            label="哪个组"
            grids={grids}
            value={value?.gridId ?? null}
            onChange={(group) => onChange({ gridId: group.id, words: `${village.name} ${group.name}` })}
          />
        )}
      </Await>
    </View>
  );
}

const useGrids = (tier: Grid['tier'], underId: string | undefined) =>
  useCall('grids.list', { query: { tier, ...(underId === undefined ? {} : { underId }) } });

interface GridChipsProps {
  readonly label: string;
  readonly grids: readonly Grid[];
  readonly value: string | null;
  readonly onChange: (grid: Grid) => void;
}

const GridChips = ({ label, grids, value, onChange }: GridChipsProps) => (
  <Choice
    label={label}
    options={grids.map((grid) => ({ value: grid.id, words: grid.name }))}
    value={value}
    onChange={(id) => {
      const grid = grids.find((each) => each.id === id);
      if (grid) onChange(grid);
    }}
  />
);
