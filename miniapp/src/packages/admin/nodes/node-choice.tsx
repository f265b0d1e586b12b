import { View } from '@tarojs/components';
import { useState } from 'react';
import { useCall } from '../../../lib/use-call';
import { aria } from '../../../ui/aria';
import { Await } from '../../../ui/await';
import { Card } from '../../../ui/card';
import { Labelled } from '../../../ui/field';
import { PickRow } from '../../../ui/pick-row';
import { SearchBox } from '../../../ui/search-box';

interface NodeChoiceProps {
  readonly label: string;
  readonly tree: 'grid' | 'party';
  /** Of these tiers only: 村居. */
  readonly tierName?: string;
  readonly exceptId: string;
  readonly value: string | null;
  readonly onChange: (nodeId: string) => void;
}
const mostShown = 8;

/** One node of the tree, by its name. */
export function NodeChoice({ label, tree, tierName, exceptId, value, onChange }: NodeChoiceProps) {
  const [typed, setTyped] = useState('');
  const outline = useCall('trees.outline', { params: { tree } });
  return (
    <Labelled label={label}>
      <SearchBox label={label} example="按名称找" value={typed} onChange={setTyped} />
      <Await query={outline} rows={1}>
        {({ nodes }) => {
          const names = new Map(nodes.map(({ id, name }) => [id, name]));
          const fitting = nodes.filter(
            (node) =>
              node.id !== exceptId &&
              (tierName === undefined || node.tierName === tierName) &&
              (node.id === value || node.name.includes(typed.trim())),
          );
          return (
            <Card bare>
              <View {...aria({ role: 'radiogroup', label })}>
                {fitting.slice(0, mostShown).map(({ id, name, parentId, tierName: tier }) => (
                  <PickRow
                    key={id}
                    title={name}
                    words={[names.get(parentId ?? '') ?? '', tier].filter((part) => part !== '').join(' · ')}
                    chosen={id === value}
                    onPress={() => onChange(id)}
                  />
                ))}
              </View>
            </Card>
          );
        }}
      </Await>
    </Labelled>
  );
}
