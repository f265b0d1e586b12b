import { chinaDate } from '@sandan/shared/china-time';

/** 未满十四周岁 (个人信息保护法 31 条): the guardian agrees. */
export const childUntil = 14;

/** Whoever was born after this day has not had that birthday yet. */
export function bornAfter(now: Date, years: number): string {
  const today = chinaDate(now.getTime());
  return `${Number(today.slice(0, 4)) - years}${today.slice(4)}`;
}

/** Who has no birthday in the roster is taken for grown up. */
export const isChild = ({ bornOn }: { bornOn: string | null }, now: Date): boolean =>
  bornOn !== null && bornOn > bornAfter(now, childUntil);
