import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import { deskActions } from './desk/desk-actions';
import { inspectorActions } from './inspector/inspector-actions';
import { offeredOf, type ActionFormProps, type ActionTable, type Offered } from './offered-actions';
import { residentActions } from './resident/resident-actions';

export type { ActionEntry, ActionFormProps, ActionTable } from './offered-actions';

/**
 * Every action a person can do to an order, in the order in which they are offered. Which of them are there is said by
 * `order.allows` alone; nothing here asks for a role.
 *
 * To add actions: write their forms and a table beside them, `features/orders/<who>/<who>-actions.tsx`
 * (`export const deskActions = { accept: { label: '受理', main: true, Form: AcceptForm } } satisfies ActionTable`), and
 * spread it here. A form draws a `Sheet` (ActSheet, WordsSheet), or, where it is a page of its own, goes there and calls
 * `onClose`. It ends with `onClose()`; the order is read anew by `useAct` and `submit` themselves. `OrderActionBar` draws the
 * buttons, `OpenedAction` the form.
 */
export const orderActions: ActionTable = {
  ...deskActions,
  ...inspectorActions,
  ...residentActions,
};

/** What is offered now. Actions without a form here are left out. */
export const offeredActions = (allows: readonly OrderAction[]): Offered<OrderAction, ActionFormProps> =>
  offeredOf(orderActions, allows);
