import type { InfiniteData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LiveTopic } from '@sandan/shared/live/live.words';
import { isUnattended } from '../hands';
import { queries } from '../query';
import { readPage, useList, type Filters, type ItemOf, type ListKey } from '../use-call';
import { goneFrom, mergedPages, newsIn, type RowsNow } from './merged-pages';
import { isAtTop, toTop } from './reading-place';
import { useLive } from './use-live';

/** The lists whose rows have an id. */
type LiveKey = { [Key in ListKey]: ItemOf<Key> extends { id: string } ? Key : never }[ListKey];
type Row<Key extends LiveKey> = ItemOf<Key> & { id: string };
type Shown<Key extends LiveKey> = InfiniteData<{ items: Row<Key>[]; nextCursor: string | null }>;
type LiveList<Key extends LiveKey> = ReturnType<typeof useList<Key>> & {
  readonly news: { readonly count: number; readonly show: () => void } | null;
  /** Shown, and there no more. */
  readonly gone: ReadonlySet<string>;
};

/**
 * A list that follows what happens, and in which nothing moves under the reader's finger: rows change where they stand, of
 * what is new a bar says how much it is. Only an empty one, or one before which nobody sits, is read anew by itself.
 */
export function useLiveList<Key extends LiveKey>(topic: LiveTopic, key: Key, filters: Filters<Key>): LiveList<Key> {
  const list = (useList as (key: Key, filters: Filters<Key>) => ReturnType<typeof useList<Key>>)(key, filters);
  const [now, setNow] = useState<RowsNow<Row<Key>> | null>(null);
  const which = JSON.stringify(filters);
  const { isRefetching } = list.query;
  // Whoever reads the whole list anew, by pulling or by what he does, has what was new.
  useEffect(() => setNow(null), [which, isRefetching]);

  const readAnew = () => list.query.refetch({ cancelRefetch: false });
  const follow = async () => {
    const queryKey = [key, filters, undefined];
    const before = queries.getQueryData<Shown<Key>>(queryKey);
    const isEmpty = before?.pages.every(({ items }) => items.length === 0) ?? true;
    if (!before || isEmpty || (isUnattended() && (await isAtTop()))) return readAnew();
    const read = await readRows(key, filters, before.pages.length);
    queries.setQueryData<Shown<Key>>(queryKey, (shown) => shown && mergedPages(shown, read.rows));
    setNow(read);
  };
  useLive(topic, follow);

  const show = () => {
    toTop();
    setNow(null);
    void readAnew();
  };
  const items = list.items as readonly Row<Key>[];
  const count = now ? newsIn(items, now) : 0;
  return { ...list, news: count > 0 ? { count, show } : null, gone: now ? goneFrom(items, now) : nothing };
}

const nothing: ReadonlySet<string> = new Set();

async function readRows<Key extends LiveKey>(
  key: Key,
  filters: Filters<Key>,
  pages: number,
): Promise<RowsNow<Row<Key>>> {
  const rows: Row<Key>[] = [];
  let cursor: string | null = null;
  for (let read = 0; read < pages; read += 1) {
    const page: { items: ItemOf<Key>[]; nextCursor: string | null } = await readPage(key, filters, undefined, cursor);
    rows.push(...(page.items as Row<Key>[]));
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return { rows, isWhole: cursor === null };
}
