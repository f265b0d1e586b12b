import type { z } from 'zod';
import { orderLifecycle, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import type {
  Answer,
  Contact,
  HistoryItem,
  OrderCard,
  OrderDetail,
  PhotoLink,
  Supervision,
  VoiceLink,
} from '@sandan/shared/orders/order.schema';
import type { Caller } from '../../foundation/access/caller';
import { maskName, maskPhone, maskPhonesAndIds } from '../../foundation/access/masking';
import type { HistoryFacts } from '../../foundation/outbox/history.entity';
import { signAddress, type SigningKeys } from '../../foundation/photos/signed-address';
import type { GridNode } from '../../foundation/reference/tree';
import { allowsOf, isSealed, maySee } from './act';
import { categoryOf, roleNameOf } from './advance';
import { actionName, detailOf } from './history-words';
import type { OrderRecord } from './order-record';
import { metresBetween } from './distance';
import { presentSeats } from './orders.policy';
import { presentTask } from './tasks.presenter';

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
  const isParty =
    [record.requesterId, record.beneficiaryId].includes(caller.personId) ||
    record.parties.some(({ personId, kind }) => personId === caller.personId && kind === 'merged');
  if (!maySee(record, caller)) return 'public';
  return isParty ? 'party' : 'staff';
}

/** Who has it in hand now: name and phone of the resident are clear for them alone. Up to 30 days after the close. */
export const isPresentHandler = (record: OrderRecord, caller: Caller): boolean =>
  presentSeats(record).some(({ personId }) => personId === caller.personId) &&
  (record.closedAt === null || caller.now.getTime() - record.closedAt.getTime() < 30 * 24 * 60 * 60_000);

const nameAt = (grid: GridNode | undefined | null): string | null => grid?.name ?? null;

export function presentPlace(record: { placeGridId: string }, caller: Caller, hideGroup = false) {
  const { tree } = caller.reference;
  const grid = tree.gridOf(record.placeGridId);
  const at = (id: string | null) => nameAt(id === null ? null : tree.grid(id));
  return {
    gridId: hideGroup ? (grid.village ?? grid.id) : grid.id,
    town: at(grid.town),
    village: at(grid.village),
    group: hideGroup ? null : at(grid.group),
  };
}

export function presentCard(record: OrderRecord, caller: Caller): z.input<typeof OrderCard> {
  const { tree } = caller.reference;
  const category = categoryOf(record, caller.reference);
  const view = viewOf(record, caller);
  const sealed = isSealed(record, caller);
  const { name, stage } = orderLifecycle.states[record.state];
  const holders = presentSeats(record).map((seat) => seat.name);
  const hidden = sealed || view === 'public';
  return {
    id: record.id,
    title: titleOf(record, view, sealed),
    category: { id: category.id, name: category.name, field: category.field },
    urgency: record.urgency,
    visibility: record.visibility,
    state: record.state,
    stateName: name,
    stage,
    step: steps[record.state] ?? 0,
    place: presentPlace(record, caller, sealed),
    desk: { gridId: record.deskGridId, name: tree.gridOf(record.deskGridId).name },
    placedAt: record.placedAt.toISOString(),
    dueAt: record.dueAt?.toISOString() ?? null,
    overdue: record.dueAt !== null && record.dueAt < caller.now,
    requester: hidden || record.requesterName === null ? null : maskName(record.requesterName),
    holder: hidden || holders.length === 0 ? null : holders.join('、'),
    meToo: record.meToos,
    reminders: record.reminders,
    supervised: record.supervisions > 0,
    sealed,
    gcj02: hidden || record.lat === null || record.lng === null ? null : { lat: record.lat, lng: record.lng },
    metres: sealed ? null : metresFromHome(hidden ? toTheGroup(record) : record, caller),
    allows: allowsOf(record, caller),
  };
}

function titleOf(record: OrderRecord, view: View, sealed: boolean): string {
  if (sealed) return '保密事项,打开后由您经办';
  return view === 'public' ? (publicSummaryOf(record) ?? record.title) : record.title;
}

/** As the village reads it, and so as the desk sees it too: no phone or identity number slips through. */
const publicSummaryOf = ({ publicSummary }: OrderRecord): string | null =>
  publicSummary === null ? null : maskPhonesAndIds(publicSummary);

