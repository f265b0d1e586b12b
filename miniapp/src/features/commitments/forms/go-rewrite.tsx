import { useEffect } from 'react';
import { go } from '../../../lib/navigation';
import type { DeedFormProps } from '../commitment-actions';

/** 修改 is the form of 拟诺 once more, a page of its own. */
export function GoRewrite({ commitment, onClose }: DeedFormProps) {
  useEffect(() => {
    void go('draftCommitment', { commitmentId: commitment.id });
    onClose();
  }, [commitment.id, onClose]);
  return null;
}
