import { z } from 'zod';
import { endpoint, kebab } from '../endpoint';
import { ActionId, Gcj02, Page, Phone, Ulid, pageOf, text } from '../schemas';
import type { OrderAction } from './order.lifecycle';
import { orderLifecycle } from './order.lifecycle';
import {
  ChannelCode,
  DeclineReasonCode,
  FaultKindCode,
  NoPhotoReasonCode,
  OrderActionReply,
  OrderCard,
  OrderDetail,
  OrderStateCode,
  OutcomeCode,
  PhotoIds,
  SkillCode,
  SourceCode,
  StageCode,
  SuspendReasonCode,
  TaskModeCode,
  ThreeAnswers,
  UrgencyCode,
  VisibilityCode,
  Words,
} from './order.schema';
import { orderLimits } from './order.words';

const OrderId = z.object({ orderId: Ulid });

/** POST /orders/:orderId/<action>: the word of the lifecycle, the permission and the path are one. */
const act = <const A extends OrderAction, const B extends z.ZodRawShape>(action: A, fields: B) =>
  endpoint({
    method: 'post',
    path: `/orders/:orderId/${kebab(action)}`,
    permission: `order.${action}`,
    summary: orderLifecycle.actions[action].name,
    params: OrderId,
    body: ActionId.extend(fields),
    reply: OrderActionReply,
  });

const CategoryId = z.string('请选择类别').regex(/^[a-zA-Z]{2,30}$/, '请选择类别');

/** What the desk decides on while it studies an order, and may decide anew. */
const studied = {
  categoryId: CategoryId.optional(),
  urgency: UrgencyCode.optional(),
  visibility: VisibilityCode.optional(),
  title: text(orderLimits.title).optional(),
  publicSummary: text(orderLimits.publicSummary).optional(),
  requesterConsents: z.boolean().default(false),
};

/** What a person says when placing; the desk's title and summary come later and never replace his words. */
export const PlaceOrder = z
  .object({
    categoryId: CategoryId,
    words: Words.optional(),
    voiceId: Ulid.optional(),
    photoIds: PhotoIds.default([]),
    /** Where it is. A resident's own group when left out. */
    gridId: Ulid.optional(),
    gcj02: Gcj02.optional(),
    address: text(orderLimits.address).optional(),
    source: SourceCode.default('resident'),
    /** Whom it is for, when not for oneself: a known person, or words (张奶奶, 三组路口). */
    beneficiaryId: Ulid.optional(),
    beneficiaryName: text(40).optional(),
    /** 给爸妈点: the household it is for, one that lets him care for it. Its group is where it is, unless said otherwise. */
    householdId: Ulid.optional(),
    contactName: text(40).optional(),
    contactPhone: Phone.optional(),
    bestTime: text(40).optional(),
    consent: z.object({ how: z.enum(['spoken', 'signed', 'code']), by: text(40) }).optional(),
    /** The person asks for secrecy; the category may ask for it anyway. */
    confidential: z.boolean().default(false),
    emergency: z.boolean().default(false),
    noticeRead: z.boolean().default(false),
    subjectIds: z
      .array(Ulid)
      .max(10, '最多 10 人')
      .refine((ids) => new Set(ids).size === ids.length, '有重复的人')
      .default([]),
    followsId: Ulid.optional(),
    /** 扫码点单: the key of the code by which one came. Whatever is no key of ours is not minded. */
    scannedKey: z
      .string()
      .regex(/^[\w-]{1,64}$/, '编号格式不对')
      .optional(),
    /** 承诺 that it is done for: one's own, under way. It is linked to the order by itself. */
    commitmentId: Ulid.optional(),
    /** 走访 in which it was found: one's own. */
    visitId: Ulid.optional(),
    /** 排查 of a household in which it was found: the household and the visit are linked to it by themselves. */
    sweepTargetId: Ulid.optional(),
    /** The question whose answer it is. */
    sweepQuestionId: z
      .string()
      .regex(/^[a-zA-Z0-9]{1,20}$/, '编号格式不对')
      .optional(),
  })
  .meta({ id: 'PlaceOrder' });

