import { ulid } from 'ulid';
import { api, type EndpointKey } from '@sandan/shared/api';
import { isFile, type Api, type Endpoint } from '@sandan/shared/endpoint';
import { callerById } from '../../src/foundation/access/sessions';
import { writePaper } from '../../src/rooms/commitments/papers.service';
import { startTestServer, type TestServer } from '../server';
import { buildTown, type Town } from '../town';
import type { PersonName } from '../town-cast';
import { fillWithMarks, outsiders, type Mark } from './held-things';

/**
 * 内容检查: what waits, and what a person has hidden, is read by nobody but its writer and those who have the matter in
 * hand; not on its page, in no list, no search, no message and on no paper. Everything that can be read is read by
 * everybody, three times: while it waits, shown, and hidden.
 */
let server: TestServer;
let town: Town;
let marks: Mark[];
/** Who read which mark, and where. */
type Reading = ReadonlyMap<PersonName, readonly string[]>;
const readings: Record<'waiting' | 'shown' | 'hidden', Reading> = {
  ...{ waiting: new Map(), shown: new Map(), hidden: new Map() },
};

const endpoints = Object.entries(api as Readonly<Record<string, Api>>).flatMap(([room, all]) =>
  Object.entries(all).map(([name, endpoint]) => ({ key: `${room}.${name}` as EndpointKey, endpoint })),
);
const gets = endpoints.filter(({ endpoint }) => endpoint.method === 'get' && !isFile(endpoint.reply));

/** What a name in a path or a query stands for: all there is of it. */
const things: Readonly<Record<string, string>> = {
  orderId: 'SELECT id FROM service_order',
  taskId: 'SELECT id FROM task',
  commitmentId: 'SELECT id FROM commitment',
  activityId: 'SELECT id FROM activity',
  showcaseId: 'SELECT id FROM showcase',
  sweepId: 'SELECT id FROM sweep',
  targetId: 'SELECT id FROM sweep_target',
  organizationId: 'SELECT id FROM party_organization',
  roundId: 'SELECT id FROM commitment_round',
  year: 'SELECT year AS id FROM commitment_round',
  householdId: 'SELECT id FROM household',
  personId: 'SELECT author_id AS id FROM commitment',
  thingId: 'SELECT id FROM commitment UNION SELECT id FROM activity UNION SELECT id FROM service_order',
  gridId: 'SELECT id FROM grid',
  nodeId: 'SELECT id FROM grid',
};
type Sent = Record<string, Record<string, string>>;
/** Lists that insist on a query, and those that search: an answer to the words that are hidden would tell them. */
const asked: Readonly<Partial<Record<EndpointKey, readonly Record<string, string>[]>>> = {
  'orders.list': ['mine', 'public', 'desk'].map((scope) => ({ scope, limit: '100' })),
  'tasks.list': ['claimable', 'mine', 'desk'].map((scope) => ({ scope, limit: '100' })),
  'commitments.list': ['wall', 'mine', 'review'].map((scope) => ({ scope, limit: '100' })),
  'orders.similar': [{ categoryId: 'streetLight' }],
};

async function asksOf({ key, endpoint }: { key: EndpointKey; endpoint: Endpoint }): Promise<Sent[]> {
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => String(name));
  if (names.some((name) => !(name in things))) return [];
  const queries = asked[key] ?? [{}];
  const more: readonly Record<string, string>[] =
    key === 'orders.similar'
      ? (await idsOf('gridId')).map((gridId) => ({ categoryId: 'streetLight', gridId }))
      : queries;
  let params: Record<string, string>[] = [{}];
  for (const name of names) {
    const ids = await idsOf(name);
    params = params.flatMap((before) => ids.map((id) => ({ ...before, [name]: id })));
  }
  return params.flatMap((each) => more.map((query) => ({ params: each, query })));
}

const idsOf = async (name: string): Promise<string[]> =>
  (await server.world.database.reading.query<{ id: string }>(things[name] ?? '')).map(({ id }) => String(id));

