import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  type MutateOptions,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { EndpointKey, EndpointOf } from '@sandan/shared/api';
import { useEffect, useRef } from 'react';
import { call } from './client';
import type { ReplyFrom, Sent, SentTo } from './endpoints';
import { newId } from './ids';
import { queries } from './query';
import { isPassing } from './answer';

/** Reads an endpoint: `useCall('orders.read', { params: { orderId } })`. */
export function useCall<Key extends EndpointKey>(key: Key, ...sent: Sent<Key>): UseQueryResult<ReplyFrom<Key>> {
  return useQuery({ queryKey: [key, ...sent], queryFn: () => call(key, ...sent) });
}

/** The endpoints that are lists: paged by cursor, `items` and `nextCursor`. */
export type ListKey = {
  [Key in EndpointKey]: ReplyFrom<Key> extends { items: unknown[]; nextCursor: string | null } ? Key : never;
}[EndpointKey];
export type ItemOf<Key extends ListKey> = ReplyFrom<Key> extends { items: (infer Item)[] } ? Item : never;
type PageOf<Key extends ListKey> = ReplyFrom<Key> & { items: ItemOf<Key>[]; nextCursor: string | null };
export type Filters<Key extends ListKey> = Omit<NonNullable<SentTo<Key>['query']>, 'cursor'>;

export interface List<Item> {
  readonly items: readonly Item[];
  readonly query: UseInfiniteQueryResult<unknown>;
  /** A list that follows what happens: so many have come that do not stand on the screen, and how to show them. */
  readonly news?: { readonly count: number; readonly show: () => void } | null;
}

/** One page of a list, after the cursor; the first without one. */
export async function readPage<Key extends ListKey>(
  key: Key,
  filters: Filters<Key>,
  params: unknown,
  cursor: string | null,
): Promise<PageOf<Key>> {
  const sent = { params, query: { ...filters, cursor: cursor ?? undefined } } as unknown as SentTo<Key>;
  return (await call(key, ...([sent] as Sent<Key>))) as PageOf<Key>;
}

/** What stands in the path of a list that belongs to something: `{ roundId }`. */
type Whose<Key extends ListKey> = SentTo<Key> extends { params: infer Params } ? [params: Params] : [];

/**
 * Reads a list page by page, for `<ListView list={…}>`: `useList('orders.list', { scope: 'mine' })`,
 * `useList('rounds.debtors', { short: 'true' }, { roundId })`. `head` is the first page, with what it says beside its items.
 */
export function useList<Key extends ListKey>(
  key: Key,
  filters: Filters<Key>,
  ...[params]: Whose<Key>
): List<ItemOf<Key>> & { readonly head: ReplyFrom<Key> | undefined } {
  const query = useInfiniteQuery({
    queryKey: [key, filters, params],
    queryFn: ({ pageParam }) => readPage(key, filters, params, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  return { items: query.data?.pages.flatMap((page) => page.items) ?? [], query, head: query.data?.pages[0] };
}

/** The endpoints that take an `actionId`: everything a person does to a thing. */
type ActKey = {
  [Key in EndpointKey]: SentTo<Key> extends { body: { actionId: string } } ? Key : never;
}[EndpointKey];
type Fields<Key extends ActKey> = SentTo<Key> extends { body: infer Body } ? Omit<Body, 'actionId'> : never;
type QueryTo<Key extends ActKey> = SentTo<Key> extends { query?: infer Query } ? Query : never;
type ParamsTo<Key extends ActKey> = SentTo<Key> extends { params: infer Params } ? Params : undefined;

/**
 * A mutation after which everything on the screens is read anew. Who asked hears of it before that: what is read anew may
 * take his form away, and react-query tells nothing to a component that is gone. Whoever has left meanwhile is not told.
 */
function useWrite<Reply, Given>(
  write: (given: Given) => Promise<Reply>,
  onSettled?: (error: Error | null) => void,
): UseMutationResult<Reply, Error, Given> {
  const told = useRef<MutateOptions<Reply, Error, Given>['onSuccess']>(undefined);
  useEffect(() => () => void (told.current = undefined), []);
  const mutation = useMutation<Reply, Error, Given>({
    mutationFn: write,
    onSettled: (_reply, error) => onSettled?.(error),
    onSuccess: (...reply) => {
      told.current?.(...reply);
      return queries.invalidateQueries();
    },
  });
  const mutate: typeof mutation.mutate = (...[given, options]) => {
    told.current = options?.onSuccess;
    mutation.mutate(...([given, { ...options, onSuccess: undefined }] as Parameters<typeof mutation.mutate>));
  };
  return { ...mutation, mutate };
}

/**
 * Does something to a thing: `const claim = useAct('tasks.claim', { taskId }); claim.mutate({ promisedAt })`.
 * The action id stays the same until an answer has come, so that pressing again after a lost answer does it once.
 * Afterwards everything on the screens is read anew: a claim changes lists, counts and details alike.
 */
export function useAct<Key extends ActKey>(
  key: Key,
  params: ParamsTo<Key>,
  query?: QueryTo<Key>,
): UseMutationResult<ReplyFrom<Key>, Error, Fields<Key>> {
  const actionId = useRef<string | null>(null);
  return useWrite(
    (fields: Fields<Key>) => {
      actionId.current ??= newId();
      const sent = { params, query, body: { ...fields, actionId: actionId.current } } as unknown as SentTo<Key>;
      return call(key, ...([sent] as unknown as Sent<Key>));
    },
    (error) => {
      if (!isPassing(error)) actionId.current = null;
    },
  );
}

/** The endpoints that take the caller's id in the path: making a thing, or setting it. */
type PutKey = { [Key in EndpointKey]: EndpointOf<Key>['method'] extends 'put' ? Key : never }[EndpointKey];

/**
 * Makes a thing under an id of one's own: `usePut('rounds.open').mutate({ params: { roundId: draft.id }, body })`. The id
 * stays the draft's, so that pressing again after a lost answer makes it once.
 */
export const usePut = <Key extends PutKey>(key: Key): UseMutationResult<ReplyFrom<Key>, Error, SentTo<Key>> =>
  useWrite((sent: SentTo<Key>) => call(key, ...([sent] as unknown as Sent<Key>)));
