import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import type { ComponentType } from 'react';
import { deskActions } from './desk/desk-actions';
import { inspectorActions } from './inspector/inspector-actions';
import type { Order } from './order';
import { residentActions } from './resident/resident-actions';

/** What a form gets: the order as it was read, and how it goes away. It is drawn only while it is open. */
export interface ActionFormProps {
  readonly order: Order;
  readonly onClose: () => void;
  /** Opens the form of another action instead: 没办好 from the form of 办好了. */
  readonly onInstead: (action: OrderAction) => void;
}

/** How one action of the lifecycle is offered to a person. */
export interface ActionEntry {
  /** The verb on the button. */
  readonly label: string;
  /** May be the filled button. The first one in the table that is allowed now is. */
  readonly main?: true;
  readonly Form: ComponentType<ActionFormProps>;
}

export type ActionTable = { readonly [Action in OrderAction]?: ActionEntry };

/**
 * Every action a person can do to an order, in the order in which they are offered. Which of them are there is said by
 * `order.allows` alone; nothing here asks for a role.
 *
 * To add actions: write their forms and a table beside them, `features/orders/<who>/<who>-actions.tsx`
 * (`export const deskActions = { accept: { label: '受理', main: true, Form: AcceptForm } } satisfies ActionTable`), and
 * spread it here. A form draws a `Sheet` (ActSheet, WordsSheet), or, where it is a page of its own, goes there and calls
 * `onClose`. It ends with `onClose()`; the order is read anew by `useAct` and `submit` themselves. `OrderView` draws the
 * buttons and opens the forms.
 */
export const orderActions: ActionTable = {
  ...deskActions,
  ...inspectorActions,
  ...residentActions,
};

export interface OfferedAction extends ActionEntry {
  readonly action: OrderAction;
}

export interface Offered {
  readonly main: OfferedAction | null;
  readonly others: readonly OfferedAction[];
}

/** What is offered now: at most one filled button, and the rest. Actions without a form here are left out. */
export function offeredActions(allows: readonly OrderAction[], table: ActionTable = orderActions): Offered {
  const offered = (Object.keys(table) as OrderAction[]).flatMap((action): OfferedAction[] => {
    const entry = table[action];
    return entry && allows.includes(action) ? [{ action, ...entry }] : [];
  });
  const main = offered.find((entry) => entry.main) ?? null;
  return { main, others: offered.filter((entry) => entry !== main) };
}
