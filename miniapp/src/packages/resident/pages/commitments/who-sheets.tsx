import { View } from '@tarojs/components';
import { useState } from 'react';
import { useCall } from '../../../../lib/use-call';
import { useSettled } from '../../../../lib/use-settled';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Field } from '../../../../ui/field';
import { PickRow } from '../../../../ui/pick-row';
import { Sheet } from '../../../../ui/sheet';

interface WhoSheetProps {
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}

interface Found {
  readonly id: string;
  readonly name: string;
  readonly words: string | null;
}

/** One of the town's organisations: the town's own first, narrowed by a part of the name. */
export function OrganizationSheet({ chosen, onChoose, onClose }: WhoSheetProps) {
  const query = useCall('cards.organizations');
  const [typed, setTyped] = useState('');
  return (
    <Sheet title="哪个党组织" open onClose={onClose}>
      <Field label="按名字找" value={typed} onChange={setTyped} example="比如：碧塘" />
      <Await query={query}>
        {({ items }) => {
          const names = new Map(items.map(({ id, name }) => [id, name]));
          const found = items
            .filter(({ name }) => name.includes(typed.trim()))
            .map(({ id, name, parentId }) => ({ id, name, words: names.get(parentId ?? '') ?? null }));
          return <FoundList label="党组织" found={found} chosen={chosen} onChoose={onChoose} />;
        }}
      </Await>
    </Sheet>
  );
}

/** One member who has promised something in public, by a part of the name. */
export function MemberSheet({ chosen, onChoose, onClose }: WhoSheetProps) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim());
  return (
    <Sheet title="哪位党员" open onClose={onClose}>
      <Field label="按姓名找" value={typed} onChange={setTyped} example="输入姓名" maxLength={20} />
      {q !== '' && <FoundMembers q={q} chosen={chosen} onChoose={onChoose} />}
    </Sheet>
  );
}

function FoundMembers({ q, ...picking }: Omit<WhoSheetProps, 'onClose'> & { q: string }) {
  const query = useCall('cards.members', { query: { q } });
  return (
    <Await query={query} rows={1}>
      {({ items }) => (
        <FoundList
          label="党员"
          found={items.map(({ personId, name, organization }) => ({ id: personId, name, words: organization.name }))}
          {...picking}
        />
      )}
    </Await>
  );
}

function FoundList({
  label,
  found,
  chosen,
  onChoose,
}: Omit<WhoSheetProps, 'onClose'> & { label: string; found: readonly Found[] }) {
  if (found.length === 0) return <View className="wall__nobody">没有找到，换个字试试。</View>;
  return (
    <Card bare>
      <View {...aria({ role: 'radiogroup', label })}>
        {found.map(({ id, name, words }) => (
          <PickRow key={id} title={name} words={words} chosen={id === chosen} onPress={() => onChoose(id)} />
        ))}
      </View>
    </Card>
  );
}
