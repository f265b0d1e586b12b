import type { CheckedName } from './checked-fields';

/**
 * Who reads what somebody has written: every text of the database that a person writes (the lines of erasure-table.ts that
 * say `words`) has a line here, so whoever adds one says it. A test holds the two together.
 *
 * A name: checked as that field. `staff`: whoever has the matter in hand, and whom it is about. `office`: the word of an
 * appointed person in his office, under his name and in the audit; where it stands in a step or in a notice as well, that
 * is checked, and may be complained of. `own`: the writer, and who answers him.
 *
 * Kept under a seal and told to nobody else: where the door is, and when one is at home. A neighbour whose order was merged
 * into it reads neither (orders.presenter.ts).
 */
export type Readers = CheckedName | readonly CheckedName[] | 'staff' | 'office' | 'own';

const staff = (...columns: string[]): Readonly<Record<string, Readers>> => each('staff', columns);
const office = (...columns: string[]): Readonly<Record<string, Readers>> => each('office', columns);
const each = (readers: Readers, columns: string[]): Readonly<Record<string, Readers>> =>
  Object.fromEntries(columns.map((column) => [column, readers]));

export const readers: Readonly<Record<string, Readers>> = {
  ...office('role_grant.open_reason', 'role_grant.end_reason', 'tree_change.reason', 'handover.words'),
  ...staff('tree_change.asked', 'tree_change.before', 'tree_change.after', 'handover.plan', 'handover.done'),
  ...staff('roster_import.ignored', 'roster_import.problem_fields'),
  // Made by us of what stands elsewhere; once that is held they quote it no more (review-messages.ts).
  ...each('own', ['message.title', 'message.words']),
  ...staff('correction.words', 'account_closing.words', 'binding_request.said_head'),
  ...office('correction.answer', 'binding_request.decision', 'link_request.answer'),
  ...each('own', ['opinion.words', 'opinion.answer', 'content_complaint.words']),
  ...staff('call_note.words', 'waiting_message.deed'),
  ...staff('link_request.words', 'visit.met_words', 'visit.words', 'visit_version.content'),

  // The word of an office, and looked at all the same: many read it.
  ...each(
    'activity.notice',
    ['title', 'words', 'place', 'cancel_words'].map((name) => `activity.${name}`),
  ),
  ...each('showcase.notice', ['showcase.title', 'showcase.criteria']),
  ...each('sweep.notice', ['sweep.title', 'sweep.purpose', 'sweep.ordered_by']),
  ...office('sweep.questions', 'sweep.places'),

  'service_order.words': 'order.words',
  // Whoever handles it or asked for it reads the title as the desk's word; the village reads it with the summary.
  'service_order.title': 'order.summary',
  'service_order.public_summary': 'order.summary',
  // As a machine has heard it; read by whoever may hear the recording, and held with it.
  'voice_note.words': 'order.voice',
  ...staff('service_order.consent', 'order_party.words', 'order_answer.spoke_to'),
  ...office('service_order.converted_reference', 'supervision.words'),
  // Said in a step, and hidden with it.
  'service_order.question': 'order.officeStep',
  'order_answer.words': 'order.step',
  'task.words': ['order.step', 'order.officeStep'],
  ...office('task.note', 'task.unit', 'task.unit_contact', 'task.letter_number', 'task.answer', 'task.link'),
  ...office('inspection_item.words'),
  ...staff('inspection_item.appeal', 'history.facts'),
  'history.words': ['order.step', 'order.officeStep', 'commitment.step', 'commitment.answer'],

  ...staff('commitment_debtor.exempt_words', 'commitment.late_reason', 'commitment_import_row.cells'),
  ...staff('commitment_import_row.faults', 'commitment_import_row.hints'),
  ...each(
    'commitment.deed',
    ['title', 'words', 'unit', 'for_words', 'money_source'].map((name) => `commitment.${name}`),
  ),
  ...each(
    'commitment.deed',
    ['title', 'words', 'unit', 'for_words', 'money_source'].map((name) => `commitment_version.${name}`),
  ),
  'commitment_version.reason': 'commitment.change',
  'commitment_opinion.words': 'commitment.opinion',
  'commitment_dispute.words': 'commitment.dispute',
  'commitment_rating.words': 'commitment.rating',
  'commitment_change.reason': 'commitment.change',
  'commitment_change.content': 'commitment.change',
  ...each('commitment.answer', ['commitment_opinion.answer', 'commitment_dispute.answer', 'commitment_change.answer']),
  ...office('commitment_opinion.answered_by', 'commitment_dispute.answered_by', 'commitment_change.answered_by'),
  // For the operator.
  ...staff('outbox_delivery.error', 'due_work.error'),
};
