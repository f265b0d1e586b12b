import type { CommitmentField } from '@sandan/shared/commitments/commitment.words';
import type { SceneName } from '../scenes';

/**
 * A deed as village people promise it. Placeholders: {n} how many, {d} how many so far, {spot} where, {by} until when
 * (6月底前), {year} the year.
 */
export interface DeedWords {
  field: CommitmentField;
  title: string;
  words: string;
  /** From, to, in steps of, and the unit. */
  count: readonly [from: number, to: number, step: number, unit: string];
  /** Whom it is for, in general words: nobody helped is named. */
  forWords: string | null;
  doing: readonly string[];
  done: string;
  /** A bit every month until the end of the year. */
  wholeYear: boolean;
  pictures?: readonly [before: SceneName, after: SceneName];
  /** Months in whose last days it can be due; left out: any from April on. */
  months?: readonly number[];
  /** 元, from and to. */
  money?: readonly [from: number, to: number];
}

type More = Partial<Pick<DeedWords, 'forWords' | 'pictures' | 'money' | 'months' | 'wholeYear'>>;

/** One that is done once, by a day. */
export const deed = (
  field: CommitmentField,
  [title, words]: readonly [title: string, words: string],
  count: DeedWords['count'],
  doing: readonly string[],
  done: string,
  more: More = {},
): DeedWords => ({ field, title, words, count, doing, done, forWords: null, wholeYear: false, ...more });

/** One that is done again and again through the year. */
export const habit = (...[field, texts, count, doing, done, more = {}]: Parameters<typeof deed>): DeedWords =>
  deed(field, texts, count, doing, done, { wholeYear: true, ...more });

export interface DeedTexts {
  n: string;
  spot: string;
  by: string;
  year: string;
}

/** A sentence about a deed, with its placeholders filled in. */
export const tellOf = (template: string, texts: DeedTexts & { d?: string }): string =>
  template.replace(/\{(n|d|spot|by|year)\}/g, (_, name: keyof DeedTexts | 'd') => texts[name] ?? '');

export const groupSpots = [
  ...['祠堂门口', '村道拐弯处', '大榕树下', '鱼塘边', '晒谷场旁', '桥头', '老水井边', '球场旁'],
  ...['小卖部门前', '机耕路口', '文化室旁', '后山脚下'],
];
export const villageSpots = [
  ...['小学门口', '村委会前', '卫生站旁', '老村道', '文化广场', '进村路口', '东边河堤', '农贸市场'],
  ...['候车亭', '环村路西段'],
];
