import fc from 'fast-check';
import { ulid } from 'ulid';
import { permissionsOf, type Role } from '@sandan/shared/access/roles';
import type { Endpoint } from '@sandan/shared/endpoint';
import { problems } from '@sandan/shared/problems';
import { clientOf } from '../../../test/client';
import { oddRequestsTo } from '../../../test/requests';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { cast, type Part, type PersonName } from '../../../test/town-cast';
import { routesOf } from '../../rooms';

/** About 2,000 requests in all, alike in every run. */
const seed = 20_260_915;
const requestsPerRoute = 22;

let server: TestServer;
beforeAll(async () => {
  // A week before the other tests, whose sign-ins would have to wait for all that fail here.
  server = await startTestServer({ now: tuesdayMorning - 7 * 24 * 60 * 60_000 });
});
afterAll(async () => server.close());

/** Orders on every step of the way, of this town, for the requests to meet: their ids and their tasks'. */
async function ordersUnderWay(town: Town): Promise<{ orders: string[]; tasks: string[] }> {
  const [orders, tasks] = [Array.from({ length: 4 }, () => ulid()), Array.from({ length: 2 }, () => ulid())];
  const [desk, member] = [town.as('deskLead'), town.as('member')];
  const action = () => ({ actionId: ulid() });
  for (const orderId of orders) {
    const body = { categoryId: 'streetLight', words: '村口路灯不亮', gridId: town.groups.a1 };
    await town.as('resident').ok('orders.place', { params: { orderId }, body });
  }
  for (const orderId of orders.slice(1)) await desk.ok('orders.accept', { params: { orderId }, body: action() });
  for (const [index, id] of tasks.entries()) {
    const task = { id, mode: 'open' as const, scopeGridId: town.villageA };
    const params = { orderId: orders[index + 2] ?? '' };
    await desk.ok('orders.dispatch', { params, body: { ...action(), tasks: [task] } });
  }
  const claim = { ...action(), promisedAt: '2026-09-15T08:00:00Z' };
  await member.ok('tasks.claim', { params: { taskId: tasks[1] ?? '' }, body: claim });
  return { orders, tasks };
}

/** An id of nothing yet. */
const anyUlid = fc.nat().map((number) => `01M80ZZZZZ${String(number).padStart(16, '0')}`);

/** Mostly those who may, or nothing but refusals would be tried. */
function readersOf(key: string, { permission }: Endpoint): fc.Arbitrary<PersonName | 'nobody'> {
  const everybody = Object.keys(cast) as PersonName[];
  const able = everybody.filter((name) => {
    const role: Role = (cast[name] as Part).role ?? 'resident';
    return [...permissionsOf('resident'), ...permissionsOf(role)].some((each) => each === permission);
  });
  // Whoever signs out would ask as nobody from then on.
  const fitting: PersonName[] = key === 'people.signOut' ? ['child'] : able;
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<PersonName | 'nobody'>(...(fitting.length > 0 ? fitting : everybody)) },
    { weight: 1, arbitrary: fc.constantFrom<PersonName | 'nobody'>('nobody', 'otherResident') },
  );
}

function thingsOf(key: string, orders: string[], tasks: string[], townId: string): string[] | undefined {
  if (key.startsWith('orders.')) return orders;
  if (key.startsWith('tasks.')) return tasks;
  return key.startsWith('settings.') ? [townId] : undefined;
}

async function expectDecency(response: Response): Promise<void> {
  const requestId = response.headers.get('x-request-id') ?? 'none';
  const body = (await response.text()).replace(requestId, '');
  expect(response.status).toBeLessThan(500);
  expect(requestId).not.toBe('none');
  expect(body).not.toMatch(/node_modules|\.ts:\d|\bat \S+ \(|ER_[A-Z]|SELECT |ZodError/);
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
      const town = await buildTown(server);
      const { orders, tasks } = await ordersUnderWay(town);
      const known = [...orders, ...tasks, town.townId, town.villageA, town.people.resident.id, town.people.member.id];
      const things = fc.constantFrom(...(thingsOf(key, orders, tasks, town.townId) ?? known));
      const ids = fc.oneof(fc.constantFrom(...known), { weight: 3, arbitrary: anyUlid });
      const request = fc.tuple(readersOf(key, endpoint), oddRequestsTo(endpoint, { things, ids }));
      await fc.assert(
        fc.asyncProperty(request, async ([reader, odd]) => {
          const client = reader === 'nobody' ? clientOf(server.url) : town.as(reader);
          await expectDecency(await client.raw(odd.method, odd.path, odd.request));
        }),
        { numRuns: requestsPerRoute, seed },
      );
    },
    60_000,
  );
});
