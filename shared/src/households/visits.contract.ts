import { z } from 'zod';
import { endpoint } from '../endpoint';
import { PhotoLink } from '../orders/order.schema';
import { ActionId, Gcj02, Instant, MaskedName, Page, Ulid, keys, pageOf, text } from '../schemas';
import { householdFlags } from './household.words';
import { visitLimits, visitNeeds, visitResults } from './visit.words';

const Day = z.iso.date();
const Result = z.enum(keys(visitResults), '请选择走访的情况');
const Need = z.enum(keys(visitNeeds));

/** What one writes about a visit; photos and place are never a duty (domain.md §2.2). */
const VisitFields = z.object({
  result: Result,
  /** When it was; a record made without a network arrives later. */
  at: z.iso.datetime('时间格式不对'),
  metPersonId: Ulid.optional(),
  metWords: text(visitLimits.metWords).optional(),
  words: text(visitLimits.words).optional(),
  needs: z.array(Need).max(8).default([]),
  photoIds: z.array(Ulid).max(visitLimits.photos, `最多 ${visitLimits.photos} 张`).default([]),
  gcj02: Gcj02.optional(),
});

export const RecordVisit = VisitFields.extend({ householdId: Ulid }).meta({ id: 'RecordVisit' });

/** Where a link stands this month. */
const Due = z.enum(['overdue', 'due', 'later']);

export const LinkedHousehold = z
  .object({
    householdId: Ulid,
    /** Of the head; the door tells the rest. */
    name: MaskedName.nullable(),
    grid: z.string(),
    door: z.string().nullable(),
    isHub: z.boolean(),
    flags: z.array(z.string()),
    /** How many of them were last looked at more than a year ago. */
    checksDue: z.int(),
    /** Whom I stand in for. */
    standInFor: z.string().nullable(),
    /** Who looks after it while I am away. */
    standIn: z.string().nullable(),
    lastVisitAt: Instant.nullable(),
    lastResultName: z.string().nullable(),
    /** 没人在家 in a row. */
    tries: z.int(),
    dueOn: Day,
    due: Due,
    phoneAllowed: z.boolean(),
  })
  .meta({ id: 'LinkedHousehold' });

export const Visit = z
  .object({
    id: Ulid,
    householdId: Ulid,
    name: MaskedName.nullable(),
    grid: z.string(),
    door: z.string().nullable(),
    result: Result,
    resultName: z.string(),
    at: Instant,
    byName: z.string(),
    met: z.string().nullable(),
    metPersonId: Ulid.nullable(),
    metWords: z.string().nullable(),
    words: z.string().nullable(),
    needs: z.array(z.object({ need: Need, name: z.string() })),
    photos: z.array(PhotoLink),
    orderIds: z.array(Ulid),
    /** How often it was mended since. */
    changes: z.int(),
    allows: z.array(z.enum(['change', 'order'])),
  })
  .meta({ id: 'Visit' });

const Came = z.object({ at: Instant, byName: z.string(), resultName: z.string() });

const Counts = z.object({
  households: z.int(),
  unlinked: z.int(),
  /** Met or spoken to by phone this month. */
  visited: z.int(),
  phone: z.int(),
  notHome: z.int(),
  declined: z.int(),
  overdue: z.int(),
});
const FigureRow = Counts.extend({ id: Ulid.nullable(), name: z.string() });

export const VisitSettings = z
  .object({
    /** 每户几个月走访一次 */
    everyMonths: z.int().min(1, '至少 1 个月').max(12, '最多 12 个月'),
    /** These are visited every month. */
    closeFlags: z.array(z.enum(keys(householdFlags))).max(20),
    /** 每名党员联户 5–10 户: warns, never hinders. */
    linksFrom: z.int().min(1).max(50),
    linksTo: z.int().min(1).max(100),
  })
  .refine(({ linksFrom, linksTo }) => linksFrom <= linksTo, { path: ['linksTo'], message: '最多不能少于最少' })
  .meta({ id: 'VisitSettings' });

