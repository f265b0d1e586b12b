import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Instant, Ulid } from '../schemas';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 08:30 这样');
const Span = z.object({ from: TimeOfDay, to: TimeOfDay }).refine((span) => span.from < span.to, '结束要晚于开始');

const isRising = (spans: readonly { from: string; to: string }[]): boolean =>
  spans.every(({ from }, index) => (spans[index - 1]?.to ?? '') <= from);

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
    inspectionPercent: z.int().min(1).max(100),
    dutyPhone: z
      .string()
      .regex(/^\d[\d -]{1,18}\d$/, '电话号码不对')
      .nullable(),
    /** 代管: a desk whose people are away longer than this is served by the one above. */
    vacantAfterDays: z.int().min(1).max(366).default(14),
  })
  .meta({ id: 'TownSettings' });

export const ClosedPeriod = z
  .object({ id: Ulid, name: z.string(), from: Instant, to: Instant })
  .meta({ id: 'ClosedPeriod', description: '台风、灾情停办期：一般和可排期的钟停走' });

export const settingsApi = {
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
};
