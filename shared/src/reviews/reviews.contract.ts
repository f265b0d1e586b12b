import { z } from 'zod';
import { endpoint } from '../endpoint';
import { PhotoLink, VoiceLink } from '../orders/order.schema';
import { ActionId, Instant, Page, Ulid, keys, pageOf, text } from '../schemas';
import { checkStates, checkedThings, complaintReasons, hideReasons, reviewLimits } from './review.words';

const CheckedName = z.enum(keys(checkedThings));
const StateCode = z.enum(keys(checkStates)).meta({ id: 'CheckState' });
const HideReason = z.enum(keys(hideReasons), '请选一个原因');
const ComplaintReason = z.enum(keys(complaintReasons), '请选一个原因');

/** One thing that waits for a person, as others would see it; who wrote it and who complained stands nowhere. */
export const Review = z
  .object({
    id: Ulid,
    field: CheckedName,
    name: z.string(),
    seenBy: z.string(),
    screen: z.string(),
    state: StateCode,
    stateName: z.string(),
    /** What WeChat found, in words. */
    found: z.string().nullable(),
    held: z.boolean(),
    sampled: z.boolean(),
    place: z.string(),
    at: Instant,
    words: z.string().nullable(),
    photo: PhotoLink.nullable(),
    voice: VoiceLink.nullable(),
    /** Where it stands, if the reader may open that: one sentence alone is often not enough to decide by. */
    stands: z
      .object({ thing: z.enum(['order', 'commitment', 'activity', 'showcase', 'sweep', 'person']), id: Ulid })
      .nullable(),
    complaints: z.array(z.object({ reasonName: z.string(), words: z.string().nullable(), at: Instant })),
    /** Of what is shown here: what is decided about is what was read. */
    version: z.int(),
  })
  .meta({ id: 'Review' });

/** 投诉 as whoever made it sees it. */
export const Complaint = z
  .object({
    id: Ulid,
    name: z.string(),
    reasonName: z.string(),
    words: z.string().nullable(),
    at: Instant,
    outcome: z.enum(['upheld', 'dismissed']).nullable(),
    outcomeName: z.string(),
  })
  .meta({ id: 'Complaint' });

export const reviewsApi = {
  list: endpoint({
    method: 'get',
    path: '/reviews',
    permission: 'content.review',
    summary: '等人工看的内容：拿不准的、可能违规的、没检查到的、被投诉的、抽查的',
    query: Page,
    reply: pageOf(Review),
  }),
  decide: endpoint({
    method: 'post',
    path: '/reviews/:checkId/decide',
    permission: 'content.review',
    summary: '显示或屏蔽一条内容',
    params: z.object({ checkId: Ulid }),
    body: ActionId.extend({
      decision: z.enum(['show', 'hide']),
      reason: HideReason.optional(),
      version: z.int(),
    }).refine(({ decision, reason }) => decision === 'show' || reason !== undefined, {
      path: ['reason'],
      message: '请选一个原因，写的人会看到',
    }),
    reply: z.object({ checkId: Ulid, state: StateCode, stateName: z.string() }),
  }),
  complain: endpoint({
    method: 'put',
    path: '/complaints/:complaintId',
    permission: 'content.complain',
    summary: '投诉别人写的内容',
    params: z.object({ complaintId: Ulid }),
    body: z.object({
      about: z.object({
        field: CheckedName,
        thingId: Ulid,
        /** 评诺的话 have no name: they are named by themselves. */
        said: text(500).optional(),
      }),
      reason: ComplaintReason,
      words: text(reviewLimits.complaintWords).optional(),
    }),
    reply: Complaint,
  }),
  complaints: endpoint({
    method: 'get',
    path: '/complaints',
    permission: 'content.complain',
    summary: '我的投诉和结果',
    query: Page,
    reply: pageOf(Complaint),
  }),
};
