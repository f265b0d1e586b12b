import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import { View } from '@tarojs/components';
import type { CommitmentCardItem } from '../../../../features/commitments/commitment';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Row } from '../../../../ui/row';
import { Sheet } from '../../../../ui/sheet';

type Together = 'approve' | 'publish';
type Reply = ReplyFrom<'commitments.approveMany'>;

const words = {
  approve: { verb: '审诺通过', done: '审过了', then: '都看过了、说得清做得到，就一起通过。' },
  publish: {
    verb: '一起亮诺',
    done: '亮诺了',
    then: `公示以后全镇都看得到，${commitmentLimits.opinionDays} 天里大家可以提意见。`,
  },
} as const;

export interface DecidingTogether {
  readonly decide: (action: Together, chosen: readonly CommitmentCardItem[]) => Promise<void>;
  readonly busy: boolean;
  readonly error: unknown;
}

/**
 * Several at once, each by itself: what does not go stays, and says why. The versions sent are those that were read. It
 * belongs to the page, not to the bar: the bar is gone as soon as the list is empty, and what came of it must still be said.
 */
export function useDecidingTogether(onDone: (reply: Reply, action: Together) => void): DecidingTogether {
  const approve = useAct('commitments.approveMany', undefined);
  const publish = useAct('commitments.publishMany', undefined);
  const decide: DecidingTogether['decide'] = async (action, chosen) => {
    const { verb, then } = words[action];
    const sure = await confirm({ title: `${verb} ${chosen.length} 件？`, words: then, yes: verb, no: '再看看' });
    if (!sure) return;
    const onSuccess = (reply: Reply) => onDone(reply, action);
    if (action === 'approve') {
      const items = chosen.map(({ id, version }) => ({ commitmentId: id, version }));
      approve.mutate({ items }, { onSuccess });
    } else {
      publish.mutate({ items: chosen.map(({ id }) => ({ commitmentId: id })) }, { onSuccess });
    }
  };
  return { decide, busy: approve.isPending || publish.isPending, error: approve.error ?? publish.error };
}

interface BulkBarProps {
  readonly action: Together;
  readonly chosen: readonly CommitmentCardItem[];
  readonly pickable: readonly CommitmentCardItem[];
  readonly together: DecidingTogether;
  readonly onPick: (ids: readonly string[]) => void;
}

export function BulkBar({ action, chosen, pickable, together, onPick }: BulkBarProps) {
  const all = chosen.length === Math.min(pickable.length, commitmentLimits.bulk);
  const { verb } = words[action];
  return (
    <View className="bulk">
      <ActTrouble error={together.error} />
      <View className="bulk__buttons">
        <Button
          short
          look="plain"
          onPress={() => onPick(all ? [] : pickable.slice(0, commitmentLimits.bulk).map(({ id }) => id))}
        >
          {all ? '都不选' : '全选'}
        </Button>
        <Button
          look="main"
          busy={together.busy}
          disabled={chosen.length === 0}
          onPress={() => void together.decide(action, chosen)}
        >
          {chosen.length === 0 ? verb : `${verb} ${chosen.length} 件`}
        </Button>
      </View>
    </View>
  );
}

export interface Outcome extends Reply {
  readonly action: Together;
  readonly titles: ReadonlyMap<string, string>;
}

interface BulkOutcomeProps {
  readonly outcome: Outcome;
  /** What was made public is hung up as well. */
  readonly onPrint: () => void;
  readonly onClose: () => void;
}

/** What went well, and beside it what did not and why. */
export const BulkOutcome = ({ outcome, onPrint, onClose }: BulkOutcomeProps) => {
  const { done, refused, action, titles } = outcome;
  const mayPrint = action === 'publish' && done.length > 0;
  return (
    <Sheet
      title={refused.length === 0 ? `${words[action].done} ${done.length} 件` : '有几件没成'}
      open
      onClose={onClose}
      foot={
        <>
          {mayPrint && (
            <Button look="main" icon="file-text" onPress={onPrint}>
              打印公示表
            </Button>
          )}
          <Button look={mayPrint ? 'plain' : 'main'} onPress={onClose}>
            知道了
          </Button>
        </>
      }
    >
      {refused.length > 0 && (
        <View className="bulk__done">{`${words[action].done} ${done.length} 件，这几件没有：`}</View>
      )}
      {refused.length > 0 && (
        <Card bare>
          {refused.map(({ commitmentId, title }) => (
            <Row key={commitmentId} title={titles.get(commitmentId) ?? '一件承诺'} words={title} />
          ))}
        </Card>
      )}
      {refused.length === 0 && (
        <View>
          {action === 'approve' ? '到“亮诺”里一起公示。' : '大家在承诺墙上看得到了。公示栏上也要贴，把公示表打印出来。'}
        </View>
      )}
    </Sheet>
  );
};
