import { z } from 'zod';
import { NoPhotoReasonCode, PhotoIds, PhotoLink, Somebody, StageCode } from '../orders/order.schema';
import { Instant, Ulid, codes, keys, text } from '../schemas';
import { commitmentLifecycle, type CommitmentAction, type CommitmentState } from './commitment.lifecycle';
import * as words from './commitment.words';

const limits = words.commitmentLimits;

export const CommitmentStateCode = z
  .enum(keys<CommitmentState>(commitmentLifecycle.states))
  .meta({ id: 'CommitmentState' });
export const CommitmentActionCode = z
  .enum(keys<CommitmentAction>(commitmentLifecycle.actions))
  .meta({ id: 'CommitmentAction' });
export const KindCode = codes(words.commitmentKinds, '请选择承诺的种类').meta({ id: 'CommitmentKind' });
export const FieldCode = codes(words.commitmentFields, '请选择属于哪一类').meta({ id: 'CommitmentField' });
export const ChangeKindCode = codes(words.changeKinds);
export const ReleaseReasonCode = codes(words.releaseReasons);
export const ResultCode = z.enum(words.commitmentResults, '请选择一项').meta({ id: 'CommitmentResult' });

export const CommitmentWords = text(limits.words);
export const Day = z.iso.date('日期格式不对').meta({ id: 'Day', example: '2026-11-30' });
/** Of what can be counted: 100 米, 24 次. */
export const Quantity = z.number('请填数量').positive('数量要大于 0').max(10_000_000, '数量太大了');

/** What a promise says: the part that gets a version of its own at every change. */
export const Content = z.object({
  title: text(limits.title),
  /** What exactly, where, to what standard. */
  words: CommitmentWords,
  field: FieldCode,
  quantity: Quantity.nullable().default(null),
  unit: text(limits.unit).nullable().default(null),
  /** For whom: the grid whose residents may rate and dispute it; words for households (general, no names). */
  forGridId: Ulid,
  forWords: text(limits.forWords).nullable().default(null),
  /** The last day, within the year. */
  deadline: Day,
  /** 分 */
  money: z.int('请填整数').min(0).max(100_000_000_000).nullable().default(null),
  moneySource: text(limits.moneySource).nullable().default(null),
});

const pairs = (content: { quantity: number | null; unit: string | null }): boolean =>
  (content.quantity === null) === (content.unit === null);
const pairFault = { path: ['unit'], message: '数量和单位要一起填' };

export const CommitmentContent = Content.refine(pairs, pairFault).meta({ id: 'CommitmentContent' });

/** 拟诺. `organizationId` for the deeds of an organisation; left out, it is one's own. */
export const DraftCommitment = Content.extend({
  roundId: Ulid,
  kind: KindCode,
  organizationId: Ulid.optional(),
  /** Whose deed it is, when the secretary writes for a member without a phone. */
  personId: Ulid.optional(),
  responsibleId: Ulid.optional(),
  helperIds: z.array(Ulid).max(limits.helpers, `最多 ${limits.helpers} 人`).default([]),
  beforePhotoIds: PhotoIds.default([]),
  /** The order it grows out of: the same fact is never typed twice. */
  orderId: Ulid.optional(),
  /** Why it comes after drafting has ended. */
  lateReason: text(200).optional(),
})
  .refine(pairs, pairFault)
  .meta({ id: 'DraftCommitment' });

const Member = z.object({ personId: Ulid, name: z.string() }).meta({ id: 'MemberBrief' });
export const Organization = z.object({ id: Ulid, name: z.string() }).meta({ id: 'OrganizationBrief' });

export const MemberOfOrganization = Member.extend({ organizationName: z.string() }).meta({
  id: 'MemberOfOrganization',
});

export const Rating = z
  .object({
    raters: z.int(),
    /** Null below five raters: nobody shall guess who gave it. */
    stars: z.number().nullable(),
    mine: z.int().nullable(),
  })
  .meta({ id: 'Rating' });

export const CommitmentCard = z
  .object({
    id: Ulid,
    roundId: Ulid,
    year: z.int(),
    kind: KindCode,
    kindName: z.string(),
    state: CommitmentStateCode,
    stateName: z.string(),
    stage: StageCode,
    /** Of the words: what is approved is what was read. */
    version: z.int(),
    title: z.string(),
    field: FieldCode,
    fieldName: z.string(),
    organization: Organization,
    person: Member.nullable(),
    responsible: Member.nullable(),
    quantity: z.number().nullable(),
    unit: z.string().nullable(),
    quantityDone: z.number(),
    percent: z.int(),
    deadline: Day,
    daysLeft: z.int(),
    overdue: z.boolean(),
    forName: z.string(),
    rating: Rating,
    allows: z.array(CommitmentActionCode),
  })
  .meta({ id: 'CommitmentCard' });

