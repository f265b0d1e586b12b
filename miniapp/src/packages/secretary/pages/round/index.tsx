import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh } from '@tarojs/taro';
import { useState } from 'react';
import type { Round } from '../../../../features/commitments/commitment';
import { currentRound } from '../../../../features/commitments/years';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { Placard } from '../../../../ui/trouble';
import { RoundDesk } from './round-desk';
import './index.scss';

/** 承诺年度: where it stands and what comes next. The town moves it; the secretaries below read along. */
export default function RoundPage() {
  const rounds = useCall('rounds.list');
  useFreshOnShow(rounds);
  usePullDownRefresh(() => void rounds.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title="承诺年度">
      <Await query={rounds}>{(read) => <Years {...read} />}</Await>
    </Page>
  );
}

const mostYears = 4;

function Years({ items, next }: ReplyFrom<'rounds.list'>) {
  const years = items.slice(0, mostYears);
  const [chosen, choose] = useState<string | null>(null);
  const round = years.find(({ id }) => id === chosen) ?? currentRound(years) ?? years[0];
  return (
    <>
      {years.length > 1 && (
        <Segments
          label="哪一年"
          segments={years.map(({ id, year }: Round) => ({ value: id, words: `${year} 年` }))}
          value={round?.id ?? ''}
          onChange={choose}
        />
      )}
      {round && <RoundDesk key={round.id} round={round} />}
      {!round && !next && (
        <Placard icon="handshake" title="还没有承诺年度" words="镇党委设立以后，这里看得到走到哪一步。" />
      )}
      {next && <NextYear next={next} />}
    </>
  );
}

const NextYear = ({ next }: { next: NonNullable<ReplyFrom<'rounds.list'>['next']> }) => (
  <Card title={`${next.year} 年`}>
    <View className="round__note">{`${next.organizationName}还没有设立 ${next.year} 年的承诺年度。日期和件数先照上一年的填好，您看着改。`}</View>
    <Button icon="plus" onPress={() => void go('openRound')}>
      {`设立 ${next.year} 年`}
    </Button>
  </Card>
);
