import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { z } from 'zod';
import { api, type EndpointKey } from '@sandan/shared/api';
import { permissionsOf, type Role } from '@sandan/shared/access/roles';
import { isFile, type Api, type Endpoint } from '@sandan/shared/endpoint';
import { Session } from '../../src/foundation/access/access.entity';
import { hashToken } from '../../src/foundation/access/sessions';
import { demoPeople } from '../../src/rooms/people/demo-people';
import { clientOf, type Client } from '../client';
import { fillTown, type FilledTown } from '../demo-town';
import { startTestServer, type TestServer } from '../server';
import { someAtOnce } from '../some-at-once';
import { secretPhones } from './crawling';
import { farVillage, mark, markedName, type FarVillage } from './far-village';
import { elsewhere, farWrites, publicRooms } from './far-writes';

/**
 * A crawler as each of the prepared people over the whole demo: every endpoint, with every id of every kind of thing of a
 * village in another town, and with whatever one types to look for its people. Complete by construction: an endpoint whose
 * path names something unknown fails here, and so does a kind of thing of which that village has none.
 */
const today = new Date('2026-09-15T01:00:00Z');

let filled: FilledTown;
let server: TestServer;
let far: FarVillage;
beforeAll(async () => {
  filled = await fillTown(today);
  server = await startTestServer({ now: today.getTime(), config: { databaseUrl: filled.url } });
  far = await farVillage(server, (await walker('admin')).client.token ?? '', today);
}, 600_000);
afterAll(async () => {
  await server.close();
  await filled.close();
});

const marked = `o.village_id = ? AND o.title LIKE '${mark}%'`;
const farGrids = '(SELECT id FROM grid WHERE village_id = ?)';
/** What a name in a path, a query or a body stands for: all of that kind in the far village. */
const things: Readonly<Record<string, string>> = {
  orderId: `SELECT o.id FROM service_order o WHERE ${marked} ORDER BY o.id`,
  taskId: `SELECT t.id FROM task t JOIN service_order o ON o.id = t.order_id WHERE ${marked} ORDER BY t.id`,
  personId: `SELECT p.id FROM person p JOIN household h ON h.id = p.household_id JOIN grid g ON g.id = h.grid_id
    WHERE g.village_id = ? AND p.name = '${markedName}' ORDER BY p.id`,
  householdId: `SELECT h.id FROM household h WHERE h.grid_id IN ${farGrids} ORDER BY h.id`,
  gridId: 'SELECT id FROM grid WHERE village_id = ? ORDER BY id',
  nodeId: 'SELECT id FROM grid WHERE village_id = ? ORDER BY id',
  tree: "SELECT 'grid' AS id FROM grid WHERE id = ?",
  postId: `SELECT r.id FROM role_grant r WHERE r.node_id IN ${farGrids} ORDER BY r.id`,
  bindingId: 'SELECT id FROM binding_request WHERE village_id = ?',
  correctionId: `SELECT id FROM correction WHERE grid_id IN ${farGrids}`,
  requestId: `SELECT id FROM link_request WHERE grid_id IN ${farGrids}`,
  visitId: `SELECT id FROM visit WHERE grid_id IN ${farGrids} ORDER BY id`,
  flagId: `SELECT f.id FROM household_flag f JOIN household h ON h.id = f.household_id WHERE h.grid_id IN ${farGrids}`,
  handoverId: 'SELECT id FROM handover WHERE node_id = ?',
  sweepId: 'SELECT id FROM sweep WHERE village_id = ?',
  targetId: 'SELECT id FROM sweep_target WHERE village_id = ?',
  careId: `SELECT c.id FROM care_relation c JOIN household h ON h.id = c.household_id WHERE h.grid_id IN ${farGrids}`,
  proxyId: `SELECT c.id FROM proxy_consent c JOIN household h ON h.id = c.household_id WHERE h.grid_id IN ${farGrids}`,
  delegationId: `SELECT id FROM role_grant WHERE behalf_of_id IS NOT NULL AND node_id IN ${farGrids}`,
  activityId: `SELECT id FROM activity WHERE grid_id IN ${farGrids}`,
  checkId: 'SELECT id FROM content_check WHERE village_id = ?',
  callId: `SELECT c.id FROM call_note c JOIN service_order o ON o.id = c.order_id WHERE ${marked}`,
  changeId: `SELECT id FROM tree_change WHERE node_id IN ${farGrids}`,
};

