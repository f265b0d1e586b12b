import { View } from '@tarojs/components';
import { lazy, Suspense, useState } from 'react';
import type { CommitmentCardItem } from '../../../../features/commitments/commitment';
import { openCommitment } from '../../../../features/commitments/commitment-card';
import { NoticeSheet } from '../../../../features/commitments/notice-sheet';
import { useCommitmentCounts } from '../../../../features/commitments/use-counts';
import { currentRound } from '../../../../features/commitments/years';
import { go } from '../../../../lib/navigation';
import { useCall, useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await, Skeleton } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { Sheet } from '../../../../ui/sheet';
import { Placard } from '../../../../ui/trouble';
import { TwoPane, useWide } from '../../../../ui/two-pane';
import { BulkBar, BulkOutcome, useDecidingTogether, type Outcome } from './bulk-bar';
import { PickCommitment } from './pick-commitment';
import { queues, segments, type QueueName } from './queues';
import './index.scss';

/** Only a browser has room for it; in WeChat the detail is a page of its own. */
const CommitmentPane =
  process.env.TARO_ENV === 'h5' ? lazy(() => import('../../../../features/commitments/commitment-pane')) : null;

/** 待我审: what waits for the secretary, one kind of decision at a time; what is alike is decided together. */
export default function ReviewCommitmentsPage() {
  const [queue, setQueue] = useState<QueueName>('submitted');
  return <Queue key={queue} name={queue} onQueue={setQueue} />;
}

function Queue({ name, onQueue }: { name: QueueName; onQueue: (name: QueueName) => void }) {
  const wide = useWide();
  const { together, empty } = queues[name];
  const waiting = useCommitmentCounts(true).data?.review;
  const list = useList('commitments.list', { scope: 'review', status: name });
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [selected, select] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [printing, setPrinting] = useState(false);
  const deciding = useDecidingTogether((reply, action) => {
    setPicked([]);
    setOutcome({ ...reply, action, titles: titlesOf(list.items) });
  });
  useFreshOnShow(list.query);

  const pickable = together ? list.items.filter(({ allows }) => allows.includes(together)) : [];
  const chosen = pickable.filter(({ id }) => picked.includes(id));
  const shown = selected ?? list.items[0]?.id ?? null;
  const pick = ({ id }: CommitmentCardItem) =>
    setPicked(picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id]);

  const print = () => {
    setOutcome(null);
    setPrinting(true);
  };

  const bar = together && pickable.length > 0 && (
    <BulkBar action={together} chosen={chosen} pickable={pickable} together={deciding} onPick={setPicked} />
  );
  const rows = (
    <ListView
      list={list}
      label={queues[name].words}
      keyOf={({ id }) => id}
      row={(commitment) => (
        <PickCommitment
          commitment={commitment}
          picked={pickable.includes(commitment) ? picked.includes(commitment.id) : null}
          selected={wide && commitment.id === shown}
          onPick={() => pick(commitment)}
          onPress={() => (wide ? select(commitment.id) : openCommitment(commitment))}
        />
      )}
      empty={{ icon: 'circle-check-big', title: empty[0], words: empty[1] }}
    />
  );
  return (
    <Page title="审诺亮诺" wide bottom={!wide && bar ? bar : undefined}>
      <View className={wide ? 'review review--wide' : 'review'}>
        <View className="review__top">
          <Segments
            label="看哪些"
            segments={segments.map((segment) => ({ ...segment, count: waiting?.[segment.value] }))}
            value={name}
            onChange={onQueue}
          />
          {wide && bar && <View className="review__bar">{bar}</View>}
          {name === 'submitted' && (
            <View className="review__tool">
              <Button short look="text" icon="file-spreadsheet" onPress={() => void go('importCommitments')}>
                从表格导入
              </Button>
            </View>
          )}
          {name === 'approved' && (
            <View className="review__tool">
              <Button short look="text" icon="file-text" onPress={print}>
                打印公示表
              </Button>
            </View>
          )}
        </View>
        {wide && CommitmentPane ? (
          <TwoPane
            list={rows}
            ids={list.items.map(({ id }) => id)}
            selected={shown}
            onSelect={select}
            detail={
              shown === null ? (
                <Placard icon="handshake" title="选中的承诺在这里看" />
              ) : (
                <Suspense fallback={<Skeleton />}>
                  <CommitmentPane key={shown} commitmentId={shown} />
                </Suspense>
              )
            }
          />
        ) : (
          rows
        )}
      </View>
      {outcome && <BulkOutcome outcome={outcome} onPrint={print} onClose={() => setOutcome(null)} />}
      {printing && <PrintNotice onClose={() => setPrinting(false)} />}
    </Page>
  );
}

/** The notice of the year that the wall shows first. */
function PrintNotice({ onClose }: { onClose: () => void }) {
  const rounds = useCall('rounds.list');
  const round = currentRound(rounds.data?.items ?? []);
  if (round) return <NoticeSheet round={round} onClose={onClose} />;
  return (
    <Sheet title="公示表" open onClose={onClose}>
      <Await query={rounds} rows={1}>
        {() => <View>镇里还没有开始承诺。</View>}
      </Await>
    </Sheet>
  );
}

const titlesOf = (items: readonly CommitmentCardItem[]): ReadonlyMap<string, string> =>
  new Map(items.map(({ id, title }) => [id, title]));
