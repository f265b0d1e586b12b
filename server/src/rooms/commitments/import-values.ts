import { commitmentFields, commitmentKinds } from '@sandan/shared/commitments/commitment.words';
import type { CommitmentField, CommitmentKind } from '@sandan/shared/commitments/commitment.words';
import { halfWidth } from '../../foundation/spreadsheets/cell-text';

/** What people type into cells, as values; undefined where it cannot be understood. */

/** `民生实事（班子承诺）`, `民生实事` or `班子承诺`. */
const kindWords = new Map(
  Object.entries(commitmentKinds).flatMap(([kind, name]) =>
    [halfWidth(name), ...halfWidth(name).split(/[()]/)].map((word) => [word, kind as CommitmentKind] as const),
  ),
);
export const kindOf = (text: string): CommitmentKind | undefined => kindWords.get(halfWidth(text).replace(/\s/g, ''));

const fieldWords = new Map(Object.entries(commitmentFields).map(([field, name]) => [name, field as CommitmentField]));
export const fieldOf = (text: string): CommitmentField | undefined =>
  fieldWords.get(text.replace(/\s/g, '') as (typeof commitmentFields)[CommitmentField]);

const dayForms = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?: .*)?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];
const dayMs = 86_400_000;
/** Excel counts days from here; a cell that lost its date format shows the number. */
const excelDayZero = Date.UTC(1899, 11, 30);

/** `2026-06-30`, `2026/6/30`, `2026年6月30日`, or the number Excel keeps for it → `2026-06-30`. */
export function dayOf(text: string): string | undefined {
  const plain = halfWidth(text).replace(/\s*([年月日号])\s*/g, '$1');
  if (/^[3-6]\d{4}$/.test(plain)) return new Date(excelDayZero + Number(plain) * dayMs).toISOString().slice(0, 10);
  const [, year, month, day] = dayForms.map((form) => form.exec(plain)).find((found) => found !== null) ?? [];
  if (!year || !month || !day) return undefined;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  // 2026-02-30 would become another day.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : undefined;
}

/** By thousands or without commas; behind it a unit, which begins with a letter: `24-30 次` is no amount. */
const amountForm = /^(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(\p{L}[\p{L}\d]*)?$/u;
/** `1.2e5`: what a spreadsheet makes of long numbers. */
const isScientific = /^\d[\d.]*e\d+$/i;

/** `1,200` → 1200; with what stands behind it: `100 米` → 100 and 米. */
export function amountOf(text: string): { number: number; unit: string } | undefined {
  const plain = halfWidth(text);
  const [, digits, unit = ''] = (isScientific.test(plain) ? null : amountForm.exec(plain)) ?? [];
  return digits === undefined ? undefined : { number: Number(digits.replaceAll(',', '')), unit };
}

/** 元 as typed → 分. */
export function centsOf(text: string): number | undefined {
  const amount = amountOf(text.replace(/^[¥￥]\s*/, ''));
  return amount && ['', '元'].includes(amount.unit) ? Math.round(amount.number * 100) : undefined;
}

/** 张　三 → 张三: two hanzi are often drawn apart to look like three. */
export const withoutSpaces = (text: string): string => text.replace(/\s/g, '');
