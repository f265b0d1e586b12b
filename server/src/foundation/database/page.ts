import { encodeCursor, type CursorKey } from './cursor';

interface Paging<Row, Item> {
  limit: number;
  /** The same value that the cursor is decoded with. */
  filters: unknown;
  keyOf: (row: Row) => CursorKey;
  toReply: (row: Row) => Item;
}

/** One page of a list that was read with one row more than wanted: that row only says that there is another page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  { limit, filters, keyOf, toReply }: Paging<Row, Item>,
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last ? encodeCursor(keyOf(last), filters) : null;
  return { items: page.map(toReply), nextCursor };
}
