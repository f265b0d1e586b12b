import { join } from 'node:path';
import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';
import { api, type EndpointKey } from '@sandan/shared/api';
import { isFile, type Api as Endpoints } from '@sandan/shared/endpoint';
import { searchHeader } from '@sandan/shared/typed-search';
import { connectionOf } from '../src/foundation/database/connect';
import type { Town } from '../test/town';
import { closedLoop } from './load';
import { fillLists } from './lists-county';
import { freePort, startProgram } from './processes';
import { judge, rounded, say } from './report';
import { barePool, type Bench } from './stage';

/**
 * Every list that somebody opens without naming a thing, at county size, as four people: how many rows the database looks
 * at for it, told by its own log, and how long the whole takes over the same SQL alone. What reads much is looked at with
 * EXPLAIN: a list that sorts everything for each page is found here, before a county finds it.
 */
export async function measureLists(bench: Bench, folder: string): Promise<void> {
  const started = performance.now();
  const { sweepId } = await fillLists(bench.database, bench.town);
  say(`  the county is filled in ${rounded((performance.now() - started) / 1000)} s`);
  const root = await logAll(bench.url);
  const bare = barePool(bench.url, true);
  const port = await freePort();
  const bundle = join(process.env['SERVER_BUNDLE_DIR'] ?? '', 'main.js');
  const env = { SANDAN_MODE: 'test', ROLE: 'web', DATABASE_URL: bench.url, DATA_DIR: folder, LOG_LEVEL: 'error' };
  // Of its own: sessions of the database learn that they are to be logged when they begin.
  const server = await startProgram(bundle, env, port, '/health/ready');
  const seen: Seen[] = [];
  try {
    const people = peopleOf(bench.town);
    // What every process reads once.
    await send(server.url, people[0]?.[1] ?? '', { name: 'boards.home', method: 'GET', path: '/api/me' });
    for (const [who, token] of people)
      for (const ask of asksOf(sweepId, bench.town)) {
        const one = await walk(server.url, root, bare, { who, token, ask });
        if (one) seen.push(one);
      }
  } finally {
    await server.stop();
    await root.query('SET GLOBAL slow_query_log = 0');
    await Promise.all([root.end(), bare.end()]);
  }
  tell(seen);
}

const peopleOf = ({ people }: Town): [who: string, token: string][] => [
  ['county admin', people.admin.token],
  ['town dispatcher', people.townDispatcher.token],
  ['town secretary', people.townSecretary.token],
  ['village desk', people.deskLead.token],
  ['group worker', people.gridWorker.token],
  ['member', people.member.token],
  ['auditor', people.auditor.token],
];

async function logAll(url: string): Promise<Pool> {
  const { username: user, database: _none, ...where } = connectionOf(url);
  const root = createPool({ ...where, user, connectionLimit: 1 });
  await root.query("SET GLOBAL log_output = 'TABLE'");
  await root.query('SET GLOBAL slow_query_log = 1, GLOBAL long_query_time = 0, GLOBAL min_examined_row_limit = 0');
  return root;
}

interface Ask {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: object;
}

/** What a list is asked with beside nothing at all. */
const queries = ({
  villageA: gridId,
  centres: { a1 },
}: Town): Readonly<Partial<Record<EndpointKey, readonly Record<string, string>[]>>> => ({
  'grids.locate': [{ lat: String(a1.lat), lng: String(a1.lng) }],
  'orders.similar': [{ categoryId: 'streetLight', gridId }],
  'bindings.list': [{}, { stage: 'closed' }],
  'households.list': [{}, { only: 'hub' }, { only: 'checkDue' }],
  'orders.list': [{ scope: 'mine' }, { scope: 'desk' }, { scope: 'public' }],
  'tasks.list': [{ scope: 'claimable' }, { scope: 'desk' }],
  'people.find': [{ purpose: 'proxy' }, { purpose: 'proxy', q: '桂英1' }],
  'privacy.corrections': [{}, { state: 'decided' }],
  'grantReviews.accounts': ['idle', 'ending', 'endless', 'many', 'excluded'].map((concern) => ({ concern })),
  'boards.figures': [{ gridId }],
  'cards.members': [{ q: '桂英1' }],
  'visits.overdue': [{ gridId }],
  'visits.figures': [{ gridId }],
});

const named = (sweepId: string): Ask[] => [
  ...['', '?state=todo', '?findings=true', '?unassigned=true'].map((query): Ask => ({
    ...{ name: `sweeps.targets ${query}`, method: 'GET', path: `/api/sweeps/${sweepId}/targets${query}` },
  })),
  { name: 'sweeps.progress', method: 'GET', path: `/api/sweeps/${sweepId}/progress` },
  ...[{ name: '桂英1' }, { door: '12号' }].map((body): Ask => ({
    ...{ name: `households.search ${Object.keys(body).join()}`, method: 'POST', path: '/api/households/search', body },
  })),
  { name: 'posts.search', method: 'POST', path: '/api/posts/search', body: { q: '桂英1' } },
];

