import { useState } from 'react';
import { useAct } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Labelled } from '../../ui/field';
import { toast } from '../../ui/toast';
import { ActSheet } from '../orders/act-sheet';
import type { Household } from './household';

/** 党员中心户: who of the house keeps it open for the neighbours. What the keeper may do comes with his post, not by this. */
export function HubSheet({ household, onClose }: { household: Household; onClose: () => void }) {
  const { householdId, people, isHub } = household;
  const [keeperId, setKeeperId] = useState<string | null>(null);
  const set = useAct('households.setHub', { householdId });
  const send = (chosen: string | null) => {
    const onSuccess = () => {
      toast(chosen === null ? '已经撤销' : '设好了');
      onClose();
    };
    set.mutate({ keeperId: chosen }, { onSuccess });
  };
  return (
    <ActSheet
      title={isHub ? '换中心户的人' : '设为中心户'}
      yes={isHub ? '换成他' : '设为中心户'}
      doing={set}
      unready={keeperId === null}
      onYes={() => send(keeperId)}
      onClose={onClose}
    >
      <Labelled
        label="家里谁来接待邻居？"
        hint="邻居会在“我的党员和支部”里看到他。要替邻居点单，还要书记给他中心户的职务。"
      >
        <Choice
          label="谁来接待"
          options={people.map((each) => ({ value: each.personId, words: each.name }))}
          value={keeperId}
          onChange={setKeeperId}
        />
      </Labelled>
      {isHub && (
        <Button look="text" disabled={set.isPending} onPress={() => send(null)}>
          不再是中心户
        </Button>
      )}
    </ActSheet>
  );
}
