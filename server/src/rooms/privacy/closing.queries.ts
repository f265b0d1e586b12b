import type { ClosingBlock } from '@sandan/shared/privacy/privacy.words';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { AccountClosing } from './privacy.entity';

export async function openClosingOf(reading: Reading, personId: string): Promise<AccountClosing | null> {
  const [row] = await reading.query<Record<string, unknown>>(
    'SELECT * FROM account_closing WHERE person_id = ? AND is_open = 1',
    [personId],
  );
  return row ? rowOf<AccountClosing>(row) : null;
}

export async function closingById(reading: Reading, id: string): Promise<AccountClosing | null> {
  const [row] = await reading.query<Record<string, unknown>>('SELECT * FROM account_closing WHERE id = ?', [id]);
  return row ? rowOf<AccountClosing>(row) : null;
}

export interface Blocking {
  block: ClosingBlock;
  count: number;
  orderIds: string[];
}

/** What each block counts: ids of the things, those of orders to open. */
const blocks: Record<
  ClosingBlock,
  { sql: string; values: (personId: string, now: Date) => SqlValue[]; orders: boolean }
> = {
  tasksInHand: {
    sql: "SELECT order_id AS id FROM task_claim WHERE person_id = ? AND state = 'taken' ORDER BY at",
    values: (personId) => [personId],
    orders: true,
  },
  ownOrders: {
    sql: "SELECT id FROM service_order WHERE requester_id = ? AND stage IN ('open', 'working') ORDER BY placed_at",
    values: (personId) => [personId],
    orders: true,
  },
  posts: {
    sql: 'SELECT id FROM role_grant WHERE person_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)',
    values: (personId, now) => [personId, now, now],
    orders: false,
  },
  commitments: {
    sql: "SELECT id FROM commitment WHERE responsible_id = ? AND stage IN ('open', 'working')",
    values: (personId) => [personId],
    orders: false,
  },
};

/** What stands against closing this account now. */
export async function blockingOf(reading: Reading, personId: string, now: Date): Promise<Blocking[]> {
  const found = await Promise.all(
    (Object.keys(blocks) as ClosingBlock[]).map(async (block): Promise<Blocking> => {
      const { sql, values, orders } = blocks[block];
      const rows = await reading.query<{ id: string }>(sql, values(personId, now));
      return { block, count: rows.length, orderIds: orders ? rows.slice(0, 5).map(({ id }) => id) : [] };
    }),
  );
  return found.filter(({ count }) => count > 0);
}

/** The town whose worker does it: where the person lives. */
export async function personPlace(
  reading: Reading,
  personId: string,
): Promise<{ gridId: string | null; erasedAt: Date | null } | null> {
  const [row] = await reading.query<{ gridId: string | null; erasedAt: Date | null }>(
    `SELECT h.grid_id AS gridId, p.erased_at AS erasedAt FROM person p LEFT JOIN household h ON h.id = p.household_id
     WHERE p.id = ?`,
    [personId],
  );
  return row ?? null;
}
