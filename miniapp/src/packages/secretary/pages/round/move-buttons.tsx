import { View } from '@tarojs/components';
import type { Round } from '../../../../features/commitments/commitment';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { confirm } from '../../../../ui/dialog';
import { toast } from '../../../../ui/toast';
import { moves, movesOf, type RoundMove } from './round-steps';

/** What comes next, each with what it brings about; asked once more before it is done. */
export function MoveButtons({ round, blocked }: { round: Round; blocked: boolean }) {
  const offered = movesOf(round);
  if (offered.length === 0) {
    const words = round.state === 'closed' ? '这一年已经结束，结果都定了。' : '这一年由镇党委往前推进。';
    return <View className="round__note">{words}</View>;
  }
  return (
    <>
      {offered.map((move, index) => (
        <Move key={move} round={round} move={move} main={index === 0} blocked={blocked && move === 'close'} />
      ))}
    </>
  );
}

interface MoveProps {
  readonly round: Round;
  readonly move: RoundMove;
  readonly main: boolean;
  readonly blocked: boolean;
}

function Move({ round, move, main, blocked }: MoveProps) {
  const act = useAct(`rounds.${move}`, { roundId: round.id });
  const { label, then, done } = moves[move];
  const press = async () => {
    const sure = await confirm({ title: `${round.year} 年${label}？`, words: then, yes: label, no: '再看看' });
    if (sure) act.mutate({}, { onSuccess: () => toast(done) });
  };
  return (
    <View className="round__move">
      <ActTrouble error={act.error} />
      <View className="round__note">{then}</View>
      <Button look={main ? 'main' : 'plain'} busy={act.isPending} disabled={blocked} onPress={() => void press()}>
        {label}
      </Button>
    </View>
  );
}
