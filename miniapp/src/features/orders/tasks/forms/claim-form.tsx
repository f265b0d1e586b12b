import { toast } from '../../../../ui/toast';
import { ClaimSheet } from '../claim-sheet';
import type { TaskFormProps } from '../task-actions';

/** 接单 / 签收, from the task's own page. */
export const ClaimForm = ({ task, onClose }: TaskFormProps) => (
  <ClaimSheet
    taskId={task.id}
    verb={task.mode === 'assigned' || task.mode === 'external' ? '签收' : '接单'}
    onClose={onClose}
    onClaimed={onClose}
    onTaken={(by) => {
      toast(by === null ? '已被别人接走' : `已被${by}接走`);
      onClose();
    }}
  />
);