/** Shown to the whole town or county: promises and who made them, rounds, contests, draws of a town. Read for what they say. */
const shared: Readonly<Record<string, string>> = {
  commitmentId: 'SELECT id FROM commitment WHERE id <> ? ORDER BY id LIMIT 12',
  organizationId: 'SELECT organization_id AS id FROM party_grid WHERE grid_id = ?',
  roundId: 'SELECT id FROM commitment_round WHERE id <> ?',
  year: 'SELECT DISTINCT year AS id FROM commitment_round WHERE id <> ?',
  drawId: 'SELECT id FROM inspection_draw WHERE id <> ? ORDER BY id LIMIT 12',
  showcaseId: 'SELECT id FROM showcase WHERE id <> ?',
  thingId: 'SELECT id FROM commitment WHERE id <> ? ORDER BY id LIMIT 12',
};
/**
 * Signed addresses, opened in matrix.test.ts; ids of one's own making. `code` is what a computer's picture says: the
 * database keeps its hash alone, and who holds the picture is meant to read it (desktop-sign-in.test.ts).
 */
const notByThing = ['paper', 'photoId', 'voiceId', 'scene', 'key', 'importId', 'code', 'connectionId'];

interface Asked {
  key: EndpointKey;
  endpoint: Endpoint;
  names: string[];
}
const endpoints = Object.entries(api as Readonly<Record<string, Api>>).flatMap(([room, all]) =>
  Object.entries(all).map(([name, endpoint]): Asked => {
    const names = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, each]) => String(each));
    return { key: `${room}.${name}` as EndpointKey, endpoint, names };
  }),
);
const gets = endpoints.filter(({ endpoint }) => endpoint.method === 'get' && !isFile(endpoint.reply));

test('every name in the path of a GET endpoint is known to the crawler', () => {
  const known = [...Object.keys(things), ...Object.keys(shared), ...notByThing];
  const unknown = gets.flatMap(({ key, names }) =>
    names.filter((name) => !known.includes(name)).map((name) => `${key} ${name}`),
  );
  expect(unknown).toEqual([]);
});

const idsByName = new Map<string, readonly string[]>();
async function idsOf(name: string): Promise<readonly string[]> {
  const known = idsByName.get(name);
  if (known) return known;
  const sql = things[name] ?? shared[name] ?? '';
  const values = Array<string>(sql.split('?').length - 1).fill(far.id);
  const rows = await server.world.database.reading.query<{ id: string }>(sql, values);
  const ids = rows.map(({ id }) => String(id));
  idsByName.set(name, ids);
  return ids;
}

test('the far village holds something of every kind that is asked for', async () => {
  const names = [...Object.keys(things), ...Object.keys(shared)];
  const held = await Promise.all(names.map(async (name) => ((await idsOf(name)).length > 0 ? [] : [name])));
  expect(held.flat()).toEqual([]);
});

interface Walker {
  id: string;
  client: Client;
}

async function walker(demoKey: string): Promise<Walker> {
  const { reading } = server.world.database;
  const [row] = await reading.query<{ id: string }>('SELECT id FROM person WHERE demo_key = ?', [demoKey]);
  if (!row) throw new Error(`Nobody is ${demoKey}`);
  const token = randomBytes(32).toString('base64url');
  const at = { createdAt: today, lastSeenAt: today, expiresAt: new Date(today.getTime() + 86_400_000) };
  await server.world.database.transaction((db) =>
    db.insert(Session, [{ id: ulid(), tokenHash: hashToken(token), personId: row.id, channel: 'demo', ...at }]),
  );
  return { ...row, client: clientOf(server.url, token) };
}

