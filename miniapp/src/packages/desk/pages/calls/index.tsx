import { View } from '@tarojs/components';
import { useState } from 'react';
import { usePaper } from '../../../../features/commitments/use-paper';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { WordsSheet } from '../../../../features/orders/words-sheet';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { newId } from '../../../../lib/ids';
import { useAct, useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { CallCard, type Call } from './call-card';
import './index.scss';

type Desk = Pick<ReplyFrom<'calls.list'>['desks'][number], 'gridId' | 'name'>;
type Village = ReplyFrom<'calls.list'>['villages'][number];

/** 电话通知单: whom no message reaches, and what to tell him; above it the same day on paper. */
export default function CallsPage() {
  const { head } = useList('calls.list', {});
  const { desks = [], villages = [] } = head ?? {};
  const [looked, setLooked] = useState('all');
  // Where the last call has been made there is nothing to look at any more.
  const village = villages.find(({ gridId }) => gridId === looked);
  const list = useList('calls.list', village ? { gridId: village.gridId } : {});
  useFreshOnShow(list.query);
  const [dropped, setDropped] = useState<Call | null>(null);
  return (
    <Page title="电话通知" wide>
      {desks.length > 0 && (
        <PrintToday desks={village ? [village] : desks} named={desks.length > 1 || village !== undefined} />
      )}
      {villages.length > 1 && (
        <Segments
          label="看哪个村的"
          segments={segmentsOf(villages)}
          value={village?.gridId ?? 'all'}
          onChange={setLooked}
        />
      )}
      <ListView
        list={list}
        label="要打的电话"
        keyOf={({ id }) => id}
        row={(each) => <CallCard call={each} onDrop={() => setDropped(each)} />}
        empty={{
          icon: 'phone',
          title: '没有要打的电话',
          words: '不看手机的人有了进展，会在这里请您打个电话。',
        }}
        tiles
      />
      {dropped && <DropSheet dropped={dropped} onClose={() => setDropped(null)} />}
    </Page>
  );
}

/** A town's twenty villages, each with how many calls it has to make. */
const segmentsOf = (villages: readonly Village[]) => [
  { value: 'all', words: '全部', count: villages.reduce((sum, { calls }) => sum + calls, 0) },
  ...villages.map(({ gridId, name, calls }) => ({ value: gridId, words: name, count: calls })),
];

/** 今日待办: one paper for each desk; it holds masked names, and taking it is written down. */
function PrintToday({ desks, named }: { desks: readonly Desk[]; named: boolean }) {
  const paper = usePaper();
  return (
    <View className="calls__paper">
      <Card title="今日待办">
        <View className="calls__hint">
          要研判、派单、核实的，到期和超时的，要打的电话，印在一张纸上，可以打勾、记一笔。
        </View>
        <View className="calls__print">
          {desks.map(({ gridId, name }) => (
            <Button
              key={gridId}
              short
              icon="file-text"
              busy={paper.isPending}
              onPress={() => paper.mutate(() => call('calls.today', { body: { actionId: newId(), gridId } }))}
            >
              {named ? `打印${name}的` : '打印今日待办'}
            </Button>
          ))}
        </View>
        <ActTrouble error={paper.error} />
      </Card>
    </View>
  );
}

function DropSheet({ dropped, onClose }: { dropped: Call; onClose: () => void }) {
  const record = useAct('calls.record', { callId: dropped.id });
  return (
    <WordsSheet
      title="不用打了"
      label="为什么不用打了？"
      ready={['当面说过了', '家里人已经知道了', '他自己来问过了']}
      yes="不用打了"
      done="记下了"
      act={{ ...record, mutate: (body, options) => record.mutate({ result: 'unneeded', ...body }, options) }}
      form={`call-unneeded.${dropped.id}`}
      onClose={onClose}
    />
  );
}
