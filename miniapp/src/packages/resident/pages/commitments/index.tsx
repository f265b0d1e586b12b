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
import { PhotoPair } from '../../../../ui/photos';
import { Segments } from '../../../../ui/segments';
import { Placard } from '../../../../ui/trouble';
import { FilterSheet } from './filter-sheet';
import { WallTools } from './wall-tools';
import { countOf, filterWords, queryOf, stages, type WallFilters } from './wall-filters';
import { MemberSheet, OrganizationSheet } from './who-sheets';
import { WhoseWall } from './whose-wall';
import './index.scss';

/** 承诺墙: what branches and members have promised this year, in public, and how far they are. */
export default function CommitmentsPage() {
  const { roundId, organizationId, personId } = useRouter().params as PageParams['commitments'];
  const rounds = useCall('rounds.list');
  const livesHere = useMe()?.home != null;
  return (
    <Page title="承诺墙" wide>
      <Await query={rounds}>
        {({ items }) => {
          const round = items.find(({ id }) => id === roundId) ?? currentRound(items);
          if (round)
            return <Wall rounds={items} first={round} livesHere={livesHere} whose={{ organizationId, personId }} />;
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
  /** Whose wall was asked for. */
  readonly whose: { readonly organizationId?: string; readonly personId?: string };
}

function Wall({ rounds, first, livesHere, whose }: WallProps) {
  const [filters, setFilters] = useState<WallFilters>({
    ...{ roundId: first.id, stage: 'all', watch: 'any', kind: null, field: null },
    ...{ organizationId: whose.organizationId ?? null, personId: whose.personId ?? null },
    here: livesHere && !whose.organizationId && !whose.personId,
  });
  // In large type the segments are put away into the sheet, so that the promises come into sight.
  const large = useLargeType((state) => state.large);
  const [typed, setTyped] = useState('');
  const [choosing, setChoosing] = useState<'filters' | 'member' | 'organization' | null>(null);
  const q = useSettled(typed.trim());
  const list = useList('commitments.list', { ...queryOf(filters), ...(q === '' ? {} : { q }) });
  useFreshOnShow(list.query);
  const change = (some: Partial<WallFilters>) => setFilters({ ...filters, ...some });
  const back = () => setChoosing('filters');
  // Of the whole town: what one member has promised to another village is his, too.
  const chooseWho = (who: Pick<WallFilters, 'organizationId' | 'personId'>) => {
    change({ ...who, here: false });
    setChoosing(null);
  };
  const chooseOrganization = (id: string) => chooseWho({ organizationId: id, personId: null });
  const chooseMember = (id: string) => chooseWho({ organizationId: null, personId: id });
  const round = rounds.find(({ id }) => id === filters.roundId) ?? first;
  const count = countOf(filters, { ...first, livesHere, stage: large ? 'all' : filters.stage });
  return (
    <>
      <WhoseWall round={round} filters={filters} />
      {!large && (
        <Segments label="办到哪一步" segments={stages} value={filters.stage} onChange={(stage) => change({ stage })} />
      )}
      <SearchRow>
        <SearchBox label="找承诺，按事情的名字或原话" example="找一件事" value={typed} onChange={setTyped} />
        <Button short look="plain" icon="list-filter" onPress={() => setChoosing('filters')}>
          {count === 0 ? '筛选' : `筛选 ${count}`}
        </Button>
      </SearchRow>
      <View className="wall__shown">
        <View>{filterWords(filters, round)}</View>
        <View className="wall__tools">
          {(filters.organizationId ?? filters.personId) !== null && (
            <Button short look="text" onPress={() => change({ organizationId: null, personId: null })}>
              看全镇的
            </Button>
          )}
          <WallTools round={round} filters={filters} q={q} />
        </View>
      </View>
      <ListView
        list={list}
        label="承诺"
        keyOf={(commitment) => commitment.id}
        row={(commitment) => (
          <Card bare>
            <CommitmentRow commitment={commitment} />
            {commitment.pair && (
              <View className="wall__pair">
                <PhotoPair {...commitment.pair} />
              </View>
            )}
          </Card>
        )}
        empty={emptyOf(q, filters, () => change({ here: false }))}
        tiles
      />
      {choosing === 'filters' && (
        <FilterSheet
          filters={filters}
          rounds={rounds}
          livesHere={livesHere}
          withStage={large}
          onChange={change}
          onWho={setChoosing}
          onClose={() => setChoosing(null)}
        />
      )}
      {choosing === 'organization' && (
        <OrganizationSheet chosen={filters.organizationId} onChoose={chooseOrganization} onClose={back} />
      )}
      {choosing === 'member' && <MemberSheet chosen={filters.personId} onChoose={chooseMember} onClose={back} />}
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