interface Ask {
  key: EndpointKey;
  sent: { params?: object; query?: object; body?: object };
  /** Names a thing of the far village: it is not there for the walker, or he may not. */
  closed: boolean;
}

/** Queries that an endpoint insists on. */
const queries: Readonly<Partial<Record<EndpointKey, readonly object[]>>> = {
  'orders.list': ['mine', 'desk', 'public'].map((scope) => ({ scope, limit: 100 })),
  'tasks.list': ['claimable', 'mine', 'desk'].map((scope) => ({ scope, limit: 100 })),
  'people.find': [{ purpose: 'proxy' }, { purpose: 'proxy', q: mark }],
  'cards.members': [{ q: mark }],
  'bindings.list': [{}, { stage: 'closed' }],
};
async function getsOf({ key, endpoint, names }: Asked): Promise<Ask[]> {
  if (names.some((name) => notByThing.includes(name))) return [];
  const base = key === 'sweeps.holders' ? [{ gridId: far.id }] : (queries[key] ?? [{}]);
  const shape = endpoint.query instanceof z.ZodObject ? Object.keys(endpoint.query.shape) : [];
  const inQuery = names.length > 0 ? undefined : shape.find((field) => field in things);
  if (inQuery !== undefined) {
    const byId = (await idsOf(inQuery)).map((id): Ask => ({
      key,
      sent: { query: { ...base[0], [inQuery]: id } },
      closed: false,
    }));
    return [...base.map((query): Ask => ({ key, sent: { query }, closed: false })), ...byId];
  }
  if (names.length === 0) return base.map((query) => ({ key, sent: { query }, closed: false }));
  return (await paramsOf(names)).map((params) => ({
    key,
    sent: { params, query: base[0] ?? {} },
    closed: isClosed(names),
  }));
}

/** Which of the two trees is no thing of a village. */
const isClosed = (names: readonly string[]): boolean => names.some((name) => name in things && name !== 'tree');

async function paramsOf(names: readonly string[]): Promise<Record<string, string>[]> {
  let params: Record<string, string>[] = [{}];
  for (const name of names) {
    const ids = await idsOf(name);
    params = params.flatMap((before) => ids.map((id) => ({ ...before, [name]: id })));
  }
  return params;
}

/** Reads that are POST because what is typed, or that somebody looked, must stand in no address. */
async function typed(): Promise<Ask[]> {
  const ask = (key: EndpointKey, body: object): Ask => ({ key, sent: { body }, closed: false });
  const houses = await idsOf('householdId');
  const [personId, orders] = [(await idsOf('personId'))[0], await idsOf('orderId')];
  return [
    ...[{ name: mark }, { name: markedName }, { door: mark }, { code: far.code }, { phone: far.phone }].map((body) =>
      ask('households.search', body),
    ),
    ask('households.coming', { actionId: ulid(), phone: far.phone }),
    ...[mark, markedName, far.phone].map((q) => ask('posts.search', { q })),
    ...houses.map((householdId): Ask => ({
      key: 'households.reveal',
      sent: { params: { householdId }, body: { actionId: ulid(), personId, what: 'phone', purpose: 'visit' } },
      closed: true,
    })),
    ...orders.map((orderId): Ask => ({
      key: 'orders.revealContact',
      sent: { params: { orderId }, body: { actionId: ulid() } },
      closed: true,
    })),
  ];
}

const writes = endpoints.filter(({ endpoint: { method } }) => method !== 'get');
/** Acts on a thing that stands: its id alone is asked for. */
const onThings = writes.filter(
  ({ endpoint: { method }, names }) => method === 'post' && names.length > 0 && names.every((name) => name in things),
);

