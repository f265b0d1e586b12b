import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { Fragment, useState, type ReactNode } from 'react';
import './index.scss';
import { DoorSheet } from '../../../../features/households/door-sheet';
import { notFoundWords, useFoundHouseholds } from '../../../../features/households/found-households';
import { HouseholdView } from '../../../../features/households/household-view';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import type { PageParams } from '../../../../lib/page-table';
import { useMe } from '../../../../lib/session';
import { useCall, useList } from '../../../../lib/use-call';
import { useSettled } from '../../../../lib/use-settled';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { SearchBox } from '../../../../ui/search-box';
import { Segments } from '../../../../ui/segments';
import { Tag } from '../../../../ui/tags';
import { Placard } from '../../../../ui/trouble';
import { TwoPane, useWide } from '../../../../ui/two-pane';

type Household = ReplyFrom<'households.list'>['items'][number];
const views = [
  { value: 'all', words: '全部' },
  { value: 'hub', words: '中心户' },
  { value: 'checkDue', words: '要核对' },
] as const;
type Shown = (typeof views)[number]['value'];

/** 村民家庭: the households one serves, by grid; found by name, or by exactly the phone, the door or the number. */
export default function HouseholdsPage() {
  const wide = useWide();
  const { only } = useRouter().params as PageParams['households'];
  const [view, setView] = useState<Shown>(only ?? 'all');
  const [typed, setTyped] = useState('');
  const [selected, select] = useState<string | null>(null);
  const q = useSettled(typed.trim());
  const served = useList('households.list', view === 'all' ? {} : { only: view });
  const found = useFoundHouseholds(q);
  const items = q === '' ? served.items : (found.data?.items ?? []);
  const open = (householdId: string) => (wide ? select(householdId) : void go('household', { householdId }));
  const row = (household: Household) => (
    <HouseholdRow household={household} selected={wide && household.householdId === selected} onOpen={open} />
  );
  const list = (
    <>
      <SearchBox label="找一户" example="姓名、手机号、门牌或户号" value={typed} onChange={setTyped} />
      <OpenOne onOpen={open} />
      {q === '' ? (
        <>
          <Segments label="看哪些户" segments={views} value={view} onChange={setView} />
          <ListView
            list={served}
            label="村民家庭"
            keyOf={({ householdId }) => householdId}
            row={row}
            empty={{ icon: 'house', title: '这里没有', words: '您服务的地方没有这样的户。' }}
          />
        </>
      ) : (
        <Found query={found} row={row} />
      )}
    </>
  );
  return (
    <Page title="村民家庭" wide>
      {wide ? (
        <TwoPane
          list={list}
          ids={items.map(({ householdId }) => householdId)}
          selected={selected}
          onSelect={select}
          detail={selected ? <Detail householdId={selected} /> : <Placard icon="house" title="选一户看看" />}
        />
      ) : (
        list
      )}
    </Page>
  );
}

interface FoundProps {
  readonly query: ReturnType<typeof useFoundHouseholds>;
  readonly row: (household: Household) => ReactNode;
}

const Found = ({ query, row }: FoundProps) => (
  <Await query={query} rows={2}>
    {({ items, namesFromStart }) =>
      items.length === 0 ? (
        <Placard icon="search" title="没有找到" words={notFoundWords(namesFromStart)} />
      ) : (
        items.map((household) => <Fragment key={household.householdId}>{row(household)}</Fragment>)
      )
    }
  </Await>
);

/** 开户: for who keeps the roll here. */
function OpenOne({ onOpen }: { onOpen: (householdId: string) => void }) {
  const [opening, setOpening] = useState(false);
  if (!useMe()?.can.includes('household.manage')) return null;
  return (
    <>
      <View className="households-page__open">
        <Button icon="plus" onPress={() => setOpening(true)}>
          开一户
        </Button>
      </View>
      {opening && <DoorSheet household={null} onClose={() => setOpening(false)} onOpened={onOpen} />}
    </>
  );
}

interface HouseholdRowProps {
  readonly household: Household;
  readonly selected: boolean;
  readonly onOpen: (householdId: string) => void;
}

const HouseholdRow = ({ household, selected, onOpen }: HouseholdRowProps) => (
  <Card bare>
    <Row
      title={`${household.head ?? '没有户主'} · ${household.members} 人`}
      words={`${household.place} ${household.door ?? ''}`}
      end={household.isHub ? <Tag colour="done" words="中心户" /> : undefined}
      selected={selected}
      onPress={() => onOpen(household.householdId)}
    />
  </Card>
);

function Detail({ householdId }: { householdId: string }) {
  const household = useCall('households.read', { params: { householdId } });
  return (
    <View key={householdId}>
      <Await query={household}>{(data) => <HouseholdView household={data} />}</Await>
    </View>
  );
}