const Settlement = {
  outcome: OutcomeCode,
  words: Words,
  photoIds: PhotoIds.default([]),
  noPhotoReason: NoPhotoReasonCode.optional(),
  /** 已当面或电话联系本人 */
  contacted: z.literal(true, '请先联系本人'),
};

export const NewTask = z
  .object({
    id: Ulid,
    mode: TaskModeCode,
    required: z.boolean().default(true),
    scopeGridId: Ulid.optional(),
    assigneeId: Ulid.optional(),
    seats: z.int().min(1).max(orderLimits.seats).default(1),
    minSeats: z.int().min(1).max(orderLimits.seats).default(1),
    skill: SkillCode.optional(),
    partyMembersOnly: z.boolean().default(false),
    note: Words.optional(),
    unit: text(40).optional(),
    unitContact: text(40).optional(),
    letterNumber: text(40).optional(),
    dueOn: z.iso.date('日期格式不对').optional(),
    /** The returned or expired task this one stands in for. */
    replacesId: Ulid.optional(),
  })
  .refine((task) => task.mode !== 'assigned' || task.assigneeId !== undefined, {
    path: ['assigneeId'],
    message: '请选择派给谁',
  })
  .refine((task) => task.mode !== 'external' || task.unit !== undefined, { path: ['unit'], message: '请填写外单位' })
  .refine((task) => task.minSeats <= task.seats, { path: ['minSeats'], message: '最少人数不能多于总人数' })
  .meta({ id: 'NewTask' });

