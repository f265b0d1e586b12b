/**
 * One call to WeChat's server: sent, understood, repeated where that helps, and turned into a typed failure.
 * Queries carry the secret, codes and tokens, so neither addresses nor bodies are ever logged.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { request as send, type Dispatcher } from 'undici';
import { z } from 'zod';
import type { Breakers } from './breaker';

/**
 * badCode, usedCode  the code is no good: the app asks wx.login for a fresh one
 * risky              WeChat blocks this user (40226): neutral words, no repeat
 * busy               WeChat is busy, also at the third try
 * tooOften           a quota is used up: wait
 * inactive           the user was not in the app for two hours (61010): the text cannot be judged
 * staleToken         refused although the access token was renewed just now
 * noConsent          the person has not agreed to this message, or has used up what he agreed to (43101)
 * badValue           a field of the message breaks WeChat's rule (47003); `field` names it
 * overlapping        two messages to one person at the same moment (43108): wait and send again
 * unknownPerson      the openid is not one of this app (40003, 43104)
 * forbiddenWords     WeChat does not carry these words (45168)
 * configuration      appid, secret, address list, template, page or account: only the operator can mend it
 * refused            anything else WeChat says no to
 * network            no answer that can be understood, or too late; whether WeChat acted on it is not known
 * away               not asked: WeChat has not answered for a while
 */
export type WechatFailureKind =
  | 'badCode'
  | 'usedCode'
  | 'risky'
  | 'busy'
  | 'tooOften'
  | 'inactive'
  | 'staleToken'
  | 'noConsent'
  | 'badValue'
  | 'overlapping'
  | 'unknownPerson'
  | 'forbiddenWords'
  | 'configuration'
  | 'refused'
  | 'network'
  | 'away';

const kindOfErrcode: Record<number, WechatFailureKind> = {
  [-1]: 'busy',
  40029: 'badCode',
  40163: 'usedCode',
  40226: 'risky',
  43101: 'noConsent',
  43108: 'overlapping',
  45168: 'forbiddenWords',
  47003: 'badValue',
  61010: 'inactive',
  ...each([40003, 43104], 'unknownPerson'),
  ...each([45009, 45011, 44990, 44991, 44993, 85406], 'tooOften'),
  ...each([40001, 40014, 42001], 'staleToken'),
  ...each([40002, 40013, 40125, 41002, 41004, 40164, 40243, 48001, 50004, 50007, 89503, 89506, 89507], 'configuration'),
  // No such template, no such page in the released version, the capability or the template is banned.
  ...each([40037, 41030, 43107], 'configuration'),
  // Not released, or not granted the links that open it from outside.
  ...each([85079, 85407, 85408], 'configuration'),
};

function each(errcodes: number[], kind: WechatFailureKind): Record<number, WechatFailureKind> {
  return Object.fromEntries(errcodes.map((errcode) => [errcode, kind]));
}

interface FailureFacts {
  readonly call: string;
  readonly kind: WechatFailureKind;
  /** WeChat's number, or null when no answer could be read. */
  readonly errcode: number | null;
  /** WeChat's request id, for asking its support. */
  readonly rid: string | null;
  /** How many tries were made, this one included. */
  readonly tries: number;
  /** Whether WeChat may have acted on it: false where it said no, was not reached or not asked. */
  readonly mayBeDone: boolean;
  /** Of a message that was refused: the field, such as thing1. */
  readonly field?: string | undefined;
  /** Of ours, where WeChat misses it on its list (40164). */
  readonly address?: string | undefined;
}

export class WechatFailure extends Error implements FailureFacts {
  readonly call: string;
  readonly kind: WechatFailureKind;
  readonly errcode: number | null;
  readonly rid: string | null;
  readonly tries: number;
  readonly mayBeDone: boolean;
  readonly field: string | undefined;
  readonly address: string | undefined;

  constructor(facts: FailureFacts, cause?: unknown) {
    super(`WeChat ${facts.call}: ${facts.kind}, errcode ${facts.errcode}, rid ${facts.rid}`, { cause });
    this.name = 'WechatFailure';
    this.call = facts.call;
    this.kind = facts.kind;
    this.errcode = facts.errcode;
    this.rid = facts.rid;
    this.tries = facts.tries;
    this.mayBeDone = facts.mayBeDone;
    this.field = facts.field;
    this.address = facts.address;
  }
}

