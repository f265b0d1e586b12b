import { createHash } from 'node:crypto';
import type { Actor } from './advance';
import type { Order } from './order.entity';

/** SHA-256 of what was sent, with its keys in order: tells a repeat from another order under the same id. */
export const fingerprintOf = (sent: unknown): Buffer => createHash('sha256').update(canonical(sent)).digest();

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`)
    .join(',')}}`;
}

type Given = Pick<
  Order,
  | 'id'
  | 'source'
  | 'categoryId'
  | 'urgency'
  | 'visibility'
  | 'title'
  | 'deskKind'
  | 'fingerprint'
  | 'placeGridId'
  | 'deskGridId'
> &
  Partial<Order>;

/** A new order with nothing done yet. */
export const newOrder = (actor: Actor, given: Given): Order => ({
  state: 'placed',
  stage: 'open',
  version: 1,
  requesterId: null,
  beneficiaryId: null,
  beneficiaryName: null,
  householdId: null,
  contactName: null,
  contactPhone: null,
  bestTime: null,
  consent: null,
  words: null,
  publicSummary: null,
  address: null,
  lat: null,
  lng: null,
  countyId: null,
  townId: null,
  villageId: null,
  groupId: null,
  deskCountyId: null,
  deskTownId: null,
  deskVillageId: null,
  deskGroupId: null,
  deskPersonId: null,
  round: 1,
  reopens: 0,
  ruled: 0,
  moves: 0,
  asks: 0,
  suspends: 0,
  objected: 0,
  redirected: 0,
  meToos: 0,
  reminders: 0,
  supervisions: 0,
  callAttempts: 0,
  question: null,
  primaryId: null,
  followsId: null,
  convertedTo: null,
  convertedReference: null,
  outcome: null,
  closedHow: null,
  onTheSpot: 0,
  selfHandled: 0,
  inSample: 0,
  answeredContacted: null,
  answeredSolved: null,
  answeredStars: null,
  contactInTime: null,
  placedAt: actor.now,
  acceptedAt: null,
  reportedAt: null,
  closedAt: null,
  resumeAt: null,
  dueAt: null,
  ...given,
});

/** The record of an order that was made in this very transaction. */
export const freshRecord = (order: Order) => ({
  ...order,
  requesterName: null,
  beneficiaryPersonName: null,
  tasks: [],
  seats: [],
  parties: [],
  subjectIds: [],
  answeredIds: [],
  inspection: null,
  clocks: [],
  repeat: null,
  load: 0,
});
