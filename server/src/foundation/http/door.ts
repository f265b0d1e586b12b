import type { RouterContext } from '@koa/router';
import type { z } from 'zod';
import { isFile, isText, isUpload, type Endpoint } from '@sandan/shared/endpoint';
import { unattendedHeader } from '@sandan/shared/live/live.words';
import { Problem, type ProblemFields } from '@sandan/shared/problems';
import { searchField, searchHeader } from '@sandan/shared/typed-search';
import { holds, type Caller } from '../access/caller';
import { mustHaveShown } from '../access/second-factor';
import { noteSeen, recognise } from '../access/sessions';
import { askAgain } from '../checks/ask-again';
import { readJson, readText } from './body';
import type { Call, FileAnswer, Phased, Route, WriteHandler, ReadHandler } from './implement';
import type { RateLimits } from './rate-limits';
import type { World } from './world';

/**
 * One request through the door, always in this order (decisions.md §1.7, §2.6): session 401 → permission held nowhere 403,
 * second factor not shown 403 → rate limit 429 → body read → `before` → `write` in one transaction (not visible 404, never 403, not now 409, bad
 * body 400) → reply parsed, so that what is not declared never leaves.
 */
export const throughTheDoor = (route: Route, world: World, limits: RateLimits) => async (ctx: RouterContext) => {
  const { endpoint } = route;
  const now = new Date(world.clock.now());
  const caller = await recogniseCaller(ctx, endpoint, world, limits, now);
  if (caller) await limits.person(caller.personId);
  else if (!paysOnlyForFailure(endpoint)) await limits.stranger(ctx.ip);

  try {
    const call = await callOf(endpoint, ctx, { caller, now, world });
    send(ctx, endpoint, await answerOf(route, call, world));
  } catch (error) {
    if (paysOnlyForFailure(endpoint)) await limits.stranger(ctx.ip);
    throw error;
  }
};

async function callOf(
  endpoint: Endpoint,
  ctx: RouterContext,
  known: { caller: Caller | null; now: Date; world: World },
): Promise<Call<Endpoint>> {
  const params = parseParams(endpoint, ctx.params as unknown);
  const { judge: body, actionId } = await readBody(endpoint, ctx);
  const query = parseQuery(endpoint, ctx);
  return { ...known, params, query, body, actionId, request: ctx.req } as Call<Endpoint>;
}

/** Signed photo addresses and sign-ins that succeed are no burden: a village shares one address (decisions.md §4.7). */
const paysOnlyForFailure = (endpoint: Endpoint): boolean =>
  endpoint.permission === 'anyone' && (isFile(endpoint.reply) || endpoint.path.startsWith('/sign-in'));

async function recogniseCaller(
  ctx: RouterContext,
  endpoint: Endpoint,
  world: World,
  limits: RateLimits,
  now: Date,
): Promise<Caller | null> {
  if (endpoint.permission === 'anyone') return null;
  const token = /^Bearer ([\w-]{1,100})$/i.exec(ctx.get('authorization'))?.[1];
  if (!token) {
    await limits.stranger(ctx.ip);
    throw new Problem('session.missing');
  }
  const recognised = await recognise(world.database.reading, world.references, token, now).catch(async (error) => {
    if (error instanceof Problem && error.status === 401) await limits.stranger(ctx.ip);
    throw error;
  });
  const { caller } = recognised;
  if (recognised.noteSeen && ctx.get(unattendedHeader) === '') {
    world.background.run('note a session as seen', async () => {
      await world.database
        .transaction(async (db) => {
          await noteSeen(db, caller.sessionId, now);
          if (caller.channel === 'wechat') await askAgain(db, caller.personId, now);
        })
        .catch((error: unknown) => world.log.warn({ err: error }, 'session not noted as seen'));
    });
  }
  if (endpoint.permission !== 'signedIn' && !holds(caller, endpoint.permission)) throw new Problem('access.forbidden');
  if (endpoint.secondFactor) await mustHaveShown(world.database.reading, caller);
  return caller;
}

