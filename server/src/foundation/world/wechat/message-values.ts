/**
 * 订阅消息: what may stand in a field of a template (wechat.md §5.2). WeChat refuses the whole message for one wrong field
 * (47003), so values are cut and cleaned here. A field is called by its kind and a number: thing1, phrase3, time2.
 */

export const valueKinds = [
  ...(['thing', 'number', 'letter', 'symbol', 'character_string', 'time', 'date', 'amount'] as const),
  ...(['phone_number', 'car_number', 'name', 'phrase', 'enum'] as const),
] as const;
export type ValueKind = (typeof valueKinds)[number];

/** thing12 → thing; null for what is no field of WeChat's. */
export function kindOfField(field: string): ValueKind | null {
  const kind = /^([a-z_]+?)\d{1,3}$/.exec(field)?.[1];
  // As WeChat's own examples of gettemplate call it.
  if (kind === 'enum_string') return 'enum';
  return valueKinds.find((each) => each === kind) ?? null;
}

/** Control signs, line breaks and what has no width would be refused or lie; runs of blanks are one. */
const cleaned = (value: string): string =>
  value
    .replace(/\p{C}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Counted as a reader counts, by code points: half an emoji is none. */
function cut(value: string, most: number): string {
  const points = [...value];
  return points.length <= most ? value : `${points.slice(0, most - 1).join('')}…`;
}

const only = (value: string, allowed: RegExp, most: number): string =>
  [...value]
    .filter((point) => allowed.test(point))
    .slice(0, most)
    .join('');

const han = /\p{Script=Han}/u;

const fitting: Record<ValueKind, (value: string) => string> = {
  thing: (value) => cut(value, 20),
  number: (value) => /^-?\d{1,24}(\.\d{1,6})?/.exec(value)?.[0] ?? '',
  letter: (value) => only(value, /[A-Za-z]/, 32),
  symbol: (value) => only(value, /[^\p{L}\p{N}\s]/u, 5),
  character_string: (value) => only(value, /[\x21-\x7e]/, 32),
  time: (value) => value,
  date: (value) => value,
  amount: (value) => /^[¥$€]?\d{1,10}(\.\d{1,2})?元?$/.exec(value)?.[0] ?? '',
  phone_number: (value) => only(value, /[\d+-]/, 17),
  // First and last may be Han.
  car_number: (value) =>
    /\p{Script=Han}?[A-Z\d]{1,6}(\p{Script=Han}|[A-Z\d])?/u.exec(only(value, /[\p{Script=Han}A-Z\d]/u, 32))?.[0] ?? '',
  // Mixed counts as Han.
  name: (value) => cut(value, han.test(value) ? 10 : 20),
  phrase: (value) => only(value, han, 5),
  enum: (value) => value,
};

/** The value as WeChat takes it; null where nothing is left of it, for an empty value is refused, too. */
export function fitValue(kind: ValueKind, value: string): string | null {
  const fit = fitting[kind](cleaned(value));
  return fit === '' ? null : fit;
}

const inChina = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', hour12: false },
  ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' },
});

/** 2026年9月15日 09:00, for `time` and `date`. */
export function timeValue(at: Date): string {
  const parts = new Map(inChina.formatToParts(at).map(({ type, value }) => [type, value]));
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return `${of('year')}年${of('month')}月${of('day')}日 ${of('hour')}:${of('minute')}`;
}
