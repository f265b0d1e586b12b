import type { Actor } from './advance';
import type { Order } from './order.entity';

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
  wordsHeld: 0,
  summaryHeld: 0,
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
  ...{ placedTownId: null, placedVillageId: null, placedGroupId: null },
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
  voiceSeconds: null,
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
