import type { SceneName } from '../scenes';

/**
 * What people say about one kind of thing. Placeholders: {spot} a place in the group, {who} a neighbour as the village
 * calls her, {n} a small number.
 */
export interface CategoryWords {
  /** Orders of this kind among a thousand. */
  share: number;
  /** Months (1–12) in which it comes up three times as often. */
  season?: readonly number[];
  asks: readonly string[];
  titles: readonly string[];
  /** What the handler reports when it is solved. */
  does: readonly string[];
  /** Honest other ends. */
  explains?: readonly string[];
  plans?: readonly (readonly [words: string, link: string])[];
  spots?: readonly string[];
  before?: SceneName;
  after?: SceneName;
}

/** Places that every group has. */
export const commonSpots =
  '祠堂门口 晒谷场旁 大榕树下 村道拐弯处 文化室门口 老井边 桥头 鱼塘边 球场边 牌坊下 卫生站前 小卖部旁 水渠边 后山路口 公交站旁 进村路口'.split(' ');
