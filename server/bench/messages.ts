import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { makeReadAnew } from '../src/foundation/reference/read-anew';
import { Subscription, WechatMessage } from '../src/foundation/subscribe/subscribe.entity';
import { registerApp, type AppControl } from '../src/foundation/world/wechat-stand-in/control';
import { WechatAccount } from '../src/rooms/people/person.entity';
import { Setting } from '../src/rooms/settings/setting.entity';
import { templateFields, templateIdOf, templatesInUse } from '../test/message-templates';
import { openTasks } from './county';
import { freePort, startProgram, type Running } from './processes';
import { quickly } from './quickly';
import { judge, measured, type Spender } from './report';
import { Api, type Bench } from './stage';

const pile = quickly(2000);
const readers = quickly(200);
const claims = quickly(100);
const app = { appid: 'wxbench000000000', secret: 'stand-in-secret' };

interface Ground {
  readonly bench: Bench;
  readonly folder: string;
  readonly wechat: AppControl;
}

/** 订阅消息: how fast a pile leaves by one worker and by two, and how soon after a claim the resident's message does. */
export async function measureMessages(bench: Bench, folder: string): Promise<void> {
  const wechat = await registerApp(process.env['WECHAT_STAND_IN'] ?? '', app);
  const ground = { bench, folder, wechat };
  try {
    await prepare(ground);
    const one = await drainedBy(ground, 1);
    const two = await drainedBy(ground, 2);
    judge('messages a second by one worker', one, '≥ 60', one >= 60);
    judge('messages: two workers ÷ one', two / one, '≥ 0.9', two / one >= 0.9);
    await afterClaims(ground, 'together');
    await afterClaims(ground, 'apart');
  } finally {
    await wechat.remove();
    await wechat.close();
  }
}

/** All three templates, and no quiet hours: it may be night where this runs. */
async function prepare({ bench: { database, town }, wechat }: Ground): Promise<void> {
  await templatesInUse({ world: { database } as never }, town, 'lasting');
  const all = (['progress', 'newTask', 'todo'] as const).map((kind) => ({
    ...{ id: templateIdOf(town, kind), title: kind, kind: 'longTerm' as const },
    fields: templateFields[kind].map(({ field }) => ({ name: field, title: field })),
  }));
  await wechat.setTemplates(all);
  const value = { quietHours: { from: '03:00', to: '03:00' } };
  await database.transaction(async (db) => {
    await db.upsert(Setting, [{ gridId: town.townId, name: 'town', value }], ['value']);
    await makeReadAnew(db);
  });
}

/** Long-term consent of these people to one template, there and here. */
async function agreed(
  { bench: { database, town }, wechat }: Ground,
  ids: readonly string[],
  kind: 'progress' | 'todo',
) {
  const templateId = templateIdOf(town, kind);
  const accounts = ids.map((personId) => ({ openid: `o-${personId}`, personId, unionid: null, createdAt: new Date() }));
  const kept = {
    templateId,
    byApp: 1,
    byPush: 0,
    used: 0,
    lasting: 1,
    choice: 'accept' as const,
    chosenAt: new Date(),
  };
  await database.transaction(async (db) => {
    await db.upsert(WechatAccount, accounts, ['openid']);
    await db.upsert(
      Subscription,
      accounts.map(({ openid }) => ({ openid, ...kept })),
      ['lasting'],
    );
  });
  for (const { openid } of accounts) await wechat.grant(openid, templateId);
}

/** A process that sends; it can serve the claims, too. */
async function start({ bench, folder, wechat }: Ground): Promise<Running> {
  const bundle = process.env['SERVER_BUNDLE_DIR'] ?? '';
  const settings = { WECHAT_ORIGIN: wechat.origin, WECHAT_APPID: app.appid, WECHAT_SECRET: app.secret };
  const env = { SANDAN_MODE: 'test', ROLE: 'all', DATABASE_URL: bench.url, DATA_DIR: folder, LOG_LEVEL: 'info' };
  return startProgram(join(bundle, 'main.js'), { ...env, ...settings }, await freePort(), '/health/ready');
}

/** Messages a second, from when the pile is there until nothing waits; of each person one after the other. */
async function drainedBy(ground: Ground, workers: number): Promise<number> {
  const { bench, wechat } = ground;
  const rows = await pileOf(ground);
  const before = (await wechat.sentMessages()).length;
  const running = await Promise.all(Array.from({ length: workers }, () => start(ground)));
  await settled(bench);
  await bench.database.transaction(async (db) => {
    for (let from = 0; from < rows.length; from += 500) await db.insert(WechatMessage, rows.slice(from, from + 500));
  });
  // The first of the workers in the place of the web process, which has nothing to do here.
  const sending = bench.spenders.map(([who, pid]): Spender => [who, who === 'server' ? (running[0]?.pid ?? pid) : pid]);
  const load = await measured(`messages by ${workers} of the workers`, sending, async () => {
    const started = performance.now();
    while (await isWaiting(bench)) await sleep(50);
    const seconds = (performance.now() - started) / 1_000;
    return { pieces: pile, perSecond: pile / seconds, p50: 0, p99: 0, failures: 0 };
  });
  await Promise.all(running.map((worker) => worker.stop()));
  const sent = (await wechat.sentMessages()).length - before;
  judge(`messages sent of ${pile} by ${workers}`, sent, `= ${pile}`, sent === pile);
  return load.perSecond;
}

