/**
 * What comes of asking WeChat (wechat.md §6):
 * pass      nothing against it
 * doubtful  a person must look at it (WeChat's `review`)
 * risky     WeChat is sure; a person decides all the same
 * unjudged  WeChat cannot judge this: its author is not in WeChat, not there for two hours (61010), or nothing can be fetched
 * away      WeChat does not answer at present
 */
export type CheckVerdict = 'pass' | 'doubtful' | 'risky' | 'unjudged' | 'away';

export interface Judged {
  readonly verdict: CheckVerdict;
  readonly label: number | null;
  readonly traceId: string | null;
}

export const unjudged: Judged = { verdict: 'unjudged', label: null, traceId: null };
/** What a person has hidden was worded anew: WeChat is not asked. */
export const forAPerson: Judged = { verdict: 'doubtful', label: null, traceId: null };
export const away: Judged = { verdict: 'away', label: null, traceId: null };

export const verdictOf = (suggest: 'pass' | 'review' | 'risky'): CheckVerdict =>
  suggest === 'review' ? 'doubtful' : suggest;
