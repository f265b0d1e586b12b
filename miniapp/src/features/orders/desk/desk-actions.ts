import type { ActionTable } from '../order-actions';
import { CloseReviewForm } from './forms/close-review-form';
import { ConvertForm } from './forms/convert-form';
import { CorrectPersonForm } from './forms/correct-person-form';
import { DeclineForm } from './forms/decline-form';
import { ExtendForm } from './forms/extend-form';
import { GoStudy } from './forms/go-study';
import { MergeForm } from './forms/merge-form';
import { NoteCallForm } from './forms/note-call-form';
import { OpenForm } from './forms/open-form';
import { ReclassifyForm } from './forms/reclassify-form';
import { RecordCallbackForm } from './forms/record-callback-form';
import { RedirectForm } from './forms/redirect-form';
import { SendBackForm } from './forms/send-back-form';
import { SendDownForm } from './forms/send-down-form';
import { SettleForm } from './forms/settle-form';
import { SuperviseForm } from './forms/supervise-form';
import { SuspendForm } from './forms/suspend-form';
import {
  AnswerSupervisionForm,
  AskForm,
  EscalateForm,
  OrderRedoForm,
  ResumeForm,
  TakeBackForm,
  UnmergeForm,
  VerifyForm,
} from './forms/words-forms';

/** What a desk, and whoever stands above it, may do: the most frequent first. */
export const deskActions = {
  open: { label: '打开保密件', main: true, Form: OpenForm },
  accept: { label: '研判派单', main: true, Form: GoStudy },
  verify: { label: '核实通过', main: true, Form: VerifyForm },
  recordCallback: { label: '回访', main: true, Form: RecordCallbackForm },
  resume: { label: '接着办', main: true, Form: ResumeForm },
  takeBack: { label: '收回来办', main: true, Form: TakeBackForm },
  closeReview: { label: '核查办结', main: true, Form: CloseReviewForm },
  answerSupervision: { label: '回复督办', Form: AnswerSupervisionForm },
  orderRedo: { label: '责令重办', Form: OrderRedoForm },
  settle: { label: '当场办结', Form: SettleForm },
  ask: { label: '问一句', Form: AskForm },
  sendBack: { label: '退回重办', Form: SendBackForm },
  noteCall: { label: '记一次电话', Form: NoteCallForm },
  supervise: { label: '督办', Form: SuperviseForm },
  dispatch: { label: '加派', Form: GoStudy },
  extend: { label: '同意延期', Form: ExtendForm },
  suspend: { label: '先放一放', Form: SuspendForm },
  escalate: { label: '上报', Form: EscalateForm },
  sendDown: { label: '交给下级', Form: SendDownForm },
  redirect: { label: '改派网格', Form: RedirectForm },
  merge: { label: '并单', Form: MergeForm },
  unmerge: { label: '拆单', Form: UnmergeForm },
  convert: { label: '转到别处办', Form: ConvertForm },
  reclassify: { label: '调整类别', Form: ReclassifyForm },
  correctPerson: { label: '更正当事人', Form: CorrectPersonForm },
  decline: { label: '不予受理', Form: DeclineForm },
} satisfies ActionTable;
