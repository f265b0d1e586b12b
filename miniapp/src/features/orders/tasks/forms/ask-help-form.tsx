import { useState } from 'react';
import { useAct } from '../../../../lib/use-call';
import { Labelled, TextArea } from '../../../../ui/field';
import { Stepper } from '../../../../ui/stepper';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { TaskFormProps } from '../task-actions';

const most = 20;

/** 请求增援: the desk sends more people. */
export function AskHelpForm({ task, onClose }: TaskFormProps) {
  const act = useAct('tasks.askHelp', { taskId: task.id });
  const [people, setPeople] = useState(1);
  const [words, setWords] = useState('');

  const ask = () => {
    const onSuccess = () => {
      toast('已经告诉村里');
      onClose();
    };
    act.mutate({ people, words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet title="请人帮忙" yes="告诉村里" doing={act} unready={words.trim() === ''} onYes={ask} onClose={onClose}>
      <Labelled label="还要几个人？">
        <Stepper label="人数" value={people} onChange={setPeople} min={1} max={most} unit="人" />
      </Labelled>
      <TextArea
        label="要帮什么忙？"
        example="比如：抬水泵，要有力气的"
        value={words}
        onChange={setWords}
        error={fieldErrors(act.error)['words']}
      />
    </ActSheet>
  );
}
