import { z } from 'zod';
import { PaperLink } from '../commitments/papers.contract';
import { endpoint, file, sheetType } from '../endpoint';
import { ActionId, Instant, Page, Ulid, keys, pageOf, text } from '../schemas';
import { activityAudiences, activityKinds, activityLimits } from './activity.words';

const ActivityId = z.object({ activityId: Ulid });
/** What the code on the organiser's screen says; its page asks whether it is still good. */
const Code = z.object({ code: z.string().regex(/^[\w-]{1,64}$/, '编号格式不对') });

/** 邀请: the key of the link by which somebody was sent here. Who it is open to need not live there. */
const Invitation = {
  k: z
    .string()
    .regex(/^[\w-]{1,64}$/, '编号格式不对')
    .optional(),
};

const ActivityCard = z
  .object({
    activityId: Ulid,
    kindName: z.string(),
    title: z.string(),
    place: z.string(),
    /** 碧塘村 */
    gridName: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    /** What it is now: 报名中, 正在进行, 结束了, 取消了. */
    standing: z.enum(['coming', 'running', 'over', 'cancelled']),
    standingName: z.string(),
    /** Others do not read what it says, at least not now. */
    held: z.boolean(),
    joined: z.int(),
    places: z.int().nullable(),
    /** The reader's own: signed up, came. */
    mine: z.enum(['none', 'joined', 'came']),
  })
  .meta({ id: 'ActivityCard' });

const ActivityDetail = ActivityCard.extend({
  gridId: Ulid,
  kind: z.enum(keys(activityKinds)),
  audience: z.enum(keys(activityAudiences)),
  audienceName: z.string(),
  words: z.string(),
  cancelWords: z.string().nullable(),
  came: z.int(),
  version: z.int(),
  allows: z.array(z.enum(['join', 'leave', 'save', 'cancel', 'showCode', 'people', 'mark', 'export'])),
}).meta({ id: 'ActivityDetail' });

/** Who has signed up or come, in the order in which they did; for the organiser alone. No ranks, no totals of persons. */
const Attendee = z
  .object({
    personId: Ulid,
    name: z.string(),
    /** 一组; 石岭村二组 from elsewhere: names are borne by several. Null: not bound to any home. */
    home: z.string().nullable(),
    joinedAt: Instant,
    /** Came without having signed up. */
    walkedIn: z.boolean(),
    cameAt: Instant.nullable(),
    /** Noted by hand. */
    byHand: z.boolean(),
    /** From the check-in, or the beginning, to the end; once it is over. */
    minutes: z.int().nullable(),
  })
  .meta({ id: 'Attendee' });

export const activitiesApi = {
  list: endpoint({
    method: 'get',
    path: '/activities',
    permission: 'activity.join',
    summary: '我这里的活动',
    query: Page.extend({ when: z.enum(['coming', 'past']).default('coming') }),
    reply: pageOf(ActivityCard),
  }),
  read: endpoint({
    method: 'get',
    path: '/activities/:activityId',
    permission: 'activity.join',
    summary: '一个活动',
    params: ActivityId,
    query: z.object(Invitation),
    reply: ActivityDetail,
  }),
  save: endpoint({
    method: 'put',
    path: '/activities/:activityId',
    permission: 'activity.save',
    summary: '发布活动，或者改它',
    params: ActivityId,
    body: z.object({
      /** Of the one that was read; 0: a new one. */
      version: z.int().min(0),
      gridId: Ulid,
      kind: z.enum(keys(activityKinds), '请选是什么活动'),
      audience: z.enum(keys(activityAudiences), '请选谁可以来'),
      title: text(activityLimits.title, '请写活动的名字'),
      words: text(activityLimits.words, '请写做什么'),
      place: text(activityLimits.place, '请写在哪里'),
      startsAt: Instant,
      endsAt: Instant,
      places: z
        .int()
        .min(1, '至少 1 个名额')
        .max(activityLimits.places, `最多 ${activityLimits.places} 个名额`)
        .nullable(),
    }),
    reply: ActivityDetail,
  }),
  cancel: endpoint({
    method: 'post',
    path: '/activities/:activityId/cancel',
    permission: 'activity.save',
    summary: '取消活动，说明原因',
    params: ActivityId,
    body: ActionId.extend({ words: text(activityLimits.words, '请写为什么取消') }),
    reply: ActivityDetail,
  }),
  join: endpoint({
    method: 'post',
    path: '/activities/:activityId/join',
    permission: 'activity.join',
    summary: '报名',
    params: ActivityId,
    query: z.object(Invitation),
    body: ActionId,
    reply: ActivityDetail,
  }),
  leave: endpoint({
    method: 'post',
    path: '/activities/:activityId/leave',
    permission: 'activity.join',
    summary: '不去了',
    params: ActivityId,
    body: ActionId,
    reply: ActivityDetail,
  }),
  code: endpoint({
    method: 'get',
    path: '/activities/:activityId/code',
    permission: 'activity.save',
    summary: '签到码（几分钟换一次，给现场的屏幕）',
    params: ActivityId,
    /** `seconds`: how long until the next one, whatever the clock of the screen says. */
    reply: z.object({ image: z.string(), until: Instant, seconds: z.int() }).meta({ id: 'CheckInCode' }),
  }),
  atCode: endpoint({
    method: 'get',
    path: '/activity-codes/:code',
    permission: 'activity.join',
    summary: '扫了签到码：是哪个活动',
    params: Code,
    reply: ActivityCard,
  }),
  checkIn: endpoint({
    method: 'post',
    path: '/activity-codes/:code/check-in',
    permission: 'activity.join',
    summary: '签到（自愿，不签也可以参加）',
    params: Code,
    body: ActionId,
    reply: ActivityCard,
  }),
  people: endpoint({
    method: 'get',
    path: '/activities/:activityId/people',
    permission: 'activity.save',
    summary: '谁报了名、谁来了',
    params: ActivityId,
    reply: z.object({ items: z.array(Attendee) }),
  }),
  mark: endpoint({
    method: 'post',
    path: '/activities/:activityId/mark',
    permission: 'activity.save',
    summary: '替没带手机的人记一下来了',
    params: ActivityId,
    body: ActionId.extend({ personId: Ulid, came: z.boolean() }),
    reply: z.object({ items: z.array(Attendee) }),
  }),
  export: endpoint({
    method: 'post',
    path: '/activities/:activityId/export',
    permission: 'activity.save',
    secondFactor: true,
    summary: '导出签到表（PDF 或 Excel）',
    params: ActivityId,
    body: z.object({ format: z.enum(['pdf', 'xlsx']).default('pdf') }),
    reply: PaperLink,
  }),
  openPaper: endpoint({
    method: 'get',
    path: '/activity-papers/:paper',
    permission: 'anyone',
    summary: '打开签到表（带签名、会过期的地址）',
    params: z.object({ paper: z.string().regex(/^[\w-]{1,1500}$/) }),
    query: z.object({ until: z.string().max(20), key: z.string().max(20), sig: z.string().max(100) }),
    reply: file({ list: ['activities.export'] }, 'application/pdf', sheetType),
  }),
};
