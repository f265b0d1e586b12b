import { randomBytes } from 'node:crypto';
import type { Context, Next } from 'koa';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Log } from '../log';
import type { WechatObservation } from '../world/wechat/call';
import type { PushSeen } from '../world/wechat/tally';

export interface Metrics {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
  parked: Counter<'reaction'>;
  /** Calls of WeChat's server, by what came of them. */
  wechat: Histogram<'call' | 'outcome' | 'errcode'>;
  /** Recordings at the speech service, by what came of them. */
  speech: Histogram<'outcome'>;
  /** Pushes of WeChat's, by what came of them; of those refused also why. */
  pushes: Counter<'outcome' | 'fault'>;
  /** 订阅消息 by template, and how each ended; `waiting`: it goes back to wait. */
  messages: Counter<'template' | 'outcome'>;
  gauge(name: string, help: string, labels: string[], collect: (gauge: Gauge) => Promise<void> | void): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: 'sandan_request_seconds',
      help: 'Time of a request by route',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
    parked: new Counter({
      name: 'sandan_deliveries_parked_total',
      help: 'Reactions given up after ten attempts',
      labelNames: ['reaction'],
      registers: [registry],
    }),
    wechat: new Histogram({
      name: 'sandan_wechat_seconds',
      help: 'Time of a call of WeChat, with all its tries, by outcome and errcode',
      labelNames: ['call', 'outcome', 'errcode'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
    speech: new Histogram({
      name: 'sandan_speech_seconds',
      help: 'Time of a recording at the speech service, by outcome (ok, away, busy, configuration, refused)',
      labelNames: ['outcome'],
      buckets: [0.5, 1, 2.5, 5, 10, 20, 60],
      registers: [registry],
    }),
    pushes: new Counter({
      name: 'sandan_wechat_pushes_total',
      help: 'Pushes of WeChat by outcome (taken, repeated, unknown, refused, failed), and why one was refused',
      labelNames: ['outcome', 'fault'],
      registers: [registry],
    }),
    messages: new Counter({
      name: 'sandan_messages_total',
      help: 'Messages to WeChat by template and outcome',
      labelNames: ['template', 'outcome'],
      registers: [registry],
    }),
    gauge: (name, help, labelNames, collect) => {
      const gauge: Gauge = new Gauge({
        name,
        help,
        labelNames,
        registers: [registry],
        collect: () => collect(gauge),
      });
    },
  };
}

/** Neither addresses nor bodies: which call it was, and what came of it. */
export const countWechat =
  ({ wechat }: Metrics) =>
  ({ call, outcome, errcode, seconds }: WechatObservation): void =>
    wechat.observe({ call, outcome, errcode: String(errcode ?? 'none') }, seconds);

export const countSpeech =
  ({ speech }: Metrics) =>
  ({ outcome, seconds }: { outcome: string; seconds: number }): void =>
    speech.observe({ outcome }, seconds);

export const countPush =
  ({ pushes }: Metrics) =>
  ({ outcome, fault }: PushSeen): void =>
    pushes.inc({ outcome, fault: fault ?? 'none' });

export const newRequestId = (): string => randomBytes(9).toString('base64url');

/** Request id, one log line and one measurement per request: by route, never by address or query. */
export const observe = (log: Log, metrics: Metrics) => async (ctx: Context, next: Next) => {
  const started = process.hrtime.bigint();
  const requestId = newRequestId();
  ctx.state['requestId'] = requestId;
  ctx.set('X-Request-Id', requestId);
  try {
    await next();
  } finally {
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    const route = (ctx.state['route'] as string | undefined) ?? 'none';
    metrics.requests.observe({ method: ctx.method, route, status: ctx.status }, seconds);
    log.info(
      { requestId, method: ctx.method, route, status: ctx.status, ms: Math.round(seconds * 1e4) / 10 },
      'request',
    );
  }
};
