import type { Random } from './random';

/** '陈11 黄9 …': what, and how often. */
const weights = (list: string): (readonly [item: string, weight: number])[] =>
  list.split(' ').map((each) => [each.replace(/[\d.]+$/, ''), Number(/[\d.]+$/.exec(each)?.[0])]);

/** Made-up people: frequent surnames of Guangdong, given names by age. */
const surnames = weights(
  '陈11 黄9 李9 林7 张6 吴5 梁5 刘5 罗4 何4 杨3 叶3 邓3 曾3 钟3 谢3 朱2 彭2 廖2 赖2 蔡2 许2 苏2 温1 古1 丘1 欧阳0.5 司徒0.3',
);

const oldWomen = '桂英 秀兰 玉珍 凤娇 阿妹 金莲 月娥 春桃 亚娣 银好 惠芳 彩霞 水莲 带娣 观娣'.split(' ');
const oldMen = '德厚 大柱 水生 国栋 炳坤 金水 观保 石养 亚福 运来 锦荣 树根 耀祖 伯坚 福田'.split(' ');
const women = '小燕 秀珍 丽华 晓梅 雪芬 海燕 文静 秋月 美玲 嘉敏 慧玲 小兰 艳红 春燕 伟珊 思敏 燕飞 玉婷'.split(' ');
const men = '建华 伟明 志强 晓峰 文斌 国梁 志远 建平 振东 永康 小军 海涛 家豪 俊杰 伟雄 少波 锦辉 子健'.split(' ');

export type Sex = 'woman' | 'man';

export const surnameBy = (random: Random): string => random.weighted(surnames);

export function givenName(random: Random, sex: Sex, age: number): string {
  if (age >= 58) return random.pick(sex === 'woman' ? oldWomen : oldMen);
  return random.pick(sex === 'woman' ? women : men);
}

const numerals = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 → 一, 12 → 十二; up to 99, as villager groups are counted. */
export function numeral(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : numerals[tens]}十`;
  return ten + (numerals[ones] ?? '');
}

/** How a village calls somebody: 王婶, 陈伯, 李奶奶, 小黄. */
export function calledName(name: string, sex: Sex, age: number): string {
  const surname = name.length > 3 ? name.slice(0, 2) : name.slice(0, 1);
  if (age >= 75) return surname + (sex === 'woman' ? '奶奶' : '爷爷');
  if (age >= 55) return surname + (sex === 'woman' ? '婶' : '伯');
  return age >= 40 ? surname + (sex === 'woman' ? '姐' : '叔') : `小${surname}`;
}
