import { api, type EndpointKey, type EndpointOf } from '@sandan/shared/api';
import type { Endpoint, ReplyOf, SentOf } from '@sandan/shared/endpoint';
import type { ProblemCode } from '@sandan/shared/problems';
import { searchField, searchHeader } from '@sandan/shared/typed-search';

/** What the server refused, as it came over the wire. */
export interface ProblemReply {
  type: string;
  status: number;
  code: ProblemCode;
  title: string;
  fields?: Record<string, string>;
  facts?: Record<string, unknown>;
  requestId: string;
}

export interface Reply<Data> {
  status: number;
  headers: Headers;
  /** What a 2xx answered. */
  data?: Data;
  /** What anything else said. */
  problem?: ProblemReply;
}

type Parts<E extends Endpoint> = { [Name in keyof SentOf<E>]?: SentOf<E>[Name] };

export interface RawRequest {
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer> | FormData;
}

/** A person's phone: typed by the contract. Without a token it is nobody's. */
export interface Client {
  token: string | undefined;
  call<Key extends EndpointKey>(key: Key, sent?: Parts<EndpointOf<Key>>): Promise<Reply<ReplyOf<EndpointOf<Key>>>>;
  /** The same where success is expected: what was answered. Throws with the problem otherwise. */
  ok<Key extends EndpointKey>(key: Key, sent?: Parts<EndpointOf<Key>>): Promise<ReplyOf<EndpointOf<Key>>>;
  /** The same where a refusal is expected: its code. Throws when it succeeded. */
  refused<Key extends EndpointKey>(key: Key, sent?: Parts<EndpointOf<Key>>): Promise<ProblemCode>;
  /** Anything at all, below the server's root: `raw('PUT', '/api/photos/…', { body })`. */
  raw(method: string, path: string, request?: RawRequest): Promise<Response>;
}

interface LooseParts {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

export function clientOf(url: string, token?: string): Client {
  const raw: Client['raw'] = (method, path, { headers = {}, body } = {}) =>
    fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      ...(body === undefined ? {} : { body }),
    });

  const call: Client['call'] = async (key, sent) => {
    const { params, query: { [searchField]: typed, ...query } = {}, body } = (sent ?? {}) as LooseParts;
    const { method, path } = endpointOf(key);
    const response = await raw(method.toUpperCase(), `/api${fill(path, params)}${queryString(query)}`, {
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(typeof typed === 'string' ? { [searchHeader]: encodeURIComponent(typed) } : {}),
      },
    });
    const { status, headers } = response;
    const content = (await response.json()) as never;
    return response.ok ? { status, headers, data: content } : { status, headers, problem: content };
  };

  return {
    token,
    raw,
    call,
    ok: async (key, sent) => {
      const { data, problem } = await call(key, sent);
      if (problem) throw new Error(`${key} was refused: ${JSON.stringify(problem)}`);
      return data as NonNullable<typeof data>;
    },
    refused: async (key, sent) => {
      const { status, problem } = await call(key, sent);
      if (!problem) throw new Error(`${key} was not refused but answered ${status}`);
      return problem.code;
    },
  };
}

export function endpointOf(key: EndpointKey): Endpoint {
  const [room = '', name = ''] = key.split('.');
  const rooms: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = api;
  const endpoint = rooms[room]?.[name];
  if (!endpoint) throw new Error(`there is no endpoint ${key}`);
  return endpoint;
}

/** `/orders/:orderId` with its parts filled in. */
export const fill = (path: string, params: Record<string, string> = {}): string =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

function queryString(query: Record<string, unknown> = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? '' : `?${given.toString()}`;
}
