import { View } from '@tarojs/components';
import { useState } from 'react';
import { notFoundWords, useFoundHouseholds } from '../../../../features/households/found-households';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useList } from '../../../../lib/use-call';
import { useSettled } from '../../../../lib/use-settled';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { PickRow } from '../../../../ui/pick-row';
import { SearchBox } from '../../../../ui/search-box';
import { Sheet } from '../../../../ui/sheet';
import { Placard } from '../../../../ui/trouble';

type Household = ReplyFrom<'households.list'>['items'][number];

interface PickHouseholdsProps {
  readonly gridId: string;
  readonly picked: readonly string[];
  readonly onChange: (picked: string[]) => void;
}

/** 一户一户挑: the button, how many there are, and the list to choose from. */
export function PickHouseholds({ gridId, picked, onChange }: PickHouseholdsProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {picked.length > 0 && <View className="sweep-note">{`已经挑了 ${picked.length} 户。`}</View>}
      <Button short look="plain" icon="house" onPress={() => setOpen(true)}>
        从住户里挑
      </Button>
      {picked.length > 0 && (
        <Button short look="text" onPress={() => onChange([])}>
          都不要了
        </Button>
      )}
      {isOpen && <PickSheet {...{ gridId, picked, onChange }} onClose={() => setOpen(false)} />}
    </>
  );
}

function PickSheet({ gridId, picked, onChange, onClose }: PickHouseholdsProps & { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim());
  const list = useList('households.list', { gridId });
  const found = useFoundHouseholds(q);
  const row = (household: Household) => (
    <HouseholdPick
      key={household.householdId}
      household={household}
      chosen={picked.includes(household.householdId)}
      onPress={() => onChange(toggled(picked, household.householdId))}
    />
  );
  return (
    <Sheet
      title="挑哪些户？"
      open
      onClose={onClose}
      foot={
        <Button look="main" onPress={onClose}>
          {`挑好了，${picked.length} 户`}
        </Button>
      }
    >
      <SearchBox label="找一户" example="姓名、手机号、门牌或户号" value={typed} onChange={setTyped} />
      {q === '' ? (
        <ListView
          list={list}
          label="住户"
          keyOf={({ householdId }) => householdId}
          row={row}
          empty={{ icon: 'house', title: '这里没有住户', words: '先导入户籍，或换一片。' }}
        />
      ) : (
        <Await query={found} rows={2}>
          {({ items, namesFromStart }) =>
            items.length === 0 ? (
              <Placard icon="search" title="没有找到" words={notFoundWords(namesFromStart)} />
            ) : (
              <View {...aria({ role: 'list', label: '找到的住户' })}>{items.map(row)}</View>
            )
          }
        </Await>
      )}
    </Sheet>
  );
}

const toggled = (picked: readonly string[], id: string): string[] =>
  picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id];

interface HouseholdPickProps {
  readonly household: Household;
  readonly chosen: boolean;
  readonly onPress: () => void;
}

const HouseholdPick = ({ household: { head, members, place, door }, chosen, onPress }: HouseholdPickProps) => (
  <Card bare>
    <PickRow
      several
      title={`${head ?? '没有户主'} · ${members} 人`}
      words={[place, door].filter(Boolean).join(' ')}
      chosen={chosen}
      onPress={onPress}
    />
  </Card>
);
