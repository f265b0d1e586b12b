import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { Problem } from '@sandan/shared/problems';
import { pendingMigrations } from '../database/migrate';
import type { Metrics } from './observe';
import type { Page } from './pages';
import { registerGauges, serviceGauges, type Gauges } from './service-gauges';
import type { World } from './world';

/** Health and metrics: for the machine that runs us, beside the API and not of it. */
export function serviceRoutes(world: World, metrics: Metrics, roomGauges: readonly Gauges[]): Page[] {
  const readiness = createReadiness(world);
  registerGauges(metrics, world, [...serviceGauges, ...roomGauges]);
  return [
    { path: '/health/live', send: (ctx) => sendState(ctx, { live: true }) },
    {
      path: '/health/ready',
      send: async (ctx) => {
        if (!(await readiness())) throw new Problem('server.not-ready', { retryAfter: 1 });
        sendState(ctx, { ready: true });
      },
    },
    { path: '/metrics', send: (ctx) => sendMetrics(ctx, world, metrics) },
  ];
}

function sendState(ctx: Context, state: object): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.body = state;
}

/** Asked by many (load balancer, start script, monitor): the database hears of it at most once a second. */
const askAgainAfter = 1_000;

/** Ready: the database answers, and no migration is pending. Machine time: the village's clock may stand still. */
function createReadiness({ database, log }: World): () => Promise<boolean> {
  let asked = -Infinity;
  let answer: Promise<boolean> = Promise.resolve(false);
  const ask = async (): Promise<boolean> => {
    try {
      return (await pendingMigrations((sql) => database.reading.query(sql))).length === 0;
    } catch (error) {
      log.warn({ err: error }, 'not ready');
      return false;
    }
  };
  return () => {
    if (performance.now() - asked < askAgainAfter) return answer;
    asked = performance.now();
    return (answer = ask());
  };
}

/** Figures about the service are for its operator; anybody else finds no such page (decisions.md §4.8). */
async function sendMetrics(ctx: Context, { config }: World, { registry }: Metrics): Promise<void> {
  if (!comesFromThisMachine(ctx) && !showsToken(ctx, config.metricsToken)) throw new Problem('request.not-found');
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Content-Type', registry.contentType);
  ctx.body = await registry.metrics();
}

const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/** A proxy on this machine also comes from loopback, but says for whom it asks. */
function comesFromThisMachine({ req }: Context): boolean {
  const address = (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isLoopback = address === '::1' || address.startsWith('127.');
  return isLoopback && forwardingHeaders.every((name) => req.headers[name] === undefined);
}

function showsToken(ctx: Context, token: string | null): boolean {
  const given = /^Bearer (.+)$/.exec(ctx.get('authorization'))?.[1];
  return token !== null && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
