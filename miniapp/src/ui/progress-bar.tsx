import { View } from '@tarojs/components';
import { aria } from './aria';

interface ProgressBarProps {
  /** 0 … 100 */
  readonly percent: number;
  /** The same in words, beside the bar: 3 / 4 盏. */
  readonly words: string;
  readonly colour?: 'working' | 'done' | 'stopped' | 'overdue';
}

/** How far it is. The words say it too: the bar alone tells nothing to whoever cannot see it well. */
export const ProgressBar = ({ percent, words, colour = 'working' }: ProgressBarProps) => (
  <View className="progress" {...aria({ role: 'img', label: `做到 ${words}` })}>
    <View className="progress__line">
      <View
        className={`progress__done progress__done--${colour}`}
        style={{ width: `${Math.min(100, Math.max(0, percent))}%` }}
      />
    </View>
    <View className="progress__words">{words}</View>
  </View>
);
