import type { CommitmentCardItem, Content } from './commitment';

/** 30000 → 3万 is not how one counts lamps: whole numbers as they are, others with what decimals they have. */
const numberWords = (value: number): string => String(Math.round(value * 100) / 100);

/** 4 盏; null where it cannot be counted. */
export const amountWords = ({ quantity, unit }: Pick<Content, 'quantity' | 'unit'>): string | null =>
  quantity == null ? null : `${numberWords(quantity)} ${unit ?? ''}`.trim();

/** How far it is: 3 / 4 盏 where it can be counted, else 60%. */
export const progressWords = ({
  quantity,
  unit,
  quantityDone,
  percent,
}: Pick<CommitmentCardItem, 'quantity' | 'unit' | 'quantityDone' | 'percent'>): string =>
  quantity === null
    ? `${percent}%`
    : `${numberWords(quantityDone)} / ${numberWords(quantity)}${unit === null ? '' : ` ${unit}`}`;

const daysInMonths = 60;
const soonDays = 14;

/** 今天到期, 还剩 12 天, 还剩 5 个月, 超 3 天 */
export function leftWords(daysLeft: number): string {
  if (daysLeft < 0) return `超 ${-daysLeft} 天`;
  if (daysLeft === 0) return '今天到期';
  if (daysLeft === 1) return '明天到期';
  return daysLeft <= daysInMonths ? `还剩 ${daysLeft} 天` : `还剩 ${Math.floor(daysLeft / 30)} 个月`;
}

/** What the tag of the days left is painted in: late, soon, or quiet. */
export function leftColour({ daysLeft, overdue }: Pick<CommitmentCardItem, 'daysLeft' | 'overdue'>) {
  if (overdue) return 'overdue' as const;
  return daysLeft <= soonDays ? ('open' as const) : ('stopped' as const);
}

/** 李晓峰（碧塘村党总支）; 碧塘村党总支 for its own deeds. */
export const promiserWords = ({ person, organization }: Pick<CommitmentCardItem, 'person' | 'organization'>): string =>
  person === null ? organization.name : `${person.name}（${organization.name}）`;

/** On the wall, for everybody of the town to read. */
export const isPublic = ({ stage, state }: Pick<CommitmentCardItem, 'stage' | 'state'>): boolean =>
  stage !== 'open' && state !== 'withdrawn' && state !== 'released';

/** 4.8 分（12 人评）; null while there are too few to be told. */
export const starsWords = ({ rating: { stars, raters } }: Pick<CommitmentCardItem, 'rating'>): string | null =>
  stars === null ? null : `${stars.toFixed(1)} 分（${raters} 人评）`;

const fenInYuan = 100;
const yuanInWan = 10_000;

/** 分 → 3.5 万元; 800 元 */
export function moneyWords(fen: number): string {
  const yuan = fen / fenInYuan;
  return yuan >= yuanInWan ? `${numberWords(yuan / yuanInWan)} 万元` : `${numberWords(yuan)} 元`;
}
