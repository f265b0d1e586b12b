import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import type { Outcome } from '@sandan/shared/orders/order.words';

/** `accepted`: not done, but the answer is good enough (事没办成，但答复能接受), or nothing is open against it any more. */
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

/**
 * How the second question may be answered. Who was told "solved" and says no, does not accept: it goes on. Where it cannot
 * go on any more (the level above has ruled, or it is too late) the "no" itself is kept, and counts as not solved.
 */
export function endings({ outcome, allows }: { outcome: Outcome | null; allows: readonly OrderAction[] }) {
  const solved = { value: 'solved', words: '办好了' } as const;
  if (onwards(allows) === null) return [solved, { value: 'accepted', words: '没办好，照实记下' } as const];
  return [
    solved,
    ...(outcome === 'solved' ? [] : [{ value: 'accepted', words: '没办成，但答复能接受' } as const]),
    { value: 'goOn', words: '没办好，要接着办' } as const,
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
