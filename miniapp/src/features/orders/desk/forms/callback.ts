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
