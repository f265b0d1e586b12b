import { chinaDate } from '@sandan/shared/china-time';
import type { CallRow } from './calls.queries';

const dayWords = (at: Date): string => {
  const [, month, day] = chinaDate(at.getTime()).split('-').map(Number);
  return `${month} 月 ${day} 日`;
};

const sayings: Readonly<Record<CallRow['reason'], (row: CallRow) => string>> = {
  asking: ({ title, question }) => `您说的“${title}”，想再问您一句：${question ?? '请您说说情况。'}`,
  declined: ({ title }) => `您说的“${title}”，我们这里办不了，我给您说说该去哪里办。`,
  claimed: ({ title, holder, promisedAt }) =>
    `您说的“${title}”，${holder ?? '有人'}接了${promisedAt ? `，说最晚 ${dayWords(promisedAt)}办` : ''}。`,
  reported: ({ title }) => `您说的“${title}”办好了，想问问您：有人联系过您吗？事情办好没有？满不满意？`,
};

/** What to say, as one plain sentence; a confidential order is not named to whoever picks up (domain.md §8). */
export const sayingOf = (row: CallRow, callerPlace: string): string =>
  `您好，我是${callerPlace}的。${row.visibility === 'confidential' ? '您的一件事有进展，方便时请您本人听电话。' : sayings[row.reason](row)}`;
