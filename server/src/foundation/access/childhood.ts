import { chinaDate } from '@sandan/shared/china-time';

/** 未满十四周岁 (个人信息保护法 31 条): the guardian agrees. */
export const childUntil = 14;
/** 十八周岁以上: may answer for a child (民法典 17, 27 条). */
export const grownFrom = 18;

/**
 * The one rule of age, in SQL: the birthday; where only the year is known, its last day, so that whoever may still be a
 * child is protected as one and nobody is grown up before his time. Null: nothing is known.
 */
export const latestBirthday = (person: string): string =>
  `COALESCE(${person}.born_on, CONCAT(${person}.birth_year, '-12-31'))`;

/** Whoever was born after this day has not had that birthday yet. */
export function bornAfter(now: Date, years: number): string {
  const today = chinaDate(now.getTime());
  return `${Number(today.slice(0, 4)) - years}${today.slice(4)}`;
}

interface Born {
  /** As `latestBirthday` gives it. */
  bornOn: string | null;
}

/** Of whom nothing is known, he is no child for his own sake: he may always agree for himself. */
export const isChild = ({ bornOn }: Born, now: Date): boolean => bornOn !== null && bornOn > bornAfter(now, childUntil);

/** Of whom nothing is known, he answers for nobody else. */
export const isKnownGrownUp = ({ bornOn }: Born, now: Date): boolean =>
  bornOn !== null && bornOn <= bornAfter(now, grownFrom);
