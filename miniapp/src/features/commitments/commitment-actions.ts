import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import { offeredOf, type ActionTableOf, type Offered } from '../orders/offered-actions';
import type { Commitment } from './commitment';
import { AcceptForm } from './forms/accept-form';
import { AnswerOpinionForm } from './forms/answer-opinion-form';
import { ApproveForm } from './forms/approve-form';
import { AskCorrectionForm } from './forms/ask-correction-form';
import { DeliverForm } from './forms/deliver-form';
import { DisputeForm } from './forms/dispute-form';
import { GoRewrite } from './forms/go-rewrite';
import { LinkOrderForm } from './forms/link-order-form';
import { ApproveChangeForm, RefuseChangeForm } from './forms/change-forms';
import { RejectForm, UpholdForm } from './forms/mend-forms';
import { CorrectForm, PublishForm, RecallForm, SubmitForm, TakeBackForm } from './forms/plain-forms';
import { ProgressForm } from './forms/progress-form';
import { RateForm } from './forms/rate-form';
import { ReleaseForm } from './forms/release-form';
import { RequestChangeForm } from './forms/request-change-form';
import { HideWordsForm, ShowWordsForm } from './forms/held-words-forms';
import { DismissForm, OpineForm, ReturnForm, WithdrawForm } from './forms/words-forms';

/** What a form gets: the deed as it was read, and how it goes away. It is drawn only while it is open. */
export interface DeedFormProps {
  readonly commitment: Commitment;
  readonly onClose: () => void;
}

/**
 * Every action a person can do to a deed, in the order in which they are offered; which of them are there is said by
 * `allows` alone.
 */
export const commitmentActions: ActionTableOf<CommitmentAction, DeedFormProps> = {
  submit: { label: '报审', main: true, Form: SubmitForm },
  approve: { label: '审诺通过', main: true, Form: ApproveForm },
  publish: { label: '亮诺', main: true, Form: PublishForm },
  approveChange: { label: '同意变更', main: true, Form: ApproveChangeForm },
  answerOpinion: { label: '答复意见', main: true, Form: AnswerOpinionForm },
  accept: { label: '验收', main: true, Form: AcceptForm },
  correct: { label: '确认更正', main: true, Form: CorrectForm },
  deliver: { label: '兑现', main: true, Form: DeliverForm },
  rate: { label: '评诺', main: true, Form: RateForm },
  progress: { label: '记进展', Form: ProgressForm },
  linkOrder: { label: '连上单子', Form: LinkOrderForm },
  rewrite: { label: '修改', Form: GoRewrite },
  opine: { label: '提意见', Form: OpineForm },
  dispute: { label: '提异议', Form: DisputeForm },
  return: { label: '退回', Form: ReturnForm },
  refuseChange: { label: '不同意变更', Form: RefuseChangeForm },
  reject: { label: '退回整改', Form: RejectForm },
  uphold: { label: '异议成立', Form: UpholdForm },
  dismiss: { label: '异议不成立', Form: DismissForm },
  showWords: { label: '公开评诺的话', Form: ShowWordsForm },
  hideWords: { label: '不公开评诺的话', Form: HideWordsForm },
  requestChange: { label: '申请变更', Form: RequestChangeForm },
  recall: { label: '撤回修改', Form: RecallForm },
  takeBack: { label: '撤回兑现', Form: TakeBackForm },
  withdraw: { label: '撤销', Form: WithdrawForm },
  release: { label: '免除', Form: ReleaseForm },
  askCorrection: { label: '申请更正结果', Form: AskCorrectionForm },
};

type OfferedOnDeed = Offered<CommitmentAction, DeedFormProps>;

/** What is offered now. While a counted deed is not all done, noting how far it is comes before 兑现. */
export function offeredOn({ allows, quantity, percent }: Commitment): OfferedOnDeed {
  const offered = offeredOf(commitmentActions, allows);
  const { main, others } = offered;
  const progress = others.find(({ action }) => action === 'progress');
  const unfinished = quantity !== null && percent < 100;
  if (main?.action !== 'deliver' || !progress || !unfinished) return offered;
  return { main: progress, others: [main, ...others.filter((each) => each !== progress)] };
}
