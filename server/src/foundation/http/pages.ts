import type { Context, Next } from 'koa';
import { Problem } from '@sandan/shared/problems';
import type { Route } from './implement';
import { writeProblem } from './problem-replies';

/** Something to GET beside the API: health, metrics, documentation. */
export interface Page {
  path: string;
  send(ctx: Context): Promise<void> | void;
}

export function servePages(pages: readonly Page[]) {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  return async (ctx: Context, next: Next) => {
    const page = byPath.get(ctx.path);
    if (!page || !isRead(ctx.method)) return next();
    ctx.state['route'] = page.path;
    await page.send(ctx);
  };
}

export const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Own 404 and 405, as problem replies: the router's own answer 501 to methods it does not know (decisions.md §4.6). */
export function notFoundOrNotAllowed(routes: readonly Route[], pages: readonly Page[]) {
  const known = [
    ...routes.map(({ endpoint: { method, path } }) => ({
      method: method.toUpperCase(),
      path: patternOf(`/api${path}`),
    })),
    ...pages.map(({ path }) => ({ method: 'GET', path: patternOf(path) })),
  ];
  return (ctx: Context) => {
    const methods = known.filter(({ path }) => path.test(ctx.path)).map(({ method }) => method);
    if (methods.length === 0 || methods.includes(ctx.method)) {
      return writeProblem(ctx, new Problem('request.not-found'));
    }
    const allowed = new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
    ctx.set('Allow', [...allowed].join(', '));
    writeProblem(ctx, new Problem('request.method-not-allowed'));
  };
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}/?$`);
