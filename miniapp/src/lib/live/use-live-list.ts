import type { InfiniteData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LiveTopic } from '@sandan/shared/live/live.words';
import { queries } from '../query';
import { readPage, useList, type Filters, type ItemOf, type List, type ListKey } from '../use-call';
import { hasNews, mergedPages } from './merged-pages';
import { isAtTop, toTop } from './reading-place';
import { useLive } from './use-live';

/** The lists whose rows have an id. */
type LiveKey = { [Key in ListKey]: ItemOf<Key> extends { id: string } ? Key : never }[ListKey];
type Row<Key extends LiveKey> = ItemOf<Key> & { id: string };
type Shown<Key extends LiveKey> = InfiniteData<{ items: Row<Key>[]; nextCursor: string | null }>;

/**
 * A list that follows what happens. At its top it is read anew; further down nothing moves under the reader's finger: rows
 * change where they stand, and of what is new a bar says that it is there.
 */
export function useLiveList<Key extends LiveKey>(topic: LiveTopic, key: Key, filters: Filters<Key>): List<ItemOf<Key>> {
  const list = (useList as (key: Key, filters: Filters<Key>) => List<ItemOf<Key>>)(key, filters);
  const [isBehind, setBehind] = useState(false);
  const which = JSON.stringify(filters);
  useEffect(() => setBehind(false), [which]);

  const readAnew = () => {
    setBehind(false);
    return list.query.refetch({ cancelRefetch: false });
  };
  const compare = async () => {
    const queryKey = [key, filters, undefined];
    const before = queries.getQueryData<Shown<Key>>(queryKey);
    if (!before) return;
    const now = await readRows(key, filters, before.pages.length);
    queries.setQueryData<Shown<Key>>(queryKey, (shown) => shown && mergedPages(shown, now));
    setBehind(hasNews(before, now));
  };
  const follow = async () => ((await isAtTop()) ? readAnew() : compare());
  // What the screen shows stays; pulling it says what is wrong.
  useLive(topic, () => void follow().catch(() => undefined));

  const show = () => {
    toTop();
    void readAnew();
  };
  return { ...list, news: isBehind ? show : null };
}

async function readRows<Key extends LiveKey>(key: Key, filters: Filters<Key>, pages: number): Promise<Row<Key>[]> {
  const rows: Row<Key>[] = [];
  let cursor: string | null = null;
  for (let read = 0; read < pages; read += 1) {
    const page: { items: ItemOf<Key>[]; nextCursor: string | null } = await readPage(key, filters, undefined, cursor);
    rows.push(...(page.items as Row<Key>[]));
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return rows;
}
