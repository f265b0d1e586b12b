import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import type { ComponentType } from 'react';
import type { Order } from './order';

/** What a form gets: the order as it was read, and how it goes away. It is drawn only while it is open. */
export interface ActionFormProps {
  readonly order: Order;
  readonly onClose: () => void;
  /** Opens the form of another action instead: 没办好 from the form of 办好了. */
  readonly onInstead: (action: OrderAction) => void;
}

/** How one action of a lifecycle is offered to a person. */
export interface ActionEntryOf<Props> {
  /** The verb on the button. */
  readonly label: string;
  /** May be the filled button. The first one in the table that is allowed now is. */
  readonly main?: true;
  readonly Form: ComponentType<Props>;
}

/** The actions of one thing, by the words of its lifecycle, in the order in which they are offered. */
export type ActionTableOf<Action extends string, Props> = { readonly [Each in Action]?: ActionEntryOf<Props> };

export type ActionEntry = ActionEntryOf<ActionFormProps>;
export type ActionTable = ActionTableOf<OrderAction, ActionFormProps>;

export interface OfferedAction<Action extends string, Props> extends ActionEntryOf<Props> {
  readonly action: Action;
}

export interface Offered<Action extends string, Props> {
  readonly main: OfferedAction<Action, Props> | null;
  readonly others: readonly OfferedAction<Action, Props>[];
}

/** What of a table is offered where `allows` stands: at most one filled button, and the rest, in the table's order. */
export function offeredOf<Action extends string, Props>(
  table: ActionTableOf<Action, Props>,
  allows: readonly Action[],
): Offered<Action, Props> {
  const offered = (Object.keys(table) as Action[]).flatMap((action): OfferedAction<Action, Props>[] => {
    const entry = table[action];
    return entry && allows.includes(action) ? [{ action, ...entry }] : [];
  });
  const main = offered.find((entry) => entry.main) ?? null;
  return { main, others: offered.filter((entry) => entry !== main) };
}
