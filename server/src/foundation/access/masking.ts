/**
 * What others may see of a resident (decisions.md §2.8). The reply schemas `MaskedName` and `MaskedPhone` refuse what
 * has not been through here.
 */

/** 张三 → *三, 王桂英 → 王*英, 欧阳小明 → 欧**明. Counts characters, not UTF-16 units: a rare hanzi is two of those. */
export function maskName(name: string): string {
  const [first, ...rest] = [...name.trim()];
  const last = rest.pop();
  if (first === undefined || last === undefined) return '*';
  return rest.length === 0 ? `*${last}` : `${first}${'*'.repeat(rest.length)}${last}`;
}

/** 13812341234 → 138****1234; null for anything that is no mobile number, so that nothing else slips through. */
export const maskPhone = (phone: string | null): string | null =>
  phone !== null && /^\d{11}$/.test(phone) ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : null;

/** Digits as people write them: plain, full-width, or as hanzi (幺 is said for 1). */
const digit = String.raw`[0-9\uff10-\uff19〇零幺一二三四五六七八九]`;
/** What people put between them: spaces, dashes, dots and brackets of either width. */
const between = String.raw`[\s\-\u2010-\u2015\uff0d._\u00b7()\uff08\uff09]{0,2}`;
const digitRun = new RegExp(`${digit}(?:${between}${digit})*(?:${between}[xX\uff38\uff58])?`, 'g');
const hanziDigits = '〇一二三四五六七八九';

/** A mobile number, a number with an area code, an identity number of 15 or 18 places, within other digits too. */
const telling = /1[3-9]\d{9}|0\d{9}|\d{15}/;

/** Free text that the public will read: phone and identity numbers become ***; 110, dates, amounts, door numbers stay. */
export const maskPhonesAndIds = (text: string): string =>
  text.replace(digitRun, (run) => (telling.test(plainDigits(run)) ? '***' : run));

const plainDigits = (run: string): string =>
  run
    .normalize('NFKC')
    .replace(/零/g, '0')
    .replace(/幺/g, '1')
    .replace(/[〇一二三四五六七八九]/g, (hanzi) => String(hanziDigits.indexOf(hanzi)))
    .replace(/\D/g, '');

/** 441224195803091236 → 4412**********1236; null for anything else. */
export const maskIdNumber = (number: string | null): string | null =>
  number !== null && /^\d{17}[\dX]$/.test(number) ? `${number.slice(0, 4)}${'*'.repeat(10)}${number.slice(-4)}` : null;