/** 位置只到组: what the public may know of a place (decisions.md §2.8). */
export const toTheGroup = ({ placeGridId }: Pick<OrderRecord, 'placeGridId'>) => ({
  placeGridId,
  lat: null,
  lng: null,
});

/** From one's own grid to the spot; to the middle of the group where the spot is not known, or not to be told. */
export function metresFromHome(
  record: Pick<OrderRecord, 'placeGridId' | 'lat' | 'lng'>,
  caller: Caller,
): number | null {
  const grid =
    caller.grants[0]?.grids[0] ?? (caller.homeGridId ? caller.reference.tree.grid(caller.homeGridId) : undefined);
  if (!grid || grid.lat === null || grid.lng === null) return null;
  return metresFrom({ lat: grid.lat, lng: grid.lng }, record, caller);
}

/** Metres from a point, GCJ-02; null where not even the group's middle is known. */
export function metresFrom(
  from: { lat: number; lng: number },
  { placeGridId, lat, lng }: Pick<OrderRecord, 'placeGridId' | 'lat' | 'lng'>,
  caller: Caller,
): number | null {
  const group = caller.reference.tree.gridOf(placeGridId);
  const at = lat !== null && lng !== null ? { lat, lng } : { lat: group.lat, lng: group.lng };
  return at.lat === null || at.lng === null ? null : metresBetween(from, { lat: at.lat, lng: at.lng });
}

/** What stands beside an order, as read for its detail. */
export interface Beside {
  history: HistoryRow[];
  photos: { id: string; thingId: string; width: number; height: number }[];
  voice: { id: string; seconds: number } | null;
  answers: AnswerRow[];
  supervisions: SupervisionRow[];
}

export interface HistoryRow {
  id: string;
  thing: string;
  thingId: string;
  action: string;
  actorId: string | null;
  actorName: string;
  actorRole: string;
  at: Date;
  fromState: string | null;
  toState: string | null;
  words: string | null;
  facts: HistoryFacts | null;
}
export interface AnswerRow {
  personId: string | null;
  personName: string | null;
  method: 'self' | 'callback';
  recordedByName: string | null;
  contacted: number;
  solved: number;
  stars: number;
  words: string | null;
  decides: number;
  at: Date;
}
export interface SupervisionRow {
  byName: string;
  byRole: string;
  words: string;
  dueOn: string | null;
  at: Date;
  answeredAt: Date | null;
}

export function presentDetail(
  record: OrderRecord,
  caller: Caller,
  beside: Beside,
  keys: SigningKeys,
): z.input<typeof OrderDetail> {
  const card = presentCard(record, caller);
  const view = viewOf(record, caller);
  const open = view !== 'public' && !card.sealed;
  const links = (thingId: string) =>
    open
      ? beside.photos.filter((photo) => photo.thingId === thingId).map((photo) => presentPhoto(photo, keys, caller.now))
      : [];
  return {
    ...card,
    view,
    words: open ? record.words : null,
    publicSummary: publicSummaryOf(record),
    voice: open && beside.voice ? presentVoice(beside.voice, keys, caller.now) : null,
    photos: links(record.id),
    address: open ? record.address : null,
    source: record.source,
    contact: open ? contactOf(record, caller) : null,
    beneficiary: open ? beneficiaryOf(record, caller) : null,
    consent: open && view === 'staff' && record.consent ? consentWords(record.consent, record, caller) : null,
    round: record.round,
    reopens: record.reopens,
    moves: record.moves,
    asks: record.asks,
    question: open ? record.question : null,
    outcome: record.outcome,
    closedHow: record.closedHow,
    closedAt: record.closedAt?.toISOString() ?? null,
    selfHandled: record.selfHandled === 1,
    resumeAt: record.resumeAt?.toISOString() ?? null,
    primaryId: open ? record.primaryId : null,
    followsId: open ? record.followsId : null,
    convertedTo: record.convertedTo,
    supervision: view === 'staff' && open ? beside.supervisions.map(presentSupervision) : [],
    answers: open ? beside.answers.map((answer) => presentAnswer(answer, record, caller)) : [],
    tasks: open ? record.tasks.map((task) => presentTask(record, task, caller, links)) : [],
    history: open
      ? beside.history
          .filter(({ action }) => action !== 'derive')
          .map((row) => presentHistory(row, record, caller, links))
      : [],
  };
}

