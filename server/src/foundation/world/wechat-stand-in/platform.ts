/** WeChat's side of the wire: a real HTTP server that speaks its protocol strictly and fails when told to (wechat.md §16). */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { StandInApp } from './app';
import { addTo } from './bounded';
import { nameOf, type Fault } from './faults';
import type { JournalEntry } from './journal';
import {
  isRecord,
  jsonType,
  Refusal,
  type PlatformCall,
  type PlatformCalls,
  type PlatformRequest,
} from './platform-call';

/** A request before anybody has looked at it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly raw: string;
}

interface Reply {
  readonly contentType: string;
  readonly body: object;
}

const html = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** Answers one request; `appOf` says which app asks. */
export async function serve(
  appOf: (asked: Asked) => StandInApp,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url: address = '' } = request;
  const path = address.split('?', 1)[0] ?? '';
  const raw = await text(request).catch(() => null);
  if (raw === null) return; // the caller broke off, there is nobody to answer
  const query = Object.fromEntries(new URLSearchParams(address.slice(path.length)));
  const asked = { method, path, query, raw };
  const app = appOf(asked);
  const entry = app.journal.begin(`${method} ${path}`);
  try {
    await answerOrFail(app, asked, entry, response);
  } catch (error) {
    // A fault of the stand-in itself: WeChat never answers like this, so that nobody takes it for WeChat.
    entry.outcome = String(error);
    response.writeHead(500, { 'content-type': 'text/plain' }).end(`stand-in: ${String(error)}`);
  }
  app.remember();
}

async function answerOrFail(
  app: StandInApp,
  asked: Asked,
  entry: JournalEntry,
  response: ServerResponse,
): Promise<void> {
  const fault = app.faults.next(asked.path);
  if (fault !== undefined) entry.outcome = nameOf(fault);
  if (fault !== undefined && failAtOnce(fault, refusalTypeOf(app.calls, asked), response)) return;
  const reply = await answer(app, asked);
  if (fault === undefined) note(entry, reply);
  deliver(reply, fault, response);
}

/** Faults that keep the request from the platform. Says whether this was one. */
function failAtOnce(fault: Fault, contentType: string, response: ServerResponse): boolean {
  const refuse = (refusal: Refusal): void => send(errorReply(refusal, contentType), response);
  if (fault === 'cut') response.destroy();
  else if (fault === 'badGateway') response.writeHead(502, { 'content-type': 'text/html' }).end(html);
  else if (fault === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  else if (fault === 'busy') refuse(new Refusal(-1, 'system error'));
  else if (fault === 'tooOften') refuse(new Refusal(45011, 'api minute-quota reach limit'));
  else if (typeof fault === 'object' && 'errcode' in fault) refuse(new Refusal(fault.errcode, fault.errmsg));
  else return false;
  return true;
}

function note(entry: JournalEntry, { body }: Reply): void {
  const { errcode, errmsg } = body as { errcode?: number; errmsg?: string };
  entry.outcome = errcode ?? 0;
  if (entry.outcome !== 0 && errmsg !== undefined) entry.errmsg = errmsg;
}

function deliver(reply: Reply, fault: Fault | undefined, response: ServerResponse): void {
  if (fault === 'cutAfter') {
    const body = bytesOf(reply);
    response.writeHead(200, { 'content-type': reply.contentType, 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
    return;
  }
  if (typeof fault === 'object' && 'slowMs' in fault) setTimeout(() => send(reply, response), fault.slowMs).unref();
  else send(reply, response);
}

/** Logical errors too are HTTP 200: WeChat says what is wrong in the body only. */
function send(reply: Reply, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': reply.contentType }).end(bytesOf(reply));
}

const bytesOf = ({ body }: Reply): Buffer => (Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)));

async function answer(
  { calls, tokens, rates, journal }: StandInApp,
  { method, path, query, raw }: Asked,
): Promise<Reply> {
  const name = `${method} ${path}`;
  const call = calls[name];
  if (!call) return errorReply(noSuchCall(calls, path));
  try {
    if (call.needsToken) tokens.check(query.access_token);
    rates.take(path);
    const body = method === 'POST' ? parseBody(raw) : {};
    const within = call.strangers?.(body) ?? [];
    for (const field of [...strangersOf(call, method, { query, body }), ...within])
      addTo(journal.unknownFields, `${name}: ${field}`);
    return { contentType: call.contentType, body: await call.answer({ query, body }) };
  } catch (error) {
    if (error instanceof Refusal) return errorReply(error, refusalTypeOf(calls, { method, path }));
    throw error;
  }
}

function refusalTypeOf(calls: PlatformCalls, { method, path }: Pick<Asked, 'method' | 'path'>): string {
  const call = calls[`${method} ${path}`];
  return call?.refusalType ?? call?.contentType ?? jsonType;
}

/** A POST has its token in the address and everything else in the body: in the other place WeChat does not see it. */
function strangersOf({ fields }: PlatformCall, method: string, { query, body }: PlatformRequest): string[] {
  const asked = method === 'POST' ? ['access_token'] : fields;
  const told = fields.filter((field) => field !== 'access_token');
  return [
    ...Object.keys(query).filter((field) => !asked.includes(field)),
    ...Object.keys(body).filter((field) => !told.includes(field)),
  ];
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
  if (!isRecord(body)) throw new Refusal(47001, 'data format error');
  return body;
}

/** Undefined where it is none. */
export function readJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function errorReply({ errcode, message }: Refusal, contentType = jsonType): Reply {
  const rid = Array.from({ length: 3 }, () => randomBytes(4).toString('hex')).join('-');
  return { contentType, body: { errcode, errmsg: `${message} rid: ${rid}` } };
}
