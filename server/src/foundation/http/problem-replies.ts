import type { Context, Next } from 'koa';
import { Problem } from '@sandan/shared/problems';
import { isDatabaseAway } from '../database/connect';
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

export function writeProblem(ctx: Context, problem: Problem): void {
  ctx.status = problem.status;
  ctx.set('Cache-Control', 'no-store');
  if (problem.retryAfter !== undefined) ctx.set('Retry-After', String(problem.retryAfter));
  ctx.body = JSON.stringify({
    type: `urn:sandan:problem:${problem.code}`,
    status: problem.status,
    code: problem.code,
    title: problem.title,
    ...(problem.fields ? { fields: problem.fields } : {}),
    ...(problem.facts ? { facts: problem.facts } : {}),
    requestId: ctx.state['requestId'] as string,
  });
  ctx.type = 'application/problem+json';
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) return new Problem('server.busy', { retryAfter: 3, cause: error });
  return new Problem('server.internal', { cause: error });
}
