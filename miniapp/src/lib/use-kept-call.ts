import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { EndpointKey } from '@sandan/shared/api';
import { call } from './client';
import type { ReplyFrom, Sent } from './endpoints';
import { readStored, writeStored } from './storage';

/** What is the same for everybody and says nothing of anybody; only that may stay on the phone. */
type PublicKey = Extract<EndpointKey, 'categories.list'>;

const nameOf = (key: PublicKey): string => `kept.${key}`;

async function callAndKeep<Key extends PublicKey>(key: Key): Promise<ReplyFrom<Key>> {
  const reply = await call(key, ...([] as unknown as Sent<Key>));
  writeStored(nameOf(key), reply);
  return reply;
}

/** As `useCall`, but the last answer stays on the phone: without network one can still begin an order. */
export const useKeptCall = <Key extends PublicKey>(key: Key): UseQueryResult<ReplyFrom<Key>> =>
  useQuery<ReplyFrom<Key>>({
    queryKey: [key],
    queryFn: () => callAndKeep(key),
    initialData: () => readStored<ReplyFrom<Key>>(nameOf(key)) ?? undefined,
    initialDataUpdatedAt: 0,
  });
