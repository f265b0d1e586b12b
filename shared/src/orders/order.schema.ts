import { z } from 'zod';
import { Gcj02, Instant, MaskedName, MaskedPhone, Phone, Ulid, codes, keys, text } from '../schemas';
import { orderLifecycle, type OrderAction, type OrderState } from './order.lifecycle';
import { seatLifecycle, taskLifecycle, type SeatState, type TaskAction, type TaskState } from './task.lifecycle';
import * as words from './order.words';

export const OrderStateCode = z.enum(keys<OrderState>(orderLifecycle.states)).meta({ id: 'OrderState' });
export const TaskStateCode = z.enum(keys<TaskState>(taskLifecycle.states)).meta({ id: 'TaskState' });
export const SeatStateCode = z.enum(keys<SeatState>(seatLifecycle.states)).meta({ id: 'SeatState' });
export const OrderActionCode = z.enum(keys<OrderAction>(orderLifecycle.actions)).meta({ id: 'OrderAction' });
export const TaskActionCode = z.enum(keys<TaskAction>(taskLifecycle.actions)).meta({ id: 'TaskAction' });
export const StageCode = z.enum(['open', 'working', 'done', 'stopped']).meta({ id: 'Stage' });
export const UrgencyCode = codes(words.urgencies).meta({ id: 'Urgency' });
export const VisibilityCode = codes(words.visibilities).meta({ id: 'Visibility' });
export const OutcomeCode = codes(words.outcomes).meta({ id: 'Outcome' });
export const SourceCode = codes(words.orderSources);
export const DeclineReasonCode = codes(words.declineReasons);
export const GiveBackReasonCode = codes(words.giveBackReasons);
export const SuspendReasonCode = codes(words.suspendReasons);
export const FaultKindCode = codes(words.faultKinds);
export const NoPhotoReasonCode = codes(words.noPhotoReasons);
export const ChannelCode = codes(words.channels);
export const TaskModeCode = codes(words.taskModes);
export const ContactMethodCode = codes(words.contactMethods);
export const SkillCode = codes(words.skills);

export const Words = text(words.orderLimits.words);
export const PhotoIds = z
  .array(Ulid)
  .max(words.orderLimits.photos, `最多 ${words.orderLimits.photos} 张照片`)
  .refine((ids) => new Set(ids).size === ids.length, '有重复的照片');

/** The three questions of 跟踪反馈: were you contacted, is it solved, are you content. */
export const ThreeAnswers = z.object({
  contacted: z.boolean('请回答有没有人联系您'),
  solved: z.boolean('请回答事情办好没有'),
  stars: z.int('请点一到五颗星').min(1, '请点一到五颗星').max(5, '请点一到五颗星'),
  words: Words.optional(),
});

/** Somebody in a story: a helper by name, a resident masked. */
export const Somebody = z
  .object({ name: z.string(), role: z.string(), roleName: z.string(), onBehalfOf: z.string().nullable() })
  .meta({ id: 'Somebody' });

export const PhotoLink = z
  .object({
    ...{ id: Ulid, thumb: z.string(), full: z.string(), width: z.int(), height: z.int() },
    /** 内容检查: others do not see it, at least not yet. */
    held: z.boolean().optional(),
    /** Not any more either: a person has hidden it. */
    hidden: z.boolean().optional(),
  })
  .meta({ id: 'PhotoLink' });
export const VoiceLink = z
  .object({
    ...{ id: Ulid, address: z.string(), seconds: z.int() },
    /** 听写: as a machine has heard it, with its faults; null where none has. */
    words: z.string().nullable(),
    /** As with a photo. */
    ...{ held: z.boolean().optional(), hidden: z.boolean().optional() },
  })
  .meta({ id: 'VoiceLink' });

export const GridPlace = z
  .object({
    gridId: Ulid,
    town: z.string().nullable(),
    village: z.string().nullable(),
    group: z.string().nullable(),
  })
  .meta({ id: 'GridPlace' });

/** Where it was placed, as the grids are called now; `formerly`: what the place was called on that day, if otherwise. */
export const OrderPlace = GridPlace.extend({ formerly: z.string().nullable() }).meta({ id: 'OrderPlace' });

export const CategoryBrief = z
  .object({ id: z.string(), name: z.string(), field: z.string() })
  .meta({ id: 'CategoryBrief' });

/** Where the resident is in four sentences: 收到了 → 有人接了 → 办好了 → 您说行不行. 0 when it has stopped. */
export const PlainStep = z.int().min(0).max(4);

export const OrderCard = z
  .object({
    id: Ulid,
    title: z.string(),
    category: CategoryBrief,
    urgency: UrgencyCode,
    visibility: VisibilityCode,
    state: OrderStateCode,
    stateName: z.string(),
    stage: StageCode,
    step: PlainStep,
    place: OrderPlace,
    /** `servedBy`: 代管, nobody is at the desk and this one does its work. */
    desk: z.object({ gridId: Ulid, name: z.string(), servedBy: z.string().nullable() }),
    placedAt: Instant,
    dueAt: Instant.nullable(),
    overdue: z.boolean(),
    requester: MaskedName.nullable(),
    holder: z.string().nullable(),
    meToo: z.int(),
    /** The caller's own: placed by him or for him, or his was merged into it. */
    mine: z.boolean(),
    reminders: z.int(),
    supervised: z.boolean(),
    /** A confidential order nobody has opened yet: no words, no people until a desk person opens it. */
    sealed: z.boolean(),
    gcj02: Gcj02.nullable(),
    /** Something was said instead of written; null where nothing was, or it is not for the caller. */
    voiceSeconds: z.int().nullable(),
    metres: z.int().nullable(),
    allows: z.array(OrderActionCode),
  })
  .meta({ id: 'OrderCard' });

