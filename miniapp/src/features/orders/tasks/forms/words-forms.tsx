import { useAct } from '../../../../lib/use-call';
import { WordsSheet } from '../../words-sheet';
import type { TaskFormProps } from '../task-actions';

/** 不接手: the holder keeps it. */
export function RefuseHandOverForm({ task, onClose }: TaskFormProps) {
  return (
    <WordsSheet
      title="不接手"
      label="跟对方说一声"
      hint="可以不写。任务还在原来的人手上。"
      ready={['这几天没空', '这个我不会', '离得太远']}
      optional
      yes="不接手"
      done="已经告诉对方"
      act={useAct('tasks.refuseHandOver', { taskId: task.id })}
      form={`refuseHandOver.${task.id}`}
      onClose={onClose}
    />
  );
}

/** 不再需要: a task that came back, and need not be done for the order to go on. */
export function WaiveForm({ task, onClose }: TaskFormProps) {
  return (
    <WordsSheet
      title="这个任务不再需要"
      label="为什么不需要了？"
      hint="勾掉以后，单子不再等它。"
      ready={['别的任务已经一起办了', '现场看过，不用做']}
      yes="不再需要"
      done="已经勾掉"
      act={useAct('tasks.waive', { taskId: task.id })}
      form={`waive.${task.id}`}
      onClose={onClose}
    />
  );
}

/** 取消任务: whoever has it is told. */
export function CancelForm({ task, onClose }: TaskFormProps) {
  return (
    <WordsSheet
      title="取消这个任务"
      label="为什么取消？"
      hint="已经接了的人会收到消息。"
      yes="取消任务"
      done="任务已取消"
      act={useAct('tasks.cancel', { taskId: task.id })}
      form={`cancel.${task.id}`}
      onClose={onClose}
    />
  );
}
