import { useState } from 'react';
import { useAct } from '../../../lib/use-call';
import { WordsSheet } from '../../orders/words-sheet';
import type { DeedFormProps } from '../commitment-actions';
import { hasHeldDispute } from '../held-dispute';
import { KeepHeld } from './keep-held';

/** 提意见: once each, in the seven days after it was made public. */
export function OpineForm({ commitment, onClose }: DeedFormProps) {
  return (
    <WordsSheet
      title="提意见"
      label="您觉得哪里要改？"
      hint="每人提一次，书记 5 个工作日内公开答复。别人看不到您的全名。"
      example="比如：最好先装学校门口那段"
      yes="提意见"
      done="提上去了，答复了会告诉您"
      act={useAct('commitments.opine', { commitmentId: commitment.id })}
      form={`opine.${commitment.id}`}
      onClose={onClose}
    />
  );
}

/** 退回: back to the author, who reads why. */
export function ReturnForm({ commitment, onClose }: DeedFormProps) {
  return (
    <WordsSheet
      title="退回修改"
      label="哪里要改？"
      hint="写的人会看到。"
      ready={['写上数量，做多少', '写上时间，几月底前', '这是本职工作，换一件']}
      yes="退回"
      done="退回去了"
      act={useAct('commitments.return', { commitmentId: commitment.id })}
      form={`return.${commitment.id}`}
      onClose={onClose}
    />
  );
}

/** 撤销 what is not yet public. */
export function WithdrawForm({ commitment, onClose }: DeedFormProps) {
  return (
    <WordsSheet
      title="不承诺这件了？"
      label="为什么撤？"
      hint="可以不写。撤了不算数；件数不够，要另写一件。"
      optional
      yes="撤销"
      done="撤销了"
      act={useAct('commitments.withdraw', { commitmentId: commitment.id })}
      form={`withdraw-deed.${commitment.id}`}
      onClose={onClose}
    />
  );
}

/** 异议不成立: answered in public, and it goes on from where it was. */
export function DismissForm({ commitment, onClose }: DeedFormProps) {
  const [keepHeld, setKeepHeld] = useState(false);
  const dismiss = useAct('commitments.dismiss', { commitmentId: commitment.id });
  const held = hasHeldDispute(commitment);
  const mutate: typeof dismiss.mutate = (fields, options) =>
    dismiss.mutate({ ...fields, ...(held ? { keepHeld } : {}) }, options);
  return (
    <WordsSheet
      title="异议不成立"
      label="核实的情况是怎样？"
      hint="大家都看得到，请把怎么核实的写清楚。"
      yes="公开答复"
      done="答复了"
      act={{ ...dismiss, mutate }}
      form={`dismiss.${commitment.id}`}
      onClose={onClose}
    >
      {held && <KeepHeld on={keepHeld} onChange={setKeepHeld} />}
    </WordsSheet>
  );
}
