import type { Context, Next } from 'koa';
import { Problem } from '@sandan/shared/problems';
import { isDatabaseAway } from '../database/conflicts';
import type { Log } from '../log';

/** The one place that turns what was thrown into `application/problem+json` (RFC 9457). */
export const problemReplies = (log: Log) => async (ctx: Context, next: Next) => {
  try {
    await next();
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status >= 500) log.error({ err: error, requestId: ctx.state['requestId'] as string }, 'request failed');
    writeProblem(ctx, problem);
  }
};

/** No charset: JSON is UTF-8 (RFC 8259), and RFC 9457 registers the type without parameters. */
export const problemType = 'application/problem+json';

/**
 * Koa's last resort, in our form: for what fails outside the middleware above, or while a reply is being sent. Then
 * nothing can be said any more, and the connection is cut so that nobody takes half a file for a whole one.
 */
export const answerEscaped = (log: Log) =>
  function (this: Context, error: unknown): void {
    if (error === null || error === undefined) return;
    const requestId = this.state['requestId'] as string;
    if (this.headerSent || !this.writable) {
      log.info({ err: error, requestId }, 'reply broke off');
      this.res.destroy();
      return;
    }
    log.error({ err: error, requestId }, 'request failed outside');
    this.remove('Content-Encoding');
    writeProblem(this, problemOf(error));
    this.res.end(this.body);
  };

/** HTTP/1.1 wants one Host and no more (RFC 9112 §3.2); see web-server.ts. */
export const refuseHostless = async (ctx: Context, next: Next) => {
  const hosts = ctx.req.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1 || (ctx.req.httpVersion === '1.1' && hosts === 0)) throw new Problem('request.malformed');
  await next();
};

export function writeProblem(ctx: Context, problem: Problem): void {
  ctx.status = problem.status;
  if (problem.status === 401) ctx.set('WWW-Authenticate', 'Bearer');
  // The rest of a body that came too slowly is not waited for.
  if (problem.status === 408) ctx.set('Connection', 'close');
  ctx.set('Cache-Control', 'no-store');
  if (problem.retryAfter !== undefined) ctx.set('Retry-After', String(problem.retryAfter));
  ctx.body = problemBody(problem, ctx.state['requestId'] as string);
  ctx.set('Content-Type', problemType);
}

export const problemBody = (problem: Problem, requestId: string): string =>
  JSON.stringify({
    type: `urn:sandan:problem:${problem.code}`,
    status: problem.status,
    code: problem.code,
    title: problem.title,
    ...(problem.fields ? { fields: problem.fields } : {}),
    ...(problem.facts ? { facts: problem.facts } : {}),
    requestId,
  });

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) return new Problem('server.busy', { retryAfter: 3, cause: error });
  return new Problem('server.internal', { cause: error });
}
