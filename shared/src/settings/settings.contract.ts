import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Instant, Ulid } from '../schemas';
import { reviewLimits } from '../reviews/review.words';
import { protectionNames, protectionNumbers, type ProtectionName } from './protection.words';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 08:30 这样');
const Span = z.object({ from: TimeOfDay, to: TimeOfDay }).refine((span) => span.from < span.to, '结束要晚于开始');

const isRising = (spans: readonly { from: string; to: string }[]): boolean =>
  spans.every(({ from }, index) => (spans[index - 1]?.to ?? '') <= from);

const isAscending = (times: readonly string[]): boolean =>
  times.every((time, index) => (times[index - 1] ?? '') < time);

/** In milliseconds; NaN when one of them is no time, which is said by itself. */
const lengthOf = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** Longer than any typhoon; a town closed for years would have no due times at all. */
const longestClosed = 31 * 24 * 60 * 60_000;

/** Per town (domain.md: "setting" = data per town with the given default). */
export const TownSettings = z
  .object({
    workHours: z
      .array(Span)
      .min(1, '请填写办公时间')
      .max(3, '最多三段')
      .refine(isRising, '时间段要按先后填写，不能重叠'),
    daytime: Span,
    quietHours: z.object({ from: TimeOfDay, to: TimeOfDay }),
    /** 汇总: when what is new at the desk, and what is overdue, is told in one message; on workdays. */
    digestTimes: z
      .array(TimeOfDay)
      .min(1, '请填写汇总时间')
      .max(4, '一天最多四次')
      .refine(isAscending, '汇总时间要按先后填写，不能重复')
      .default(['08:00', '14:00']),
    inspectionPercent: z.int().min(1).max(100),
    dutyPhone: z
      .string()
      .regex(/^\d[\d -]{1,18}\d$/, '电话号码不对')
      .nullable(),
    /** 代管: a desk whose people are away longer than this is served by the one above. */
    vacantAfterDays: z.int().min(1).max(366).default(14),
    /** 内容抽查: of a hundred that passed, so many are looked at by a person. */
    reviewSamplePercent: z.int().min(0).max(100).default(reviewLimits.samplePercent),
    /** 投诉: the people of so many houses hide it until a person decides. */
    complaintsToHide: z.int().min(2).max(50).default(reviewLimits.complaintsToHide),
  })
  .meta({ id: 'TownSettings' });

export const ClosedPeriod = z
  .object({ id: Ulid, name: z.string(), from: Instant, to: Instant })
  .meta({ id: 'ClosedPeriod', description: '台风、灾情停办期：一般和可排期的钟停走' });

const number = (name: ProtectionName) => {
  const { unit, fewest, most } = protectionNumbers[name];
  return z.int(`请填整数，单位是${unit}`).min(fewest, `最少 ${fewest} ${unit}`).max(most, `最多 ${most} ${unit}`);
};
const numbers = Object.fromEntries(protectionNames.map((name) => [name, number(name)])) as Record<
  ProtectionName,
  ReturnType<typeof number>
>;
/** 数据保护的数, of the county. */
export const Protection = z
  .object(numbers)
  .refine(({ desktopIdleMinutes, desktopHours }) => desktopIdleMinutes <= desktopHours * 60, {
    path: ['desktopIdleMinutes'],
    message: '不能比登录一次的时间还长',
  })
  .refine(({ phoneIdleDays, phoneDays }) => phoneIdleDays <= phoneDays, {
    path: ['phoneIdleDays'],
    message: '不能比登录一次的时间还长',
  })
  .meta({ id: 'Protection' });

const Day = z.iso.date('日期格式不对');
const longestHoliday = 15 * 24 * 60 * 60_000;
/** 放假安排 of a year: holidays, and the weekend days that are worked for them (调休). */
const Holidays = z.object({
  holidays: z
    .array(
      z
        .object({ name: z.string().trim().min(1, '请填节日').max(20), from: Day, to: Day })
        .refine(({ from, to }) => from <= to, { path: ['to'], message: '结束不能早于开始' })
        .refine(({ from, to }) => !(lengthOf(from, to) >= longestHoliday), { path: ['to'], message: '一次最多 15 天' }),
    )
    .min(1, '请填写放假的日子')
    .max(15, '最多 15 个假期'),
  workdays: z.array(Day).max(30, '最多 30 天'),
});
const OfYear = z.object({ gridId: Ulid, year: z.coerce.number('年份不对').int().min(2020).max(2100) });
const HolidayYear = Holidays.extend({
  year: z.int(),
  /** Of what stands: whoever saves says which one he has read. */
  version: z.string(),
  /** False: nobody has typed it in yet, only the holidays with a fixed date are there. */
  isKnown: z.boolean(),
}).meta({ id: 'HolidayYear' });

