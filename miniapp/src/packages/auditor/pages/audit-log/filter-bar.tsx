import { View } from '@tarojs/components';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../../ui/button';
import { DateField } from '../../../../ui/date-fields';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';
import { Sheet } from '../../../../ui/sheet';
import { daysWords, type Filters } from './filters';

interface FilterBarProps {
  readonly filters: Filters;
  readonly onChange: (some: Partial<Filters>) => void;
  readonly end: ReactNode;
}

/** Which days, and what the list is narrowed to; each chip is taken away by pressing it. */
export function FilterBar({ filters, onChange, end }: FilterBarProps) {
  const [choosing, setChoosing] = useState(false);
  const { person, thing } = filters;
  return (
    <View className="audit__filters">
      <Button short look="plain" icon="calendar-days" onPress={() => setChoosing(true)}>
        {daysWords(filters) ?? '全部日期'}
      </Button>
      {person && <Chip words={`只看${person.words}`} onPress={() => onChange({ person: null })} />}
      {thing && <Chip words={`只看${thing.words}`} onPress={() => onChange({ thing: null })} />}
      <View className="audit__end">{end}</View>
      {choosing && <Days filters={filters} onChange={onChange} onClose={() => setChoosing(false)} />}
    </View>
  );
}

const Chip = ({ words, onPress }: { words: string; onPress: () => void }) => (
  <Pressable className="audit__chip" label={`${words}，点一下取消`} onPress={onPress}>
    <View>{words}</View>
    <Icon name="x" />
  </Pressable>
);

type DaysProps = Omit<FilterBarProps, 'end'> & { readonly onClose: () => void };

function Days({ filters: { from, to }, onChange, onClose }: DaysProps) {
  const all = (
    <Button look="plain" onPress={() => onChange({ from: '', to: '' })}>
      全部日期
    </Button>
  );
  return (
    <Sheet title="看哪些天" open onClose={onClose} foot={from !== '' || to !== '' ? all : undefined}>
      <DateField label="从哪天" value={from} to={to || undefined} onChange={(day) => onChange({ from: day })} />
      <DateField label="到哪天" value={to} from={from || undefined} onChange={(day) => onChange({ to: day })} />
    </Sheet>
  );
}
