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

/** How one action of the lifecycle is offered to a person. */
export interface ActionEntry {
  /** The verb on the button. */
  readonly label: string;
  /** May be the filled button. The first one in the table that is allowed now is. */
  readonly main?: true;
  readonly Form: ComponentType<ActionFormProps>;
}

export type ActionTable = { readonly [Action in OrderAction]?: ActionEntry };

export interface OfferedAction extends ActionEntry {
  readonly action: OrderAction;
}

export interface Offered {
  readonly main: OfferedAction | null;
  readonly others: readonly OfferedAction[];
}

/** What of a table is offered where `allows` stands: at most one filled button, and the rest, in the table's order. */
export function offeredOf(table: ActionTable, allows: readonly OrderAction[]): Offered {
  const offered = (Object.keys(table) as OrderAction[]).flatMap((action): OfferedAction[] => {
    const entry = table[action];
    return entry && allows.includes(action) ? [{ action, ...entry }] : [];
  });
  const main = offered.find((entry) => entry.main) ?? null;
  return { main, others: offered.filter((entry) => entry !== main) };
}
