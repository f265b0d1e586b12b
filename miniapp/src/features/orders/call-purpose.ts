import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';

export type CallPurpose = 'callback' | 'inspect' | 'study';

/** Whoever may do one of these now has to be able to ring the resident; the server counts every look at the number. */
const purposes: readonly (readonly [OrderAction, CallPurpose])[] = [
  ['recordCallback', 'callback'],
  ['noteCall', 'callback'],
  ['inspect', 'inspect'],
  ['accept', 'study'],
  ['ask', 'study'],
  ['verify', 'study'],
  ['dispatch', 'study'],
];

/** For what the number of the resident may be looked up now; null when it may not. */
export const callPurposeOf = (allows: readonly OrderAction[]): CallPurpose | null =>
  purposes.find(([action]) => allows.includes(action))?.[1] ?? null;
