import { z } from 'zod';

/** The codes of a table of words, as `z.enum` wants them. */
export const keys = <T extends string>(record: Readonly<Record<T, unknown>>) => Object.keys(record) as [T, ...T[]];

/** One of them, which a person chooses. */
export const codes = <T extends string>(record: Readonly<Record<T, unknown>>, missing = '请选择一项') =>
  z.enum(keys(record), missing);

/** A caller's or server's ULID (26 characters of Crockford's base 32). */
export const Ulid = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, '编号格式不对')
  .meta({ id: 'Ulid', example: '01K9ZZZZZZZZZZZZZZZZZZZZZZ' });

/** An instant on the wire: ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ message: '时间格式不对' }).meta({ id: 'Instant' });

// Control characters (but for line breaks and tabs) and lone surrogates are refused: they break logs, Excel and JSON consumers.
// eslint-disable-next-line no-control-regex -- these are the very characters to refuse
const unclean = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\p{Cs}/u;
export const isCleanText = (text: string): boolean => !unclean.test(text);

/** Trimmed text of 1 to `max` characters that a person typed. */
export const text = (max: number, missing = '请填写') =>
  z.string('请填写文字').trim().min(1, missing).max(max, `最多 ${max} 个字`).refine(isCleanText, '含有不能显示的字符');

/** A place in WeChat's coordinates (GCJ-02), degrees, inside China. */
export const Gcj02 = z
  .object({ lat: z.number().min(3).max(54), lng: z.number().min(73).max(136) })
  .meta({ id: 'Gcj02', description: 'GCJ-02 degrees' });

/** A mainland mobile number, as typed by a person. */
export const Phone = z.string().regex(/^1[3-9]\d{9}$/, '请填 11 位手机号');

/** Refuses an unmasked number: eleven digits do not parse, so a leak becomes a failing reply (decisions.md §2.8). */
export const MaskedPhone = z
  .string()
  .regex(/^\d{3}\*{4}\d{4}$/)
  .meta({ id: 'MaskedPhone', example: '138****1234' });
export const MaskedName = z.string().regex(/\*/).max(40).meta({ id: 'MaskedName', example: '王*英' });

/** Lists are paged by an opaque cursor, 20 by default, 100 at most. */
export const Page = z.object({
  cursor: z.string().max(600).optional(),
  limit: z.coerce.number('数量不对').int().min(1).max(100, '一次最多 100 条').default(20),
});
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Among so many people a name is looked for from its beginning: one writes the surname first. */
export const NamesFromStart = z.boolean();

export const ActionId = z.object({ actionId: Ulid });