export const ordersApi = {
  place: endpoint({
    method: 'put',
    path: '/orders/:orderId',
    permission: 'order.place',
    summary: '点单',
    params: OrderId,
    body: PlaceOrder,
    reply: OrderDetail,
  }),
  placeDirect: endpoint({
    method: 'put',
    path: '/orders/:orderId/direct',
    permission: 'order.placeDirect',
    summary: '找我的党员',
    params: OrderId,
    body: PlaceOrder,
    reply: OrderDetail,
  }),
  placeSettled: endpoint({
    method: 'put',
    path: '/orders/:orderId/settled',
    permission: 'order.settle',
    summary: '当场办结（一张表：点单、受理、办结）',
    params: OrderId,
    body: PlaceOrder.extend({ settlement: z.object(Settlement) }),
    reply: OrderDetail,
  }),
  list: endpoint({
    method: 'get',
    path: '/orders',
    permission: 'order.read',
    summary: '单子列表',
    query: Page.extend({
      scope: z.enum(['mine', 'desk', 'nearby', 'public']).default('mine'),
      stage: StageCode.optional(),
      status: OrderStateCode.optional(),
      gridId: Ulid.optional(),
      categoryId: CategoryId.optional(),
      overdue: z.stringbool().optional(),
      /** 待回访, as counted: reported, and silent for five days or without an account. */
      toCallBack: z.stringbool().optional(),
      q: text(40).optional(),
      lat: z.coerce.number().min(3).max(54).optional(),
      lng: z.coerce.number().min(73).max(136).optional(),
      limit: z.coerce.number('数量不对').int().min(1).max(200, '一次最多 200 条').default(20),
    }).refine(({ scope, limit }) => scope === 'nearby' || limit <= 100, {
      path: ['limit'],
      message: '一次最多 100 条',
    }),
    reply: pageOf(OrderCard),
  }),
  counts: endpoint({
    method: 'get',
    path: '/orders/counts',
    permission: 'order.read',
    summary: '待办数（数到 99）',
    reply: z.object({
      mine: z.int(),
      toStudy: z.int(),
      toDispatch: z.int(),
      toVerify: z.int(),
      toCallBack: z.int(),
      overdue: z.int(),
      inReview: z.int(),
    }),
  }),
  similar: endpoint({
    method: 'get',
    path: '/orders/similar',
    permission: 'order.read',
    summary: '附近是否已有人反映',
    query: z.object({
      categoryId: CategoryId,
      gridId: Ulid,
      lat: z.coerce.number().min(3).max(54).optional(),
      lng: z.coerce.number().min(73).max(136).optional(),
      exceptId: Ulid.optional(),
    }),
    reply: z.object({ items: z.array(OrderCard) }),
  }),
  read: endpoint({
    method: 'get',
    path: '/orders/:orderId',
    permission: 'order.read',
    summary: '单子详情',
    params: OrderId,
    reply: OrderDetail,
  }),
  revealContact: endpoint({
    method: 'post',
    path: '/orders/:orderId/reveal-contact',
    permission: 'order.revealContact',
    summary: '查看联系电话（每次都有记录）',
    params: OrderId,
    body: ActionId.extend({ purpose: z.enum(['handle', 'callback', 'study', 'inspect']) }),
    reply: z.object({ name: z.string().nullable(), phone: Phone.nullable() }),
  }),

  settle: act('settle', Settlement),
  open: act('open', {}),
  ask: act('ask', { words: Words }),
  answer: act('answer', { words: Words, photoIds: PhotoIds.default([]) }),
  accept: act('accept', { ...studied, words: Words.optional() }),
  decline: act('decline', { reason: DeclineReasonCode, words: Words, secondPersonId: Ulid.optional() }),
  object: act('object', { words: Words }),
  merge: act('merge', { primaryId: Ulid, words: Words.optional() }),
  unmerge: act('unmerge', { words: Words.optional() }),
  escalate: act('escalate', { words: Words }),
  sendDown: act('sendDown', { gridId: Ulid, words: Words }),
  redirect: act('redirect', { gridId: Ulid, words: Words }),
  dispatch: act('dispatch', {
    tasks: z.array(NewTask).min(1, '请至少派一个任务').max(20),
    words: Words.optional(),
    /** The state in which the desk saw the order: 待派单 that somebody else has sent out meanwhile is refused. */
    from: z.enum(['accepted', 'dispatched', 'handling']).optional(),
  }),
  convert: act('convert', { channel: ChannelCode, words: Words, reference: text(80).optional() }),
  takeBack: act('takeBack', { words: Words }),
  suspend: act('suspend', {
    reason: SuspendReasonCode,
    words: Words,
    resumeAt: z.iso.datetime('请选择恢复的时间'),
    approvedById: Ulid.optional(),
  }),
  resume: act('resume', { words: Words.optional() }),
  verify: act('verify', { words: Words.optional() }),
  sendBack: act('sendBack', { words: Words, taskId: Ulid.optional() }),
  confirm: act('confirm', ThreeAnswers.shape),
  recordCallback: act('recordCallback', {
    ...ThreeAnswers.shape,
    method: z.enum(['phone', 'visit']),
    spokeTo: text(40),
    reopen: z.boolean().default(false),
  }),
  reopen: act('reopen', { words: Words, photoIds: PhotoIds.default([]), anotherPerson: z.boolean().default(false) }),
  appealUp: act('appealUp', { words: Words }),
  orderRedo: act('orderRedo', { words: Words }),
  closeReview: act('closeReview', { words: Words, outcome: OutcomeCode, residentAgrees: z.boolean().default(false) }),
  withdraw: act('withdraw', { words: Words.optional() }),
  inspect: act('inspect', {
    result: z.enum(['pass', 'fault', 'redo']),
    fault: FaultKindCode.optional(),
    words: Words,
    photoIds: PhotoIds.default([]),
    calledBack: z.boolean().default(false),
  }),
  appealFault: act('appealFault', { words: Words, photoIds: PhotoIds.default([]) }),
  decideAppeal: act('decideAppeal', { upheld: z.boolean(), words: Words }),
  remind: act('remind', { words: Words.optional() }),
  supervise: act('supervise', { words: Words, dueOn: z.iso.date('日期格式不对').optional() }),
  answerSupervision: act('answerSupervision', { words: Words }),
  meToo: act('meToo', { words: Words.optional() }),
  extend: act('extend', {
    words: Words,
    taskId: Ulid,
    minutes: z
      .int()
      .min(30)
      .max(60 * 24 * 60)
      .optional(),
  }),
  reclassify: act('reclassify', { ...studied, words: Words }),
  protect: act('protect', { words: Words }),
  correctPerson: act('correctPerson', { requesterId: Ulid, words: Words }),
  noteCall: act('noteCall', { reached: z.boolean(), words: Words.optional() }),
};
