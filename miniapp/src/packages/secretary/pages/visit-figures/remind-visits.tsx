import { View } from '@tarojs/components';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { confirm } from '../../../../ui/dialog';
import { toast } from '../../../../ui/toast';

/** 提醒全部: everybody who is late, in the place that is shown; nobody twice on one day. */
export function RemindVisits({ gridId }: { gridId: string }) {
  const act = useAct('visits.remind', undefined);
  const remind = async () => {
    const words = '每人收到一条消息，说有几户超过时间。一天只提醒一次。';
    const sure = await confirm({ title: '提醒还没去的？', words, yes: '提醒全部', no: '再看看' });
    if (sure) act.mutate({ gridId }, { onSuccess: (reply) => toast(toldWords(reply)) });
  };
  return (
    <View className="visit-figures__remind">
      <ActTrouble error={act.error} />
      <Button look="main" icon="bell" busy={act.isPending} onPress={() => void remind()}>
        提醒全部
      </Button>
    </View>
  );
}

function toldWords({ reminded, already }: { reminded: number; already: number }): string {
  if (reminded === 0) return already === 0 ? '都去过了，不用提醒' : `今天都提醒过了，共 ${already} 人`;
  return already === 0 ? `提醒了 ${reminded} 人` : `提醒了 ${reminded} 人，${already} 人今天已提醒过`;
}