/** Every act on every kind of thing there, with nothing to do: what is refused is refused before anything is looked at. */
async function acts(): Promise<Ask[]> {
  const asked = onThings.map(async ({ key, names }): Promise<Ask[]> => {
    const params = (await paramsOf(names))[0];
    return params ? [{ key, sent: { params, body: {} }, closed: true }] : [];
  });
  const named = (await farWrites(idsOf)).map((write): Ask => ({ ...write, closed: true }));
  return [...(await Promise.all(asked)).flat(), ...named];
}

test('everything that writes is tried on the far village, or somebody has said why not', async () => {
  const known = [...onThings.map(({ key }) => key), ...(await farWrites(idsOf)).map(({ key }) => key)];
  const left = Object.values(elsewhere).flat();
  const isKnown = (key: EndpointKey): boolean =>
    publicRooms.includes(key.split('.')[0] ?? '') || known.includes(key) || left.includes(key);
  expect(writes.map(({ key }) => key).filter((key) => !isKnown(key))).toEqual([]);
  expect(left.filter((key) => known.includes(key))).toEqual([]);
});

const permissionOf = new Map(endpoints.map(({ key, endpoint }) => [key, endpoint.permission]));

async function heldBy(client: Client): Promise<ReadonlySet<string>> {
  const { roles } = await client.ok('people.me');
  return new Set([
    'anyone',
    'signedIn',
    ...(['resident', ...roles.map(({ role }) => role as Role)] as const).flatMap((role) => permissionsOf(role)),
  ]);
}

/** 没有这个权限: refused before anything is looked at, so once is enough. */
function worthAsking(asks: readonly Ask[], held: ReadonlySet<string>): Ask[] {
  const once = new Set<EndpointKey>();
  return asks.filter(({ key }) => {
    if (held.has(String(permissionOf.get(key))) || !once.has(key)) {
      once.add(key);
      return true;
    }
    return false;
  });
}

/** Answers that open nothing: which posts one may give there (outside none), and that somebody is no family of one's own. */
const offersNothing: Readonly<Partial<Record<EndpointKey, RegExp>>> = {
  'posts.choices': /"roles":\[\]\}$/,
  'orders.place': /"order\.not-family"/,
};

/** Whoever serves the whole county has the far village within reach: nobody's number in the clear holds for him too. */
const overTheCounty: readonly string[] = ['admin', 'auditor'];

test.each(demoPeople.map(({ key }) => key))(
  '%s opens nothing of the far village, and reads no name, door, word or number of it, wherever he looks',
  async (key) => {
    const { id, client } = await walker(key);
    const secret = await secretPhones(server.world.database.reading, id);
    const isOutside = !overTheCounty.includes(key);
    const held = await heldBy(client);
    const wanted = [
      ...(await Promise.all(gets.map(getsOf))).flat(),
      ...(isOutside ? [...(await typed()), ...(await acts())] : []),
    ];
    const asks = worthAsking(wanted, held);
    const faults: string[] = [];
    await someAtOnce(8, asks, async ({ key: asked, sent, closed }) => {
      const { status, data, problem } = await client.call(asked, sent as never);
      const text = JSON.stringify(data ?? problem);
      const where = `${asked} ${JSON.stringify(sent)} ${status} ${problem?.code ?? ''}`;
      if (status >= 500) faults.push(`${where} broke`);
      const isOpen = status !== 403 && status !== 404 && !offersNothing[asked]?.test(text);
      if (isOutside && closed && isOpen) faults.push(`${where} is open`);
      if (isOutside && text.includes(mark))
        faults.push(`${where} says ${text.slice(Math.max(0, text.indexOf(mark) - 60), text.indexOf(mark) + 40)}`);
      const numbers = [...text.matchAll(/(?<!\d)1\d{10}(?!\d)/g)].map(([number]) => number);
      if (numbers.some((number) => secret.has(number))) faults.push(`${where} says a number`);
      if (/(?<!\d)\d{17}[\dX](?!\d)/.test(text)) faults.push(`${where} says an identity number`);
    });
    expect(faults.slice(0, 40)).toEqual([]);
  },
  600_000,
);
