import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { whenWords } from '../../../../lib/time-words';
import { useNow } from '../../../../lib/use-now';
import { Card } from '../../../../ui/card';
import { Pressable } from '../../../../ui/pressable';

export type Entry = ReplyFrom<'audit.list'>['items'][number];

export const whoWords = ({ who }: Entry): string => who?.name ?? '没有登录的人或系统';
export const thingWords = ({ thing }: Entry): string | null =>
  thing && (thing.name === null ? thing.kindName : `${thing.kindName}：${thing.name}`);

interface EntryRowProps {
  readonly entry: Entry;
  readonly selected: boolean;
  readonly onPress: () => void;
}

/** Who did what on what, and when. */
export function EntryRow({ entry, selected, onPress }: EntryRowProps) {
  const now = useNow();
  const thing = thingWords(entry);
  return (
    <Card bare>
      <Pressable className="audit-row" selected={selected} onPress={onPress}>
        <View className="audit-row__head">
          <View className="audit-row__act">{entry.actName}</View>
          <View className="audit-row__when">{whenWords(entry.at, now)}</View>
        </View>
        <View className="audit-row__what">{[whoWords(entry), ...(thing ? [thing] : [])].join(' · ')}</View>
      </Pressable>
    </Card>
  );
}
