import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { z } from 'zod';
import { api, type EndpointKey } from '@sandan/shared/api';
import { isFile, type Api, type Endpoint } from '@sandan/shared/endpoint';
import { Session } from '../../src/foundation/access/access.entity';
import { hashToken } from '../../src/foundation/access/sessions';
import { HandoverRow } from '../../src/rooms/posts/handover.entity';
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
  await handOverEverywhere();
}, 300_000);
afterAll(async () => {
  await server.close();
  await filled.close();
});

/** The demo town has prepared one handover: here one stands in every village. */
async function handOverEverywhere(): Promise<void> {
  const villages = await server.world.database.reading.query<{ id: string; byId: string }>(
    `SELECT id, (SELECT MIN(id) FROM person) AS byId FROM grid g WHERE tier = 'village'
       AND NOT EXISTS (SELECT 1 FROM handover h WHERE h.node_id = g.id AND h.is_open = 1)`,
  );
  const plan = { until: null, openReason: null, moveLinks: false, posts: [] };
  const rows = villages.map(({ id: nodeId, byId }) => ({
    ...{ id: ulid(), tree: 'grid' as const, nodeId, kind: 'transfer' as const, state: 'prepared' as const, isOpen: 1 },
    ...{ plan, done: null, words: null, effectiveAt: new Date('2026-10-01'), byId, byName: '赵文斌', at: today },
  }));
  await server.world.database.transaction((db) => db.insert(HandoverRow, rows));
}

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
  bindingId: 'SELECT id FROM binding_request WHERE village_id <> ? ORDER BY id',
  householdId: `SELECT h.id FROM household h JOIN grid g ON g.id = h.grid_id WHERE g.village_id <> ? ORDER BY h.id LIMIT ${each}`,
  tree: "SELECT t.id FROM (SELECT 'grid' AS id UNION SELECT 'party') t WHERE t.id <> ?",
  nodeId: `SELECT n.id FROM (SELECT id, village_id FROM grid UNION SELECT id, id FROM party_organization) n
    WHERE n.village_id <> ? ORDER BY n.id LIMIT ${each * 2}`,
  postId: `SELECT r.id FROM role_grant r LEFT JOIN grid g ON g.id = r.node_id
    WHERE COALESCE(g.village_id, '-') <> ? ORDER BY r.id LIMIT ${each * 2}`,
  handoverId: `SELECT w.id FROM handover w LEFT JOIN grid g ON g.id = w.node_id
    WHERE COALESCE(g.village_id, '-') <> ? ORDER BY w.id`,
  sweepId: "SELECT id FROM sweep WHERE COALESCE(village_id, '-') <> ? ORDER BY id",
  targetId: `SELECT id FROM sweep_target WHERE village_id <> ? ORDER BY id LIMIT ${each}`,
};
/**
 * Signed addresses, opened in matrix.test.ts; ids of one's own making. `code` is what a computer's picture says: the
 * database keeps its hash alone, and who holds the picture is meant to read it (desktop-sign-in.test.ts).
 */
const notByThing = ['paper', 'photoId', 'voiceId', 'scene', 'key', 'importId', 'code', 'connectionId'];

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
  const base = queries[key] ?? [{}];
  const inQuery = names.length > 0 ? undefined : required.find((field) => field in things);
  if (inQuery !== undefined) {
    return (await idsOf(inQuery, villageId)).map((id) => ({ query: { ...base[0], [inQuery]: id } }));
  }
  if (names.some((name) => !(name in things))) return base.map((query) => ({ query }));
  let params: Record<string, string>[] = [{}];
  for (const name of names) {
    const ids = await idsOf(name, villageId);
    params = params.flatMap((before) => ids.map((id) => ({ ...before, [name]: id })));
  }
  if (names.length === 0) return base.map((query) => ({ query }));
  return params.map((each) => ({ params: each, query: base[0] }));
}

