import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { z } from 'zod';
import { api, type EndpointKey } from '@sandan/shared/api';
import { isFile, type Api, type Endpoint } from '@sandan/shared/endpoint';
import { Session } from '../../src/foundation/access/access.entity';
import { hashToken } from '../../src/foundation/access/sessions';
import { demoPeople } from '../../src/rooms/people/demo-people';
import { clientOf, type Client } from '../client';
import { fillTown, type FilledTown } from '../demo-town';
import { startTestServer, type TestServer } from '../server';

/**
 * A crawler as each of the prepared people over the whole demo town: every GET endpoint, with the ids of every kind of
 * thing of other villages. Complete by construction: an endpoint whose path names something unknown fails here.
 */
const today = new Date('2026-09-15T01:00:00Z');

let filled: FilledTown;
let server: TestServer;
beforeAll(async () => {
  filled = await fillTown(today);
  server = await startTestServer({ now: today.getTime(), config: { databaseUrl: filled.url } });
}, 300_000);
afterAll(async () => {
  await server.close();
  await filled.close();
});

const each = 12;
/** What a name in a path or query stands for: things that lie outside of the given village, or in no village at all. */
const things: Readonly<Record<string, string>> = {
  orderId: `SELECT id FROM service_order WHERE village_id <> ? ORDER BY id DESC LIMIT ${each * 3}`,
  taskId: `SELECT id FROM task WHERE scope_village_id <> ? ORDER BY id DESC LIMIT ${each}`,
  commitmentId: `SELECT id FROM commitment WHERE village_id <> ? ORDER BY id LIMIT ${each}`,
  personId: `SELECT p.id FROM person p JOIN household h ON h.id = p.household_id JOIN grid g ON g.id = h.grid_id
    WHERE g.village_id <> ? ORDER BY p.id LIMIT ${each}`,
  gridId: `SELECT id FROM grid WHERE village_id <> ? ORDER BY id LIMIT ${each}`,
  organizationId: `SELECT id FROM party_organization WHERE id <> ? ORDER BY id LIMIT ${each}`,
  roundId: 'SELECT id FROM commitment_round WHERE id <> ?',
  year: 'SELECT DISTINCT year AS id FROM commitment_round WHERE id <> ?',
  drawId: 'SELECT id FROM inspection_draw WHERE id <> ?',
  showcaseId: 'SELECT id FROM showcase WHERE id <> ?',
  thingId: `SELECT id FROM commitment WHERE village_id <> ? ORDER BY id LIMIT ${each}`,
};
/** Signed addresses, opened in matrix.test.ts; ids of one's own making. */
const notByThing = ['paper', 'photoId', 'voiceId', 'scene', 'key', 'importId'];

interface Get {
  key: EndpointKey;
  endpoint: Endpoint;
  names: string[];
}
const gets = Object.entries(api as Readonly<Record<string, Api>>).flatMap(([room, endpoints]) =>
  Object.entries(endpoints)
    .filter(([, { method, reply }]) => method === 'get' && !isFile(reply))
    .map(([name, endpoint]): Get => ({ key: `${room}.${name}` as EndpointKey, endpoint, names: namesIn(endpoint) })),
);
function namesIn({ path }: Endpoint): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => String(name));
}

test('every name in the path of a GET endpoint is known to the crawler', () => {
  const unknown = gets.flatMap(({ key, names }) =>
    names.filter((name) => !(name in things) && !notByThing.includes(name)).map((name) => `${key} ${name}`),
  );
  expect(unknown).toEqual([]);
});

interface Walker {
  id: string;
  name: string;
  villageId: string;
}

async function walker(key: string): Promise<Walker & { client: Client }> {
  const { reading } = server.world.database;
  const [row] = await reading.query<Walker>(
    `SELECT p.id, p.name, COALESCE(g.village_id, '') AS villageId FROM person p
       LEFT JOIN household h ON h.id = p.household_id LEFT JOIN grid g ON g.id = h.grid_id WHERE p.demo_key = ?`,
    [key],
  );
  if (!row) throw new Error(`Nobody is ${key}`);
  const token = randomBytes(32).toString('base64url');
  const at = { createdAt: today, lastSeenAt: today, expiresAt: new Date(today.getTime() + 86_400_000) };
  await server.world.database.transaction((db) =>
    db.insert(Session, [{ id: ulid(), tokenHash: hashToken(token), personId: row.id, channel: 'demo', ...at }]),
  );
  return { ...row, client: clientOf(server.url, token) };
}

