import type { TaskAction } from '@sandan/shared/orders/task.lifecycle';
import type { ComponentType } from 'react';
import type { Order, OrderTask } from '../order';
import { AgreeHandOverForm } from './forms/agree-hand-over-form';
import { AskExtensionForm } from './forms/ask-extension-form';
import { AskHelpForm } from './forms/ask-help-form';
import { CancelForm, RefuseHandOverForm, WaiveForm } from './forms/words-forms';
import { ClaimForm } from './forms/claim-form';
import { ContactForm } from './forms/contact-form';
import { GiveBackForm } from './forms/give-back-form';
import { HandOverForm } from './forms/hand-over-form';
import { KeepForm } from './forms/keep-form';
import { NoteForm } from './forms/note-form';
import { ReassignForm } from './forms/reassign-form';
import { ReportForm } from './forms/report-form';
import { StartForm } from './forms/start-form';
import { isAsked } from './is-asked';

/** What a form gets: the task and its order as they were read, and how it goes away. Drawn only while it is open. */
export interface TaskFormProps {
  readonly task: OrderTask;
  readonly order: Order;
  readonly onClose: () => void;
}

export interface TaskActionEntry {
  /** The verb on the button. */
  readonly label: string;
  /** May be the filled button. */
  readonly main?: true;
  readonly Form: ComponentType<TaskFormProps>;
}

/**
 * Every action a person can do to a task, in the order in which they are offered. Which of them are there is said by
 * `task.allows` alone: the same table serves who has it in hand, who is asked to take it over, and the desk.
 */
export const taskActions: { readonly [Action in TaskAction]?: TaskActionEntry } = {
  keep: { label: '接着办', main: true, Form: KeepForm },
  claim: { label: '接单', main: true, Form: ClaimForm },
  agreeHandOver: { label: '同意接手', main: true, Form: AgreeHandOverForm },
  report: { label: '办完了', main: true, Form: ReportForm },
  start: { label: '人够了，开始', main: true, Form: StartForm },
  refuseHandOver: { label: '不接手', Form: RefuseHandOverForm },
  contact: { label: '记下联系情况', Form: ContactForm },
  note: { label: '记一笔', Form: NoteForm },
  askHelp: { label: '请人帮忙', Form: AskHelpForm },
  askExtension: { label: '申请延期', Form: AskExtensionForm },
  handOver: { label: '转给别人', Form: HandOverForm },
  giveBack: { label: '退单', Form: GiveBackForm },
  reassign: { label: '改派', Form: ReassignForm },
  waive: { label: '不再需要', Form: WaiveForm },
  cancel: { label: '取消任务', Form: CancelForm },
};

/** 签收 what is offered to me by name; giving back as asked is no 退单. */
function verbOf(action: TaskAction, entry: TaskActionEntry, task: OrderTask): string {
  if (action === 'claim' && (task.mode === 'assigned' || task.mode === 'external')) return '签收';
  return action === 'giveBack' && isAsked(task) ? '交出去' : entry.label;
}

export interface OfferedTaskAction extends TaskActionEntry {
  readonly action: TaskAction;
}

const inOrder = Object.keys(taskActions) as TaskAction[];
/** The two answers to what I am asked stand before everything else. */
const answers: readonly TaskAction[] = ['keep', 'giveBack'];
const inOrderWhenAsked = [...answers, ...inOrder.filter((action) => !answers.includes(action))];

/** What is offered on this task now, in the table's order. */
export const offeredOn = (task: OrderTask): readonly OfferedTaskAction[] =>
  (isAsked(task) ? inOrderWhenAsked : inOrder).flatMap((action) => {
    const entry = taskActions[action];
    return entry && task.allows.includes(action) ? [{ ...entry, action, label: verbOf(action, entry, task) }] : [];
  });
