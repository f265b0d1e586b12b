import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../../lib/client';
import { newId } from '../../lib/ids';
import type { ReplyFrom } from '../../lib/endpoints';

/** Phones have eleven digits, doors end in 号 or are short numbers; the rest is looked for among names, then numbers. */
function searchOf(q: string) {
  if (/^1\d{10}$/.test(q)) return { phone: q };
  if (/^\d{1,4}号?(之.{1,4})?$/.test(q)) return { door: /号/.test(q) ? q : `${q}号` };
  return /^[\w-]+$/.test(q) ? { code: q } : { name: q };
}

/** Households by what was typed. It is asked by POST: neither a name nor a number stands in an address. */
export function useFoundHouseholds(q: string): UseQueryResult<ReplyFrom<'households.search'>> {
  // One for each text: a lost answer is asked for again as the same search, and counted once.
  const actionId = useMemo(newId, [q]);
  return useQuery({
    queryKey: ['households.search', q],
    queryFn: () => call('households.search', { body: { ...searchOf(q), actionId } }),
    enabled: q !== '',
    // By a phone it is counted and written down: none is made by itself.
    ...{ gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
  });
}

/** How to look for one, said where nothing was found: among many people a name is looked for from its beginning. */
export const notFoundWords = (namesFromStart: boolean): string =>
  `电话、门牌和户号要写全；姓名${namesFromStart ? '要从姓写起' : '写一部分就行'}。`;
