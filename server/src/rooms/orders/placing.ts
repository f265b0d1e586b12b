import type { BodyOf } from '@sandan/shared/endpoint';
import type { ordersApi } from '@sandan/shared/orders/orders.contract';
import type { Settlement } from './settled-task';

export type Placing = BodyOf<(typeof ordersApi)['place']>;

/** What kind of first step it is: to be studied, straight to the own member, or settled on the spot. */
export type PlacingWay =
  { way: 'study' } | { way: 'direct' } | { way: 'settled'; settlement: Settlement & { contacted: true } };