export interface WechatLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The way to WeChat, shared by all calls. */
export interface WechatLine {
  readonly origin: string;
  readonly dispatcher: Dispatcher;
  /** For one call with all its tries. */
  readonly timeoutMs: number;
  /** Before the second try; twice that before the third. */
  readonly backoffMs: number;
  readonly log: WechatLog;
  readonly breakers: Breakers;
  /** Called once for every call, when it has ended. */
  readonly observe: (seen: WechatObservation) => void;
}

export interface WechatObservation {
  readonly call: string;
  readonly outcome: 'ok' | WechatFailureKind;
  /** WeChat's number; null when no answer could be read. */
  readonly errcode: number | null;
  readonly rid: string | null;
  readonly address: string | null;
  readonly seconds: number;
}

export interface WechatRequest<Reply> {
  /** What logs and failures call it. */
  readonly call: string;
  readonly path: string;
  readonly query?: Record<string, string>;
  /** Sent as JSON by POST; without a body the call is a GET. */
  readonly body?: object;
  /** Of the JSON that is answered, or of the picture (a Buffer). */
  readonly reply: z.ZodType<Reply>;
  /** Where a number says something else of this call than of others. */
  readonly means?: Readonly<Record<number, WechatFailureKind>>;
  /** Not sent again where WeChat may have acted on it already: a message would come twice. */
  readonly once?: boolean;
}

const mostTries = 3;

/**
 * Sends the request and answers with WeChat's checked reply. A broken connection, an HTTP 5xx, an answer that is not
 * WeChat's and "busy" are tried again, three times in all; so every request must be harmless when it arrives twice, or
 * say `once`.
 * @throws WechatFailure
 */
export async function callWechat<Reply>(line: WechatLine, request: WechatRequest<Reply>): Promise<Reply> {
  const { call } = request;
  const started = performance.now();
  const seen = (outcome: WechatObservation['outcome'], of: Partial<WechatFailure> = {}): void => {
    const { errcode = null, rid = null, address = null } = of;
    const seconds = (performance.now() - started) / 1_000;
    line.observe({ call, outcome, errcode: outcome === 'ok' ? 0 : errcode, rid, address, seconds });
  };
  const breaker = line.breakers.of(call);
  if (!breaker.mayTry()) {
    seen('away');
    throw new WechatFailure({ call, kind: 'away', errcode: null, rid: null, tries: 0, mayBeDone: false });
  }
  try {
    const reply = await tryThrice(line, request);
    breaker.note(true);
    seen('ok');
    return reply;
  } catch (failure) {
    if (failure instanceof WechatFailure) {
      breaker.note(failure.kind !== 'network');
      seen(failure.kind, failure);
    }
    throw failure;
  }
}

async function tryThrice<Reply>(line: WechatLine, request: WechatRequest<Reply>): Promise<Reply> {
  const deadline = performance.now() + line.timeoutMs;
  for (let tries = 1; ; tries++) {
    try {
      return await tryOnce(line, request, tries, deadline);
    } catch (failure) {
      if (!(failure instanceof WechatFailure) || !mayHelpToRepeat(failure, request)) throw failure;
      const pause = line.backoffMs * tries * (0.5 + Math.random());
      if (performance.now() + pause >= deadline) throw failure;
      await sleep(pause);
    }
  }
}

function mayHelpToRepeat({ kind, tries, mayBeDone }: WechatFailure, { once = false }: { once?: boolean }): boolean {
  return (kind === 'network' || kind === 'busy') && tries < mostTries && !(once && mayBeDone);
}

