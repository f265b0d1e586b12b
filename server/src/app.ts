import Koa from 'koa';
import Router from '@koa/router';
import { oldestApp, refuseOldApps } from './foundation/http/app-version';
import { documentation } from './foundation/http/documentation';
import { throughTheDoor } from './foundation/http/door';
import type { Route } from './foundation/http/implement';
import { createMetrics, observe, type Metrics } from './foundation/http/observe';
import { notFoundOrNotAllowed, servePages } from './foundation/http/pages';
import { answerEscaped, problemReplies, refuseHostless } from './foundation/http/problem-replies';
import { createRateLimits, type RateLimits } from './foundation/http/rate-limits';
import { securityHeaders } from './foundation/http/security-headers';
import { serviceRoutes } from './foundation/http/service-routes';
import { staticFiles } from './foundation/http/static-files';
import type { World } from './foundation/http/world';
import { gauges, routesOf } from './rooms';

export interface AppOptions {
  limits?: RateLimits;
  metrics?: Metrics;
  oldestApp?: string | null;
  /** Called after every request that may have written: whoever works off what it left need not wait for his next look. */
  onWritten?: () => void;
}

/** The whole web side as one Koa application: API under /api, health, metrics, documentation, the h5 app. */
export function createApp(world: World, options: AppOptions = {}): Koa {
  const { config, log } = world;
  const metrics = options.metrics ?? createMetrics();
  const limits = options.limits ?? createRateLimits();
  const routes = routesOf(config.mode);
  const pages = [...serviceRoutes(world, metrics, gauges), ...documentation(routes)];

  const app = new Koa({ proxy: config.trustProxy > 0, maxIpsCount: config.trustProxy });
  app.context.onerror = answerEscaped(log);
  app.use(observe(log, metrics));
  app.use(problemReplies(log));
  app.use(securityHeaders(config));
  app.use(refuseHostless);
  app.use(refuseOldApps(options.oldestApp ?? oldestApp));
  app.use(apiRouter(routes, world, limits, options.onWritten).routes());
  app.use(servePages(pages));
  if (config.h5Dir) app.use(staticFiles(config.h5Dir));
  app.use(notFoundOrNotAllowed(routes, pages));
  return app;
}

function apiRouter(routes: readonly Route[], world: World, limits: RateLimits, onWritten?: () => void): Router {
  const router = new Router({ prefix: '/api', sensitive: true });
  for (const route of routes) {
    const { method, path } = route.endpoint;
    const door = throughTheDoor(route, world, limits);
    router[method](path, async (ctx) => {
      ctx.state['route'] = route.key;
      await door(ctx);
      if (method !== 'get') onWritten?.();
    });
  }
  return router;
}
