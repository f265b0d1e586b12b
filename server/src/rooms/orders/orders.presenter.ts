import type { z } from 'zod';
import { orderLifecycle, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import type { OrderCard, OrderDetail } from '@sandan/shared/orders/order.schema';
import type { Caller } from '../../foundation/access/caller';
import { maskName, maskPhonesAndIds } from '../../foundation/access/masking';
import { photoLink, voiceLink } from '../../foundation/photos/links';
import type { SigningKeys } from '../../foundation/access/signature';
import { allowsOf, isSealed, maySee } from './act';
import { categoryOf } from './advance';
import { presentAnswer, presentHistory, presentSupervision, reportOf, type Beside } from './beside.presenter';
import type { OrderRecord } from './order-record';
import { isCarer, isOnlyJoined, isParty, presentSeats } from './orders.policy';
import { beneficiaryOf, consentWords, contactOf } from './people.presenter';
import { metresFromHome, presentPlace, toTheGroup } from './place.presenter';
import { presentTask, titleForOthers } from './tasks.presenter';

/** The only place that makes replies of orders: here raw values become masked ones (decisions.md §2.8). */
export type View = 'public' | 'party' | 'staff';

const steps: Partial<Record<OrderState, number>> = {
  placed: 1,
  asking: 1,
  accepted: 1,
  dispatched: 1,
  handling: 2,
  suspended: 2,
  checking: 2,
  inReview: 2,
  reported: 3,
  confirmed: 4,
  unanswered: 4,
  archived: 4,
};

export function viewOf(record: OrderRecord, caller: Caller): View {
  if (!maySee(record, caller)) return 'public';
  return isParty(record, caller.personId) || isCarer(record, caller) ? 'party' : 'staff';
}

export function presentCard(record: OrderRecord, caller: Caller): z.input<typeof OrderCard> {
  const category = categoryOf(record, caller.reference);
  const view = viewOf(record, caller);
  const sealed = isSealed(record, caller);
  const { name, stage } = orderLifecycle.states[record.state];
  const holders = presentSeats(record).map((seat) => seat.name);
  const hidden = sealed || view === 'public';
  return {
    id: record.id,
    title: titleOf(record, view, { sealed, caller }),
    category: { id: category.id, name: category.name, field: category.field },
    urgency: record.urgency,
    visibility: record.visibility,
    state: record.state,
    stateName: name,
    stage,
    step: steps[record.state] ?? 0,
    place: presentPlace(record, caller, sealed),
    desk: deskOf(record, caller),
    placedAt: record.placedAt.toISOString(),
    dueAt: record.dueAt?.toISOString() ?? null,
    overdue: record.dueAt !== null && record.dueAt < caller.now,
    requester: hidden || record.requesterName === null ? null : maskName(record.requesterName),
    holder: hidden || holders.length === 0 ? null : holders.join('、'),
    meToo: record.meToos,
    mine: view === 'party',
    reminders: record.reminders,
    supervised: record.supervisions > 0,
    sealed,
    gcj02: hidden || record.lat === null || record.lng === null ? null : { lat: record.lat, lng: record.lng },
    voiceSeconds: hidden ? null : record.voiceSeconds,
    metres: sealed ? null : metresFromHome(hidden ? toTheGroup(record) : record, caller),
    allows: allowsOf(record, caller),
  };
}

/** 代管: who does the work of a desk without anybody is said wherever the desk is named (domain.md §7). */
function deskOf({ deskGridId, deskKind }: OrderRecord, { reference, now }: Caller) {
  const serving = reference.offices.deskServing(deskGridId, deskKind, now);
  const { id: gridId, name } = reference.tree.gridOf(deskGridId);
  return { gridId, name, servedBy: serving === gridId ? null : reference.tree.gridOf(serving).name };
}

function titleOf(record: OrderRecord, view: View, { sealed, caller }: { sealed: boolean; caller: Caller }): string {
  if (sealed) return '保密事项，打开后由您经办';
  if (view === 'staff') return record.title;
  const title = titleForOthers(record, caller.reference);
  return view === 'public' ? (publicSummaryOf(record) ?? title) : title;
}

/** As the village reads it, and so as the desk sees it too: no phone or identity number slips through. */
const publicSummaryOf = ({ publicSummary }: OrderRecord): string | null =>
  publicSummary === null ? null : maskPhonesAndIds(publicSummary);

export function presentDetail(
  record: OrderRecord,
  caller: Caller,
  beside: Beside,
  keys: SigningKeys,
): z.input<typeof OrderDetail> {
  const card = presentCard(record, caller);
  const view = viewOf(record, caller);
  const open = view !== 'public' && !card.sealed;
  const readable = readableIn(view, caller);
  const links = (thingId: string | undefined) =>
    open
      ? beside.photos
          .filter((photo) => photo.thingId === thingId && readable(photo.held, photo.ownerId))
          .map((photo) => photoLink(photo, keys, caller.now))
      : [];
  const readsWords = open && readable(record.wordsHeld, record.requesterId);
  return {
    ...card,
    view,
    words: readsWords ? record.words : null,
    wordsHeld: open && record.wordsHeld !== 0,
    wordsHidden: open && record.wordsHeld === 2,
    summaryHeld: open && record.summaryHeld !== 0,
    publicSummary: readable(record.summaryHeld, null) ? publicSummaryOf(record) : null,
    voice:
      open && beside.voice && readable(beside.voice.held, record.requesterId)
        ? voiceLink(beside.voice, keys, caller.now)
        : null,
    photos: links(record.id),
    // 位置只到组: a neighbour whose own was merged into it need not know the door.
    address: open && !isOnlyJoined(record, caller) ? record.address : null,
    source: record.source,
    contact: open ? contactOf(record, caller) : null,
    beneficiary: open ? beneficiaryOf(record, caller) : null,
    consent: open && view === 'staff' && record.consent ? consentWords(record.consent, record, caller) : null,
    round: record.round,
    reopens: record.reopens,
    ruled: record.ruled === 1,
    moves: record.moves,
    asks: record.asks,
    question: open && !isShutQuestion(record, beside, readable) ? record.question : null,
    outcome: record.outcome,
    closedHow: record.closedHow,
    closedAt: record.closedAt?.toISOString() ?? null,
    selfHandled: record.selfHandled === 1,
    resumeAt: record.resumeAt?.toISOString() ?? null,
    primaryId: open ? record.primaryId : null,
    followsId: open ? record.followsId : null,
    convertedTo: record.convertedTo,
    supervision: view === 'staff' && open ? beside.supervisions.map(presentSupervision) : [],
    answers: open
      ? beside.answers.map((answer) => {
          const shown = presentAnswer(answer, record, caller);
          return isShut(answer, beside, readable) ? { ...shown, words: null } : shown;
        })
      : [],
    tasks: open
      ? record.tasks.map((task) => {
          const report = reportOf(task, beside.history);
          const shown = presentTask(record, task, caller, links(report?.id));
          return report && !readable(report.held, report.actorId) ? { ...shown, words: null } : shown;
        })
      : [],
    history: open
      ? beside.history
          .filter(({ action }) => action !== 'derive')
          .map((row) => {
            const told = readable(row.held, row.actorId) ? row : { ...row, words: null };
            return presentHistory(told, record, caller, links);
          })
      : [],
  };
}

/** 内容检查: whoever wrote it reads it, and so do those who have the order in hand; the others once it has passed. */
type Readable = (held: number, authorId: string | null) => boolean;
const readableIn =
  (view: View, { personId }: Caller): Readable =>
  (held, authorId) =>
    held === 0 || view === 'staff' || authorId === personId;

/** The desk's question stands in the history too. */
const isShutQuestion = ({ question }: OrderRecord, { history }: Beside, readable: Readable): boolean =>
  history.some((row) => row.action === 'ask' && row.words === question && !readable(row.held, row.actorId));

/** What somebody answered stands in the history too, as one act. */
const isShut = ({ at, words }: Beside['answers'][number], { history }: Beside, readable: Readable): boolean =>
  history.some((row) => row.words === words && row.at.getTime() === at.getTime() && !readable(row.held, row.actorId));
