import { retryAfterMs } from './retry-after';

/** What the server refused, as it said it (problem+json): `title` is Chinese and ready to be shown. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly fields: Readonly<Record<string, string>> = {},
    readonly facts: Readonly<Record<string, unknown>> = {},
    readonly requestId: string | null = null,
    /** How long the server asks to be left alone (Retry-After), in milliseconds; null where it did not say. */
    readonly retryAfterMs: number | null = null,
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

/** Too slow, too often: said of the moment, not of what was sent. */
const passingStatus = [408, 429];

/** Worth a repeat: nothing is wrong with what was sent. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Offline ||
  (error instanceof ApiProblem && (error.status >= 500 || passingStatus.includes(error.status)));

/** For what is done again at the next occasion anyway: `.catch(unlessPassing)`. */
export function unlessPassing(error: unknown): void {
  if (!isPassing(error)) throw error;
}

/** Of an answer; their names in either case. */
export type Headers = Readonly<Record<string, unknown>>;

/** The body of a 2xx answer; anything else is thrown as ApiProblem. `body` may be text (uploads) or what Taro parsed. */
export function settle(status: number, body: unknown, headers: Headers): unknown {
  const content = typeof body === 'string' ? parsed(body) : body;
  if (status >= 200 && status < 300) return content;
  throw problemFrom(status, content, retryAfterMs(headers));
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

function problemFrom(status: number, content: unknown, retryAfter: number | null): ApiProblem {
  const { code, title, fields, facts, requestId }: ProblemBody = isProblemBody(content)
    ? content
    : { code: 'server.unknown', title: '系统没有回应，请稍后再试' };
  return new ApiProblem(status, code, title, fields, facts, requestId, retryAfter);
}
