import { chinaDate, chinaMinuteOfDay } from '@sandan/shared/china-time';
import { View } from '@tarojs/components';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { thingWords, whoWords, type Entry } from './entry-row';
import type { Filters } from './filters';

/** 2026-11-22 17:05:09: an auditor does count the seconds. */
function exactWords(at: string): string {
  const epoch = Date.parse(at);
  const minutes = chinaMinuteOfDay(epoch);
  const parts = [Math.floor(minutes / 60), minutes % 60, Math.floor(epoch / 1000) % 60];
  return `${chinaDate(epoch)} ${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

interface EntryDetailProps {
  readonly entry: Entry;
  readonly onNarrow: (some: Partial<Filters>) => void;
}

/** All that one entry holds; from here one follows a person or a thing. */
export function EntryDetail({ entry, onNarrow }: EntryDetailProps) {
  const { who, thing } = entry;
  return (
    <Card>
      <Line name="时间" words={exactWords(entry.at)} />
      <Line name="谁" words={whoWords(entry)} />
      {thing && <Line name="对什么" words={thingWords(entry) ?? ''} />}
      {entry.facts.map(({ name, words }) => (
        <Line key={name} name={name} words={words} />
      ))}
      <Line name="封记" words={entry.seq === null ? '刚写入，一会儿就封' : `第 ${entry.seq} 号`} />
      <Line name="编号" words={entry.id} />
      <View className="audit-detail__acts">
        {who && (
          <Button look="plain" onPress={() => onNarrow({ person: { id: who.personId, words: who.name } })}>
            {`只看${who.name}做的`}
          </Button>
        )}
        {thing && (
          <Button look="plain" onPress={() => onNarrow({ thing: { id: thing.id, words: `这个${thing.kindName}` } })}>
            {`只看这个${thing.kindName}的`}
          </Button>
        )}
      </View>
    </Card>
  );
}

const Line = ({ name, words }: { name: string; words: string }) => (
  <View className="audit-detail__line">
    <View className="audit-detail__name">{name}</View>
    <View className="audit-detail__words">{words}</View>
  </View>
);
