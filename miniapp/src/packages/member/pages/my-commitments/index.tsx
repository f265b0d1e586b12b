import { View } from '@tarojs/components';
import { useState } from 'react';
import { CommitmentRow } from '../../../../features/commitments/commitment-card';
import type { Round } from '../../../../features/commitments/commitment';
import { mineWords } from '../../../../features/commitments/counts-words';
import { useCommitmentCounts } from '../../../../features/commitments/use-counts';
import { currentRound, draftingRound } from '../../../../features/commitments/years';
import { go } from '../../../../lib/navigation';
import { useCall, useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { dateWords } from '../../../../lib/time-words';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { Placard } from '../../../../ui/trouble';
import './index.scss';

/** 我的承诺: what I promised or answer for, year by year, and how far it is. */
export default function MyCommitmentsPage() {
  const rounds = useCall('rounds.list');
  const mayWrite = rounds.data !== undefined && draftingRound(rounds.data.items) !== null;
  return (
    <Page
      title="我的承诺"
      bottom={
        mayWrite ? (
          <Button look="main" icon="plus" onPress={() => void go('draftCommitment', {})}>
            写一件承诺
          </Button>
        ) : undefined
      }
    >
      <Await query={rounds}>
        {({ items }) => {
          const first = currentRound(items);
          if (first) return <Years rounds={items} first={first} />;
          return <Placard icon="handshake" title="镇里还没有开始承诺" words="开始拟诺时会发消息告诉您。" />;
        }}
      </Await>
    </Page>
  );
}

const mostYears = 4;

function Years({ rounds, first }: { rounds: readonly Round[]; first: Round }) {
  const [roundId, setRoundId] = useState(first.id);
  const list = useList('commitments.list', { scope: 'mine', roundId });
  useFreshOnShow(list.query);
  const years = rounds.filter(({ state }) => state !== 'preparing').slice(0, mostYears);
  const round = years.find(({ id }) => id === roundId) ?? first;
  return (
    <>
      {years.length > 1 && (
        <Segments
          label="哪一年"
          segments={years.map(({ id, year }) => ({ value: id, words: `${year} 年` }))}
          value={roundId}
          onChange={setRoundId}
        />
      )}
      <YearRule round={round} />
      <ListView
        list={list}
        label="我的承诺"
        keyOf={(commitment) => commitment.id}
        row={(commitment) => (
          <Card bare>
            <CommitmentRow commitment={commitment} />
          </Card>
        )}
        empty={{
          icon: 'handshake',
          title: round.stage === 'done' ? '这一年没有承诺' : '您还没有承诺',
          words: round.stage === 'done' ? undefined : '想一件看得见、数得清的小事，写下来。',
        }}
      />
    </>
  );
}

/** What the year asks for, as the town has set it; and what is still to be written, as the server counts. */
function YearRule({ round }: { round: Round }) {
  const now = useNow();
  const counts = useCommitmentCounts(true);
  const { state, stateName, minima, draftsUntil } = round;
  const until = state === 'drafting' ? `，${dateWords(draftsUntil, now)}前写好` : '';
  const mine = counts.data?.mine?.roundId === round.id ? counts.data.mine : null;
  const rule = mine ? `您要承诺 ${mine.owed} 件，写了 ${mine.written} 件。` : `党员每人至少 ${minima.personal} 件。`;
  const left = mineWords(mine);
  return (
    <View className="my-commitments__rule">{`现在是“${stateName}”${until}。${rule}${left ? `${left}。` : ''}`}</View>
  );
}
