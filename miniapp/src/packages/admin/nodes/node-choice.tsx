import { View } from '@tarojs/components';
import { useState } from 'react';
import { useCall } from '../../../lib/use-call';
import { aria } from '../../../ui/aria';
import { Await } from '../../../ui/await';
import { Button } from '../../../ui/button';
import { Card } from '../../../ui/card';
import { Labelled } from '../../../ui/field';
import { PickRow } from '../../../ui/pick-row';
import { Row } from '../../../ui/row';
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

/** One node of the tree, by its name. Once chosen it stands alone, so that what follows from it comes into sight. */
export function NodeChoice({ label, tree, tierName, exceptId, value, onChange }: NodeChoiceProps) {
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(value === null);
  const outline = useCall('trees.outline', { params: { tree } });
  const choose = (nodeId: string) => {
    onChange(nodeId);
    setOpen(false);
  };
  return (
    <Labelled label={label}>
      {isOpen && <SearchBox label={label} example="按名称找" value={typed} onChange={setTyped} />}
      <Await query={outline} rows={1}>
        {({ nodes }) => {
          const names = new Map(nodes.map(({ id, name }) => [id, name]));
          const fitting = nodes.filter((node) =>
            isOpen
              ? node.id !== exceptId &&
                (tierName === undefined || node.tierName === tierName) &&
                node.name.includes(typed.trim())
              : node.id === value,
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
                    onPress={() => choose(id)}
                  />
                ))}
              </View>
              {fitting.length > mostShown && (
                <Row title={`还有 ${fitting.length - mostShown} 个`} words="在上面写几个字来找。" />
              )}
            </Card>
          );
        }}
      </Await>
      {!isOpen && (
        <Button short look="text" onPress={() => setOpen(true)}>
          换一个
        </Button>
      )}
    </Labelled>
  );
}
