import type { Context } from 'koa';

/** The browser keeps it but asks each time whether it is still so: an update shows at once, and costs a 304 otherwise. */
export function revalidate(ctx: Context, etag: string): void {
  ctx.set('Cache-Control', 'no-cache');
  ctx.etag = etag;
  ctx.status = 200;
  if (ctx.fresh) ctx.status = 304;
}
