import { useState } from 'react';
import { dateAfter, instantOf } from '../../../../lib/china-instant';
import { useAct } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { DateTimeField, type DayAndTime } from '../../../../ui/date-fields';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { TaskFormProps } from '../task-actions';

/** 申请延期: before it is overdue; the desk decides. */
export function AskExtensionForm({ task, onClose }: TaskFormProps) {
  const act = useAct('tasks.askExtension', { taskId: task.id });
  const now = useNow();
  const [words, setWords] = useState('');
  const [when, setWhen] = useState<DayAndTime>({ date: '', time: '18:00' });
  const until = instantOf(when.date, when.time);

  const ask = () => {
    const onSuccess = () => {
      toast('报上去了，等村里同意');
      onClose();
    };
    act.mutate({ words: words.trim(), ...(until === null ? {} : { until }) }, { onSuccess });
  };
  return (
    <ActSheet title="申请延期" yes="报上去" doing={act} unready={words.trim() === ''} onYes={ask} onClose={onClose}>
      <TextArea
        label="为什么要延？"
        example="比如：配件要到镇上买"
        value={words}
        onChange={setWords}
        error={fieldErrors(act.error)['words']}
      />
      <DateTimeField
        label="想延到"
        hint="可以不选"
        value={when}
        onChange={setWhen}
        from={dateAfter(now, 0)}
        error={fieldErrors(act.error)['until']}
      />
    </ActSheet>
  );
}
