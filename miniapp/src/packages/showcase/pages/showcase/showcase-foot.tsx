import { View } from '@tarojs/components';
import type { Showcase } from '../../../../features/commitments/showcase';
import { go } from '../../../../lib/navigation';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { confirm } from '../../../../ui/dialog';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';

type Step = 'start' | 'finish' | 'sign';

const steps: Record<Step, { verb: string; question: (showcase: Showcase) => string; words: string; done: string }> = {
  start: {
    verb: '开始打分',
    question: () => '现在开始打分吗？',
    words: '开始后评委、标准和参赛的党组织不能再改，评委会收到消息。',
    done: '开始了，评委可以打分了',
  },
  finish: {
    verb: '结束打分',
    question: ({ progress: { done, judges } }) =>
      done < judges ? `还有 ${judges - done} 位评委没评完，结束打分吗？` : '评委都评完了，结束打分吗？',
    words: '结束后算出名次，不能再打分；再由镇里另一位书记签字。',
    done: '名次算出来了，等签字',
  },
  sign: {
    verb: '签字定榜',
    question: () => '名次核对过了，签字吗？',
    words: '签字后名次不再改动，各村都看得到。',
    done: '签字了，名次定了',
  },
};
const inOrder: readonly Step[] = ['sign', 'finish', 'start'];

export const hasDeskActions = ({ allows }: Showcase): boolean =>
  allows.some((action) => action !== 'score' && action !== 'set');

/** What the town's leaders do with it, by what the server allows. */
export function ShowcaseFoot({ showcase }: { showcase: Showcase }) {
  const { allows, id } = showcase;
  const params = { showcaseId: id };
  const acts = {
    start: useAct('showcases.start', params),
    finish: useAct('showcases.finish', params),
    sign: useAct('showcases.sign', params),
  };
  const cancel = useAct('showcases.cancel', params);
  const main = inOrder.find((step) => allows.includes(step));
  const refused = (error: Error) => toast(troubleWords(error));
  const move = async (step: Step) => {
    const { verb, question, words, done } = steps[step];
    const sure = await confirm({ title: question(showcase), words, yes: verb, no: '再等等' });
    if (sure) acts[step].mutate({}, { onSuccess: () => toast(done), onError: refused });
  };
  const giveUp = async () => {
    const words = '取消后不能恢复，打过的分也不再算。';
    const sure = await confirm({ title: '取消这场打擂吗？', words, yes: '取消打擂', no: '不取消' });
    if (sure) cancel.mutate({}, { onSuccess: () => toast('取消了'), onError: refused });
  };
  return (
    <View className="showcase-foot">
      {main && (
        <Button look="main" busy={acts[main].isPending} onPress={() => void move(main)}>
          {steps[main].verb}
        </Button>
      )}
      {allows.includes('change') && (
        <Button short look="text" onPress={() => void go('setShowcase', params)}>
          修改
        </Button>
      )}
      {allows.includes('cancel') && (
        <Button short look="text" label="取消这场打擂" busy={cancel.isPending} onPress={() => void giveUp()}>
          取消
        </Button>
      )}
    </View>
  );
}
