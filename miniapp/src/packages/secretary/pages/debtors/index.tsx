import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Round } from '../../../../features/commitments/commitment';
import { currentRound, draftingRound } from '../../../../features/commitments/years';
import { usePaper } from '../../../../features/commitments/use-paper';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { go } from '../../../../lib/navigation';
import { useCall, useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { Placard } from '../../../../ui/trouble';
import { DebtorCard, type Debtor } from './debtor-card';
import { ExemptSheet } from './exempt-sheet';
import { RemindAll } from './remind-all';
import './index.scss';

const segments = [
  { value: 'short', words: '还不够数的' },
  { value: 'all', words: '全部' },
] as const;

/** 谁还没承诺、谁不够数: for the secretary and above, never for residents. */
export default function DebtorsPage() {
  const rounds = useCall('rounds.list');
  const round = rounds.data && currentRound(rounds.data.items);
  return (
    <Page title="谁还没承诺" wide bottom={round?.allows.includes('remind') ? <RemindAll round={round} /> : undefined}>
      <Await query={rounds}>
        {({ items }) =>
          round ? (
            <Debtors round={round} mayWrite={draftingRound(items)?.id === round.id} />
          ) : (
            <Placard icon="handshake" title="还没有开始承诺" words="镇里开始拟诺后，这里看得到谁还没写。" />
          )
        }
      </Await>
    </Page>
  );
}

function Debtors({ round, mayWrite }: { round: Round; mayWrite: boolean }) {
  const [shown, setShown] = useState<'short' | 'all'>('short');
  const [exempting, exempt] = useState<Debtor | null>(null);
  const filters = shown === 'short' ? { short: 'true' } : {};
  const list = useList('rounds.debtors', filters, { roundId: round.id });
  const paper = usePaper();
  useFreshOnShow(list.query);
  return (
    <>
      <View className="debtors__rule">
        {`${round.year} 年，${round.stateName}。公示了的才算数，每个党组织至少 ${round.minima.organization} 件，每名党员至少 ${round.minima.personal} 件。`}
      </View>
      <View className="debtors__tools">
        {round.allows.includes('include') && (
          <Button short look="text" icon="plus" onPress={() => void go('includeMember', { roundId: round.id })}>
            纳入后来的党员
          </Button>
        )}
        {mayWrite && (
          <Button short look="text" icon="file-spreadsheet" onPress={() => void go('importCommitments')}>
            从表格导入
          </Button>
        )}
        <Button
          short
          look="text"
          icon="file-text"
          label="导出谁还没承诺，Excel"
          busy={paper.isPending}
          onPress={() => paper.mutate(() => call('papers.debtors', { query: { ...filters, roundId: round.id } }))}
        >
          导出 Excel
        </Button>
      </View>
      <ActTrouble error={paper.error} />
      <Segments label="看哪些" segments={segments} value={shown} onChange={setShown} />
      <ListView
        list={list}
        label={shown === 'short' ? '还不够数的' : '要承诺的'}
        keyOf={({ id }) => id}
        row={(debtor) => (
          <DebtorCard roundId={round.id} debtor={debtor} mayWrite={mayWrite} onExempt={() => exempt(debtor)} />
        )}
        empty={
          shown === 'short'
            ? { icon: 'circle-check-big', title: '都够数了', words: '该承诺的都承诺了。' }
            : { icon: 'users-round', title: '名单还没有', words: '镇里开始拟诺后，名单自动列出来。' }
        }
        tiles
      />
      {exempting && (
        <ExemptSheet key={exempting.id} roundId={round.id} debtor={exempting} onClose={() => exempt(null)} />
      )}
    </>
  );
}
