import { send } from '@koa/send';
import type { Context, Next } from 'koa';

/** The built h5 app. */
export const staticFiles = (root: string) => async (ctx: Context, next: Next) => {
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
  if (ctx.path.startsWith('/api')) return next();
  const path = ctx.path === '/' ? '/index.html' : ctx.path;
  const sent = await send(ctx, path, { root, brotli: true, gzip: true }).catch((error: { status?: number }) => {
    if (error.status === 404) return undefined;
    throw error;
  });
  if (sent === undefined) await next();
};
