import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import type { Outcome } from '@sandan/shared/orders/order.words';

/** `accepted`: not done, but the answer is good enough (事没办成，但答复能接受). */
export type Ending = 'solved' | 'accepted' | 'goOn';

export interface Answers {
  readonly contacted: 'yes' | 'no' | null;
  readonly ending: Ending | null;
  readonly stars: number | null;
  readonly words: string;
}

export const emptyAnswers: Answers = { contacted: null, ending: null, stars: null, words: '' };

/** Where 没办好 leads now: to the same desk again, after two rounds to the level above; null when neither is open. */
export const onwards = (allows: readonly OrderAction[]): 'reopen' | 'appealUp' | null =>
  (['reopen', 'appealUp'] as const).find((action) => allows.includes(action)) ?? null;

/** How the second question may be answered. Who was told "solved" and says no, does not accept: it goes on. */
export function endings({ outcome, allows }: { outcome: Outcome | null; allows: readonly OrderAction[] }) {
  return [
    { value: 'solved' as const, words: '办好了' },
    ...(outcome === 'solved' ? [] : [{ value: 'accepted' as const, words: '没办成，但答复能接受' }]),
    ...(onwards(allows) === null ? [] : [{ value: 'goOn' as const, words: '没办好，要接着办' }]),
  ];
}

/** What is sent; null while something is unanswered, or when it goes on as 没办好. */
export function answerOf({ contacted, ending, stars, words }: Answers) {
  if (contacted === null || ending === null || ending === 'goOn' || stars === null) return null;
  const said = words.trim();
  return {
    contacted: contacted === 'yes',
    solved: ending === 'solved',
    stars,
    ...(said === '' ? {} : { words: said }),
  };
}
