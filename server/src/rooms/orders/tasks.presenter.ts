import type { z } from 'zod';
import type { PhotoLink, TaskItem } from '@sandan/shared/orders/order.schema';
import type { TaskCard } from '@sandan/shared/orders/task.schema';
import { taskLifecycle } from '@sandan/shared/orders/task.lifecycle';
import { helperKinds, type HelperKind } from '@sandan/shared/access/roles';
import type { Caller } from '../../foundation/access/caller';
import type { Reference } from '../../foundation/reference/reference';
import { maySee } from './act';
import { taskAllows } from './act-task';
import { categoryOf, townOf } from './advance';
import { answerUntil } from './asked-seats';
import type { ClockName } from './order-clocks';
import type { OrderRecord, TaskOfRecord } from './order-record';
import { metresFromHome, presentPlace } from './place.presenter';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const kindName = (kind: string | null): string =>
  kind && kind in helperKinds ? helperKinds[kind as HelperKind] : '工作人员';

const dueOf = (record: OrderRecord, taskId: string, kind: ClockName): string | null =>
  iso(record.clocks.find((row) => row.thingId === taskId && row.kind === kind)?.dueAt ?? null);

/** A task as people concerned and staff see it; `photos` are those of its latest report, for who may see them. */
export function presentTask(
  record: OrderRecord,
  task: TaskOfRecord,
  caller: Caller,
  photos: z.input<typeof PhotoLink>[],
): z.input<typeof TaskItem> {
  const { name, stage } = taskLifecycle.states[task.state];
  // In the hall stands what is to be done; how it went is told to those concerned with the order.
  const whole = maySee(record, caller);
  return {
    id: task.id,
    orderId: task.orderId,
    mode: task.mode,
    state: task.state,
    stateName: name,
    stage,
    required: task.required === 1,
    round: task.round,
    note: task.note,
    skill: task.skill,
    partyMembersOnly: task.partyMembersOnly === 1,
    places: task.places,
    taken: task.taken,
    scope: { gridId: task.scopeGridId, name: caller.reference.tree.gridOf(task.scopeGridId).name },
    assignee: task.assigneeName ?? null,
    seats: record.seats
      .filter(({ taskId }) => taskId === task.id)
      .map((seat) => ({
        personId: seat.personId,
        name: seat.name,
        kindName: kindName(seat.kind),
        state: seat.state,
        promisedAt: iso(seat.promisedAt),
        askedUntil:
          whole && seat.askedAt !== null && seat.state === 'taken'
            ? answerUntil(seat.askedAt, townOf(record, caller.reference)).toISOString()
            : null,
        mine: seat.personId === caller.personId,
      })),
    external: task.unit
      ? {
          unit: task.unit,
          contact: task.unitContact,
          letterNumber: task.letterNumber,
          dueOn: task.dueOn,
          keeper: task.assigneeName ?? null,
          answer: whole ? task.answer : null,
        }
      : null,
    outcome: whole ? task.outcome : null,
    words: whole ? task.words : null,
    noPhotoReason: whole ? task.noPhotoReason : null,
    onTheSpot: task.onTheSpot === 1,
    overturned: task.overturned === 1,
    offeredAt: task.offeredAt.toISOString(),
    claimDueAt: dueOf(record, task.id, 'claim'),
    contactDueAt: dueOf(record, task.id, 'contact'),
    contactedAt: iso(task.contactedAt),
    handleDueAt: dueOf(record, task.id, 'handle'),
    promisedAt: iso(task.promisedAt),
    reportedAt: iso(task.reportedAt),
    photos,
    allows: taskAllows(record, task, caller),
  };
}

/** 屏蔽: a title that is doubted, or that a person has hidden, is read by those alone who have the matter in hand; the others read what kind it is. */
export const titleForOthers = (record: OrderRecord, reference: Reference): string =>
  record.summaryHeld === 2 ? categoryOf(record, reference).name : record.title;

/** As it hangs in the hall: title and place of the order, never the resident. */
export function presentTaskCard(record: OrderRecord, task: TaskOfRecord, caller: Caller): z.input<typeof TaskCard> {
  const category = categoryOf(record, caller.reference);
  const item = presentTask(record, task, caller, []);
  const due = item.claimDueAt ?? item.handleDueAt;
  return {
    ...item,
    title: maySee(record, caller) ? record.title : titleForOthers(record, caller.reference),
    category: { id: category.id, name: category.name, field: category.field },
    urgency: task.urgency,
    confidential: task.confidential === 1,
    place: presentPlace(record, caller),
    metres: metresFromHome(record, caller),
    overdue: due !== null && new Date(due) < caller.now,
  };
}
