import Taro from '@tarojs/taro';
import { queryString } from './query-string';

/** What the server refused, as it said it (problem+json): `title` is Chinese and ready to be shown. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly fields: Readonly<Record<string, string>> = {},
    readonly facts: Readonly<Record<string, unknown>> = {},
    readonly requestId: string | null = null,
  ) {
    super(`${code}: ${title}`);
    this.name = 'ApiProblem';
  }
}

/** The request found no way to the server, or its answer no way back. It may have been carried out. */
export class Offline extends Error {
  readonly title = '现在连不上网';

  constructor(readonly reason: string) {
    super(reason);
    this.name = 'Offline';
  }
}

/** Worth a repeat: nothing is wrong with what was sent. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Offline || (error instanceof ApiProblem && error.status >= 500);

/** For what is done again at the next occasion anyway: `.catch(unlessPassing)`. */
export function unlessPassing(error: unknown): void {
  if (!isPassing(error)) throw error;
}

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

export const apiHeaders = (token: string | null): Record<string, string> => ({
  'X-App-Version': SANDAN_VERSION,
  ...(token ? { Authorization: `Bearer ${token}` } : {}),
});

/** Sends one request. Throws ApiProblem for every answer that is not 2xx, Offline when there is none. */
export async function send({ method, path, query, body, token }: Request): Promise<unknown> {
  const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const answer = await Taro.request({
    url: apiAddress(path) + queryString(query),
    method,
    data: body === undefined ? undefined : JSON.stringify(body),
    header: { Accept: 'application/json', ...json, ...apiHeaders(token) },
    timeout: method === 'GET' ? readTimeoutMs : writeTimeoutMs,
  }).catch((failure: { errMsg?: string; message?: string }) => {
    throw new Offline(failure.errMsg ?? failure.message ?? 'request failed');
  });
  return settle(answer.statusCode, answer.data);
}

/** The body of a 2xx answer; anything else is thrown as ApiProblem. `body` may be text (uploads) or what Taro parsed. */
export function settle(status: number, body: unknown): unknown {
  const content = typeof body === 'string' ? parsed(body) : body;
  if (status >= 200 && status < 300) return content;
  throw problemFrom(status, content);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's HTML page, or nothing: problemFrom finds words for it
  }
}

interface ProblemBody {
  code: string;
  title: string;
  fields?: Record<string, string>;
  facts?: Record<string, unknown>;
  requestId?: string;
}

const isProblemBody = (content: unknown): content is ProblemBody =>
  typeof content === 'object' && content !== null && 'code' in content && 'title' in content;

function problemFrom(status: number, content: unknown): ApiProblem {
  if (!isProblemBody(content)) return new ApiProblem(status, 'server.unknown', '系统没有回应，请稍后再试');
  return new ApiProblem(status, content.code, content.title, content.fields, content.facts, content.requestId);
}
