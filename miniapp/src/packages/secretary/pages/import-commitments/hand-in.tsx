import { useMutation } from '@tanstack/react-query';
import { View } from '@tarojs/components';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { newId } from '../../../../lib/ids';
import { go } from '../../../../lib/navigation';
import { queries } from '../../../../lib/query';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { ProgressBar } from '../../../../ui/progress-bar';
import { Row } from '../../../../ui/row';
import type { Imported } from './find-out';

type Refused = ReplyFrom<'imports.submit'>['refused'];

/** Presses on until nothing is left, or nothing goes any more; the server takes some hundred at a time. */
async function handInAll(importId: string): Promise<Refused> {
  for (;;) {
    const { done, refused, left } = await call('imports.submit', { params: { importId }, body: { actionId: newId() } });
    await queries.invalidateQueries({ queryKey: ['imports.read', importId] });
    if (left === 0 || done === 0) return refused;
  }
}

/** It is done: what was imported waits to be handed in. */
export function HandIn({ imported, onForget }: { imported: Imported; onForget: () => void }) {
  const { id, good, warned, known, drafts, allows } = imported;
  const all = good + warned;
  const handing = useMutation({ mutationFn: () => handInAll(id), onSettled: () => queries.invalidateQueries() });
  const handIn = async () => {
    const sure = await confirm({
      title: `把 ${drafts} 件都报审？`,
      words: '报审以后由支部书记审；您自己导入的，您不能审，由上一级审。',
      yes: '全部报审',
      no: '再看看',
    });
    if (sure) handing.mutate();
  };
  const refused = handing.data ?? [];
  return (
    <Card title="导入好了">
      <View className="import__words">
        {`导入了 ${all} 件${known > 0 ? `，另有 ${known} 件原来就有` : ''}。${
          drafts > 0 ? `还有 ${drafts} 件草稿没有报审，本人也可以自己改、自己报审。` : '都报审了。'
        }`}
      </View>
      {handing.isPending && (
        <View className="import__progress">
          <ProgressBar percent={((all - drafts) / Math.max(1, all)) * 100} words={`${all - drafts} / ${all} 件`} />
        </View>
      )}
      <ActTrouble error={handing.error} />
      {refused.map(({ commitmentId, title }) => (
        <Row key={commitmentId} title={title} onPress={() => void go('commitment', { commitmentId })} />
      ))}
      {allows.includes('submit') && (
        <Button look="main" icon="send" busy={handing.isPending} onPress={() => void handIn()}>
          全部报审
        </Button>
      )}
      <Button onPress={() => void go('reviewCommitments')}>去审诺亮诺</Button>
      <Button onPress={() => void go('debtors')}>看谁还没承诺</Button>
      <Button look="text" onPress={onForget}>
        再导入一份
      </Button>
    </Card>
  );
}
