import type { Permission } from '@sandan/shared/access/roles';
import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import type { Caller } from '../../foundation/access/caller';
import type { RowSource, Rule } from '../../foundation/access/rules';
import { snakeOf } from '../../foundation/database/rows';
import type { OrderRecord } from './order-record';

/** The row rules of an order: data, read as sentences. See foundation/access/rules.ts. */
export type OrderColumn =
  | 'requesterId'
  | 'beneficiaryId'
  | 'householdId'
  | 'deskPersonId'
  | 'visibility'
  | 'deskKind'
  | 'source'
  | 'state'
  | 'categoryId'
  | 'publicSummary'
  | 'summaryHeld'
  | 'inSample';
export type OrderRelation = 'handler' | 'presentHandler' | 'assignee' | 'merged' | 'subject';
export type OrderRule = Rule<OrderColumn, OrderRelation>;

export const orderSource: RowSource<OrderColumn, OrderRelation> = {
  sqlColumn: (column) => `o.${snakeOf(column)}`,
  sqlTier: (prefix, tier) => (prefix === '' ? `o.${tier}_id` : `o.${prefix}_${tier}_id`),
  sqlRelation: {
    handler: `EXISTS (SELECT 1 FROM task_claim x WHERE x.order_id = o.id AND x.person_id = ? AND x.state IN ('taken', 'reported'))`,
    presentHandler: `EXISTS (SELECT 1 FROM task_claim x JOIN task z ON z.id = x.task_id WHERE x.order_id = o.id
      AND x.person_id = ? AND x.state IN ('taken', 'reported') AND z.round = o.round)`,
    assignee: `EXISTS (SELECT 1 FROM task z WHERE z.order_id = o.id AND z.state IN ('offered', 'claimed') AND ? IN (z.assignee_id, z.receiver_id))`,
    merged: `EXISTS (SELECT 1 FROM order_party x WHERE x.order_id = o.id AND x.kind = 'merged' AND x.person_id = ?)`,
    subject: 'EXISTS (SELECT 1 FROM order_subject x WHERE x.order_id = o.id AND x.person_id = ?)',
  },
  people: (row, relation) => peopleOf(row as unknown as OrderRecord, relation),
};

function peopleOf(record: OrderRecord, relation: OrderRelation): string[] {
  switch (relation) {
    case 'handler':
      return heldSeats(record).map(({ personId }) => personId);
    case 'presentHandler':
      return presentSeats(record).map(({ personId }) => personId);
    case 'assignee':
      return record.tasks
        .filter(({ state }) => state === 'offered' || state === 'claimed')
        .flatMap(({ assigneeId, receiverId }) => [assigneeId, receiverId])
        .filter((id) => id !== null);
    case 'merged':
      return record.parties.filter(({ kind }) => kind === 'merged').map(({ personId }) => personId);
    case 'subject':
      return record.subjectIds;
  }
}

/** Seats of people who have or had it in hand, of any round; whoever gave it back or handed it over is out of it. */
const heldSeats = (record: OrderRecord): OrderRecord['seats'] =>
  record.seats.filter(({ state }) => state === 'taken' || state === 'reported');

/** Whose order it is: who asked for it, whom it is for, and whose own was merged into it. */
export const isParty = (record: OrderRecord, personId: string): boolean =>
  [record.requesterId, record.beneficiaryId].includes(personId) ||
  record.parties.some((party) => party.personId === personId && party.kind === 'merged');

/** 并单: whose own was merged into it, and who has nothing else to do with it. */
export const isOnlyJoined = (record: OrderRecord, caller: Pick<Caller, 'caresFor' | 'personId'>): boolean =>
  isParty(record, caller.personId) &&
  ![record.requesterId, record.beneficiaryId].includes(caller.personId) &&
  !isCarer(record, caller);

/** 照看: whoever cares for the household reads its orders as its people do; what he has in hand himself, as a handler. */
export const isCarer = (record: OrderRecord, { caresFor, personId }: Pick<Caller, 'caresFor' | 'personId'>): boolean =>
  caresFor.includes(record.householdId ?? '') && !presentSeats(record).some((seat) => seat.personId === personId);

