import Koa, { type Context } from 'koa';
import Router from '@koa/router';
import { Problem } from '@sandan/shared/problems';
import { throughTheDoor } from './foundation/http/door';
import { createMetrics, observe, type Metrics } from './foundation/http/observe';
import { problemReplies, writeProblem } from './foundation/http/problem-replies';
import { createRateLimits, type RateLimits } from './foundation/http/rate-limits';
import type { Route } from './foundation/http/implement';
import type { World } from './foundation/http/world';
import { securityHeaders } from './foundation/http/security-headers';
import { serviceRoutes } from './foundation/http/service-routes';
import { staticFiles } from './foundation/http/static-files';
import { routesOf } from './rooms';

export interface AppOptions {
  limits?: RateLimits;
  metrics?: Metrics;
}

/** The whole web side as one Koa application: API under /api, health, metrics, documentation, the h5 app. */
export function createApp(world: World, options: AppOptions = {}): Koa {
  const metrics = options.metrics ?? createMetrics();
  const limits = options.limits ?? createRateLimits();
  const routes = routesOf(world.config.mode);
  const app = new Koa({ proxy: world.config.trustProxy > 0, maxIpsCount: world.config.trustProxy });
  // What escapes the middleware (a broken socket while sending) still answers and logs in one form.
  app.on('error', (error: unknown) => world.log.warn({ err: error }, 'connection ended badly'));

  app.use(observe(world.log, metrics));
  app.use(problemReplies(world.log));
  app.use(securityHeaders(world.config));
  const api = apiRouter(routes, world, limits);
  app.use(api.routes());
  app.use(serviceRoutes(world, metrics, routes));
  if (world.config.h5Dir) app.use(staticFiles(world.config.h5Dir));
  app.use(notFoundOrNotAllowed(routes));
  return app;
}

function apiRouter(routes: readonly Route[], world: World, limits: RateLimits): Router {
  const router = new Router({ prefix: '/api' });
  for (const route of routes) {
    const { method, path } = route.endpoint;
    const door = throughTheDoor(route, world, limits);
    router[method](path, async (ctx) => {
      ctx.state['route'] = route.key;
      await door(ctx);
    });
  }
  return router;
}

/** Own 405 and 404, as problem replies: the router's own answer 501 to unknown methods (decisions.md §4.6). */
function notFoundOrNotAllowed(routes: readonly Route[]) {
  const patterns = routes.map(({ endpoint }) => ({
    method: endpoint.method.toUpperCase(),
    path: new RegExp(`^/api${endpoint.path.replace(/:\w+/g, '[^/]+')}/?$`),
  }));
  return (ctx: Context) => {
    const allowed = patterns.filter(({ path }) => path.test(ctx.path)).map(({ method }) => method);
    if (allowed.length === 0 || allowed.includes(ctx.method))
      return writeProblem(ctx, new Problem('request.not-found'));
    ctx.set('Allow', [...new Set(allowed)].join(', '));
    writeProblem(ctx, new Problem('request.method-not-allowed'));
  };
}
