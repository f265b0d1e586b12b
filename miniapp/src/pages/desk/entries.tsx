import { View } from '@tarojs/components';
import { useState } from 'react';
import { useLargeType } from '../../lib/large-type';
import { go } from '../../lib/navigation';
import { useWaitingReviews } from '../../features/commitments/use-counts';
import { useMe } from '../../lib/session';
import { Card } from '../../ui/card';
import { Icon, type IconName } from '../../ui/icon';
import { Pressable } from '../../ui/pressable';
import { Row } from '../../ui/row';
import { countWords } from '../../ui/segments';
import { Sheet } from '../../ui/sheet';

interface Entry {
  /** What the server says one may do at all. */
  readonly can: string;
  readonly icon: IconName;
  readonly words: string;
  readonly open: () => Promise<void>;
}

const reviewing = '审诺亮诺';

const entries: readonly Entry[] = [
  { can: 'order.settle', icon: 'clipboard-pen', words: '代人点单', open: () => go('place', { way: 'proxy' }) },
  { can: 'order.settle', icon: 'circle-check-big', words: '当场办结', open: () => go('settle') },
  { can: 'inspection.read', icon: 'dices', words: '督查', open: () => go('draws') },
  { can: 'commitment.approve', icon: 'handshake', words: reviewing, open: () => go('reviewCommitments') },
  { can: 'round.watch', icon: 'users-round', words: '谁还没承诺', open: () => go('debtors') },
  { can: 'round.watch', icon: 'calendar-days', words: '承诺年度', open: () => go('round') },
  { can: 'household.read', icon: 'house', words: '村民家庭', open: () => go('households') },
  { can: 'binding.read', icon: 'user-round', words: '核实身份', open: () => go('bindings') },
  { can: 'sweep.read', icon: 'clipboard-list', words: '入户排查', open: () => go('sweeps') },
  { can: 'link.arrange', icon: 'house', words: '联户', open: () => go('householdLinks') },
  { can: 'visit.watch', icon: 'hand-heart', words: '大走访', open: () => go('visitFigures') },
  { can: 'showcase.set', icon: 'trophy', words: '打擂比武', open: () => go('showcases') },
  { can: 'tree.read', icon: 'layout-grid', words: '网格和组织', open: () => go('trees') },
  { can: 'post.read', icon: 'user-round', words: '人员任职', open: () => go('findHolder') },
  { can: 'handover.prepare', icon: 'refresh-cw', words: '换届交接', open: () => go('handovers') },
  { can: 'roster.import', icon: 'file-spreadsheet', words: '导入名册', open: () => go('rosters') },
  { can: 'figures.read', icon: 'chart-column', words: '数字', open: () => go('figures') },
  { can: 'audit.read', icon: 'shield-check', words: '审计记录', open: () => go('auditLog') },
  { can: 'access.review', icon: 'user-round', words: '账号核查', open: () => go('accountReviews') },
  { can: 'access.review', icon: 'clipboard-list', words: '岗位权限', open: () => go('roleTable') },
  { can: 'opinion.answer', icon: 'message-square-text', words: '投诉建议', open: () => go('answerOpinions') },
  { can: 'correction.decide', icon: 'pencil', words: '更正申请', open: () => go('decideCorrections') },
  { can: 'privacy.publish', icon: 'shield-check', words: '隐私告知', open: () => go('notices') },
];

/** One row of them on a phone; the last leads to the rest. */
const mostInRow = 4;

/** What else is done from the desk. On a phone in large type all but the first is put away, so that the list comes into sight. */
export function Entries({ wide }: { wide: boolean }) {
  const can = useMe()?.can ?? [];
  const waiting = useWaitingReviews(can.includes('commitment.approve'));
  const large = useLargeType((state) => state.large);
  const mine = entries.filter((entry) => can.includes(entry.can));
  if (mine.length === 0) return null;
  const shown = wide ? mine.length : shownOf(mine.length, large ? 2 : mostInRow);
  return (
    <View className="desk__entries">
      {mine.slice(0, shown).map(({ icon, words, open }) => (
        <EntryButton
          key={words}
          icon={icon}
          words={words}
          count={words === reviewing ? waiting : 0}
          onPress={() => void open()}
        />
      ))}
      {shown < mine.length && <PutAway entries={mine.slice(shown)} />}
    </View>
  );
}

const shownOf = (entries: number, room: number): number => (entries > room ? room - 1 : entries);

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

function PutAway({ entries: away }: { entries: readonly Entry[] }) {
  const [open, setOpen] = useState(false);
  const leave = (entry: Entry) => {
    setOpen(false);
    void entry.open();
  };
  return (
    <>
      <EntryButton icon="ellipsis" words="还要做别的" onPress={() => setOpen(true)} />
      <Sheet title="还要做别的" open={open} onClose={() => setOpen(false)}>
        <Card bare>
          {away.map((entry) => (
            <Row key={entry.words} icon={entry.icon} title={entry.words} onPress={() => leave(entry)} />
          ))}
        </Card>
      </Sheet>
    </>
  );
}
