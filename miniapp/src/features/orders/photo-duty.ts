import type { Outcome } from '@sandan/shared/orders/order.words';

/** What a category asks for: nothing, how it looks afterwards, or before and after. */
export type PhotoDuty = 'none' | 'after' | 'both';

/** A photo is asked for only where the thing itself can be seen and was dealt with (domain.md §2.2). */
export const photoAsked = (outcome: Outcome | null, duty: PhotoDuty): boolean =>
  duty !== 'none' && (outcome === 'solved' || outcome === 'partlySolved');