/** Seats of people who have the order in hand: of the present round. */
export function presentSeats(record: OrderRecord): OrderRecord['seats'] {
  const present = new Set(record.tasks.filter(({ round }) => round === record.round).map(({ id }) => id));
  return heldSeats(record).filter(({ taskId }) => present.has(taskId));
}

const anyOf = (...rules: OrderRule[]): OrderRule => ({ kind: 'anyOf', rules });
const allOf = (...rules: OrderRule[]): OrderRule => ({ kind: 'allOf', rules });
const not = (rule: OrderRule): OrderRule => ({ kind: 'not', rule });
const me = (column: OrderColumn): OrderRule => ({ kind: 'me', column });
const is = (column: OrderColumn, ...values: (string | number | null)[]): OrderRule => ({ kind: 'is', column, values });
const among = (relation: OrderRelation): OrderRule => ({ kind: 'among', relation });

const confidential = is('visibility', 'confidential');
const subject = among('subject');
/** 回避: the household concerned, and a resident's own order. */
const ownAffair = anyOf(
  { kind: 'myHousehold', column: 'householdId' },
  allOf(me('requesterId'), is('source', 'resident', 'family')),
);

/** Whoever holds the permission over the desk's grid; 作风反映 is the discipline desk's alone. */
const overDesk = (permission: Permission, exactly = false): OrderRule =>
  anyOf(
    allOf(is('deskKind', 'desk'), {
      ...{ kind: 'within', permission, prefix: 'desk', notRole: 'disciplineDesk', exactly },
      ...(exactly ? { servesFor: 'desk' } : {}),
    }),
    allOf(is('deskKind', 'discipline'), {
      kind: 'within',
      permission,
      prefix: 'desk',
      role: 'disciplineDesk',
      exactly,
      ...(exactly ? { servesFor: 'discipline' } : {}),
    }),
  );

/** 研判台: reaches the desk's grid; a confidential order only by the named person, or at that very desk while unnamed (代管: the desk that serves it). */
const desk = (permission: Permission): OrderRule =>
  allOf(
    overDesk(permission),
    anyOf(not(confidential), me('deskPersonId'), allOf(is('deskPersonId', null), overDesk(permission, true))),
    not(subject),
    not(ownAffair),
  );

/** 上级, 督查, 驻村: over the place or the desk, never into what is confidential or another desk's kind. */
const watches = (permission: Permission): OrderRule =>
  allOf(
    is('deskKind', 'desk'),
    not(confidential),
    not(subject),
    anyOf(
      { kind: 'within', permission, prefix: '', notRole: 'disciplineDesk' },
      { kind: 'within', permission, prefix: 'desk', notRole: 'disciplineDesk' },
    ),
  );

/** 村务: the village supervisor watches what is asked and suggested about the village's own affairs. */
const affairs: OrderRule = allOf(is('categoryId', 'suggestion', 'villageAccounts'), not(confidential), not(subject), {
  kind: 'within',
  permission: 'order.readAffairs',
  prefix: '',
});

/** A drawn inspector sees a confidential order too (domain.md §3.5). */
const inspects = (permission: Permission): OrderRule =>
  anyOf(
    watches(permission),
    allOf(confidential, is('inSample', 1), { kind: 'within', permission, prefix: '' }, not(subject)),
  );

const requester = anyOf(me('requesterId'), allOf(me('beneficiaryId'), not(confidential)));
/** Those whose own order was merged into it; of a confidential order nobody but the requester is left (domain.md §3.5). */
export const requesters = anyOf(requester, allOf(among('merged'), not(confidential)));

/** Whoever handles it, or did; a confidential order only as long as he has it in hand. */
const handler = anyOf(allOf(among('handler'), not(confidential)), among('presentHandler'));

/** 照看: children away see what their parents' household has asked for, but for what is confidential. */
const carer = allOf({ kind: 'caredHousehold', column: 'householdId' }, not(confidential));

/** May read it as a person concerned or as staff. */
export const readRule: OrderRule = anyOf(
  requesters,
  allOf(carer, not(subject)),
  allOf(
    not(subject),
    anyOf(handler, among('assignee'), desk('order.desk'), watches('order.read'), inspects('order.inspect'), affairs),
  ),
);