/** A card on the wall: how it looked before, and after, where there are pictures of both or of one. */
export const ListedCommitment = CommitmentCard.extend({
  pair: z.object({ before: PhotoLink.nullable(), after: PhotoLink.nullable() }).nullable(),
}).meta({ id: 'ListedCommitment' });

export const CommitmentStep = z
  .object({
    id: Ulid,
    action: z.string(),
    name: z.string(),
    at: Instant,
    actor: Somebody,
    words: z.string().nullable(),
    /** 内容检查: others do not see the words, at least not yet. */
    held: z.boolean(),
    /** Not any more either: a person has hidden it. */
    hidden: z.boolean().optional(),
    percent: z.int().nullable(),
    quantityDone: z.number().nullable(),
    photos: z.array(PhotoLink),
  })
  .meta({ id: 'CommitmentStep' });

export const CommitmentVersion = z
  .object({ number: z.int(), content: Content, at: Instant, by: z.string(), reason: z.string().nullable() })
  .meta({ id: 'CommitmentVersion' });

const Answered = { answer: z.string().nullable(), answeredAt: Instant.nullable(), answeredBy: z.string().nullable() };

/**
 * What somebody said in public. Words that have not passed the content check are null for everybody but their author and
 * whoever must answer them.
 */
const Said = {
  ...{ id: Ulid, words: z.string().nullable(), at: Instant, by: z.string(), mine: z.boolean() },
  /** Not shown to others, at least not yet. */
  held: z.boolean(),
  ...Answered,
};

export const CommitmentOpinion = z.object(Said).meta({ id: 'CommitmentOpinion' });

export const CommitmentDispute = z
  .object({
    ...Said,
    dueAt: Instant,
    upheld: z.boolean().nullable(),
    photos: z.array(PhotoLink),
  })
  .meta({ id: 'CommitmentDispute' });

export const CommitmentChange = z
  .object({
    id: Ulid,
    kind: ChangeKindCode,
    kindName: z.string(),
    reason: z.string(),
    content: Content.nullable(),
    held: z.boolean(),
    /** Not any more either: a person has hidden it. */
    hidden: z.boolean().optional(),
    at: Instant,
    by: z.string(),
    state: z.enum(['open', 'approved', 'refused']),
    ...Answered,
  })
  .meta({ id: 'CommitmentChange' });

export const CommitmentDetail = CommitmentCard.extend({
  ...Content.pick({ words: true, forGridId: true, forWords: true, money: true, moneySource: true }).shape,
  helpers: z.array(Member),
  versions: z.array(CommitmentVersion),
  publishedAt: Instant.nullable(),
  opinionsUntil: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  /** Delivered less than promised. */
  partly: z.boolean(),
  carriesOver: z.boolean(),
  before: z.array(PhotoLink),
  after: z.array(PhotoLink),
  history: z.array(CommitmentStep),
  opinions: z.array(CommitmentOpinion),
  disputes: z.array(CommitmentDispute),
  changes: z.array(CommitmentChange),
  /** What was ordered under it and may be seen by everybody; the others are only counted. */
  orders: z.array(z.object({ id: Ulid, title: z.string(), stateName: z.string(), stage: StageCode })),
  otherOrders: z.int(),
  /** What raters wrote, without their names: for whoever answers for the deed, and for everybody from five raters on. */
  ratings: z.array(
    z.object({
      stars: z.int(),
      words: z.string(),
      mine: z.boolean(),
      /** Not passed by the content check, so that others do not see it. */
      held: z.boolean(),
      /** Held, and nobody has decided yet. */
      waits: z.boolean(),
    }),
  ),
  /** Hints for the author alone (尽力, 加强, no number …): they warn and never block. */
  hints: z.array(z.object({ code: z.string(), words: z.string() })),
}).meta({ id: 'Commitment' });

export const CommitmentActionReply = z
  .object({
    commitmentId: Ulid,
    state: CommitmentStateCode,
    stateName: z.string(),
    version: z.int(),
    allows: z.array(CommitmentActionCode),
  })
  .meta({ id: 'CommitmentActionReply' });

/** A report of progress; delivering also wants photos or a reason for none (无必要不拍照). */
export const Progress = {
  words: CommitmentWords,
  percent: z.int('请填 0 到 100').min(0, '请填 0 到 100').max(100, '请填 0 到 100').optional(),
  quantityDone: z.number('请填数量').min(0, '数量不能小于 0').max(10_000_000, '数量太大了').optional(),
  photoIds: PhotoIds.default([]),
};
export const Delivery = {
  words: CommitmentWords,
  quantityDone: Progress.quantityDone,
  photoIds: PhotoIds.default([]),
  noPhotoReason: NoPhotoReasonCode.optional(),
};
