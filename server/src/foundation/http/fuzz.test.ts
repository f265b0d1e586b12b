import fc from 'fast-check';
import { ulid } from 'ulid';
import { permissionsOf, type Role } from '@sandan/shared/access/roles';
import type { Endpoint } from '@sandan/shared/endpoint';
import { problems } from '@sandan/shared/problems';
import { clientOf, type Client } from '../../../test/client';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { oddRequestsTo } from '../../../test/requests';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { cast, type Part, type PersonName } from '../../../test/town-cast';
import { routesOf } from '../../rooms';

/** About 2,000 requests in all, alike in every run. */
const seed = 20_260_915;
const requestsPerRoute = 22;

let server: TestServer;
let town: Town;
let village: CommitmentJourney;
let roundId: string;
beforeAll(async () => {
  // A week before the other tests, whose sign-ins would have to wait for all that fail here.
  server = await startTestServer({ now: tuesdayMorning - 7 * 24 * 60 * 60_000 });
  town = await buildTown(server);
  village = commitmentsIn(server, town);
  roundId = await village.toDrafting();
});
afterAll(async () => server.close());

interface UnderWay {
  orders: string[];
  tasks: string[];
  requester: Client;
  holder: Client;
}

/** Orders on every step of the way, for the requests to meet, with their people: one has placed them, one holds a task. */
async function ordersUnderWay(): Promise<UnderWay> {
  const [requester, holder] = (await town.moreMembers(2)).map(({ client }) => client) as [Client, Client];
  const [orders, tasks] = [Array.from({ length: 4 }, () => ulid()), Array.from({ length: 2 }, () => ulid())];
  const desk = town.as('deskLead');
  const action = () => ({ actionId: ulid() });
  for (const orderId of orders) {
    const body = { categoryId: 'streetLight', words: '村口路灯不亮', gridId: town.groups.a1 };
    await requester.ok('orders.place', { params: { orderId }, body });
  }
  for (const orderId of orders.slice(1)) await desk.ok('orders.accept', { params: { orderId }, body: action() });
  for (const [index, id] of tasks.entries()) {
    const task = { id, mode: 'open' as const, scopeGridId: town.villageA };
    const params = { orderId: orders[index + 2] ?? '' };
    await desk.ok('orders.dispatch', { params, body: { ...action(), tasks: [task] } });
  }
  const claim = { ...action(), promisedAt: '2026-09-15T08:00:00Z' };
  await holder.ok('tasks.claim', { params: { taskId: tasks[1] ?? '' }, body: claim });
  return { orders, tasks, requester, holder };
}

/** Deeds of the holder's on every step of the way. */
async function deedsUnderWay(holder: Client): Promise<string[]> {
  const deeds = await Promise.all([0, 1, 2, 3].map(() => village.draft({ roundId }, holder)));
  for (const id of deeds.slice(1)) await village.does(holder, 'submit', id, {});
  for (const id of deeds.slice(2)) {
    await village.does('secretary', 'approve', id, { version: 1 });
    await village.does('secretary', 'publish', id, {});
  }
  const delivery = { words: '四盏都亮了', noPhotoReason: 'nothingVisible' } as const;
  for (const id of deeds.slice(3)) await village.does(holder, 'deliver', id, delivery);
  return deeds;
}

/** An id of nothing yet. */
const anyUlid = fc.nat().map((number) => `01M80ZZZZZ${String(number).padStart(16, '0')}`);

type Reader = PersonName | 'nobody' | 'requester' | 'holder';

/** Mostly those who may, or nothing but refusals would be tried. */
function readersOf(key: string, { permission }: Endpoint): fc.Arbitrary<Reader> {
  const everybody = Object.keys(cast) as PersonName[];
  const able = everybody.filter((name) => {
    const role: Role = (cast[name] as Part).role ?? 'resident';
    return [...permissionsOf('resident'), ...permissionsOf(role)].some((each) => each === permission);
  });
  // Whoever signs out would ask as nobody from then on.
  const fitting: PersonName[] = key === 'people.signOut' ? ['child'] : able;
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Reader>(...(fitting.length > 0 ? fitting : everybody)) },
    { weight: 1, arbitrary: fc.constantFrom<Reader>('nobody', 'otherResident') },
    {
      weight: /^(orders|tasks|commitments)\./.test(key) ? 4 : 0,
      arbitrary: fc.constantFrom<Reader>('requester', 'holder'),
    },
  );
}

async function thingsOf(key: string, { orders, tasks, holder }: UnderWay): Promise<string[] | undefined> {
  if (key.startsWith('orders.')) return orders;
  if (key.startsWith('tasks.')) return tasks;
  if (key.startsWith('commitments.')) return [...(await deedsUnderWay(holder)), roundId];
  if (key.startsWith('rounds.')) return [roundId];
  return key.startsWith('settings.') ? [town.townId] : undefined;
}

async function expectDecency(response: Response): Promise<void> {
  const requestId = response.headers.get('x-request-id') ?? 'none';
  const body = (await response.text()).replace(requestId, '');
  expect(response.status).toBeLessThan(500);
  expect(requestId).not.toBe('none');
  expect(body).not.toMatch(/node_modules|\.ts:\d|\bat \S+ \(|\bER_[A-Z]+_[A-Z]|SELECT |ZodError/);
  if (response.status < 400) return;
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = JSON.parse(body) as { code: string; status: number; title: string };
  expect(problem.status).toBe(response.status);
  expect(Object.keys(problems)).toContain(problem.code);
}

describe('whatever is sent, nothing breaks and nothing leaks', () => {
  test.each(routesOf('test').map(({ key, endpoint }) => [key, endpoint] as const))(
    '%s',
    async (key, endpoint) => {
      const underWay = await ordersUnderWay();
      const { orders, tasks, requester, holder } = underWay;
      const clients: Partial<Record<Reader, Client>> = { nobody: clientOf(server.url), requester, holder };
      const known = [...orders, ...tasks, town.townId, town.villageA, town.people.resident.id, town.people.member.id];
      const things = fc.constantFrom(...((await thingsOf(key, underWay)) ?? known));
      const ids = fc.oneof(fc.constantFrom(...known), { weight: 3, arbitrary: anyUlid });
      const request = fc.tuple(readersOf(key, endpoint), oddRequestsTo(endpoint, { things, ids }));
      await fc.assert(
        fc.asyncProperty(request, async ([reader, odd]) => {
          const client = clients[reader] ?? town.as(reader as PersonName);
          await expectDecency(await client.raw(odd.method, odd.path, odd.request));
        }),
        { numRuns: requestsPerRoute, seed },
      );
    },
    60_000,
  );
});