/** As this person: every answer there is, every message, every paper that others may open. */
async function readAll(name: PersonName): Promise<string[]> {
  const client = town.as(name);
  const told: string[] = [];
  const call = client.call as (key: string, sent: object) => Promise<{ data?: unknown; problem?: unknown }>;
  for (const endpoint of gets)
    for (const sent of await asksOf(endpoint)) {
      const { data, problem } = await call(endpoint.key, sent);
      told.push(`${endpoint.key} ${JSON.stringify(data ?? problem)}`);
    }
  for (const { says } of marks)
    for (const [key, scope] of searches) {
      const { data } = await call(key, { query: { scope, q: says } });
      const found = (data as { items?: unknown[] } | undefined)?.items ?? [];
      if (found.length > 0) told.push(`${key} found by ${says}`);
    }
  const { world } = server;
  const { id: personId } = town.people[name];
  const caller = await callerById(world.database.reading, world.references, personId, new Date(server.clock.now()));
  if (!caller) throw new Error(`${name} is nobody`);
  const [roundId = ''] = await idsOf('roundId');
  for (const organizationId of Object.values(town.branches)) {
    const notice = { kind: 'notice', personId, roundId, organizationId, format: 'pdf' } as const;
    const board = { kind: 'board', personId, filters: {} } as const;
    for (const paper of [notice, board])
      told.push(
        await writePaper(world.database.reading, caller, paper).then(
          (written) => `${paper.kind} ${JSON.stringify(written)}`,
          (error: Error) => error.message,
        ),
      );
  }
  return told;
}
const searches = [
  ...(['mine', 'public', 'desk'] as const).map((scope) => ['orders.list', scope] as const),
  ...(['wall', 'mine'] as const).map((scope) => ['commitments.list', scope] as const),
];

const everybody = async (): Promise<Reading> => {
  const read = new Map<PersonName, string[]>();
  for (const name of outsiders) read.set(name, await readAll(name));
  return read;
};

/** Where outsiders read the mark: `otherResident orders.read`. */
const leaks = (reading: Reading, { says, outsiders: of }: Mark): string[] =>
  of.flatMap((name) =>
    (reading.get(name) ?? [])
      .filter((text) => text.includes(says))
      .map((text) => `${name} ${text.startsWith('orders.list found') ? text : (text.split(' ')[0] ?? '')}`),
  );

async function decideAll(decision: 'show' | 'hide'): Promise<void> {
  for (const reviewer of ['townDispatcher', 'deskLead', 'deskLead2', 'admin'] as const) {
    const { items } = await town.as(reviewer).ok('reviews.list', { query: { limit: 100 } });
    for (const { id: checkId, version } of items) {
      const reason = decision === 'hide' ? { reason: 'other' as const } : {};
      const body = { actionId: ulid(), decision, version, ...reason };
      await town.as(reviewer).ok('reviews.decide', { params: { checkId }, body });
    }
  }
  await server.drain(town.townId);
}

beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  marks = await fillWithMarks(server, town);
  readings.waiting = await everybody();
  await decideAll('show');
  readings.shown = await everybody();
  await complainOfAll();
  await decideAll('hide');
  readings.hidden = await everybody();
}, 240_000);
afterAll(() => server.close());

/** One complaint of each: what stands there brought to the desk, whoever wrote it. */
async function complainOfAll(): Promise<void> {
  const { reading } = server.world.database;
  const answers = await reading.query<{ id: string }>("SELECT id FROM history WHERE words = 'mark-answer'");
  for (const { id: thingId } of answers)
    await town.as('farResident').ok('reviews.complain', {
      params: { complaintId: ulid() },
      body: { about: { field: 'commitment.step', thingId }, reason: 'insult' },
    });
  await server.world.database.transaction((db) =>
    db.write("UPDATE content_check SET at_desk = 1, version = version + 1 WHERE state <> 'withdrawn'", []),
  );
}

test('what waits is read by nobody but its writer and those who have it in hand', () => {
  const found = marks.filter(({ waits }) => waits).map((mark) => [mark.says, leaks(readings.waiting, mark)]);
  expect(found.filter(([, where]) => where?.length !== 0)).toEqual([]);
});

test('once it is shown others read it: the walk goes where it stands', () => {
  expect(marks.filter((mark) => leaks(readings.shown, mark).length === 0).map(({ says }) => says)).toEqual([]);
});

test('what a person has hidden is gone: from pages, lists, searches, messages and papers', () => {
  const found = marks.map((mark) => [mark.says, leaks(readings.hidden, mark)]);
  expect(found.filter(([, where]) => where?.length !== 0)).toEqual([]);
});
