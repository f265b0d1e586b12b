import { halfWidth } from '../spreadsheets/cell-text';
import { dateOfSerial } from './reading/read-xlsx';

/** A value, or the sentence that says what is wrong with the text. */
export type Ruled<T> = { readonly value: T; readonly hint?: string } | { readonly fault: string };

/** Spaces, dashes and points that people put between digits. */
const withoutJoints = (text: string): string => halfWidth(text).replace(/[\s\-–—.·()]/g, '');

/** Eleven digits; full-width ones, joints and the country's prefix are taken away. */
export function phoneOf(text: string): Ruled<string> {
  const digits = withoutJoints(text)
    .replace(/^(?:\+|00)86/, '')
    .replace(/^86(?=1\d{10}$)/, '');
  return /^1[3-9]\d{9}$/.test(digits) ? { value: digits } : { fault: '手机号要是 11 位数字，请核对' };
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkSigns = '10X98765432';

/** The last place of an identity number (GB 11643-1999). */
export function checkSignOf(first17: string): string {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(first17[place]), 0);
  return checkSigns[sum % 11] ?? '';
}

/** 18 places, X in capitals. One of 15 places, of the time before 1999, is written as the 18 that follow from it. */
export function idNumberOf(text: string): Ruled<string> {
  const given = withoutJoints(text).toUpperCase();
  const isOld = /^\d{15}$/.test(given);
  const number = isOld ? lengthened(given) : given;
  if (!/^\d{17}[\dX]$/.test(number)) return { fault: '身份证号要是 18 位，请核对' };
  if (realDay(bornOnOf(number)) === null) return { fault: '身份证号里的出生日期不存在，请核对' };
  if (checkSignOf(number) !== number[17]) return { fault: '身份证号最后一位对不上，请核对有没有写错数字' };
  return isOld ? { value: number, hint: '15 位的旧身份证号已换成 18 位' } : { value: number };
}

function lengthened(old: string): string {
  const first17 = `${old.slice(0, 6)}19${old.slice(6)}`;
  return first17 + checkSignOf(first17);
}

/** `1958-03-09` out of an identity number of 18 places. */
export const bornOnOf = (idNumber: string): string =>
  `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;

/** The day itself where there is such a one, in this century or the last. */
function realDay(day: string): string | null {
  const at = new Date(`${day}T00:00:00Z`);
  const isReal = !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day;
  return isReal && day >= '1900-01-01' && day <= '2099-12-31' ? day : null;
}

/** `2026-06-30`, `2026/6/30`, `2026.6.30`, `2026年6月30日`, `20260630`, or the number that Excel keeps for a day. */
export function dayOf(text: string): Ruled<string> {
  const plain = halfWidth(text);
  const [, year, month, day] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:\s.*)?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ??
    [];
  const written = year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null;
  const serial = /^\d{4,5}$/.test(plain) ? dateOfSerial(Number(plain)) : null;
  const found = realDay(written ?? serial ?? '');
  return found === null ? { fault: '日期写成 1958-03-09 这样，请核对' } : { value: found };
}