const consentKinds: Record<string, string> = { spoken: '口头同意', signed: '签字', code: '验证码' };
const consentWords = ({ how, by }: { how: string; by: string }, record: OrderRecord, caller: Caller): string =>
  `${seesPeople(record, caller) ? by : maskName(by)} ${consentKinds[how] ?? how}`;

/**
 * Names and phones in the clear: for those who have it in hand, and for oneself and one's household. Who orders for
 * another known person does not learn that person's number by it.
 */
function seesPeople(record: OrderRecord, caller: Caller): boolean {
  if (isPresentHandler(record, caller) || record.beneficiaryId === caller.personId) return true;
  const forStranger = record.beneficiaryId !== null && !isOfHousehold(record, caller);
  return record.requesterId === caller.personId && !forStranger;
}

const isOfHousehold = ({ householdId }: OrderRecord, caller: Caller): boolean =>
  householdId !== null && householdId === caller.householdId;

function contactOf(record: OrderRecord, caller: Caller): z.input<typeof Contact> {
  if (seesPeople(record, caller)) {
    return { clear: true, name: record.contactName, phone: record.contactPhone, bestTime: record.bestTime };
  }
  return {
    clear: false,
    name: record.contactName === null ? null : maskName(record.contactName),
    phone: maskPhone(record.contactPhone),
    bestTime: record.bestTime,
  };
}

function beneficiaryOf(record: OrderRecord, caller: Caller): string | null {
  const name =
    record.beneficiaryName ?? (record.beneficiaryId === record.requesterId ? null : record.beneficiaryPersonName);
  if (name === null) return null;
  return seesPeople(record, caller) ? name : maskName(name);
}

/** A helper by name; a resident masked, but for himself and for those who have the order in hand: also from each other. */
function somebody(name: string, role: string, isSelf: boolean, record: OrderRecord, caller: Caller) {
  const masked = role === 'resident' && !isSelf && !isPresentHandler(record, caller);
  return { name: masked ? maskName(name) : name, role, roleName: roleNameOf(role), onBehalfOf: null };
}

function presentHistory(
  row: HistoryRow,
  record: OrderRecord,
  caller: Caller,
  links: (thingId: string) => z.input<typeof PhotoLink>[],
): z.input<typeof HistoryItem> {
  return {
    id: row.id,
    action: row.action,
    name: actionName(row.thing, row.action),
    at: row.at.toISOString(),
    actor: somebody(row.actorName, row.actorRole, row.actorId === caller.personId, record, caller),
    fromState: row.fromState,
    toState: row.toState,
    taskId: row.thing === 'task' ? row.thingId : null,
    words: row.words,
    detail: detailOf(row.action, row.facts),
    photos: links(row.id),
  };
}

function presentAnswer(answer: AnswerRow, record: OrderRecord, caller: Caller): z.input<typeof Answer> {
  const byCallback = answer.method === 'callback';
  const name = byCallback ? (answer.recordedByName ?? '') : (answer.personName ?? '');
  return {
    by: somebody(name, byCallback ? 'deskLead' : 'resident', answer.personId === caller.personId, record, caller),
    method: answer.method,
    contacted: answer.contacted === 1,
    solved: answer.solved === 1,
    stars: answer.stars,
    words: answer.words,
    at: answer.at.toISOString(),
    decides: answer.decides === 1,
  };
}

const presentSupervision = (row: SupervisionRow): z.input<typeof Supervision> => ({
  by: { name: row.byName, role: row.byRole, roleName: roleNameOf(row.byRole), onBehalfOf: null },
  words: row.words,
  dueOn: row.dueOn,
  at: row.at.toISOString(),
  answeredAt: row.answeredAt?.toISOString() ?? null,
});

export const presentPhoto = (
  { id, width, height }: { id: string; width: number; height: number },
  keys: SigningKeys,
  now: Date,
): z.input<typeof PhotoLink> => ({
  id,
  width,
  height,
  thumb: signAddress({ id, kind: 'photo', size: 'thumb' }, keys, now),
  full: signAddress({ id, kind: 'photo', size: 'full' }, keys, now),
});

export const presentVoice = (
  { id, seconds }: { id: string; seconds: number },
  keys: SigningKeys,
  now: Date,
): z.input<typeof VoiceLink> => ({
  id,
  seconds,
  address: signAddress({ id, kind: 'voice', size: 'full' }, keys, now),
});
