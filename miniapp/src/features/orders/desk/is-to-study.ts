import type { OrderCardItem } from '../order';

/** Is this an order to be studied or dispatched, rather than looked at? A sealed one has to be opened first. */
export const isToStudy = ({ allows, state, sealed }: Pick<OrderCardItem, 'allows' | 'state' | 'sealed'>): boolean =>
  !sealed && (allows.includes('accept') || (state === 'accepted' && allows.includes('dispatch')));
