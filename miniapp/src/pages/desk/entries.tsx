import { View } from '@tarojs/components';
import { go } from '../../lib/navigation';
import { useMe } from '../../lib/session';
import { Icon, type IconName } from '../../ui/icon';
import { Pressable } from '../../ui/pressable';

interface Entry {
  /** What the server says one may do at all. */
  readonly can: string;
  readonly icon: IconName;
  readonly words: string;
  readonly open: () => Promise<void>;
}

const entries: readonly Entry[] = [
  { can: 'order.settle', icon: 'clipboard-pen', words: '代人点单', open: () => go('place', { way: 'proxy' }) },
  { can: 'order.settle', icon: 'circle-check-big', words: '当场办结', open: () => go('settle') },
  { can: 'inspection.read', icon: 'dices', words: '督查', open: () => go('draws') },
  { can: 'figures.read', icon: 'chart-column', words: '数字', open: () => go('figures') },
  { can: 'opinion.answer', icon: 'message-square-text', words: '投诉建议', open: () => go('answerOpinions') },
];

/** What else is done from the desk. */
export function Entries() {
  const can = useMe()?.can ?? [];
  const mine = entries.filter((entry) => can.includes(entry.can));
  if (mine.length === 0) return null;
  return (
    <View className="desk__entries">
      {mine.map(({ icon, words, open }) => (
        <Pressable key={words} className="desk__entry" onPress={() => void open()}>
          <Icon name={icon} />
          <View>{words}</View>
        </Pressable>
      ))}
    </View>
  );
}