export const visitsApi = {
  households: endpoint({
    method: 'get',
    path: '/visits/households',
    permission: 'visit.record',
    summary: '我联系的户（本月该走访的在前）',
    reply: z.object({
      month: z.string(),
      due: z.int(),
      overdue: z.int(),
      visited: z.int(),
      /** Households with something to be looked at again. */
      toCheck: z.int(),
      households: z.array(LinkedHousehold),
    }),
  }),
  household: endpoint({
    method: 'get',
    path: '/visits/households/:householdId',
    permission: 'visit.record',
    summary: '走访一户：家里有谁，谁来过',
    params: z.object({ householdId: Ulid }),
    reply: LinkedHousehold.extend({
      people: z.array(z.object({ personId: Ulid, name: MaskedName, relationName: z.string().nullable() })),
      visits: z.array(Visit),
      /** Everybody who was ever linked to it, a row for each period. */
      links: z.array(
        z.object({
          ...{ name: z.string(), from: Instant, until: Instant.nullable() },
          ...{ reasonName: z.string(), endReasonName: z.string().nullable() },
        }),
      ),
    }),
  }),
  mine: endpoint({
    method: 'get',
    path: '/visits',
    permission: 'visit.record',
    summary: '我的走访记录',
    query: Page,
    reply: pageOf(Visit),
  }),
  /** 谁什么时候来过: for the household itself. */
  atHome: endpoint({
    method: 'get',
    path: '/visits/at-home',
    permission: 'signedIn',
    summary: '谁什么时候来过我家',
    reply: z.object({ items: z.array(Came) }),
  }),
  record: endpoint({
    method: 'put',
    path: '/visits/:visitId',
    permission: 'visit.record',
    summary: '记一次走访',
    params: z.object({ visitId: Ulid }),
    body: RecordVisit,
    reply: Visit,
  }),
  change: endpoint({
    method: 'post',
    path: '/visits/:visitId/change',
    permission: 'visit.record',
    summary: '更正走访记录（24 小时内）',
    params: z.object({ visitId: Ulid }),
    body: VisitFields.extend(ActionId.shape),
    reply: Visit,
  }),
  figures: endpoint({
    method: 'get',
    path: '/visits/figures',
    permission: 'visit.watch',
    summary: '大走访的数字（只数户，不给人排名）',
    query: z.object({ gridId: Ulid, by: z.enum(['grid', 'branch']).default('grid') }),
    reply: z.object({ month: z.string(), total: Counts, rows: z.array(FigureRow) }),
  }),
  overdue: endpoint({
    method: 'get',
    path: '/visits/overdue',
    permission: 'visit.watch',
    summary: '该走访没走访的，按党员列出',
    query: Page.extend({ gridId: Ulid }),
    reply: pageOf(
      z.object({
        memberId: Ulid,
        name: z.string(),
        organization: z.string(),
        households: z.int(),
        overdue: z.int(),
        /** The earliest of them. */
        dueOn: Day,
        away: z.boolean(),
        remindedToday: z.boolean(),
        allows: z.array(z.literal('remind')),
      }),
    ),
  }),
  remind: endpoint({
    method: 'post',
    path: '/visits/remind',
    permission: 'visit.watch',
    summary: '提醒走访（每人一天最多一次）',
    body: ActionId.extend({ gridId: Ulid, memberIds: z.array(Ulid).min(1).max(200).optional() }),
    reply: z.object({ reminded: z.int(), already: z.int() }),
  }),
  settings: endpoint({
    method: 'get',
    path: '/visits/settings/:gridId',
    permission: 'setting.read',
    summary: '大走访和联户的设置',
    params: z.object({ gridId: Ulid }),
    reply: VisitSettings,
  }),
  changeSettings: endpoint({
    method: 'put',
    path: '/visits/settings/:gridId',
    permission: 'setting.change',
    secondFactor: true,
    summary: '改大走访和联户的设置',
    params: z.object({ gridId: Ulid }),
    body: VisitSettings,
    reply: VisitSettings,
  }),
};
