import type Koa from 'koa';
import type { EndpointKey } from '@sandan/shared/api';
import { createApp } from '../../src/app';
import type { Documents } from '../../src/foundation/documents/documents';
import { documentation } from '../../src/foundation/http/documentation';
import { createMetrics } from '../../src/foundation/http/observe';
import { serviceRoutes } from '../../src/foundation/http/service-routes';
import { routesOf } from '../../src/rooms';
import { endpointOf } from '../client';
import { startTestServer, tuesdayMorning, type TestServer } from '../server';
import { buildTown } from '../town';
import { matrix, people, type Outcome, type PersonKind, type RowKey } from './matrix';
import { scenes } from './scenes';
import { clientFor, type Scene, type Stage } from './stage';
import { thingsOf } from './things';

/** Every endpoint as every kind of person, against the written table (decisions.md §2.9). */
const rows = Object.keys(matrix) as RowKey[];

let server: TestServer;
let stage: Stage;

beforeAll(async () => {
  // Wednesday at eleven: failed sign-ins that other tests leave behind are over.
  server = await startTestServer({ now: tuesdayMorning + 26 * 60 * 60_000 });
  server.world.documents = eachOnce(server.world.documents);
  const town = await buildTown(server);
  stage = { server, town, put: thingsOf(server, town) };
});
afterAll(() => server.close());

/** Eighteen people open the same paper: it is made for the first of them. */
function eachOnce(documents: Documents): Documents {
  const made = new Map<string, Promise<Buffer>>();
  const once = (what: unknown, make: () => Promise<Buffer>): Promise<Buffer> => {
    const name = JSON.stringify(what);
    const known = made.get(name) ?? make();
    made.set(name, known);
    return known;
  };
  return {
    ...documents,
    make: (kind, paper) => once([kind, paper], () => documents.make(kind, paper)),
    makePosters: (posters) => once(posters, () => documents.makePosters(posters)),
  };
}

type Tried = [PersonKind, Outcome][];

/** A few at a time, as people come. */
const atOnce = 6;

async function attempts(who: readonly PersonKind[], sceneOf: () => Promise<Scene>): Promise<Tried> {
  const tried = async (person: PersonKind): Promise<[PersonKind, Outcome]> => {
    const scene = await sceneOf();
    return [person, await scene.attempt(clientFor(stage, person), person)];
  };
  const first = await Promise.all(who.slice(0, atOnce).map(tried));
  return who.length <= atOnce ? first : [...first, ...(await attempts(who.slice(atOnce), sceneOf))];
}

/** Whoever was refused has moved nothing. */
async function expectUntouched({ orderId, commitmentId }: Scene): Promise<void> {
  const [table, id] = orderId ? ['service_order', orderId] : ['commitment', commitmentId];
  if (!id) return;
  const [thing] = await server.world.database.reading.query<{ version: number; told: number }>(
    `SELECT version, (SELECT COUNT(*) FROM history h WHERE h.aggregate_id = o.id) AS told FROM ${table} o WHERE id = ?`,
    [id],
  );
  expect({ version: Number(thing?.version), told: Number(thing?.told) }).toEqual({ version: 1, told: 0 });
}

/** Those whom the table refuses share one scene; each of the others gets a fresh one, unless nothing is changed anyway. */
async function walk(row: RowKey): Promise<void> {
  const make = scenes[row];
  const shared = await make(stage);
  const allowed = people.filter((person) => matrix[row][person] === 'yes');
  const refused = people.filter((person) => !allowed.includes(person));
  const tried = await attempts(refused, async () => shared);
  const done = await attempts(allowed, changesNothing(row) ? async () => shared : () => make(stage));
  expect({ row, ...Object.fromEntries([...tried, ...done]) }).toEqual({ row, ...matrix[row] });
  await expectUntouched(shared);
}

const keyOf = (row: RowKey): string => row.split(' ')[0] ?? row;
const changesNothing = (row: RowKey): boolean =>
  row.startsWith('/') || endpointOf(keyOf(row) as EndpointKey).method === 'get';

test.each(routesOf('test').map(({ key }) => key))(
  '%s, as everybody',
  async (key) => {
    const ofKey = rows.filter((row) => keyOf(row) === key);
    expect(ofKey).not.toEqual([]);
    for (const row of ofKey) await walk(row);
  },
  120_000,
); // papers are made for each of eighteen

test('the pages beside the API, as everybody', async () => {
  const pages = [...serviceRoutes(server.world, createMetrics(), []), ...documentation(routesOf('test'))];
  const ofPages = rows.filter((row) => row.startsWith('/'));
  expect([...new Set(ofPages.map(keyOf))].sort()).toEqual(pages.map(({ path }) => path).sort());
  for (const row of ofPages) await walk(row);
});

/** Method and path of everything the router answers. */
const registered = (app: Koa): string[] =>
  app.middleware
    .flatMap((layer) =>
      'router' in layer ? (layer.router as { stack: { methods: string[]; path: string }[] }).stack : [],
    )
    .flatMap(({ methods, path }) => methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${path}`))
    .sort();
const written = (keys: readonly string[]): string[] =>
  keys
    .map((key) => endpointOf(key as EndpointKey))
    .map(({ method, path }) => `${method.toUpperCase()} /api${path}`)
    .sort();

test('nothing is registered that does not stand in the table', () => {
  const keys = [...new Set(rows.filter((row) => !row.startsWith('/')).map(keyOf))];
  expect(registered(createApp(server.world))).toEqual(written(keys));
});

test('in production nobody signs in as somebody else: the route is not there', () => {
  const config = { ...server.world.config, mode: 'production' as const };
  const keys = [...new Set(rows.filter((row) => !row.startsWith('/')).map(keyOf))];
  const open = keys.filter((key) => !endpointOf(key as EndpointKey).demoOnly);
  const app = createApp({ ...server.world, config });
  expect(registered(app)).toEqual(written(open));
  expect(registered(app).filter((route) => route.includes('demo'))).toEqual([]);
});
