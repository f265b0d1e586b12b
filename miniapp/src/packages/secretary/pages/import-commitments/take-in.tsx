import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { ActTrouble, fieldErrors } from '../../../../features/orders/act-sheet';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { TextArea } from '../../../../ui/field';
import { ProgressBar } from '../../../../ui/progress-bar';
import type { Imported } from './find-out';
import { HandIn } from './hand-in';

interface TakeInProps {
  readonly imported: Imported;
  /** It is under way now: how far it is will be asked for. */
  readonly onWatch: (under: boolean) => void;
  readonly onForget: () => void;
}

/** The counts, and under them what can be done with such a file. */
export function TakeIn({ imported, onWatch, onForget }: TakeInProps) {
  const { id: importId, state, rows, good, warned, known, faulty, rowsDone, isLate, allows } = imported;
  const [reason, setReason] = useState('');
  const apply = useAct('imports.apply', { importId });
  const isUnderWay = apply.isPending || state === 'applying';
  useEffect(() => onWatch(apply.isPending), [apply.isPending, onWatch]);
  if (state === 'applied') return <HandIn imported={imported} onForget={onForget} />;

  const coming = good + warned;
  const take = async () => {
    const sure = await confirm({
      title: `导入 ${coming} 件？`,
      words: '先存成草稿，报审以前都还能改。',
      yes: '全部导入',
      no: '再看看',
    });
    if (sure) apply.mutate(isLate ? { lateReason: reason } : {});
  };
  return (
    <Card title="3　看结果">
      <View className="import__counts">
        <Count number={coming} words="可以导入" />
        {warned > 0 && <Count number={warned} words="其中有提醒" />}
        {known > 0 && <Count number={known} words="已经有了" />}
        <Count number={faulty} words="要改" wrong={faulty > 0} />
      </View>
      <View className="import__words">{wordsFor(imported)}</View>
      {isUnderWay && (
        <View className="import__progress">
          <ProgressBar percent={(rowsDone / Math.max(1, coming)) * 100} words={`${rowsDone} / ${coming} 件`} />
        </View>
      )}
      {isLate && allows.includes('apply') && (
        <View className="import__reason">
          <TextArea
            label="拟诺的时间过了，为什么现在才报？"
            value={reason}
            onChange={setReason}
            maxLength={200}
            error={fieldErrors(apply.error)['lateReason']}
          />
        </View>
      )}
      <ActTrouble error={apply.error} />
      {(allows.includes('apply') || isUnderWay) && (
        <Button
          look="main"
          icon="check"
          busy={isUnderWay}
          disabled={isLate && reason.trim() === ''}
          onPress={() => void take()}
        >
          {isUnderWay ? '正在导入' : '全部导入'}
        </Button>
      )}
      {rows > 0 && !isUnderWay && (
        <Button look="text" onPress={onForget}>
          不导了
        </Button>
      )}
    </Card>
  );
}

function wordsFor({ good, warned, known, faulty }: Imported): string {
  if (faulty > 0)
    return `有 ${faulty} 行要改。在表格里改好、保存，再点“换一个文件”重新检查；没改好以前一件也不会导入。`;
  if (good + warned === 0) return '表里的承诺都已经有了，不会重复导入。';
  const already = known > 0 ? `已经有了的 ${known} 件不会重复导入。` : '';
  return `没有要改的了，可以全部导入。${already}`;
}

const Count = ({ number, words, wrong = false }: { number: number; words: string; wrong?: boolean }) => (
  <View className={wrong ? 'import-count import-count--wrong' : 'import-count'}>
    <View className="import-count__number">{number}</View>
    <View className="import-count__words">{words}</View>
  </View>
);
