import { View } from '@tarojs/components';
import { dueWords } from '../lib/time-words';
import { useNow } from '../lib/use-now';

export type Stage = 'open' | 'working' | 'done' | 'stopped';
const stageNames: Record<Stage, string> = { open: '待办', working: '办理中', done: '办结', stopped: '已停止' };

/** A short word on a coloured ground; the colours mean the same everywhere. */
export const Tag = ({ colour, words }: { colour: Stage | 'overdue'; words: string }) => (
  <View className={`tag tag--${colour}`}>{words}</View>
);

/** Where a thing stands: one of four colours, with `words` (处置中) or the stage's own. */
export const StageTag = ({ stage, words }: { stage: Stage; words?: string }) => (
  <Tag colour={stage} words={words ?? stageNames[stage]} />
);

/** 还剩 2 小时, 超 1 天: counts on by itself. Nothing without a limit. */
export function DueTag({ dueAt, overdue }: { dueAt: string | null; overdue: boolean }) {
  const now = useNow();
  if (dueAt === null) return null;
  return <Tag colour={overdue ? 'overdue' : 'stopped'} words={dueWords(dueAt, now)} />;
}
