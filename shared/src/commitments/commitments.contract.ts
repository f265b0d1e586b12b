import { z } from 'zod';
import { endpoint, kebab } from '../endpoint';
import { PhotoIds, StageCode } from '../orders/order.schema';
import { ActionId, Page, Ulid, pageOf, text } from '../schemas';
import { commitmentLifecycle, type CommitmentAction } from './commitment.lifecycle';
import {
  ChangeKindCode,
  CommitmentActionReply,
  CommitmentContent,
  CommitmentDetail,
  CommitmentStateCode,
  CommitmentWords,
  Day,
  Delivery,
  DraftCommitment,
  FieldCode,
  KindCode,
  ListedCommitment,
  Progress,
  ReleaseReasonCode,
  ResultCode,
} from './commitment.schema';
import { commitmentLimits } from './commitment.words';

const CommitmentId = z.object({ commitmentId: Ulid });

/** POST /commitments/:commitmentId/<action>: the word of the lifecycle, the permission and the path are one. */
const act = <const A extends CommitmentAction, const B extends z.ZodRawShape>(action: A, fields: B) =>
  endpoint({
    method: 'post',
    path: `/commitments/:commitmentId/${kebab(action)}`,
    permission: `commitment.${action}`,
    summary: commitmentLifecycle.actions[action].name,
    params: CommitmentId,
    body: ActionId.extend(fields),
    reply: CommitmentActionReply,
  });

/** Several deeds in one press, each in a transaction of its own: what went wrong is told beside what went well. */
const several = <T extends { commitmentId: string }>(item: z.ZodType<T>) =>
  ActionId.extend({
    items: z
      .array(item)
      .min(1, '请至少选一件')
      .max(commitmentLimits.bulk, `一次最多 ${commitmentLimits.bulk} 件`)
      .refine((items) => new Set(items.map(({ commitmentId }) => commitmentId)).size === items.length, '有重复的'),
  });
const BulkReply = z
  .object({
    done: z.array(Ulid),
    refused: z.array(z.object({ commitmentId: Ulid, code: z.string(), title: z.string() })),
  })
  .meta({ id: 'BulkReply' });

const Answer = { words: CommitmentWords };
/** The words as they were read: what was rewritten meanwhile is not decided unseen, and nobody learns whose they are. */
const SaidWords = { said: CommitmentWords };
/** The answer is public in any case; words that the content check has held back stay so if the one who answers says so. */
const AnswerToSaid = { ...Answer, keepHeld: z.boolean().optional() };

export const commitmentsApi = {
  draft: endpoint({
    method: 'put',
    path: '/commitments/:commitmentId',
    permission: 'commitment.draft',
    summary: '拟诺',
    params: CommitmentId,
    body: DraftCommitment,
    reply: CommitmentDetail,
  }),
  list: endpoint({
    method: 'get',
    path: '/commitments',
    permission: 'commitment.read',
    summary: '承诺墙',
    query: Page.extend({
      /** wall: what is public here; mine: mine or for me to keep; review: for me to decide. */
      scope: z.enum(['wall', 'mine', 'review']).default('wall'),
      roundId: Ulid.optional(),
      organizationId: Ulid.optional(),
      personId: Ulid.optional(),
      kind: KindCode.optional(),
      field: FieldCode.optional(),
      stage: StageCode.optional(),
      status: CommitmentStateCode.optional(),
      overdue: z.stringbool().optional(),
      /** Only what is promised to the village I live in, or to the whole town. */
      here: z.stringbool().optional(),
      /** The deeds this order belongs to. */
      orderId: Ulid.optional(),
      q: text(40).optional(),
    }),
    reply: pageOf(ListedCommitment),
  }),
  counts: endpoint({
    method: 'get',
    path: '/commitments/counts',
    permission: 'commitment.read',
    summary: '承诺的待办数（数到 99）',
    reply: z.object({
      /** What waits for me to decide, by the queue in which it stands; null for who decides nothing. */
      review: z
        .object({
          total: z.int(),
          submitted: z.int(),
          approved: z.int(),
          delivered: z.int(),
          /** A change to decide or an opinion to answer. */
          published: z.int(),
          disputed: z.int(),
        })
        .nullable(),
      /** My own promises of the year that runs; null for who owes none. */
      mine: z
        .object({
          roundId: Ulid,
          year: z.int(),
          owed: z.int(),
          written: z.int(),
          /** 还差几件. */
          toWrite: z.int(),
          draftsUntil: Day,
          dueSoon: z.int(),
          overdue: z.int(),
        })
        .nullable(),
    }),
  }),
  read: endpoint({
    method: 'get',
    path: '/commitments/:commitmentId',
    permission: 'commitment.read',
    summary: '承诺详情',
    params: CommitmentId,
    reply: CommitmentDetail,
  }),
  approveMany: endpoint({
    method: 'post',
    path: '/commitments/approve-many',
    permission: 'commitment.approve',
    summary: '批量审诺',
    body: several(CommitmentId.extend({ version: z.int() })),
    reply: BulkReply,
  }),
  publishMany: endpoint({
    method: 'post',
    path: '/commitments/publish-many',
    permission: 'commitment.publish',
    summary: '整个支部一起亮诺',
    body: several(CommitmentId),
    reply: BulkReply,
  }),

  rewrite: act('rewrite', {
    content: CommitmentContent,
    /** Left out: as it was. */
    responsibleId: Ulid.optional(),
    helperIds: DraftCommitment.shape.helperIds,
  }),
  submit: act('submit', {}),
  recall: act('recall', {}),
  return: act('return', Answer),
  approve: act('approve', {
    /** The version that was read: a promise rewritten meanwhile is not approved unseen. */
    version: z.int(),
    meetingOn: z.iso.date('日期格式不对').optional(),
    vote: text(60).optional(),
  }),
  publish: act('publish', {}),
  opine: act('opine', Answer),
  answerOpinion: act('answerOpinion', { opinionId: Ulid, ...AnswerToSaid }),
  progress: act('progress', Progress),
  linkOrder: act('linkOrder', { orderId: Ulid }),
  requestChange: act('requestChange', {
    kind: ChangeKindCode,
    reason: CommitmentWords,
    content: CommitmentContent.optional(),
  }),
  approveChange: act('approveChange', { changeId: Ulid, words: CommitmentWords.optional() }),
  refuseChange: act('refuseChange', { changeId: Ulid, ...Answer }),
  deliver: act('deliver', Delivery),
  takeBack: act('takeBack', {}),
  accept: act('accept', {
    onSite: z.boolean().default(false),
    words: CommitmentWords.optional(),
    photoIds: PhotoIds.default([]),
  }),
  reject: act('reject', { ...Answer, mendBy: z.iso.date('日期格式不对') }),
  dispute: act('dispute', { ...Answer, photoIds: PhotoIds.default([]) }),
  uphold: act('uphold', { ...AnswerToSaid, mendBy: z.iso.date('日期格式不对') }),
  dismiss: act('dismiss', AnswerToSaid),
  rate: act('rate', {
    stars: z.int('请点一到五颗星').min(1, '请点一到五颗星').max(5, '请点一到五颗星'),
    words: CommitmentWords.optional(),
  }),
  showWords: act('showWords', SaidWords),
  hideWords: act('hideWords', SaidWords),
  withdraw: act('withdraw', { words: CommitmentWords.optional() }),
  release: act('release', { reason: ReleaseReasonCode, ...Answer }),
  askCorrection: act('askCorrection', { result: ResultCode, ...Answer }),
  correct: act('correct', {}),
};
