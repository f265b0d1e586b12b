import { View } from '@tarojs/components';
import { rosterMeasures } from '@sandan/shared/people/roster.words';
import { usePaper } from '../../../../features/commitments/use-paper';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { newId } from '../../../../lib/ids';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import type { Imported } from './find-out';

interface TakeInProps {
  readonly imported: Imported;
  readonly onForget: () => void;
}

/** What was found, and under it what can be done with such a file. */
export function TakeIn({ imported, onForget }: TakeInProps) {
  const { id, state, counts, ignored, problem, allows } = imported;
  return (
    <Card>
      {problem && (
        <View className="rosters__wrong">
          <View>{problem.title}</View>
          {problem.words.map((words) => (
            <View key={words}>{words}</View>
          ))}
        </View>
      )}
      {counts && <Counts counts={counts} />}
      <View className="rosters__words">{wordsFor(imported)}</View>
      {ignored.length > 0 && <View className="rosters__hint">{`没有导入的列：${ignored.join('、')}`}</View>}
      {allows.includes('errors') && <ErrorsButton importId={id} />}
      {allows.includes('apply') && <ApplyButton imported={imported} />}
      {allows.includes('recheck') && <RecheckButton importId={id} look={problem ? 'main' : 'plain'} />}
      {allows.includes('cancel') && <CancelButton importId={id} />}
      {state !== 'ready' && (
        <Button look="plain" icon="file-up" onPress={onForget}>
          再导入一份
        </Button>
      )}
    </Card>
  );
}

function wordsFor({ kind, state, counts }: Imported): string {
  if (state === 'applied') return '都导入好了。读到的文件内容已经清掉，做过什么在审计记录里能查到。';
  if (state === 'cancelled') return '这次不导入了，读到的内容已经清掉。';
  if (state === 'failed' || !counts) return '一条也没有导入。请按上面说的改好文件，再选一次。';
  if (counts.faulty > 0)
    return kind === 'boundaries'
      ? '有错的改好以前，一个也不会导入。请在制图软件里改好、重新导出，再选一次文件。'
      : '有错的改好以前，一条也不会导入。请下载错误表，在原来的表里改好，再选一次文件。';
  if (counts.added + counts.changed + counts.ended === 0) return '表里的内容系统里都有了，不用导入。';
  return '没有错，可以导入：全部成功，或者一条不导。文件里没有的，不会改动。';
}

const names = {
  faulty: '有错',
  added: '新增',
  changed: '变更',
  ended: '终止',
  unchanged: '未变',
  missing: '文件里没有',
};

const Counts = ({ counts }: { counts: NonNullable<Imported['counts']> }) => (
  <View className="rosters__counts">
    {(Object.keys(names) as (keyof typeof names)[]).map((key) => (
      <View key={key} className={key === 'faulty' && counts.faulty > 0 ? 'rosters-count--wrong' : undefined}>
        <View className="rosters-count__number">{counts[key]}</View>
        <View className="rosters-count__words">{names[key]}</View>
      </View>
    ))}
  </View>
);

function ApplyButton({ imported: { id, kind, kindName, gridName, counts, problem } }: { imported: Imported }) {
  const apply = useAct('rosters.apply', { importId: id });
  const take = async () => {
    if (!counts) return;
    const { added, changed, ended } = counts;
    const measure = rosterMeasures[kind];
    const sure = await confirm({
      title: `导入${kindName}到${gridName}？`,
      words: `新增 ${added} ${measure}，变更 ${changed} ${measure}，终止 ${ended} ${measure}。导入以后不能整批撤回。`,
      yes: '导入',
      no: '再看看',
    });
    if (sure) apply.mutate({});
  };
  return (
    <>
      <ActTrouble error={apply.error} />
      <Button look={problem ? 'plain' : 'main'} icon="check" busy={apply.isPending} onPress={() => void take()}>
        导入
      </Button>
    </>
  );
}

function RecheckButton({ importId, look }: { importId: string; look: 'main' | 'plain' }) {
  const recheck = useAct('rosters.recheck', { importId });
  return (
    <>
      <ActTrouble error={recheck.error} />
      <Button look={look} icon="refresh-cw" busy={recheck.isPending} onPress={() => recheck.mutate({})}>
        重新检查
      </Button>
    </>
  );
}

function ErrorsButton({ importId }: { importId: string }) {
  const paper = usePaper();
  const ask = () => call('rosters.errors', { params: { importId }, body: { actionId: newId() } });
  return (
    <>
      <ActTrouble error={paper.error} />
      <Button look="main" icon="download" busy={paper.isPending} onPress={() => paper.mutate(ask)}>
        下载错误表
      </Button>
    </>
  );
}

export function CancelButton({ importId }: { importId: string }) {
  const cancel = useAct('rosters.cancel', { importId });
  const leave = async () => {
    const sure = await confirm({ title: '不导这一份了？', words: '读到的内容马上清掉。', yes: '不导了', no: '再看看' });
    if (sure) cancel.mutate({});
  };
  return (
    <>
      <ActTrouble error={cancel.error} />
      <Button look="text" busy={cancel.isPending} onPress={() => void leave()}>
        不导了
      </Button>
    </>
  );
}
