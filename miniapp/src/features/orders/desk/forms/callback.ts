import type { Outcome } from '@sandan/shared/orders/order.words';

/** 回访 as it is filled in. `accepted`: not done, but the answer is good enough; `goOn`: it has to be done again. */
export interface Callback {
  readonly method: 'phone' | 'visit' | null;
  readonly spokeTo: string;
  readonly contacted: 'yes' | 'no' | null;
  readonly ending: 'solved' | 'accepted' | 'goOn' | null;
  readonly stars: number | null;
  readonly words: string;
}

export const emptyCallback: Callback = {
  method: null,
  spokeTo: '',
  contacted: null,
  ending: null,
  stars: null,
  words: '',
};

/** What he may have said; after a ruling of the level above (上级核查) nothing is done again, and his "no" is kept as it is. */
export function callbackEndings({ outcome, ruled }: { outcome: Outcome | null; ruled: boolean }) {
  const solved = { value: 'solved', words: '办好了' } as const;
  if (ruled) return [solved, { value: 'accepted', words: '没办好，照实记下' } as const];
  return [
    solved,
    ...(outcome === 'solved' ? [] : [{ value: 'accepted', words: '没办成，但能接受' } as const]),
    { value: 'goOn', words: '没办好，要接着办' } as const,
  ];
}

/** What is sent; null while something is unanswered. A 没办好 needs words: whoever does it again has to know what. */
export function callbackOf({ method, spokeTo, contacted, ending, stars, words }: Callback) {
  const who = spokeTo.trim();
  const said = words.trim();
  if (method === null || contacted === null || ending === null || stars === null || who === '') return null;
  if (ending === 'goOn' && said === '') return null;
  return {
    method,
    spokeTo: who,
    contacted: contacted === 'yes',
    solved: ending === 'solved',
    stars,
    reopen: ending === 'goOn',
    ...(said === '' ? {} : { words: said }),
  };
}
