import type { Context, Next } from 'koa';
import type { Route } from './implement';
import type { Metrics } from './observe';
import type { World } from './world';

/** Health, metrics and documentation: beside the API, not of it. */
export function serviceRoutes(world: World, metrics: Metrics, _routes: readonly Route[]) {
  return async (ctx: Context, next: Next) => {
    if (ctx.method !== 'GET') return next();
    if (ctx.path === '/health/live') {
      ctx.body = { live: true };
      return;
    }
    if (ctx.path === '/health/ready') {
      await world.references.current();
      ctx.body = { ready: true };
      return;
    }
    if (ctx.path === '/metrics') {
      ctx.type = metrics.registry.contentType;
      ctx.body = await metrics.registry.metrics();
      return;
    }
    await next();
  };
}
