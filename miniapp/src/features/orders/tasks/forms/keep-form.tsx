import { View } from '@tarojs/components';
import { useAct } from '../../../../lib/use-call';
import { toast } from '../../../../ui/toast';
import { ActSheet } from '../../act-sheet';
import type { TaskFormProps } from '../task-actions';

/** 换届: I go on with what I have in hand. */
export function KeepForm({ task, onClose }: TaskFormProps) {
  const act = useAct('tasks.keep', { taskId: task.id });
  const keep = () => {
    const onSuccess = () => {
      toast('好的，这件还是您办');
      onClose();
    };
    act.mutate({}, { onSuccess });
  };
  return (
    <ActSheet title="接着办这件任务" yes="接着办" doing={act} onYes={keep} onClose={onClose}>
      <View>时间不变，还是您来办完、报办结。</View>
    </ActSheet>
  );
}