async function tryOnce<Reply>(
  line: WechatLine,
  request: WechatRequest<Reply>,
  tries: number,
  deadline: number,
): Promise<Reply> {
  const { call } = request;
  let left = false;
  const noAnswer = (cause: unknown, status?: number): WechatFailure => {
    line.log.warn({ call, tries, status, left, cause: nameOf(cause) }, 'no proper answer from WeChat');
    // 503: the gateway has nobody to give it to. 502 and 504 come after it was given to somebody, who may have done it.
    const mayBeDone = left && status !== 503;
    return new WechatFailure({ call, kind: 'network', errcode: null, rid: null, tries, mayBeDone }, cause);
  };

  const exchanged = exchange(line, request, deadline, () => (left = true));
  const answer = await exchanged.catch((cause: unknown) => Promise.reject(noAnswer(cause)));
  if (answer.status >= 500) throw noAnswer('HTTP status', answer.status);
  // By body, not by Content-Type: jscode2session sends its JSON as text/plain, a proxy in between sends HTML.
  const body = isPicture(answer.bytes) ? answer.bytes : parseJson(answer.bytes.toString());
  const outcome = outcomeShape.safeParse(Buffer.isBuffer(body) ? {} : body);
  if (!outcome.success) throw noAnswer('not JSON of WeChat', answer.status);
  const { errcode = 0, errmsg = '' } = outcome.data;
  if (errcode !== 0) throw refusal(line.log, request, { errcode, errmsg, tries });
  const reply = request.reply.safeParse(body);
  if (!reply.success) throw noAnswer('reply of an unknown shape', answer.status);
  return reply.data;
}

/** Codes come as the bare bytes of a JPEG (of a PNG where it is transparent); their refusals as JSON like all others. */
const isPicture = (bytes: Buffer): boolean =>
  bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) || bytes.subarray(1, 4).equals(Buffer.from('PNG'));

/** Logins and tokens succeed without `errcode`: absent counts as 0. */
const outcomeShape = z.object({ errcode: z.number().optional(), errmsg: z.string().optional() });

async function exchange(
  line: WechatLine,
  { path, query, body }: WechatRequest<unknown>,
  deadline: number,
  onLeaving: () => void,
): Promise<{ status: number; bytes: Buffer }> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(deadline - performance.now())));
  const response = await send(`${line.origin}${path}?${new URLSearchParams(query)}`, {
    // What ran out of time while it waited for a connection gets one all the same, and is dropped unwritten.
    dispatcher: line.dispatcher.compose(noticing(() => (signal.aborted ? undefined : onLeaving()))),
    signal,
    ...(body === undefined
      ? { method: 'GET' as const }
      : { method: 'POST' as const, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.statusCode, bytes: Buffer.from(await response.body.arrayBuffer()) };
}

/**
 * Calls just before the first byte of the request is written to a connection that stands. What fails before (no address, no
 * connection, TLS not agreed upon, all connections busy) has certainly not arrived; the error alone does not say so, for a
 * connection may be reset before as after.
 */
const noticing =
  (onWriting: () => void): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => {
        onWriting();
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart: (...told) => handler.onResponseStart?.(...told),
      onResponseData: (...told) => handler.onResponseData?.(...told),
      onResponseEnd: (...told) => handler.onResponseEnd?.(...told),
      onResponseError: (...told) => handler.onResponseError?.(...told),
    });

function refusal(
  log: WechatLog,
  { call, query, means }: WechatRequest<unknown>,
  { errcode, errmsg, tries }: { errcode: number; errmsg: string; tries: number },
): WechatFailure {
  const known = means?.[errcode] ?? kindOfErrcode[errcode] ?? 'refused';
  // 40001 to a call that carries no token means a wrong secret.
  const kind = known === 'staleToken' && !query?.access_token ? 'configuration' : known;
  // " rid: xxxxxxxx-xxxxxxxx-xxxxxxxx", in older answers ", hints: [ req_id: … ]"
  const rid = /(?:rid|req_id): ?([\w-]{1,60})/.exec(errmsg)?.[1] ?? null;
  // errmsg names the address that is missing on WeChat's list (40164); elsewhere it adds nothing to the number.
  if (kind === 'configuration') log.error({ call, tries, errcode, errmsg, rid }, 'WeChat refuses our settings');
  else log.warn({ call, tries, errcode, rid }, 'WeChat answered with an error');
  const field = kind === 'badValue' ? /data\.(\w+)/.exec(errmsg)?.[1] : undefined;
  const address = errcode === 40164 ? /invalid ip ([\d.:a-f]{1,60})/i.exec(errmsg)?.[1] : undefined;
  return new WechatFailure({ call, kind, errcode, rid, tries, mayBeDone: false, field, address });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON at all: the caller's shape check says so
  }
}

/** ECONNRESET, UND_ERR_SOCKET, TimeoutError …: never the message, which may quote what was sent. */
function nameOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause);
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return 'name' in cause ? String(cause.name) : 'unknown';
}