/** Phones that may be read in the clear: the own one, published ones, duty phones. */
async function secretPhones(ownId: string): Promise<string[]> {
  const { reading } = server.world.database;
  const rows = await reading.query<{ phone: never; published: never }>(
    `SELECT phone_sealed AS phone, published_phone_sealed AS published FROM person WHERE phone_sealed IS NOT NULL AND id <> ?`,
    [ownId],
  );
  const shown = new Set(rows.map(({ published }) => reading.vault.open('person.publishedPhone', published)));
  return rows
    .map(({ phone }) => String(reading.vault.open('person.phone', phone)))
    .filter((phone) => !shown.has(phone));
}

/** Queries that an endpoint insists on. */
const queries: Readonly<Record<string, readonly object[]>> = {
  'orders.list': ['mine', 'desk', 'public'].map((scope) => ({ scope, limit: 100 })),
  'tasks.list': ['claimable', 'mine', 'desk'].map((scope) => ({ scope, limit: 100 })),
  'people.find': [{ purpose: 'proxy' }],
};

async function asksOf({ key, endpoint, names }: Get, villageId: string): Promise<object[]> {
  const required = endpoint.query instanceof z.ZodObject ? Object.keys(endpoint.query.shape) : [];
  const name = names[0] ?? required.find((field) => field in things);
  const base = queries[key] ?? [{}];
  if (name === undefined || !(name in things)) return base.map((query) => ({ query }));
  const sql = things[name] ?? '';
  const ids = await server.world.database.reading.query<{ id: string }>(sql, [villageId]);
  return ids.map(({ id }) =>
    names.length > 0 ? { params: { [name]: id }, query: base[0] } : { query: { ...base[0], [name]: id } },
  );
}

test.each(demoPeople.map(({ key }) => key))(
  '%s reads nobody’s number who is not shown to him, wherever he looks',
  async (key) => {
    const { id, villageId, client } = await walker(key);
    const secret = new Set(await secretPhones(id));
    const handled = await handledBy(id);
    const leaks: string[] = [];
    for (const get of gets) {
      for (const sent of await asksOf(get, villageId)) {
        const { data } = await client.call(get.key, sent as never);
        const text = JSON.stringify(data ?? null);
        const numbers = [...text.matchAll(/(?<!\d)1\d{10}(?!\d)/g)].map(([number]) => number);
        leaks.push(
          ...numbers
            .filter((number) => secret.has(number) && !handled.has(number))
            .map((number) => `${get.key} ${number}`),
        );
        if (/(?<!\d)\d{17}[\dX](?!\d)/.test(text)) leaks.push(`${get.key} identity number`);
      }
    }
    expect(leaks).toEqual([]);
  },
  120_000,
);

/** Contacts of orders in hand, or done within thirty days: the contract shows those to their handlers. */
async function handledBy(personId: string): Promise<Set<string | null>> {
  const { reading } = server.world.database;
  const rows = await reading.query<{ phone: never }>(
    `SELECT o.contact_phone_sealed AS phone FROM service_order o WHERE o.contact_phone_sealed IS NOT NULL AND (
       o.requester_id = ? OR EXISTS (SELECT 1 FROM task_claim c WHERE c.order_id = o.id AND c.person_id = ?))`,
    [personId, personId],
  );
  return new Set(rows.map(({ phone }) => reading.vault.open('order.contactPhone', phone)));
}

const villagers = ['resident', 'member', 'gridWorker', 'groupLead', 'deskLead', 'hubKeeper', 'supervisor'] as const;
test.each(villagers)('%s opens no order and no task of another village', async (key) => {
  const { client, villageId, id } = await walker(key);
  const own = new Set(
    (
      await server.world.database.reading.query<{ id: string }>(
        'SELECT order_id AS id FROM task_claim WHERE person_id = ? UNION SELECT id FROM service_order WHERE requester_id = ? OR beneficiary_id = ?',
        [id, id, id],
      )
    ).map((row) => row.id),
  );
  const ids = async (name: 'orderId' | 'taskId') =>
    server.world.database.reading.query<{ id: string }>(things[name] ?? '', [villageId]);
  for (const { id: orderId } of await ids('orderId')) {
    if (own.has(orderId)) continue;
    expect([orderId, (await client.call('orders.read', { params: { orderId } })).status]).toEqual([orderId, 404]);
  }
  for (const { id: taskId } of await ids('taskId')) {
    expect([403, 404]).toContain((await client.call('tasks.read', { params: { taskId } })).status);
  }
});
