import type { ActionTable } from '../order-actions';
import { AnswerForm } from './answer-form';
import { AppealUpForm } from './appeal-up-form';
import { ConfirmForm } from './confirm-form';
import { MeTooForm } from './me-too-form';
import { ObjectForm } from './object-form';
import { ProtectForm } from './protect-form';
import { RemindForm } from './remind-form';
import { ReopenForm } from './reopen-form';
import { WithdrawForm } from './withdraw-form';

/** What the person concerned, or a neighbour, may do. */
export const residentActions = {
  answer: { label: '回个话', main: true, Form: AnswerForm },
  confirm: { label: '办好了，评一评', main: true, Form: ConfirmForm },
  meToo: { label: '我也是', main: true, Form: MeTooForm },
  object: { label: '不服，请上级看看', main: true, Form: ObjectForm },
  reopen: { label: '没办好', Form: ReopenForm },
  appealUp: { label: '还是没办好', Form: AppealUpForm },
  remind: { label: '催一催', Form: RemindForm },
  withdraw: { label: '撤单', Form: WithdrawForm },
  protect: { label: '转为保密', Form: ProtectForm },
} satisfies ActionTable;
