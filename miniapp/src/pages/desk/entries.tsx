import { View } from '@tarojs/components';
import { useState } from 'react';
import { useWaitingReviews } from '../../features/commitments/use-counts';
import { useLargeType } from '../../lib/large-type';
import { useMe } from '../../lib/session';
import { aria } from '../../ui/aria';
import { Card } from '../../ui/card';
import { Icon, type IconName } from '../../ui/icon';
import { Pressable } from '../../ui/pressable';
import { Row } from '../../ui/row';
import { countWords } from '../../ui/segments';
import { Sheet } from '../../ui/sheet';
import { useCall } from '../../lib/use-call';
import { useFreshOnShow } from '../../lib/use-fresh-on-show';
import { entriesFor, sectionsOf, type Entry, type Waiting } from './entry-registry';

/** What stands beside the orders: one row on a phone, one line on a wide screen; the last leads to all of them. */
const room = { wide: 7, phone: 4, large: 2 } as const;

interface EntriesProps {
  readonly wide: boolean;
  /** There is a list of orders below: the entries make room for it. */
  readonly short: boolean;
}

/** What else is done from the desk, under short headings. */
export function Entries({ wide, short }: EntriesProps) {
  const can = useMe()?.can ?? [];
  const waiting = useWaiting(can);
  const large = useLargeType((state) => state.large);
  const countOf = ({ counts }: Entry): number => (counts ?? []).reduce((sum, name) => sum + waiting[name], 0);
  const mine = entriesFor(can).filter((entry) => !entry.rare || countOf(entry) > 0);
  if (mine.length === 0) return null;
  if (!short) return <Sections entries={mine} countOf={countOf} />;
  const narrow = large ? room.large : room.phone;
  const shown = shownOf(mine.length, wide ? room.wide : narrow);
  // What waits comes first.
  const ordered = [...mine].sort((one, other) => Number(countOf(other) > 0) - Number(countOf(one) > 0));
  return (
    <View className="desk__entries">
      {ordered.slice(0, shown).map((entry) => (
        <EntryButton key={entry.words} {...entry} count={countOf(entry)} onPress={() => void entry.open()} />
      ))}
      {shown < mine.length && <PutAway entries={mine} countOf={countOf} />}
    </View>
  );
}

function useWaiting(can: readonly string[]): Waiting {
  const reviews = useWaitingReviews(can.includes('commitment.approve'));
  const query = useCall('boards.waiting');
  useFreshOnShow(query);
  return {
    reviews,
    ...(query.data ?? {
      ...{ bindings: 0, corrections: 0, linkRequests: 0, uncovered: 0, heldTasks: 0, calls: 0, contents: 0 },
    }),
  };
}

const shownOf = (entries: number, most: number): number => (entries > most ? most - 1 : entries);

interface SectionsProps {
  readonly entries: readonly Entry[];
  readonly countOf: (entry: Entry) => number;
}

/** All of them by heading, for whoever has no orders before him. */
const Sections = ({ entries, countOf }: SectionsProps) => (
  <View className="desk__sections">
    {sectionsOf(entries).map((section) => (
      <View key={section.group} className="desk__section" {...aria({ role: 'group', label: section.title })}>
        <View className="desk__section-title">{section.title}</View>
        <View className="desk__entries">
          {section.entries.map((entry) => (
            <EntryButton key={entry.words} {...entry} count={countOf(entry)} onPress={() => void entry.open()} />
          ))}
        </View>
      </View>
    ))}
  </View>
);

interface EntryButtonProps {
  readonly icon: IconName;
  readonly words: string;
  /** How many wait there; 99 means 99 or more. */
  readonly count?: number;
  readonly onPress: () => void;
}

function EntryButton({ icon, words, count = 0, onPress }: EntryButtonProps) {
  return (
    <Pressable className="desk__entry" label={count > 0 ? `${words}，${count} 件` : words} onPress={onPress}>
      <View className="desk__entry-icon">
        <Icon name={icon} />
        {count > 0 && <View className="desk__entry-count">{countWords(count)}</View>}
      </View>
      <View>{words}</View>
    </Pressable>
  );
}

function PutAway({ entries, countOf }: SectionsProps) {
  const [open, setOpen] = useState(false);
  const leave = (entry: Entry) => {
    setOpen(false);
    void entry.open();
  };
  return (
    <>
      <EntryButton icon="ellipsis" words="还要做别的" onPress={() => setOpen(true)} />
      <Sheet title="还要做别的" open={open} onClose={() => setOpen(false)}>
        {sectionsOf(entries).map((section) => (
          <Card key={section.group} bare title={section.title}>
            {section.entries.map((entry) => (
              <Row
                key={entry.words}
                icon={entry.icon}
                title={entry.words}
                words={countOf(entry) > 0 ? `有 ${countWords(countOf(entry))} 件在等` : null}
                onPress={() => leave(entry)}
              />
            ))}
          </Card>
        ))}
      </Sheet>
    </>
  );
}
