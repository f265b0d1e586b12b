import { View } from '@tarojs/components';
import { useState } from 'react';
import { call } from '../../lib/client';
import { dateAfter, instantOf } from '../../lib/china-instant';
import { go } from '../../lib/navigation';
import { useAct } from '../../lib/use-call';
import { useNow } from '../../lib/use-now';
import { Button } from '../../ui/button';
import { DateTimeField, type DayAndTime } from '../../ui/date-fields';
import { confirm } from '../../ui/dialog';
import { TextArea } from '../../ui/field';
import { toast } from '../../ui/toast';
import { usePaper } from '../commitments/use-paper';
import { ActSheet, ActTrouble } from '../orders/act-sheet';
import type { Sweep } from './sweep';

type Asking = 'extend' | 'reopen' | 'cancel' | null;

/** What the server lets one do with a sweep. */
export function SweepActs({ sweep }: { sweep: Sweep }) {
  const { id: sweepId, allows, counts, kind } = sweep;
  const [asking, ask] = useState<Asking>(null);
  const start = useAct('sweeps.start', { sweepId });
  const split = useAct('sweeps.split', { sweepId });
  const remind = useAct('sweeps.remind', { sweepId });
  const close = useAct('sweeps.close', { sweepId });
  const begin = async () => {
    const words =
      kind === 'rollCall'
        ? '马上把每一户派给联户党员和网格员，并给他们发消息。'
        : '按现在的名册把每一户派给联户党员和网格员，并给他们发消息。开始后题目不能再改。';
    if (await confirm({ title: '现在开始吗？', words, yes: '开始', no: '再看看' }))
      start.mutate({}, { onSuccess: () => toast('开始了，每一户都派下去了') });
  };
  const end = async () => {
    const left = counts.todo > 0 ? `还有 ${counts.todo} 户没去。` : '';
    const words = `${left}结束后不能再记，需要时可以重新打开。`;
    if (await confirm({ title: '结束这次排查吗？', words, yes: '结束', no: '再等等' }))
      close.mutate({}, { onSuccess: () => toast('结束了') });
  };
  const tell = () => remind.mutate({}, { onSuccess: ({ reminded }) => toast(remindedWords(reminded)) });
  const give = () => split.mutate({}, { onSuccess: () => toast('分好了，没人能去的还列在“没人负责”里') });
  return (
    <>
      <ActTrouble error={start.error ?? split.error ?? remind.error ?? close.error} />
      <View className="sweep-acts">
        {allows.includes('start') && (
          <Button look="main" busy={start.isPending} onPress={() => void begin()}>
            开始
          </Button>
        )}
        {allows.includes('change') && (
          <Button short icon="pencil" onPress={() => void go('setSweep', { sweepId })}>
            修改
          </Button>
        )}
        {allows.includes('remind') && counts.todo > 0 && (
          <Button short icon="bell" busy={remind.isPending} onPress={tell}>
            提醒没查完的
          </Button>
        )}
        {allows.includes('split') && counts.unassigned > 0 && (
          <Button short icon="users-round" busy={split.isPending} onPress={give}>
            再分一次没人负责的
          </Button>
        )}
        {allows.includes('extend') && (
          <Button short icon="clock" onPress={() => ask('extend')}>
            延期
          </Button>
        )}
        {allows.includes('close') && (
          <Button short icon="circle-stop" busy={close.isPending} onPress={() => void end()}>
            结束
          </Button>
        )}
        {allows.includes('reopen') && (
          <Button short icon="rotate-cw" onPress={() => ask('reopen')}>
            重新打开
          </Button>
        )}
        {allows.includes('cancel') && (
          <Button short look="text" onPress={() => ask('cancel')}>
            取消
          </Button>
        )}
        <Export sweep={sweep} />
      </View>
      {asking && <AskSheet key={asking} sweepId={sweepId} asking={asking} onClose={() => ask(null)} />}
    </>
  );
}

const remindedWords = (reminded: number): string => (reminded > 0 ? `提醒了 ${reminded} 个人` : '今天都提醒过了');

function Export({ sweep: { id: sweepId, mayExport, mayExportNames } }: { sweep: Sweep }) {
  const paper = usePaper();
  if (!mayExport) return null;
  const take = async (format: 'pdf' | 'xlsx') => {
    const words = '导出会记下是谁、什么时候。户主只写姓，中间用星号。';
    const names = mayExportNames && (await confirm({ title: '要带户主吗？', words, yes: '带户主', no: '不带' }));
    paper.mutate(() => call('sweeps.export', { params: { sweepId }, body: { format, names } }));
  };
  return (
    <>
      <Button short look="text" icon="file-spreadsheet" busy={paper.isPending} onPress={() => void take('xlsx')}>
        导出 Excel
      </Button>
      <Button short look="text" icon="file-text" busy={paper.isPending} onPress={() => void take('pdf')}>
        导出 PDF
      </Button>
      <ActTrouble error={paper.error} />
    </>
  );
}

interface AskSheetProps {
  readonly sweepId: string;
  readonly asking: Exclude<Asking, null>;
  readonly onClose: () => void;
}

const titles = { extend: '延到什么时候？', reopen: '重新打开', cancel: '取消这次排查' } as const;

function AskSheet({ sweepId, asking, onClose }: AskSheetProps) {
  const now = useNow();
  const [until, setUntil] = useState<DayAndTime>({ date: dateAfter(now, 3), time: '18:00' });
  const [words, setWords] = useState('');
  const extend = useAct('sweeps.extend', { sweepId });
  const reopen = useAct('sweeps.reopen', { sweepId });
  const cancel = useAct('sweeps.cancel', { sweepId });
  const doing = { extend, reopen, cancel }[asking];
  const deadline = instantOf(until.date, until.time) ?? '';
  const onSuccess = () => {
    toast({ extend: '延期了', reopen: '又打开了', cancel: '取消了' }[asking]);
    onClose();
  };
  const send = () => {
    const said = words.trim();
    if (asking === 'extend') extend.mutate({ deadline, ...(said ? { words: said } : {}) }, { onSuccess });
    if (asking === 'reopen') reopen.mutate({ deadline, words: said }, { onSuccess });
    if (asking === 'cancel') cancel.mutate({ words: said }, { onSuccess });
  };
  const unready = (asking !== 'cancel' && deadline === '') || (asking !== 'extend' && words.trim() === '');
  return (
    <ActSheet
      title={titles[asking]}
      yes={asking === 'cancel' ? '取消排查' : '就这样'}
      onYes={send}
      onClose={onClose}
      doing={doing}
      unready={unready}
    >
      {asking !== 'cancel' && <DateTimeField label="做到什么时候？" value={until} onChange={setUntil} />}
      <TextArea
        label={asking === 'extend' ? '为什么？（可以不填）' : '为什么？'}
        maxLength={200}
        value={words}
        onChange={setWords}
      />
    </ActSheet>
  );
}
