import { View } from '@tarojs/components';
import type { Round } from '../../../../features/commitments/commitment';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { confirm } from '../../../../ui/dialog';
import { toast } from '../../../../ui/toast';

/** 提醒全部: who has not handed in enough, in the own part; nobody twice on one day. */
export function RemindAll({ round }: { round: Round }) {
  const act = useAct('rounds.remind', { roundId: round.id });
  const remind = async () => {
    const words = '还没报够的，每人收到一条消息，说还差几件。一天只提醒一次。';
    const sure = await confirm({ title: '提醒还没报够的？', words, yes: '提醒全部', no: '再看看' });
    if (sure) act.mutate({}, { onSuccess: (reply) => toast(toldWords(reply)) });
  };
  return (
    <View className="debtors__remind">
      <ActTrouble error={act.error} />
      <Button look="main" icon="bell" busy={act.isPending} onPress={() => void remind()}>
        提醒全部
      </Button>
    </View>
  );
}

function toldWords({ reminded, already }: { reminded: number; already: number }): string {
  if (reminded === 0) return already === 0 ? '都报够了，不用提醒' : `今天都提醒过了，共 ${already} 个`;
  return already === 0 ? `提醒了 ${reminded} 个` : `提醒了 ${reminded} 个，${already} 个今天已提醒过`;
}
