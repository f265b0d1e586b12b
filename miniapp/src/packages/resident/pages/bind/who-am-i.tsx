import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { refreshMe } from '../../../../lib/session';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { PickRow } from '../../../../ui/pick-row';
import { Switch } from '../../../../ui/switch';
import { toast } from '../../../../ui/toast';
import type { Standing } from './index';

interface WhoAmIProps {
  readonly choices: Standing['choices'];
  readonly title: string;
  /** The key of the door, where the choice came by its code. */
  readonly door?: string;
  readonly onNobody: () => void;
}

/** 您是王*英吗？ Asked even where one alone has the number: numbers are passed on. */
export function WhoAmI({ choices, title, door, onNobody }: WhoAmIProps) {
  const only = choices.length === 1 ? choices[0] : undefined;
  const [chosen, setChosen] = useState<string | null>(only?.personId ?? null);
  const [isRebinding, setRebinding] = useState(false);
  const choose = useAct('bindings.choose', undefined);
  const key = door === undefined ? {} : { key: door };
  const say = (personId: string | null) =>
    choose.mutate(
      { personId, isRebinding, ...key },
      {
        onSuccess: ({ isHome }) => {
          toast(isHome ? '绑定好了' : '已经交上去了，等核实');
          if (isHome) void refreshMe();
          if (personId === null) onNobody();
        },
      },
    );
  return (
    <Card bare title={only ? `您是${only.name}吗？` : title}>
      {choices.map(({ personId, name }) => (
        <PickRow key={personId} title={name} chosen={personId === chosen} onPress={() => setChosen(personId)} />
      ))}
      <Switch title="我换了手机或微信" words="以前用别的微信绑过，请打开" on={isRebinding} onChange={setRebinding} />
      <View className="bind__foot">
        <ActTrouble error={choose.error} />
        <Button look="main" busy={choose.isPending} disabled={chosen === null} onPress={() => say(chosen)}>
          是我
        </Button>
        <View className="bind__nobody">
          <Button look="text" disabled={choose.isPending} onPress={() => (door ? onNobody() : say(null))}>
            都不是我
          </Button>
        </View>
      </View>
    </Card>
  );
}
