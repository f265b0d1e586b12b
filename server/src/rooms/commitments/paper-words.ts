import { chinaDate } from '@sandan/shared/china-time';
import { commitmentLifecycle } from '@sandan/shared/commitments/commitment.lifecycle';
import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import type { Caller } from '../../foundation/access/caller';
import { dayWords } from '../../foundation/documents/exported-by';
import { placeName } from './commitments.presenter';
import type { DeedRow } from './paper-rows.queries';

/** 一, 二 … 十一 … 九十九; beyond that digits. */
export function ordinalWords(number: number): string {
  const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
  if (number > 99) return String(number);
  const tens = Math.floor(number / 10);
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${digits[number % 10]}`;
}

export const quantityWords = ({ quantity, unit }: Pick<DeedRow, 'quantity' | 'unit'>): string =>
  quantity === null ? '' : `${quantity} ${unit ?? ''}`.trim();

/** 分 → 3.5 万元（镇财政）. */
export function moneyWords({ money, moneySource }: Pick<DeedRow, 'money' | 'moneySource'>): string {
  if (money === null) return moneySource ?? '';
  const yuan = money / 100;
  const amount = yuan >= 10_000 && yuan % 100 === 0 ? `${yuan / 10_000} 万元` : `${yuan} 元`;
  return moneySource === null ? amount : `${amount}（${moneySource}）`;
}

export const forWhom = ({ forWords, forGridId }: DeedRow, { reference }: Caller): string =>
  forWords ?? placeName(reference.tree, forGridId);

/** How far it is, or how it ended. */
export function standingWords({ state, percent }: Pick<DeedRow, 'state' | 'percent'>): string {
  if (state !== 'published') return commitmentLifecycle.states[state].name;
  return percent === 0 ? '正在办' : `已办 ${percent}%`;
}

const day = 24 * 60 * 60_000;

/** 公示期: seven days for each deed; where not all were published on one day, from the first to the last of them. */
export function noticePeriod(deeds: readonly Pick<DeedRow, 'publishedAt'>[]): string {
  const times = deeds.map(({ publishedAt }) => publishedAt.getTime()).sort((one, other) => one - other);
  const [first = 0, last = first] = [times[0], times.at(-1)];
  const until = new Date(last + commitmentLimits.opinionDays * day);
  const period = `公示时间：${dayWords(new Date(first))}至 ${dayWords(until)}`;
  return chinaDate(first) === chinaDate(last)
    ? `${period}（公示期 ${commitmentLimits.opinionDays} 天）`
    : `${period}（陆续公示，每件公示 ${commitmentLimits.opinionDays} 天）`;
}
