import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import type { Round } from '../../../../features/commitments/commitment';
import { CommitmentRow } from '../../../../features/commitments/commitment-card';
import { currentRound } from '../../../../features/commitments/years';
import type { PageParams } from '../../../../lib/page-table';
import { useLargeType } from '../../../../lib/large-type';
import { useMe } from '../../../../lib/session';
import { useCall, useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useSettled } from '../../../../lib/use-settled';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { SearchBox, SearchRow } from '../../../../ui/search-box';
import { Segments } from '../../../../ui/segments';
import { Placard } from '../../../../ui/trouble';
import { FilterSheet } from './filter-sheet';
import { WallPapers } from './wall-papers';
import { countOf, filterWords, queryOf, stages, type WallFilters } from './wall-filters';
import { YearFigures } from './year-figures';
import './index.scss';

/** 承诺墙: what branches and members have promised this year, in public, and how far they are. */
export default function CommitmentsPage() {
  const rounds = useCall('rounds.list');
  const livesHere = useMe()?.home != null;
  const opened = useRouter().params as PageParams['commitments'];
  const of = ofParams(opened);
  return (
    <Page title="承诺墙">
      <Await query={rounds}>
        {({ items }) => {
          const round = items.find(({ id }) => id === opened.roundId) ?? currentRound(items);
          if (round) return <Wall rounds={items} first={round} livesHere={livesHere && of === null} of={of} />;
          return (
            <Placard
              icon="handshake"
              title="还没有看得到的承诺"
              words="您家所在的镇开始以后，党组织和党员答应办的事都写在这里。"
            />
          );
        }}
      </Await>
    </Page>
  );
}

interface WallProps {
  readonly rounds: readonly Round[];
  readonly first: Round;
  /** Then the wall begins with what is promised to one's own village. */
  readonly livesHere: boolean;
  readonly of: WallFilters['of'];
}

function ofParams({ organizationId, personId, name = '' }: PageParams['commitments']): WallFilters['of'] {
  if (organizationId === undefined && personId === undefined) return null;
  return { ...(organizationId ? { organizationId } : {}), ...(personId ? { personId } : {}), name };
}

function Wall({ rounds, first, livesHere, of }: WallProps) {
  const [filters, setFilters] = useState<WallFilters>({
    ...{ roundId: first.id, here: livesHere, stage: 'all', kind: null, field: null, of },
  });
  // In large type the segments are put away into the sheet, so that the promises come into sight.
  const large = useLargeType((state) => state.large);
  const [typed, setTyped] = useState('');
  const [choosing, setChoosing] = useState(false);
  const q = useSettled(typed.trim());
  const list = useList('commitments.list', { ...queryOf(filters), ...(q === '' ? {} : { q }) });
  useFreshOnShow(list.query);
  const change = (some: Partial<WallFilters>) => setFilters({ ...filters, ...some });
  const round = rounds.find(({ id }) => id === filters.roundId) ?? first;
  const count = countOf(filters, { ...first, livesHere, stage: large ? 'all' : filters.stage });
  return (
    <>
      {of === null && <YearFigures round={round} />}
      {!large && (
        <Segments label="办到哪一步" segments={stages} value={filters.stage} onChange={(stage) => change({ stage })} />
      )}
      <SearchRow>
        <SearchBox label="找承诺，按事情的名字或原话" example="找一件事" value={typed} onChange={setTyped} />
        <Button short look="plain" icon="list-filter" onPress={() => setChoosing(true)}>
          {count === 0 ? '筛选' : `筛选 ${count}`}
        </Button>
      </SearchRow>
      <View className="wall__shown">
        <View>{filterWords(filters, round)}</View>
        <WallPapers round={round} filters={filters} q={q} />
      </View>
      {filters.of !== null && (
        <View className="wall__all">
          <Button short look="text" onPress={() => change({ of: null })}>
            看全镇的
          </Button>
        </View>
      )}
      <ListView
        list={list}
        label="承诺"
        keyOf={(commitment) => commitment.id}
        row={(commitment) => (
          <Card bare>
            <CommitmentRow commitment={commitment} />
          </Card>
        )}
        empty={emptyOf(q, filters, () => change({ here: false }))}
      />
      {choosing && (
        <FilterSheet
          filters={filters}
          rounds={rounds}
          livesHere={livesHere}
          withStage={large}
          onChange={change}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  );
}

/** Why there is nothing, and where there may be something. */
function emptyOf(q: string, { here }: WallFilters, onWholeTown: () => void) {
  if (q !== '') return { icon: 'search' as const, title: `没有找到“${q}”`, words: '换个说法再找。' };
  const nothing = { icon: 'handshake' as const, title: '这里还没有公开的承诺' };
  if (!here) return { ...nothing, words: '公示以后会写在这里；也可以换个条件看看。' };
  return { ...nothing, words: '我们村的公示以后会写在这里。', action: { words: '看全镇的', onPress: onWholeTown } };
}
