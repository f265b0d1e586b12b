import { exemptionReasons } from '@sandan/shared/commitments/commitment.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Round } from '../../../../features/commitments/commitment';
import { currentRound, draftingRound } from '../../../../features/commitments/years';
import { usePaper } from '../../../../features/commitments/use-paper';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { useCall, useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { Tag } from '../../../../ui/tags';
import { Placard } from '../../../../ui/trouble';
import './index.scss';

type Debtor = ReplyFrom<'rounds.debtors'>['items'][number];

const segments = [
  { value: 'short', words: '还不够数的' },
  { value: 'all', words: '全部' },
] as const;

/** 谁还没承诺、谁不够数: for the secretary and above, never for residents. */
export default function DebtorsPage() {
  const rounds = useCall('rounds.list');
  return (
    <Page title="谁还没承诺">
      <Await query={rounds}>
        {({ items }) => {
          const round = currentRound(items);
          if (round) return <Debtors round={round} mayWrite={draftingRound(items)?.id === round.id} />;
          return <Placard icon="handshake" title="还没有开始承诺" words="镇里开始拟诺后，这里看得到谁还没写。" />;
        }}
      </Await>
    </Page>
  );
}

function Debtors({ round, mayWrite }: { round: Round; mayWrite: boolean }) {
  const [shown, setShown] = useState<'short' | 'all'>('short');
  const filters = shown === 'short' ? { short: 'true' } : {};
  const list = useList('rounds.debtors', filters, { roundId: round.id });
  const paper = usePaper();
  useFreshOnShow(list.query);
  return (
    <>
      <View className="debtors__rule">
        {`${round.year} 年，${round.stateName}。公示了的才算数，每个党组织至少 ${round.minima.organization} 件，每名党员至少 ${round.minima.personal} 件。`}
      </View>
      {mayWrite && (
        <Button short look="text" icon="file-spreadsheet" onPress={() => void go('importCommitments')}>
          从表格导入承诺
        </Button>
      )}
      <Segments label="看哪些" segments={segments} value={shown} onChange={setShown} />
      <View className="debtors__export">
        <Button
          short
          look="text"
          icon="file-text"
          busy={paper.isPending}
          onPress={() => paper.mutate(() => call('papers.debtors', { query: { ...filters, roundId: round.id } }))}
        >
          导出 Excel
        </Button>
      </View>
      <ActTrouble error={paper.error} />
      <ListView
        list={list}
        label={shown === 'short' ? '还不够数的' : '要承诺的'}
        keyOf={({ id }) => id}
        row={(debtor) => <DebtorCard debtor={debtor} mayWrite={mayWrite} />}
        empty={
          shown === 'short'
            ? { icon: 'circle-check-big', title: '都够数了', words: '该承诺的都承诺了。' }
            : { icon: 'users-round', title: '名单还没有', words: '镇里开始拟诺后，名单自动列出来。' }
        }
      />
    </>
  );
}

/** What is owed, what counts, what is being written. The secretary may write for a member without a phone. */
function DebtorCard({ debtor, mayWrite }: { debtor: Debtor; mayWrite: boolean }) {
  const { id, kind, name, organization, owed, counted, drafted, exempt, exemptWords } = debtor;
  const unwritten = exempt === null && drafted < owed;
  return (
    <Card>
      <View className="debtor__head">
        <View className="debtor__name">{name}</View>
        <Standing debtor={debtor} />
      </View>
      {kind === 'person' && <View className="debtor__where">{organization.name}</View>}
      <View className="debtor__counts">
        {exempt === null
          ? `应承诺 ${owed} 件，写了 ${drafted} 件，公示了 ${counted} 件。`
          : (exemptWords ?? '今年不用承诺。')}
      </View>
      {kind === 'person' && unwritten && mayWrite && (
        <View className="debtor__act">
          <Button
            short
            look="text"
            icon="pencil"
            label={`替${name}写承诺`}
            onPress={() => void go('draftCommitment', { personId: id, personName: name })}
          >
            替他写一件
          </Button>
        </View>
      )}
    </Card>
  );
}

function Standing({ debtor: { exempt, counted, drafted, owed } }: { debtor: Debtor }) {
  if (exempt !== null) return <Tag colour="stopped" words={exemptionReasons[exempt]} />;
  if (counted >= owed) return <Tag colour="done" words="够数了" />;
  return drafted === 0 ? <Tag colour="overdue" words="还没写" /> : <Tag colour="open" words="还不够" />;
}
