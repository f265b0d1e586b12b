import { View } from '@tarojs/components';
import { aria } from './aria';
import { classNames } from './class-names';

/** What a resident sees of the six steps: four plain sentences. */
export const plainSteps = ['收到了', '有人接了', '办好了', '您说行不行'] as const;
/** 六步闭环, for staff. */
export const sixSteps = ['收集', '研判', '派单', '处置', '反馈', '督查'] as const;

interface StepsProps {
  readonly steps: readonly string[];
  /** The step it is at, 1 … steps.length; 0 when it has stopped. All steps before it are done. */
  readonly at: number;
  /** The last step is done too. */
  readonly finished?: boolean;
}

function stateOf(number: number, at: number, finished: boolean): 'done' | 'now' | 'ahead' {
  if (number < at || (finished && number === at)) return 'done';
  return number === at ? 'now' : 'ahead';
}

const sayings = { done: '已过', now: '现在', ahead: '还没到' } as const;

/** One line that always shows where we are. */
export function Steps({ steps, at, finished = false }: StepsProps) {
  const here = steps[at - 1];
  return (
    <View
      className={classNames('steps', steps.length <= 4 && 'steps--sentences')}
      {...aria({ role: 'list', label: here ? `现在：${here}` : '已停止' })}
    >
      {steps.map((step, index) => {
        const state = stateOf(index + 1, at, finished);
        return (
          <View
            key={step}
            className={classNames('steps__step', `steps__step--${state}`)}
            {...aria({ role: 'listitem', label: `${step}，${sayings[state]}` })}
          >
            <View className="steps__dot" />
            <View className="steps__words">{step}</View>
          </View>
        );
      })}
    </View>
  );
}