const Place = z.object({ gridId: Ulid, name: z.string() });
const OfGrid = z.object({ gridId: Ulid });

export const settingsApi = {
  places: endpoint({
    method: 'get',
    path: '/settings',
    permission: 'setting.read',
    summary: '我能看、能改设置的地方',
    reply: z
      .object({
        towns: z.array(Place),
        counties: z.array(Place),
        /** What is shown may be changed too. */
        mayChange: z.boolean(),
      })
      .meta({ id: 'SettingPlaces' }),
  }),
  read: endpoint({
    method: 'get',
    path: '/settings/:gridId',
    permission: 'setting.read',
    summary: '镇的设置',
    params: z.object({ gridId: Ulid }),
    reply: z.object({
      settings: TownSettings,
      closedPeriods: z.array(ClosedPeriod),
      calendarWarning: z.string().nullable(),
    }),
  }),
  change: endpoint({
    method: 'put',
    path: '/settings/:gridId',
    permission: 'setting.change',
    secondFactor: true,
    summary: '改镇的设置（不影响正在走的时限）',
    params: z.object({ gridId: Ulid }),
    body: TownSettings,
    reply: z.object({ settings: TownSettings }),
  }),
  closePeriod: endpoint({
    method: 'put',
    path: '/settings/:gridId/closed-periods/:periodId',
    permission: 'setting.change',
    secondFactor: true,
    summary: '登记台风、灾情停办期',
    params: z.object({ gridId: Ulid, periodId: Ulid }),
    body: z
      .object({ name: z.string().trim().min(1, '请填写名称').max(40), from: Instant, to: Instant })
      .refine(({ from, to }) => !(lengthOf(from, to) <= 0), { path: ['to'], message: '结束要晚于开始' })
      .refine(({ from, to }) => !(lengthOf(from, to) > longestClosed), {
        path: ['to'],
        message: '一次最多 31 天',
      }),
    reply: ClosedPeriod,
  }),
  protection: endpoint({
    method: 'get',
    path: '/settings/:gridId/protection',
    permission: 'setting.read',
    summary: '县的数据保护设置：查看、导出、注销、登录的限度',
    params: OfGrid,
    reply: z
      .object({
        rules: Protection,
        /** 审计记录保存天数: set by the auditor, not here. */
        auditKeepDays: z.int(),
      })
      .meta({ id: 'ProtectionPage' }),
  }),
  changeProtection: endpoint({
    method: 'put',
    path: '/settings/:gridId/protection',
    permission: 'setting.change',
    secondFactor: true,
    summary: '改县的数据保护设置',
    params: OfGrid,
    body: Protection,
    reply: z.object({ rules: Protection }),
  }),
  holidays: endpoint({
    method: 'get',
    path: '/settings/:gridId/holidays/:year',
    permission: 'setting.read',
    summary: '一年的放假安排：节日和调休上班的周末',
    params: OfYear,
    reply: HolidayYear,
  }),
  saveHolidays: endpoint({
    method: 'put',
    path: '/settings/:gridId/holidays/:year',
    permission: 'setting.change',
    secondFactor: true,
    summary: '录入一年的放假安排（不影响正在走的时限）',
    params: OfYear,
    body: Holidays.extend({ readVersion: z.string() }),
    reply: HolidayYear,
  }),
  changes: endpoint({
    method: 'get',
    path: '/settings/:gridId/changes',
    permission: 'setting.read',
    summary: '最近谁改过这里的设置',
    params: OfGrid,
    reply: z.object({
      items: z.array(
        z
          .object({
            id: Ulid,
            at: Instant,
            by: z.string(),
            actName: z.string(),
            facts: z.array(z.object({ name: z.string(), words: z.string() })),
          })
          .meta({ id: 'SettingChange' }),
      ),
    }),
  }),
};
