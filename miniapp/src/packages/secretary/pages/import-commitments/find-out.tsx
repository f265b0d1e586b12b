import { useQuery } from '@tanstack/react-query';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ApiProblem } from '../../../../lib/answer';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useList } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Segments } from '../../../../ui/segments';
import { Tag } from '../../../../ui/tags';
import { Placard } from '../../../../ui/trouble';
import { TakeIn } from './take-in';

export type Imported = ReplyFrom<'imports.read'>;
type ImportRow = ReplyFrom<'imports.rows'>['items'][number];
type Standing = ImportRow['standing'];

interface Segment {
  readonly value: Standing | 'all';
  readonly words: string;
  readonly count?: number;
}

const pollMs = 700;

/** 第三步、第四步: what was found in the file, and the one press that imports it. */
export function FindOut({ importId, onForget }: { importId: string; onForget: () => void }) {
  const [watched, watch] = useState(false);
  const found = useQuery({
    queryKey: ['imports.read', importId],
    queryFn: () => call('imports.read', { params: { importId } }),
    // While it is imported, here or by an earlier press, it tells how far it is.
    refetchInterval: ({ state }) => (watched || state.data?.state === 'applying' ? pollMs : false),
  });
  // Kept for a month, and then forgotten.
  if (found.error instanceof ApiProblem && found.error.code === 'import.not-found')
    return (
      <Placard
        icon="file-spreadsheet"
        title="上次的检查结果已经清掉了"
        action={{ words: '重新选文件', onPress: onForget }}
      />
    );
  return (
    <Await query={found}>
      {(imported) => (
        <>
          <TakeIn imported={imported} onWatch={watch} onForget={onForget} />
          {imported.state === 'ready' && <Rows key={`${imported.good} ${imported.faulty}`} imported={imported} />}
        </>
      )}
    </Await>
  );
}

function Rows({ imported }: { imported: Imported }) {
  const { id, warned, known, faulty } = imported;
  const [shown, show] = useState<Standing | 'all'>(faulty > 0 ? 'faulty' : 'all');
  const list = useList('imports.rows', { standing: shown }, { importId: id });
  const segments: Segment[] = [
    ...[
      { value: 'faulty', words: '只看要改的', count: faulty } as const,
      { value: 'warned', words: '有提醒的', count: warned } as const,
      { value: 'known', words: '已经有了的', count: known } as const,
    ].filter(({ count }) => count > 0),
    { value: 'all', words: '全部' },
  ];
  return (
    <View className="import__rows">
      {segments.length > 1 && <Segments label="看哪些行" segments={segments} value={shown} onChange={show} />}
      <ListView
        list={list}
        label="表格里的行"
        keyOf={({ number }) => String(number)}
        row={(row) => <RowCard row={row} />}
        empty={{ icon: 'circle-check-big', title: '没有这样的行' }}
      />
    </View>
  );
}

const colours: Readonly<Record<Standing, 'done' | 'open' | 'stopped' | 'overdue'>> = {
  good: 'done',
  warned: 'open',
  known: 'stopped',
  faulty: 'overdue',
};

const RowCard = ({
  row: { number, organization, name, title, standing, standingName, faults, hints },
}: {
  row: ImportRow;
}) => (
  <Card>
    <View className="import-row">
      <View className="import-row__number">{`第 ${number} 行`}</View>
      <View className="import-row__deed">
        <View className="import-row__title">{title || '（没写承诺事项）'}</View>
        <View className="import-row__who">{[name, organization].filter(Boolean).join('　')}</View>
      </View>
      <View className="import-row__found">
        <Tag colour={colours[standing]} words={standingName} />
        {faults.map((words) => (
          <View key={words} className="import-row__fault">
            {words}
          </View>
        ))}
        {hints.map((words) => (
          <View key={words} className="import-row__hint">
            {`提醒：${words}`}
          </View>
        ))}
      </View>
    </View>
  </Card>
);
