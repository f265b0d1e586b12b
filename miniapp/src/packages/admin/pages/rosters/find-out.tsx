import { useQuery } from '@tanstack/react-query';
import { View } from '@tarojs/components';
import { useEffect } from 'react';
import type { RosterState } from '@sandan/shared/people/roster.words';
import { ApiProblem } from '../../../../lib/answer';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { queries } from '../../../../lib/query';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { ProgressBar } from '../../../../ui/progress-bar';
import { Tag } from '../../../../ui/tags';
import { Placard } from '../../../../ui/trouble';
import { CancelButton, TakeIn } from './take-in';
import { rowNameOf } from './row-name';
import { stateColour } from './state-colour';
import { Units } from './units';

export type Imported = ReplyFrom<'rosters.read'>;

const pollMs = 800;
const isUnderWay = (state: RosterState | undefined): boolean =>
  state === 'reading' || state === 'checking' || state === 'applying';

interface FindOutProps {
  readonly importId: string;
  readonly onForget: () => void;
}

/** 第三步、第四步: how far the check is, what it found, and the one press that brings it in. */
export function FindOut({ importId, onForget }: FindOutProps) {
  const found = useQuery({
    queryKey: ['rosters.read', importId],
    queryFn: () => call('rosters.read', { params: { importId } }),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.state) ? pollMs : false),
  });
  const state = found.data?.state;
  // The list beside it and what is there have changed with it.
  useEffect(() => {
    if (state === undefined || isUnderWay(state)) return;
    for (const key of ['rosters.list', 'rosters.kinds']) void queries.invalidateQueries({ queryKey: [key] });
  }, [state]);
  if (found.error instanceof ApiProblem && found.error.code === 'roster.not-found')
    return (
      <Placard icon="file-spreadsheet" title="这次导入已经清掉了" action={{ words: '重新选文件', onPress: onForget }} />
    );
  return (
    <Await query={found}>
      {(imported) => (
        <>
          <Head imported={imported} />
          {isUnderWay(imported.state) ? (
            <UnderWay imported={imported} />
          ) : (
            <TakeIn imported={imported} onForget={onForget} />
          )}
          {imported.state === 'ready' && imported.counts && (
            <Units importId={importId} kind={imported.kind} counts={imported.counts} />
          )}
        </>
      )}
    </Await>
  );
}

const Head = ({ imported: { kind, kindName, gridName, state, stateName, rows } }: { imported: Imported }) => (
  <View className="rosters__head">
    <View className="rosters__title">{`${kindName} · ${gridName}`}</View>
    <Tag colour={stateColour(state)} words={stateName} />
    {rows > 0 && <View className="rosters__rows">{`${rows} ${rowNameOf(kind)}`}</View>}
  </View>
);

function UnderWay({ imported }: { imported: Imported }) {
  const { id, kind, state, done, whole, allows } = imported;
  // While the file is read nobody knows yet how long it is.
  const words = whole > 0 ? `${done} / ${whole}` : `读到第 ${done} ${rowNameOf(kind)}`;
  return (
    <Card>
      <View className="rosters__progress">
        <ProgressBar percent={whole > 0 ? (done / whole) * 100 : 0} words={words} />
      </View>
      <View className="rosters__words">
        {state === 'applying'
          ? '正在导入，要么全部成功，要么一条不导。可以离开这一页，导入会接着做。'
          : '正在逐行检查。可以离开这一页，检查会接着做。'}
      </View>
      {allows.includes('cancel') && <CancelButton importId={id} />}
    </Card>
  );
}
