/**
 * A stand-in of WeChat's server for tests and demo: a real HTTP server on loopback that speaks WeChat's protocol
 * strictly and can be told to fail (wechat.md §16). The client cannot tell the difference.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { systemClock, type Clock } from '../clock';
import { makeCodes } from './codes';
import { makePhoneButton } from './phone';
import { makeLogin } from './login';
import { jsonType, Refusal, type PlatformApp, type PlatformCalls } from './platform-call';
import { makeTextCheck, type TextJudgement } from './text-check';
import { makeTokens } from './tokens';

/**
 * What goes wrong with one request. busy (-1), tooOften (45011), cut, badGateway (HTTP 502) and html (HTTP 200 from
 * something in between) do not reach the platform; cutAfter breaks off in the middle of the answer, slowMs answers
 * late: both have done the work.
 */
export type Fault = 'busy' | 'tooOften' | 'cut' | 'cutAfter' | 'badGateway' | 'html' | { readonly slowMs: number };

export interface WechatStandIn {
  readonly origin: string;
  /** What wx.login would give to this person: a code for five minutes and one use. The person counts as seen. */
  issueCode(openid: string): string;
  /** What the phone button would give to this person: a code for five minutes and one use. */
  issuePhoneCode(openid: string, phone: string): string;
  /** The person opens the mini-program: texts of theirs can be checked for two hours. */
  seen(openid: string): void;
  /** From now on texts with these words are judged so; all others pass. */
  judge(words: string, judgement: TextJudgement): void;
  /** The next requests fail in this way, one each. */
  fault(...next: Fault[]): void;
  /** Every request so far, as 'GET /sns/jscode2session'. */
  readonly requests: readonly string[];
  /** Fields that WeChat does not know, as 'POST /wxa/msg_sec_check: titel'. It ignores them; a test should not. */
  readonly unknownFields: readonly string[];
  close(): Promise<void>;
}

export async function startWechatStandIn(
  options: PlatformApp & {
    clock?: Clock;
    unionidOf?: (openid: string) => string;
    /** Where a code leads whoever scans it here, since there is no mini-program to open. */
    landing?: (scene: string) => string;
  },
): Promise<WechatStandIn> {
  const { clock = systemClock, unionidOf, landing = (scene) => scene } = options;
  const login = makeLogin(options, clock, unionidOf);
  const tokens = makeTokens(options, clock);
  const textCheck = makeTextCheck(login.lastSeen, clock);
  const codes = makeCodes(landing);
  const phoneButton = makePhoneButton(options, clock);
  const desk: Desk = {
    calls: { ...login.calls, ...tokens.calls, ...textCheck.calls, ...phoneButton.calls, ...codes },
    checkToken: tokens.check,
    faults: [],
    requests: [],
    unknownFields: [],
  };

  const server = createServer((request, response) => void serve(desk, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    issueCode: login.issueCode,
    issuePhoneCode: phoneButton.issuePhoneCode,
    seen: login.seen,
    judge: textCheck.judge,
    fault: (...next) => void desk.faults.push(...next),
    requests: desk.requests,
    unknownFields: desk.unknownFields,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Desk {
  readonly calls: PlatformCalls;
  readonly checkToken: (token: string | undefined) => void;
  readonly faults: Fault[];
  readonly requests: string[];
  readonly unknownFields: string[];
}

interface Reply {
  readonly contentType: string;
  readonly body: object;
}

const html = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const fault = desk.faults.shift();
  const { method = '', url: address = '' } = request;
  const path = address.split('?', 1)[0] ?? '';
  desk.requests.push(`${method} ${path}`);
  if (fault !== undefined && failAtOnce(fault, response)) return;

  const raw = await text(request).catch(() => null);
  if (raw === null) return; // the caller broke off, there is nobody to answer
  try {
    const query = Object.fromEntries(new URLSearchParams(address.slice(path.length)));
    deliver(await answer(desk, { method, path, query, raw }), fault, response);
  } catch (error) {
    // A fault of the stand-in itself: WeChat never answers like this, so that nobody takes it for WeChat.
    response.writeHead(500, { 'content-type': 'text/plain' }).end(`stand-in: ${String(error)}`);
  }
}

/** Faults that keep the request from the platform. Says whether this was one. */
function failAtOnce(fault: Fault, response: ServerResponse): boolean {
  if (fault === 'cut') response.destroy();
  else if (fault === 'badGateway') response.writeHead(502, { 'content-type': 'text/html' }).end(html);
  else if (fault === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  else if (fault === 'busy') send(errorReply(new Refusal(-1, 'system error')), response);
  else if (fault === 'tooOften') send(errorReply(new Refusal(45011, 'api minute-quota reach limit')), response);
  else return false;
  return true;
}

function deliver(reply: Reply, fault: Fault | undefined, response: ServerResponse): void {
  if (fault === 'cutAfter') {
    const body = bytesOf(reply);
    response.writeHead(200, { 'content-type': reply.contentType, 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
    return;
  }
  if (typeof fault === 'object') setTimeout(() => send(reply, response), fault.slowMs).unref();
  else send(reply, response);
}

/** Logical errors too are HTTP 200: WeChat says what is wrong in the body only. */
function send(reply: Reply, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': reply.contentType }).end(bytesOf(reply));
}

const bytesOf = ({ body }: Reply): Buffer => (Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)));

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly raw: string;
}

async function answer(desk: Desk, { method, path, query, raw }: Asked): Promise<Reply> {
  const name = `${method} ${path}`;
  const call = desk.calls[name];
  if (!call) return errorReply(noSuchCall(desk.calls, path));
  try {
    if (call.needsToken) desk.checkToken(query.access_token);
    const body = method === 'POST' ? parseBody(raw) : {};
    const strangers = [...Object.keys(query), ...Object.keys(body)].filter((field) => !call.fields.includes(field));
    desk.unknownFields.push(...strangers.map((field) => `${name}: ${field}`));
    return { contentType: call.contentType, body: await call.answer({ query, body }) };
  } catch (error) {
    if (error instanceof Refusal) return errorReply(error, call.refusalType ?? call.contentType);
    throw error;
  }
}

function noSuchCall(calls: PlatformCalls, path: string): Refusal {
  if (calls[`POST ${path}`]) return new Refusal(43002, 'require POST method');
  if (calls[`GET ${path}`]) return new Refusal(43001, 'require GET method');
  return new Refusal(40066, 'invalid url');
}

/** Raw JSON, whatever the Content-Type says; a form is not JSON. */
function parseBody(raw: string): Record<string, unknown> {
  if (raw === '') throw new Refusal(44002, 'empty post data');
  const body = readJson(raw);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal(47001, 'data format error');
  return body as Record<string, unknown>;
}

function readJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new Refusal(47001, 'data format error');
  }
}

function errorReply({ errcode, message }: Refusal, contentType = jsonType): Reply {
  const rid = Array.from({ length: 3 }, () => randomBytes(4).toString('hex')).join('-');
  return { contentType, body: { errcode, errmsg: `${message} rid: ${rid}` } };
}