async function idsOf(name: string, villageId: string): Promise<string[]> {
  const rows = await server.world.database.reading.query<{ id: string }>(things[name] ?? '', [villageId]);
  return rows.map(({ id }) => id);
}

test('the demo town holds something of every kind that is asked for', async () => {
  const held = await Promise.all(
    Object.keys(things).map(async (name) => ((await idsOf(name, '')).length > 0 ? [] : [name])),
  );
  expect(held.flat()).toEqual([]);
});

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

/**
 * Endpoints that show one thing of one village, with ids of another one, and those that are the walker's all the
 * same. Rules go by the small grid: of households, targets and posts one of every grid is tried.
 */
const oneByOne: readonly { key: EndpointKey; name: string; elsewhere: string; own: string }[] = [
  ...(['households.read', 'visits.household'] as const).map((key) => ({
    ...{ key, name: 'householdId' },
    elsewhere: `SELECT MIN(h.id) AS id FROM household h JOIN grid g ON g.id = h.grid_id WHERE g.village_id <> ?
      GROUP BY h.grid_id`,
    own: `SELECT household_id AS id FROM household_link WHERE ? IN (member_id, stand_in_id)
      UNION SELECT household_id FROM care_relation WHERE carer_id = ?`,
  })),
  {
    ...{ key: 'bindings.read', name: 'bindingId' },
    elsewhere: 'SELECT id FROM binding_request WHERE village_id <> ?',
    own: 'SELECT id FROM binding_request WHERE ? IN (person_id, target_id) AND person_id = ?',
  },
  {
    ...{ key: 'sweeps.target', name: 'targetId' },
    elsewhere: 'SELECT MIN(id) AS id FROM sweep_target WHERE village_id <> ? GROUP BY sweep_id, grid_id',
    own: 'SELECT id FROM sweep_target WHERE holder_id = ? OR former_holder_id = ?',
  },
  ...(['sweeps.read', 'sweeps.progress', 'sweeps.rollCall', 'sweeps.targets', 'sweeps.holders'] as const).map(
    (key) => ({
      ...{ key, name: 'sweepId' },
      elsewhere: 'SELECT id FROM sweep WHERE village_id <> ?',
      own: `SELECT sweep_id AS id FROM sweep_target WHERE holder_id = ? OR former_holder_id = ?`,
    }),
  ),
  ...(['trees.staff', 'posts.candidates', 'handovers.read'] as const).map((key) => ({
    key,
    ...{
      'trees.staff': { name: 'nodeId', elsewhere: 'SELECT id FROM grid WHERE village_id <> ?' },
      'posts.candidates': {
        name: 'postId',
        elsewhere: `SELECT MIN(r.id) AS id FROM role_grant r JOIN grid g ON g.id = r.node_id WHERE g.village_id <> ?
          GROUP BY r.node_id, r.role`,
      },
      'handovers.read': {
        name: 'handoverId',
        elsewhere: 'SELECT w.id FROM handover w JOIN grid g ON g.id = w.node_id WHERE g.village_id <> ?',
      },
    }[key],
    own: 'SELECT id FROM role_grant WHERE person_id = ? AND person_id = ?',
  })),
];

test.each(villagers)(
  '%s opens no household, visit, sweep, binding, post or handover of another village',
  async (walks) => {
    const { client, villageId, id: walkerId } = await walker(walks);
    const { reading } = server.world.database;
    const opened: string[] = [];
    for (const { key, name, elsewhere, own } of oneByOne) {
      const mine = new Set((await reading.query<{ id: string }>(own, [walkerId, walkerId])).map(({ id }) => id));
      for (const { id } of await reading.query<{ id: string }>(elsewhere, [villageId])) {
        if (mine.has(id)) continue;
        const { status } = await client.call(key, { params: { [name]: id }, query: {} } as never);
        if (status !== 403 && status !== 404) opened.push(`${key} ${id} ${status}`);
      }
    }
    expect(opened).toEqual([]);
  },
  120_000,
);
