import { useEffect } from 'react';
import { go } from '../../../../lib/navigation';
import type { TaskFormProps } from '../task-actions';

/** 办完了 is a page of its own. */
export function ReportForm({ task, onClose }: TaskFormProps) {
  useEffect(() => {
    void go('report', { taskId: task.id });
    onClose();
  }, [task.id, onClose]);
  return null;
}