/** Staff's part of it: what stands in the lists of the desk and of the posts that watch. */
export const deskListRule: OrderRule = allOf(
  not(subject),
  anyOf(desk('order.desk'), watches('order.read'), inspects('order.inspect'), affairs),
);

/** What of that may be looked through: a confidential order is found by no search (domain.md §3.5). */
export const searchRule: OrderRule = not(confidential);

/** The tasks of what stands there; a sealed order is opened first. */
export const deskTasksRule: OrderRule = allOf(deskListRule, not(allOf(confidential, is('deskPersonId', null))));

/** A rewritten summary is shown in the own village: then a neighbour may read that and say 我也是. */
export const publicRule: OrderRule = allOf(
  not(confidential),
  not(is('publicSummary', null)),
  is('summaryHeld', 0),
  is(
    'state',
    'accepted',
    'dispatched',
    'handling',
    'suspended',
    'checking',
    'reported',
    'confirmed',
    'unanswered',
    'archived',
  ),
  not(subject),
  { kind: 'homeVillage', prefix: '' },
);

/** Who may do it here, whatever the state. System actions are nobody's. */
const nobody: OrderRule = anyOf();
const anyone: OrderRule = { kind: 'anyone' };

export const orderPolicy: Record<OrderAction, OrderRule> = {
  place: anyone,
  placeDirect: anyone,
  settle: anyOf(
    desk('order.settle'),
    // 中心户, 小网格长, 网格员: who watches the place. A helper on a visit places what he settles (placeSettled).
    allOf(
      watches('order.settle'),
      watches('order.read'),
      { kind: 'within', permission: 'order.settle', prefix: '' },
      not(ownAffair),
    ),
  ),
  open: allOf(confidential, is('deskPersonId', null), desk('order.open')),
  ask: desk('order.ask'),
  answer: anyOf(requester, desk('order.accept')),
  lapseAnswer: nobody,
  accept: desk('order.accept'),
  decline: desk('order.decline'),
  object: requester,
  merge: desk('order.merge'),
  unmerge: desk('order.unmerge'),
  escalate: anyOf(desk('order.escalate'), allOf(watches('order.escalate'), not(ownAffair))),
  sendDown: desk('order.sendDown'),
  redirect: desk('order.redirect'),
  dispatch: desk('order.dispatch'),
  convert: desk('order.convert'),
  takeBack: desk('order.takeBack'),
  suspend: desk('order.suspend'),
  resume: desk('order.resume'),
  derive: nobody,
  verify: desk('order.verify'),
  sendBack: desk('order.sendBack'),
  confirm: requesters,
  recordCallback: anyOf(desk('order.recordCallback'), allOf(watches('order.recordCallback'), not(ownAffair))),
  reopen: requesters,
  appealUp: requesters,
  orderRedo: anyOf(desk('order.orderRedo'), allOf(watches('order.orderRedo'), not(ownAffair))),
  closeReview: anyOf(desk('order.closeReview'), allOf(watches('order.closeReview'), not(ownAffair))),
  lapseFeedback: nobody,
  withdraw: anyOf(me('requesterId'), desk('order.verify')),
  inspect: allOf(inspects('order.inspect'), not(ownAffair)),
  appealFault: among('handler'),
  decideAppeal: allOf(inspects('order.decideAppeal'), not(ownAffair)),
  settleFault: nobody,
  archive: nobody,
  remind: anyOf(requesters, carer),
  supervise: watches('order.supervise'),
  answerSupervision: desk('order.answerSupervision'),
  // Of the requesters' own the guard says so, in better words than a missing right.
  meToo: anyOf(publicRule, requesters),
  extend: desk('order.extend'),
  reclassify: desk('order.reclassify'),
  protect: anyOf(me('requesterId'), desk('order.accept'), watches('order.inspect')),
  correctPerson: desk('order.correctPerson'),
  noteCall: anyOf(desk('order.noteCall'), allOf(watches('order.recordCallback'), not(ownAffair))),
};
