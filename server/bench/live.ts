import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { systemClock } from '../src/foundation/world/clock';
import { buildTown } from '../test/town';
import { openTasks } from './county';
import type { Said } from './live-phones';
import { summed } from './load';
import { cpuSpent, freePort, startProgram, type Running } from './processes';
import { judge, measured, rounded, say } from './report';
import { Api, type Bench } from './stage';

/** As many as a person may have open. */
const each = 8;
const hearing = 25;
const others = 225;
const claims = 20;
/** A topic is said to a phone once a second: claims that follow faster would measure that. */
const gap = 1_200;
const idleSeconds = 10;

/** 2,000 open sockets at one web process, a tenth of them in the village where tasks are claimed; then two processes. */
export async function measureLive(bench: Bench, folder: string): Promise<void> {
  await bench.database.transaction((db) =>
    db.write("UPDATE history SET fanned_out_at = '2020-01-01' WHERE fanned_out_at IS NULL"),
  );
  const [desk, second] = [await startWeb(bench, folder), await startWeb(bench, folder)];
  const phones: ChildProcess[] = [];
  try {
    const open = await openPhones(phones, desk.url, await tokensOf(bench));
    say(`  ${open.open} sockets opened in ${rounded(open.seconds, 1)} s`);
    await idle(desk);
    const one = await timed(bench, desk, phones, 'claim → id at a phone, one web process');
    judge('p99 of a claim told, one process (ms)', one.p99, '< 1000', one.p99 < 1_000);
    const two = await timed(bench, second, phones, 'claim → id at a phone of another web process');
    judge('p99 of a claim told, two processes (ms)', two.p99, '< 1500', two.p99 < 1_500);
  } finally {
    for (const phone of phones) phone.kill('SIGKILL');
    await Promise.all([desk.stop(), second.stop()]);
  }
}

async function startWeb({ url }: Bench, folder: string): Promise<Running> {
  const bundle = process.env['SERVER_BUNDLE_DIR'] ?? '';
  const env = { SANDAN_MODE: 'test', ROLE: 'web', DATABASE_URL: url, DATA_DIR: folder, LOG_LEVEL: 'info' };
  return startProgram(join(bundle, 'main.js'), env, await freePort(), '/health/ready');
}

async function tokensOf({ town, database, server }: Bench): Promise<string[]> {
  const clock = { ...systemClock } as never;
  const far = await buildTown({ world: { database } as never, url: server.url, clock });
  const people = [...(await town.moreMembers(hearing)), ...(await far.moreMembers(others))];
  return people.map(({ token }) => token ?? '');
}

/** In a process of their own. */
function openPhones(phones: ChildProcess[], url: string, tokens: readonly string[]): Promise<OpenedAll> {
  const env = { ...process.env, LIVE_URL: url, LIVE_TOKENS: JSON.stringify(tokens), LIVE_EACH: String(each) };
  const child = fork(join(import.meta.dirname, 'live-phones.js'), { env });
  phones.push(child);
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the phones have ended')));
    child.on('message', (said: Said) => {
      if ('open' in said) resolve(said);
    });
  });
}
type OpenedAll = Extract<Said, { open: number }>;

async function idle({ pid }: Running): Promise<void> {
  await sleep(2_000);
  const before = cpuSpent(pid) ?? 0;
  await sleep(idleSeconds * 1_000);
  const share = ((cpuSpent(pid) ?? 0) - before) / (idleSeconds * 10);
  const rss = residentMemory(pid);
  say(`  ${each * (hearing + others)} sockets, idle: ${rounded(share, 1)} % of a core, ${rss ?? '?'} MB`);
  if (rss !== null) judge('RSS with 2,000 open sockets (MB)', rss, '< 300', rss < 300);
  judge('CPU with 2,000 open sockets, idle (% of a core)', share, '< 10', share < 10);
}

function residentMemory(pid: number): number | null {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes ? Math.round(Number(kilobytes) / 1024) : null;
  } catch {
    return null;
  }
}

/** From the claim being sent to its id at the last phone of the village that hears it. */
async function timed(bench: Bench, claimedAt: Running, phones: readonly ChildProcess[], name: string) {
  const { database, references, town } = bench;
  const taskIds = await openTasks(database, await references.current(), town, claims);
  const members = await town.moreMembers(claims);
  const api = new Api(claimedAt.url);
  const times: number[] = [];
  const spenders = bench.spenders.map(([who, pid]) => [who, who === 'server' ? claimedAt.pid : pid] as const);
  const load = await measured(name, spenders, async () => {
    for (const [piece, taskId] of taskIds.entries()) {
      await sleep(gap);
      const lastHeard = heardByAll(phones, taskId, hearing * each);
      const sent = performance.timeOrigin + performance.now();
      const body = { actionId: ulid(), promisedAt: new Date(Date.now() + 3_600_000).toISOString() };
      const status = await api.call('POST', `/api/tasks/${taskId}/claim`, members[piece]?.token ?? '', body);
      if (status !== 200) throw new Error(`A task could not be claimed: ${status}`);
      times.push((await lastHeard) - sent);
    }
    return summed(times, (claims * gap) / 1_000, 0);
  });
  await api.close();
  return load;
}

function heardByAll(phones: readonly ChildProcess[], id: string, many: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let heard = 0;
    const late = setTimeout(() => done(() => reject(new Error(`heard by ${heard} of ${many} phones`))), 15_000);
    const done = (end: () => void) => {
      clearTimeout(late);
      for (const phone of phones) phone.off('message', listen);
      end();
    };
    const listen = (said: Said) => {
      if (!('id' in said) || said.id !== id) return;
      heard += 1;
      if (heard === many) done(() => resolve(said.at));
    };
    for (const phone of phones) phone.on('message', listen);
  });
}
