import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AppSettings } from './app';
import { pageOf, sectionsOf } from './page';
import type { Apps } from './stand-in';

/** Whoever controls the stand-in can be anybody in the demo: only programs of this machine, no page of a foreign site. */
function isOurs({ headers, method }: IncomingMessage): boolean {
  const here = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '');
  return here && (method === 'GET' || headers['content-type'] === 'application/json');
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * `PUT /apps/:appid` with its settings, `DELETE /apps/:appid`, `POST /apps/:appid/:act` with the act's arguments
 * (control.ts); `GET /` is the page for people, `GET /now` what changes of it.
 */
export async function answerControl(
  apps: Apps,
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const raw = await text(request).catch(() => null);
  if (raw === null) return; // the caller broke off
  const ours = isOurs(request);
  if (ours && request.method === 'GET') return show(apps, new URL(request.url ?? '/', 'http://stand-in'), response);
  const { status, body } = ours
    ? await answer(apps, origin, `${request.method} ${request.url}`, raw).catch(failed)
    : { status: 403, body: { error: 'not from here' } };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function show(apps: Apps, { pathname, searchParams }: URL, response: ServerResponse): void {
  const [first] = apps.all();
  const app = apps.find(searchParams.get('app') ?? '') ?? first;
  const nonce = randomBytes(16).toString('base64');
  const own = `'nonce-${nonce}'`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src ${own}; script-src ${own}; connect-src 'self'; frame-ancestors 'none'`,
  };
  if (pathname === '/') response.writeHead(200, headers).end(pageOf(app, apps.all(), nonce));
  else if (pathname === '/now') response.writeHead(200, headers).end(sectionsOf(app));
  else response.writeHead(404).end();
}

const failed = (error: unknown): Answer => ({ status: 400, body: { error: String(error) } });

async function answer(apps: Apps, origin: string, asked: string, raw: string): Promise<Answer> {
  const [, method, appid, act] = /^(\w+) \/apps\/(\w+)(?:\/(\w+))?$/.exec(asked) ?? [];
  if (method === 'PUT' && appid && !act) {
    apps.register({ ...(JSON.parse(raw) as AppSettings), appid });
    return { status: 200, body: { origin } };
  }
  if (method === 'DELETE' && appid && !act) {
    apps.remove(appid);
    return { status: 200, body: {} };
  }
  if (method !== 'POST' || !appid || !act) return { status: 404, body: { error: `nothing at ${asked}` } };
  const app = apps.find(appid);
  if (!app) return { status: 404, body: { error: `no app ${appid}` } };
  const result = await run(app.acts, act, raw);
  app.remember();
  return { status: 200, body: { result } };
}

/** JSON has no `undefined`: what an act may be asked without comes as null. */
async function run(acts: object, act: string, raw: string): Promise<unknown> {
  const found: unknown = Object.hasOwn(acts, act) ? Reflect.get(acts, act) : undefined;
  if (typeof found !== 'function') throw new Error(`no act ${act}`);
  const args = (JSON.parse(raw) as unknown[]).map((each) => each ?? undefined);
  return (await Reflect.apply(found, acts, args)) ?? null;
}