async function answerOf({ endpoint, handler }: Route, call: Call<Endpoint>, world: World): Promise<unknown> {
  const { database } = world;
  if (endpoint.method === 'get') return (handler as ReadHandler<Endpoint>)({ ...call, db: database.reading });
  if (typeof handler === 'function') {
    return database.transaction((db) => (handler as WriteHandler<Endpoint>)({ ...call, db }));
  }
  const { before, write, after } = (handler as Phased<Endpoint>).phases;
  const prepared = await before({ ...call, reading: database.reading });
  let failed = true;
  try {
    const answer = await database.transaction((db) => write({ ...call, db, prepared }));
    failed = false;
    return answer;
  } finally {
    await after?.(prepared, failed, world);
  }
}

/** An id that cannot be one is a thing that does not exist. */
function parseParams({ params }: Endpoint, given: unknown): unknown {
  if (!params) return undefined;
  const parsed = params.safeParse(given);
  if (!parsed.success) throw new Problem('request.not-found');
  return parsed.data;
}

function parseQuery({ query }: Endpoint, ctx: RouterContext): unknown {
  if (!query) return undefined;
  const parsed = query.safeParse({ ...ctx.query, ...typedSearch(ctx) });
  if (!parsed.success) throw new Problem('request.bad-input', { fields: fieldsOf(parsed.error) });
  return parsed.data;
}

/** In no address: those are logged on the way. */
function typedSearch(ctx: RouterContext): Record<string, string> {
  const wrong = (words: string) => new Problem('request.bad-input', { fields: { [searchField]: words } });
  if (ctx.query[searchField] !== undefined) throw wrong('要找的词不能写在网址里');
  const typed = ctx.get(searchHeader);
  if (typed === '') return {};
  try {
    return { [searchField]: decodeURIComponent(typed) };
  } catch {
    throw wrong('要找的词无法识别');
  }
}

/** Reads now, judges when asked: a broken body must not tell a stranger that the order exists. */
async function readBody({ body: schema }: Endpoint, ctx: RouterContext): Promise<GivenBody> {
  if (!schema || isUpload(schema)) return { judge: () => schema, actionId: null };
  let read: unknown;
  let problem: Problem | undefined;
  try {
    read = isText(schema) ? await readText(ctx.req, schema.maxBytes) : await readJson(ctx.req);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problem = error;
    // A machine that sends megabytes is not listened to until it has done.
    if (isText(schema)) ctx.set('Connection', 'close');
  }
  const judge = () => {
    if (problem) throw problem;
    if (isText(schema)) return read;
    const parsed = schema.safeParse(read);
    if (!parsed.success) throw new Problem('request.bad-input', { fields: fieldsOf(parsed.error) });
    return parsed.data;
  };
  return { judge, actionId: actionIdOf(read) };
}

interface GivenBody {
  judge: () => unknown;
  actionId: string | null;
}

function actionIdOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('actionId' in body)) return null;
  const { actionId } = body;
  return typeof actionId === 'string' && /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(actionId) ? actionId : null;
}

export function fieldsOf(error: z.ZodError): ProblemFields {
  const fields: Record<string, string> = {};
  for (const issue of error.issues.slice(0, 20)) {
    const path = issue.path.map(String).join('.') || '_';
    fields[path] ??= /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : '填写有误';
  }
  return fields;
}

function send(ctx: RouterContext, endpoint: Endpoint, answer: unknown): void {
  if (isFile(endpoint.reply)) {
    const file = answer as FileAnswer;
    ctx.set({ ...file.headers });
    if (file.status === 416) throw new Problem('request.bad-range');
    ctx.status = file.status ?? 200;
    ctx.type = file.type;
    ctx.body = file.stream;
    if (file.bytes !== undefined) ctx.length = file.bytes;
    return;
  }
  ctx.set('Cache-Control', 'no-store');
  ctx.body = (endpoint.reply as z.ZodType).parse(answer);
}
