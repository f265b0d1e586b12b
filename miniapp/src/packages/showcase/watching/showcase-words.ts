import type { Showcase } from '../../../features/commitments/showcase';

/** 86.5 → 86.50: places are told apart by hundredths. */
export const markWords = (mark: number): string => mark.toFixed(2);

/** 承诺兑现 90，现场讲述 85 */
export const marksWords = (criteria: Showcase['criteria'], marks: readonly number[]): string =>
  criteria.map(({ name }, index) => `${name} ${marks[index] ?? 0}`).join('，');

/** What makes the total: 评委 85.20, 群众 90.00; where too few residents have rated, the judges' word is the whole. */
export const partsOf = ({ judged, residents }: NonNullable<Showcase['results']>[number]): readonly string[] => [
  judged === null ? '评委没打分' : `评委 ${markWords(judged)}`,
  residents === null ? '群众评的少，不计' : `群众 ${markWords(residents)}`,
];

type Deeds = { readonly kept: number; readonly accepted: number; readonly share: number | null };

/** 兑现 52 件，兑现率 100%; before the year is closed what has been accepted. */
export function deedsWords({ kept, accepted, share }: Deeds): string {
  if (share === null) return accepted === 0 ? '还没有验收的承诺' : `验收 ${accepted} 件`;
  return `兑现 ${kept} 件，兑现率 ${Math.round(share * 100)}%`;
}