/** Clear for the present handlers and the person himself; masked for everybody else (schemas refuse a mix-up). */
export const Contact = z
  .discriminatedUnion('clear', [
    z.object({
      clear: z.literal(true),
      name: z.string().nullable(),
      phone: Phone.nullable(),
      bestTime: z.string().nullable(),
    }),
    z.object({
      clear: z.literal(false),
      name: MaskedName.nullable(),
      phone: MaskedPhone.nullable(),
      bestTime: z.string().nullable(),
    }),
  ])
  .meta({ id: 'Contact' });

export const HistoryItem = z
  .object({
    id: Ulid,
    action: z.string(),
    name: z.string(),
    at: Instant,
    actor: Somebody,
    /** The caller's own. */
    mine: z.boolean().optional(),
    fromState: z.string().nullable(),
    toState: z.string().nullable(),
    taskId: Ulid.nullable(),
    words: z.string().nullable(),
    /** 内容检查: others do not see the words. */
    held: z.boolean().optional(),
    /** Not any more either: a person has hidden it. */
    hidden: z.boolean().optional(),
    /** One line a person understands, e.g. 转到 碧塘村. */
    detail: z.string().nullable(),
    photos: z.array(PhotoLink),
  })
  .meta({ id: 'HistoryItem' });

export const Seat = z
  .object({
    personId: Ulid,
    name: z.string(),
    kindName: z.string(),
    state: SeatStateCode,
    promisedAt: Instant.nullable(),
    /** 换届: asked whether he goes on with it, to answer until then. */
    askedUntil: Instant.nullable(),
    mine: z.boolean(),
  })
  .meta({ id: 'Seat' });

export const TaskItem = z
  .object({
    id: Ulid,
    orderId: Ulid,
    mode: TaskModeCode,
    state: TaskStateCode,
    stateName: z.string(),
    stage: StageCode,
    required: z.boolean(),
    round: z.int(),
    note: z.string().nullable(),
    skill: SkillCode.nullable(),
    partyMembersOnly: z.boolean(),
    places: z.int(),
    taken: z.int(),
    scope: z.object({ gridId: Ulid, name: z.string() }),
    assignee: z.string().nullable(),
    seats: z.array(Seat),
    external: z
      .object({
        unit: z.string(),
        contact: z.string().nullable(),
        letterNumber: z.string().nullable(),
        dueOn: z.string().nullable(),
        keeper: z.string().nullable(),
        answer: z.string().nullable(),
      })
      .nullable(),
    outcome: OutcomeCode.nullable(),
    words: z.string().nullable(),
    noPhotoReason: NoPhotoReasonCode.nullable(),
    onTheSpot: z.boolean(),
    overturned: z.boolean(),
    offeredAt: Instant,
    claimDueAt: Instant.nullable(),
    contactDueAt: Instant.nullable(),
    contactedAt: Instant.nullable(),
    handleDueAt: Instant.nullable(),
    promisedAt: Instant.nullable(),
    reportedAt: Instant.nullable(),
    photos: z.array(PhotoLink),
    allows: z.array(TaskActionCode),
  })
  .meta({ id: 'Task' });

export const Answer = z
  .object({
    by: Somebody,
    method: z.enum(['self', 'callback']),
    contacted: z.boolean(),
    solved: z.boolean(),
    stars: z.int(),
    words: z.string().nullable(),
    at: Instant,
    decides: z.boolean(),
  })
  .meta({ id: 'Answer' });

export const Supervision = z
  .object({
    by: Somebody,
    words: z.string(),
    dueOn: z.string().nullable(),
    at: Instant,
    answeredAt: Instant.nullable(),
  })
  .meta({ id: 'Supervision' });

export const OrderDetail = OrderCard.extend({
  view: z.enum(['public', 'party', 'staff']),
  words: z.string().nullable(),
  /** 内容检查: others do not see the words yet, or the village the summary; told to those who do see them. */
  wordsHeld: z.boolean(),
  /** A person has hidden them. */
  wordsHidden: z.boolean(),
  summaryHeld: z.boolean(),
  publicSummary: z.string().nullable(),
  voice: VoiceLink.nullable(),
  photos: z.array(PhotoLink),
  address: z.string().nullable(),
  source: SourceCode,
  contact: Contact.nullable(),
  beneficiary: z.string().nullable(),
  consent: z.string().nullable(),
  round: z.int(),
  reopens: z.int(),
  /** Decided in review: the resident still rates, and says whether it is solved, but nothing is done again. */
  ruled: z.boolean(),
  moves: z.int(),
  asks: z.int(),
  question: z.string().nullable(),
  outcome: OutcomeCode.nullable(),
  closedHow: z.enum(['self', 'callback', 'silent', 'review', 'inspection']).nullable(),
  closedAt: Instant.nullable(),
  selfHandled: z.boolean(),
  resumeAt: Instant.nullable(),
  primaryId: Ulid.nullable(),
  followsId: Ulid.nullable(),
  convertedTo: ChannelCode.nullable(),
  supervision: z.array(Supervision),
  answers: z.array(Answer),
  tasks: z.array(TaskItem),
  history: z.array(HistoryItem),
}).meta({ id: 'OrderDetail' });

/** What an action answers: small, from memory; the app asks for the detail where it needs it. */
export const OrderActionReply = z
  .object({
    orderId: Ulid,
    state: OrderStateCode,
    stateName: z.string(),
    stage: StageCode,
    dueAt: Instant.nullable(),
    allows: z.array(OrderActionCode),
  })
  .meta({ id: 'OrderActionReply' });
