import { View } from '@tarojs/components';
import { useState } from 'react';
import { useAct, useCall } from '../../lib/use-call';
import { useSettled } from '../../lib/use-settled';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { PickRow } from '../../ui/pick-row';
import { SearchBox } from '../../ui/search-box';
import { Sheet } from '../../ui/sheet';
import { toast } from '../../ui/toast';
import { ActTrouble } from '../orders/act-sheet';
import type { TargetCard } from './sweep';

interface AssignSheetProps {
  readonly sweepId: string;
  readonly targets: readonly TargetCard[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** 派给谁: somebody who serves where the first of them lives; or as the rule would have it. */
export function AssignSheet({ sweepId, targets, onClose, onDone }: AssignSheetProps) {
  const [typed, setTyped] = useState('');
  const [chosen, choose] = useState<string | null>(null);
  const q = useSettled(typed.trim());
  const gridId = targets[0]?.place.gridId ?? '';
  const query = useCall('sweeps.holders', { params: { sweepId }, query: { gridId, ...(q === '' ? {} : { q }) } });
  const split = useAct('sweeps.split', { sweepId });
  const targetIds = targets.map(({ id }) => id);
  const give = (to: { holderId?: string }) =>
    split.mutate(
      { targetIds, ...to },
      {
        onSuccess: () => {
          toast(`${targets.length} 户派好了`);
          onDone();
        },
      },
    );
  return (
    <Sheet
      title={`${targets.length} 户派给谁？`}
      open
      onClose={onClose}
      foot={
        <>
          <ActTrouble error={split.error} />
          <Button
            look="main"
            busy={split.isPending}
            disabled={chosen === null}
            onPress={() => chosen !== null && give({ holderId: chosen })}
          >
            派给他
          </Button>
          <Button look="text" busy={split.isPending} onPress={() => give({})}>
            按联户自动分
          </Button>
        </>
      }
    >
      <SearchBox label="按姓名找" example="按姓名找" value={typed} onChange={setTyped} />
      <Await query={query} rows={1}>
        {({ people }) =>
          people.length === 0 ? (
            <View>这一片没有能去的人。</View>
          ) : (
            <Card bare>
              {people.map(({ personId, name, role }) => (
                <PickRow
                  key={personId}
                  title={name}
                  words={role}
                  chosen={chosen === personId}
                  onPress={() => choose(personId)}
                />
              ))}
            </Card>
          )
        }
      </Await>
    </Sheet>
  );
}
