/**
 * How WeChat judges the value of a field of a template (wechat.md §5.2), for the stand-in: written from the document and
 * not from the code that fits values, so that the one proves the other.
 */
const count = (value: string): number => Array.from(value).length;
const day = '\\d{4}年\\d{1,2}月\\d{1,2}日|\\d{4}年\\d{1,2}月|\\d{1,2}月\\d{1,2}日|\\d{4}([-/.])\\d{1,2}\\1\\d{1,2}';
const clock = '([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?';
const moment = `((${day.replaceAll('\\1', '[-/.]')}) ?)?${clock}`;
const whole = (pattern: string): RegExp => new RegExp(`^(${pattern})(~(${pattern}))?$`);

const rules: Readonly<Record<string, (value: string) => boolean>> = {
  thing: (value) => count(value) <= 20,
  number: (value) => /^-?[\d.]{1,32}$/.test(value) && Number.isFinite(Number(value)),
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => count(value) <= 5 && !/[\p{L}\p{N}\s]/u.test(value),
  character_string: (value) => value.length <= 32 && !/\p{Script=Han}/u.test(value),
  time: (value) => whole(moment).test(value),
  date: (value) => whole(`(${day.replaceAll('\\1', '[-/.]')})( ${clock})?`).test(value),
  amount: (value) => /^[¥$€]?\d{1,10}(\.\d+)?元?$/.test(value),
  // Whether WeChat takes a number with * in it is not known (wechat.md §5.2), so nobody may count on it.
  phone_number: (value) => /^[\d+\-() ]{1,17}$/.test(value),
  car_number: (value) => /^\p{Script=Han}?[A-Z\d]{1,7}\p{Script=Han}?$/u.test(value) && count(value) <= 8,
  name: (value) => count(value) <= (/\p{Script=Han}/u.test(value) ? 10 : 20),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
  enum: () => true,
  enum_string: () => true,
};

/** Null where it may stand; otherwise what errmsg says of it: `thing1.value invalid`. */
export function faultOfValue(field: string, value: unknown): string | null {
  const rule = rules[field.replace(/\d+$/, '')];
  if (!rule) return `${field} invalid`;
  if (typeof value !== 'string' || value.trim() === '') return `${field}.value is empty`;
  return rule(value) && !/[\p{Cc}]/u.test(value) ? null : `${field}.value invalid`;
}
