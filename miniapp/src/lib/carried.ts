import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { EndpointKey } from '@sandan/shared/api';
import { ApiProblem } from './answer';
import { call } from './client';
import type { ReplyFrom, Sent } from './endpoints';
import { personNow } from './session';
import { dropStored, readStored, writeStored } from './storage';
import { rememberCarried } from './carried-names';

/** What a person takes along to where there is no network: masked names and doors, no more (`sweeps.round`). */
type CarriedKey = Extract<EndpointKey, 'sweeps.mine' | 'sweeps.round'>;

const nameOf = (key: CarriedKey, sent: unknown): string =>
  `carried.${personNow() ?? 'nobody'}.${key}.${JSON.stringify(sent ?? null)}`;

async function callAndCarry<Key extends CarriedKey>(key: Key, sent: Sent<Key>): Promise<ReplyFrom<Key>> {
  const name = nameOf(key, sent[0]);
  try {
    const reply = await call(key, ...sent);
    rememberCarried(name);
    writeStored(name, reply);
    return reply;
  } catch (error) {
    // It has ended, or is somebody else's now: nothing of it stays on this phone.
    if (error instanceof ApiProblem && (error.status === 404 || error.status === 409)) dropStored(name);
    throw error;
  }
}

/** As `useCall`, but the last answer is carried along: it is there without a network, until it ends or the person signs out. */
export const useCarried = <Key extends CarriedKey>(key: Key, ...sent: Sent<Key>): UseQueryResult<ReplyFrom<Key>> =>
  useQuery<ReplyFrom<Key>>({
    queryKey: [key, ...sent],
    queryFn: () => callAndCarry(key, sent),
    initialData: () => readStored<ReplyFrom<Key>>(nameOf(key, sent[0])) ?? undefined,
    initialDataUpdatedAt: 0,
  });