/** What other parts have left to the workers is done: it must not be measured here. */
async function settled({ database }: Bench): Promise<void> {
  for (;;) {
    const [row] = await database.reading.query<{ busy: number }>(
      `SELECT EXISTS (SELECT 1 FROM history WHERE fanned_out_at IS NULL)
         OR EXISTS (SELECT 1 FROM outbox_delivery WHERE done_at IS NULL AND parked_at IS NULL) AS busy`,
    );
    if (Number(row?.busy) === 0) return;
    await sleep(200);
  }
}

/** Each about an order of its own, so that each is looked up and gets its link, as in earnest. */
async function pileOf(ground: Ground): Promise<Partial<WechatMessage>[]> {
  const { town, database, references } = ground.bench;
  const taskIds = await openTasks(database, await references.current(), town, pile);
  const people = await town.moreMembers(readers);
  await agreed(
    ground,
    people.map(({ id }) => id),
    'todo',
  );
  const events = await database.reading.query<{ id: string; orderId: string }>(
    `SELECT MIN(h.id) AS id, t.order_id AS orderId FROM task t JOIN history h ON h.aggregate_id = t.order_id
     WHERE t.id IN (?) GROUP BY t.order_id`,
    [taskIds],
  );
  const at = new Date();
  return events.map(({ id: eventId, orderId }, index) => ({
    ...{ id: ulid(), personId: people[index % readers]?.id ?? '', countyId: town.countyId, townId: town.townId },
    ...{ template: 'todo' as const, kind: 'supervised' as const, onceKey: eventId, eventId, orderId },
    ...{ state: 'waiting' as const, at: new Date(at.getTime() + index), nextAt: at, attempts: 0 },
    expiresAt: new Date(at.getTime() + 3_600_000),
  }));
}

/** One row is enough to know: counting them all would cost as much as sending them. */
async function isWaiting({ database, town }: Bench): Promise<boolean> {
  const [row] = await database.reading.query<{ waits: number }>(
    "SELECT EXISTS (SELECT 1 FROM wechat_message WHERE state IN ('waiting', 'sending') AND county_id = ?) AS waits",
    [town.countyId],
  );
  return Number(row?.waits) === 1;
}

/**
 * From the request of a claim until WeChat has the resident's message. All go to one resident, who gets them in order, so
 * the first card is of the first claim. `apart`: another process than the one that serves the claim.
 */
async function afterClaims(ground: Ground, how: 'together' | 'apart'): Promise<void> {
  const { bench, wechat } = ground;
  const { town, database, references } = bench;
  await agreed(ground, [town.people.resident.id], 'progress');
  const openid = `o-${town.people.resident.id}`;
  const taskIds = await openTasks(database, await references.current(), town, claims);
  const members = await town.moreMembers(claims);
  const running = await start(ground);
  await settled(bench);
  const api = how === 'together' ? new Api(running.url) : bench.api;
  const before = (await wechat.sentMessages(openid)).length;
  const promisedAt = new Date(Date.now() + 3_600_000).toISOString();
  const asked: number[] = [];
  const name = how === 'together' ? 'claim → message, one process' : 'claim → message, web and worker apart';
  const load = await measured(name, bench.spenders, async () => {
    const started = performance.now();
    for (const [piece, taskId] of taskIds.entries()) {
      asked.push(Date.now());
      const token = members[piece]?.token ?? '';
      const status = await api.call('POST', `/api/tasks/${taskId}/claim`, token, { actionId: ulid(), promisedAt });
      if (status !== 200) throw new Error(`A claim was answered ${status}`);
      await sleep(150);
    }
    const cards = await arrived(wechat, openid, before + claims);
    const times = cards.slice(before).map((at, index) => at - (asked[index] ?? 0));
    times.sort((one, other) => one - other);
    const share = (part: number): number => times[Math.floor((times.length - 1) * part)] ?? Infinity;
    const perSecond = claims / ((performance.now() - started) / 1_000);
    return { pieces: claims, perSecond, p50: share(0.5), p99: share(0.99), failures: claims - times.length };
  });
  judge(`${name}, p99 (ms)`, load.p99, '< 1500', load.p99 < 1500 && load.failures === 0);
  if (how === 'together') await api.close();
  await running.stop();
}

/** When so many cards of this person came, by the stand-in's clock, which is this machine's. */
async function arrived(wechat: AppControl, openid: string, count: number): Promise<number[]> {
  for (let tries = 0; ; tries += 1) {
    const cards = await wechat.sentMessages(openid);
    if (cards.length >= count || tries > 100) return cards.map(({ at }) => at);
    await sleep(100);
  }
}
