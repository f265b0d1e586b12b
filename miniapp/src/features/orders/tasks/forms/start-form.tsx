import { View } from '@tarojs/components';
import { useState } from 'react';
import { useAct } from '../../../../lib/use-call';
import { Card } from '../../../../ui/card';
import { Switch } from '../../../../ui/switch';
import { toast } from '../../../../ui/toast';
import { ActSheet } from '../../act-sheet';
import type { TaskFormProps } from '../task-actions';

/** 开始: a team that does not wait until it is full. */
export function StartForm({ task, onClose }: TaskFormProps) {
  const act = useAct('tasks.start', { taskId: task.id });
  const [keepOpen, setKeepOpen] = useState(false);
  const start = () => {
    const onSuccess = () => {
      toast('开始了');
      onClose();
    };
    act.mutate({ keepOpen }, { onSuccess });
  };
  return (
    <ActSheet title="现在开始吗？" yes="开始" doing={act} onYes={start} onClose={onClose}>
      <View>{`要 ${task.places} 个人，现在有 ${task.taken} 个人。`}</View>
      <Card bare>
        <Switch title="空着的位子留着" words="后来的人还可以加入" on={keepOpen} onChange={setKeepOpen} />
      </Card>
    </ActSheet>
  );
}