function asksOf(sweepId: string, town: Town): Ask[] {
  const lists = Object.entries(api as Readonly<Record<string, Endpoints>>).flatMap(([room, endpoints]) =>
    Object.entries(endpoints)
      .filter(([, { method, reply, path }]) => method === 'get' && !isFile(reply) && !path.includes(':'))
      .flatMap(([name, { path }]) => {
        const key = `${room}.${name}` as EndpointKey;
        return (queries(town)[key] ?? [{}]).map(({ q, ...query }): Ask => {
          const text = new URLSearchParams(query).toString();
          const headers: Record<string, string> = q === undefined ? {} : { [searchHeader]: encodeURIComponent(q) };
          return { name: `${key} ${text}${q ? ' q' : ''}`, method: 'GET', path: `/api${path}?${text}`, headers };
        });
      }),
  );
  return [...lists, ...named(sweepId)];
}

interface Walking {
  who: string;
  token: string;
  ask: Ask;
}
interface Seen {
  name: string;
  /** Of the statement that looked at the most. */
  examined: number;
  sent: number;
  sql: string;
  over: number;
  bare: number;
}

const unasked = new Set<string>();
const rounds = 5;
/** Milliseconds of the database alone. */
const worthTiming = 15;

/** Null: not for him. */
async function walk(url: string, root: Pool, bare: Pool, { who, token, ask }: Walking): Promise<Seen | null> {
  await root.query('TRUNCATE TABLE mysql.slow_log');
  const first = await send(url, token, ask);
  if (first.status === 403 || first.status === 404) return null;
  // It insists on something that `queries` does not give: told, so that nobody thinks it was looked at.
  if (first.status === 400) {
    unasked.add(ask.name.trim());
    return null;
  }
  if (first.status !== 200) throw new Error(`${ask.name} for ${who} is answered ${first.status}`);
  const pages = [ask, ...(first.next ? [nextOf(ask, first.next)] : [])];
  if (first.next) await send(url, token, pages[1] as Ask);
  // A statement is logged after its answer has left.
  await new Promise((resolve) => setTimeout(resolve, 40));
  const statements = await loggedIn(root);
  const worst = [...statements].sort((one, other) => other.examined - one.examined)[0];
  if (!worst) return null;
  const sql = await closedLoop(1, rounds, async () => {
    for (const each of statements) await bare.query(each.sql);
    return true;
  });
  const name = `${who}: ${ask.name}`;
  // One person may ask five times a second: only what takes its time is asked again.
  if (sql.p50 < worthTiming) return { ...worst, name, over: sql.p50, bare: sql.p50 };
  const over = await closedLoop(1, rounds, async () => {
    for (const page of pages) await send(url, token, page);
    return true;
  });
  return { ...worst, name, over: over.p50, bare: sql.p50 };
}

const nextOf = (ask: Ask, cursor: string): Ask => ({
  ...ask,
  path: `${ask.path}${ask.path.includes('?') ? '&' : '?'}${new URLSearchParams({ cursor }).toString()}`,
});

/** Waits where one person asks too much in a while. */
async function send(url: string, token: string, ask: Ask): Promise<{ status: number; next: string | null }> {
  for (;;) {
    const answer = await fetch(url + ask.path, {
      method: ask.method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...ask.headers },
      ...(ask.body ? { body: JSON.stringify(ask.body) } : {}),
    });
    const reply = (await answer.json().catch(() => null)) as { nextCursor?: string | null } | null;
    if (answer.status !== 429) return { status: answer.status, next: reply?.nextCursor ?? null };
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

type Logged = Pick<Seen, 'sql' | 'examined' | 'sent'>;
async function loggedIn(root: Pool): Promise<Logged[]> {
  const [rows] = await root.query<(RowDataPacket & Logged)[]>(
    `SELECT CONVERT(sql_text USING utf8mb4) AS \`sql\`, rows_examined AS examined, rows_sent AS sent FROM mysql.slow_log
     WHERE db = 'sandan_bench' AND sql_text REGEXP '^[ (\\n]*SELECT'`,
  );
  return rows;
}

/** The people of a large town, once: the most that looking for a part of a name may read. */
const mostRows = 20_000;
/** Milliseconds: what a busy machine may add to something small. */
const slack = 100;
/** What has to look at every row of a county, and is not turned over page by page. */
const figures: readonly string[] = ['grantReviews.counts', 'grantReviews.accounts concern=idle', 'rosters.kinds'];

function tell(seen: readonly Seen[]): void {
  const worst = [...seen].sort((one, other) => other.examined - one.examined);
  const bound = worst.filter(({ name }) => !figures.some((each) => name.includes(each)));
  if (unasked.size > 0) say(`  asked wrongly: ${[...unasked].join(', ')}`);
  judge('lists that could not be asked for', unasked.size, '0', unasked.size === 0);
  say(`  ${seen.length} lists; those that look at the most rows:`);
  for (const { name, examined, sent, over, bare } of worst.slice(0, 25))
    say(`  ${name}: ${examined} looked at, ${sent} answered, ${rounded(over, 1)} ms, its SQL ${rounded(bare, 1)} ms`);
  for (const { name, examined, sql } of bound.filter((each) => each.examined > mostRows)) {
    judge(`${name}, rows looked at`, examined, `≤ ${mostRows}`, false);
    if (process.argv.includes('--explain')) say(sql);
  }
  const many = bound.filter(({ examined }) => examined > mostRows).length;
  judge('lists that look at too many rows', many, '0', many === 0);
  const slow = seen.filter(({ over, bare }) => over > 3 * bare + slack);
  judge('lists of more than 3 × their SQL', slow.length, '0', slow.length === 0);
  for (const { name, over, bare } of slow) judge(`${name}, p50 (ms)`, over, `< ${rounded(3 * bare + slack, 1)}`, false);
}
