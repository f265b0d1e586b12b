import Taro from '@tarojs/taro';
import { unattendedHeader } from '@sandan/shared/live/live.words';
import { searchField, searchHeader } from '@sandan/shared/typed-search';
import { Offline, settle } from './answer';
import { isUnattended } from './hands';
import { queryString } from './query-string';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api`, with a leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly token: string | null;
}

const readTimeoutMs = 15_000;
const writeTimeoutMs = 30_000;

export const apiAddress = (path: string): string => `${SANDAN_ORIGIN}/api${path}`;

/** A path from a reply (`/api/photos/…`) as an address that can be shown. */
export const serverAddress = (path: string): string => `${SANDAN_ORIGIN}${path}`;

/** Where sockets are opened: over TLS where the pages are. */
export const socketAddress = (path: string): string =>
  (SANDAN_ORIGIN || window.location.origin).replace(/^http/, 'ws') + path;

export const apiHeaders = (token: string | null): Record<string, string> => ({
  'X-App-Version': SANDAN_VERSION,
  ...(token ? { Authorization: `Bearer ${token}` } : {}),
});

/** What a screen reads by itself, with nobody before it, does not keep his session alive. */
const byItself = (): Record<string, string> => (isUnattended() ? { [unattendedHeader]: '1' } : {});

/** Sends one request. Throws ApiProblem for every answer that is not 2xx, Offline when there is none. */
export async function send({ method, path, query, body, token }: Request): Promise<unknown> {
  const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const { [searchField]: typed, ...filters } = query ?? {};
  // What somebody typed to look for stands in no address.
  const search = typeof typed === 'string' ? { [searchHeader]: encodeURIComponent(typed) } : {};
  const answer = await Taro.request({
    url: apiAddress(path) + queryString(filters),
    method,
    data: body === undefined ? undefined : JSON.stringify(body),
    header: { Accept: 'application/json', ...json, ...search, ...apiHeaders(token), ...byItself() },
    timeout: method === 'GET' ? readTimeoutMs : writeTimeoutMs,
  }).catch((failure: { errMsg?: string; message?: string }) => {
    throw new Offline(failure.errMsg ?? failure.message ?? 'request failed');
  });
  return settle(answer.statusCode, answer.data, answer.header);
}
