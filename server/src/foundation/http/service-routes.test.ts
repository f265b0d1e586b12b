import { ulid } from 'ulid';
import { clientOf } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown } from '../../../test/town';
import { createApp } from '../../app';
import type { Reading } from '../database/connect';
import { migrations } from '../database/migrate';
import { History, OutboxDelivery } from '../outbox/history.entity';
import { startWebServer } from './web-server';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => server.close());

/** The same server over a database that answers in this way. */
async function onDatabase(query: Reading['query'], ask: (url: string) => Promise<void>): Promise<void> {
  const { world } = server;
  const app = createApp({ ...world, database: { ...world.database, reading: { ...world.database.reading, query } } });
  const web = await startWebServer(app, { host: '127.0.0.1', port: 0, log: world.log });
  await ask(web.url).finally(() => web.close(0));
}

describe('health', () => {
  test('live says only that the process answers', async () => {
    const away = () => Promise.reject(new Error('the database is away'));
    await onDatabase(away, async (url) => {
      expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ live: true });
    });
  });

  test('ready when the database answers and nothing is left to migrate', async () => {
    const response = await fetch(`${server.url}/health/ready`);
    expect([response.status, await response.json()]).toEqual([200, { ready: true }]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('not ready while the database is away, or a migration is pending', async () => {
    const [, ...earlier] = migrations;
    const pending = () => Promise.resolve(earlier.map(({ name }) => ({ name })) as never);
    const away = () => Promise.reject(new Error('the database is away'));
    for (const query of [pending, away]) {
      await onDatabase(query, async (url) => {
        const response = await fetch(`${url}/health/ready`);
        expect(response.status).toBe(503);
        expect(response.headers.get('retry-after')).toBe('1');
        expect(await response.json()).toMatchObject({ code: 'server.not-ready' });
      });
    }
  });

  test('however many ask, the database is asked once a second', async () => {
    let asked = 0;
    const counting = () => {
      asked += 1;
      return Promise.resolve(migrations.map(({ name }) => ({ name })) as never);
    };
    await onDatabase(counting, async (url) => {
      await Promise.all(Array.from({ length: 20 }, () => fetch(`${url}/health/ready`)));
      expect(asked).toBe(1);
    });
  });
});

describe('metrics', () => {
  const metricsOf = async (url = server.url): Promise<string> => (await fetch(`${url}/metrics`)).text();
  const valueOf = (text: string, name: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    );

  test('count requests by route, never by address', async () => {
    const town = await buildTown(server);
    await town.as('resident').raw('GET', '/api/messages?limit=7');
    await clientOf(server.url).raw('GET', `/api/orders/${ulid()}`);
    await clientOf(server.url).raw('GET', '/wp-login.php');
    const text = await metricsOf();
    expect(text).toMatch(/sandan_request_seconds_count\{method="GET",route="messages.list",status="200"\} 1/);
    expect(text).toMatch(/sandan_request_seconds_count\{method="GET",route="orders.read",status="401"\} 1/);
    expect(text).toMatch(/sandan_request_seconds_count\{method="GET",route="none",status="404"\} 1/);
    expect(text).not.toMatch(/limit=7|wp-login/);
  });

  test('tell of the pool, the outbox, the due work and the orders', async () => {
    const { world, clock } = server;
    const now = clock.now();
    // Before the next count: what is counted stays for 15 seconds.
    const eventId = ulid();
    await world.database.transaction(async (db) => {
      const at = new Date(now - 90_000);
      const [thingId, aggregateId] = [ulid(), ulid()];
      await db.insert(History, [
        {
          ...{ id: eventId, thing: 'order', thingId, aggregateId, seq: 1, action: 'place', at, fannedOutAt: at },
          ...{ actorName: '系统', actorRole: 'system' },
        },
      ]);
      const delivery = { eventId, aggregateId, seq: 1, attempts: 0, nextAt: at };
      await db.insert(OutboxDelivery, [
        { ...delivery, reaction: 'test.waits' },
        { ...delivery, reaction: 'test.parked', parkedAt: at },
      ]);
    });
    const app = createApp(world);
    const web = await startWebServer(app, { host: '127.0.0.1', port: 0, log: world.log });
    const text = await metricsOf(web.url);
    await web.close(0);
    await world.database.transaction((db) => db.write('DELETE FROM outbox_delivery WHERE event_id = ?', [eventId]));

    expect(valueOf(text, 'sandan_outbox_lag_seconds')).toBeGreaterThanOrEqual(90);
    expect(valueOf(text, 'sandan_outbox_waiting')).toBeGreaterThanOrEqual(1);
    expect(valueOf(text, 'sandan_outbox_parked')).toBeGreaterThanOrEqual(1);
    expect(valueOf(text, 'sandan_due_work_late')).toBeGreaterThanOrEqual(0);
    expect(valueOf(text, 'sandan_pool_connections{what="size"}')).toBe(world.database.pool().size);
    expect(text).toContain('# TYPE sandan_orders gauge');
  });

  test('come without what the database cannot tell while it is away', async () => {
    const away = () => Promise.reject(new Error('the database is away'));
    await onDatabase(away, async (url) => {
      const text = await metricsOf(url);
      expect(text).toContain('process_cpu_user_seconds_total');
      expect(text).not.toMatch(/^sandan_outbox_waiting/m);
    });
  });

  test('are for this machine or for who knows the token; for anybody else there is no such page', async () => {
    const guarded = await startTestServer({ config: { metricsToken: 'the token', trustProxy: 1 } });
    const ask = async (headers: Record<string, string>) => (await fetch(`${guarded.url}/metrics`, { headers })).status;
    expect(await ask({})).toBe(200);
    const forwarded = { 'x-forwarded-for': '192.0.2.7' };
    expect(await ask(forwarded)).toBe(404);
    expect(await ask({ ...forwarded, authorization: 'Bearer wrong' })).toBe(404);
    expect(await ask({ ...forwarded, authorization: 'Bearer the token' })).toBe(200);
    await guarded.close();
    const open = await startTestServer();
    expect(
      (await fetch(`${open.url}/metrics`, { headers: { ...forwarded, authorization: 'Bearer null' } })).status,
    ).toBe(404);
    await open.close();
  });
});
