import { send } from '@koa/send';
import type { Stats } from 'node:fs';
import type { Context, Next } from 'koa';
import { isRead } from './pages';
import { revalidate } from './revalidate';

/** Files named by their content (`app.1a2b3c4d.js`) never change; a phone asks for them once. */
const named = /\.[0-9a-f]{8,}\.\w+$/;
const year = 365 * 24 * 60 * 60;

/**
 * The built h5 app, with the copies that the build compressed. The app routes by hash, so there is no page but
 * `index.html`; files of the previous build lie beside those of this one (decisions.md §4.8).
 */
export const staticFiles = (root: string) => async (ctx: Context, next: Next) => {
  if (!isRead(ctx.method) || isApi(ctx.path)) return next();
  if (isShort(ctx.path)) return openByKey(ctx);

  const path = ctx.path === '/' ? '/index.html' : ctx.path;
  const sent = await sendOrMiss(ctx, path, root);
  if (sent === undefined) return next();
  ctx.state['route'] = 'file';
  ctx.vary('Accept-Encoding');
  if (named.test(path)) ctx.set('Cache-Control', `public, max-age=${year}, immutable`);
  else revalidate(ctx, sent.etag);
};

const isApi = (path: string): boolean => path === '/api' || path.startsWith('/api/');

/** Short addresses for printed codes and shared cards: `/o/…` an order, `/c/…` a code on a door plate. */
const isShort = (path: string): boolean => /^\/[oc](\/|$)/.test(path);

/**
 * One door for links that outlive us (decisions.md §5.2): the app asks the server what the key means. What was copied out of
 * a chat together with it is no part of the key; where none is left the app says so.
 */
function openByKey(ctx: Context): void {
  const key = /^\/[oc]\/([\w-]{1,64})(?![\w-])/.exec(ctx.path)?.[1];
  ctx.state['route'] = 'short address';
  ctx.set('Cache-Control', 'no-cache');
  ctx.redirect(`/#/pages/open/index${key === undefined ? '' : `?k=${key}`}`);
}

async function sendOrMiss(ctx: Context, path: string, root: string): Promise<{ etag: string } | undefined> {
  let etag = '';
  const setHeaders = (_response: unknown, file: string, stats: Stats) => {
    const coding = /\.(br|gz)$/.exec(file)?.[1] ?? '';
    etag = `${stats.size.toString(36)}-${Math.floor(stats.mtimeMs).toString(36)}${coding}`;
  };
  try {
    const sent = await send(ctx, path, { root, setHeaders });
    return sent === undefined ? undefined : { etag };
  } catch (error) {
    // No such file, or an address that leads out of the folder, or one that is no address at all: nothing is there.
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

const isRefusal = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status < 500;
