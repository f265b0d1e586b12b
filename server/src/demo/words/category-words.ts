import type { SceneName } from '../scenes';

/**
 * One thing that happens in a village: how it is told, what the desk calls it, what was done about it. Placeholders:
 * {spot} a place in the group, {who} a neighbour as the village calls her, {n} a small number.
 */
export interface Matter {
  title: string;
  asks: readonly string[];
  done: readonly string[];
  /** It turned out otherwise, and was explained. */
  explained?: string;
  /** It cannot be done now: what was said, and the plan that it stands in. */
  planned?: readonly [words: string, link: string];
}

export interface CategoryWords {
  /** Orders of this kind, relative to the others. */
  share: number;
  /** Months (1–12) in which it comes up three times as often. */
  season?: readonly number[];
  before?: SceneName;
  after?: SceneName;
  matters: readonly Matter[];
}

export const matter = (
  title: string,
  asks: readonly string[],
  done: readonly string[],
  more: Pick<Matter, 'explained' | 'planned'> = {},
): Matter => ({ title, asks, done, ...more });

/** Places that every group has. */
export const commonSpots =
  '祠堂门口 晒谷场旁 大榕树下 村道拐弯处 文化室门口 老井边 桥头 鱼塘边 球场边 牌坊下 卫生站前 小卖部旁 水渠边 后山路口 公交站旁 进村路口'.split(
    ' ',
  );
