import type { EndpointKey, EndpointOf } from '@sandan/shared/api';
import type { ReplyOf, SentOf } from '@sandan/shared/endpoint';
import { routes } from '@sandan/shared/routes.generated';
import { send, type Request } from './transport';

/** One part of a request: required only if it has a required field. */
type Part<Name extends string, T> = [T] extends [undefined]
  ? { readonly [N in Name]?: undefined }
  : object extends T
    ? { readonly [N in Name]?: T }
    : { readonly [N in Name]: T };

type Parts<S extends { params: unknown; query: unknown; body: unknown }> = Part<'params', S['params']> &
  Part<'query', S['query']> &
  Part<'body', S['body']>;

/** What must be sent to an endpoint: `{ params, query, body }`, each where the contract has it. */
export type SentTo<Key extends EndpointKey> = Parts<SentOf<EndpointOf<Key>>>;
/** What comes back. The server has already checked its shape. */
export type ReplyFrom<Key extends EndpointKey> = ReplyOf<EndpointOf<Key>>;
/** `sent` may be left out where nothing has to be sent. */
export type Sent<Key extends EndpointKey> = object extends SentTo<Key> ? [sent?: SentTo<Key>] : [sent: SentTo<Key>];

interface LooseParts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** `/orders/:orderId` with its parameters filled in. */
export const pathOf = (key: EndpointKey, params: Readonly<Record<string, string>> = {}): string =>
  routes[key][1].replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

/** Calls an endpoint once, with the token given. Screens use `call` of client.ts, which knows the session. */
export async function request<Key extends EndpointKey>(
  token: string | null,
  key: Key,
  ...[sent]: Sent<Key>
): Promise<ReplyFrom<Key>> {
  const { params, query, body } = (sent ?? {}) as LooseParts;
  const method = routes[key][0] as Request['method'];
  return (await send({ method, path: pathOf(key, params), query, body, token })) as ReplyFrom<Key>;
}
