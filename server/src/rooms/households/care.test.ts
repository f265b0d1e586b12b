import { ulid } from 'ulid';
import { linkTo } from '../../foundation/links/links';
import { journeyIn } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 照看 and 代办 (domain.md §6). */
let server: TestServer;
let town: Town;
let key: string;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  key = (await town.as('gridWorker').ok('links.give', { params: { what: 'home', thingId: town.households.resident } }))
    .key;
});

const act = () => ({ actionId: ulid() });
const asking = () => ({ body: { ...act(), key, kinship: 'child' as const } });
const answering = (careId: string, agree: boolean) => ({ params: { careId }, body: { ...act(), agree } });
const ordersOf = async (name: PersonName) =>
  (await town.as(name).ok('orders.list', { query: { scope: 'mine' } })).items.map(({ id }) => id);
async function told(name: PersonName): Promise<string[]> {
  await server.drain(town.townId);
  return (await town.as(name).ok('messages.list', { query: { limit: 100 } })).items.map(({ title }) => title);
}
const lamp = () => ({ categoryId: 'streetLight', words: '路灯不亮', gridId: town.groups.a1 });
const forMother = () => ({
  ...{ ...lamp(), source: 'family' as const, beneficiaryId: town.people.resident.id, contactPhone: '15400000009' },
});

async function careAsked(): Promise<string> {
  const { mine } = await town.as('child').ok('care.ask', asking());
  return mine[0]?.careId ?? '';
}

test('a son away asks at the door, his mother says yes, he sees and orders for her; confidential things stay hers', async () => {
  const { place } = journeyIn(server, town);
  const open = await place(lamp(), 'resident');
  await place({ ...lamp(), categoryId: 'hardship' }, 'resident');
  const placing = { params: { orderId: ulid() }, body: forMother() };
  expect(await town.as('child').refused('orders.place', placing)).toBe('order.not-family');

  const careId = await careAsked();
  expect(await told('gridWorker')).toContain('有人想照看您家');
  expect(await ordersOf('child')).toEqual([]);
  await town.as('resident').ok('care.answer', answering(careId, true));
  expect(await told('child')).toContain('可以照看了');
  expect(await ordersOf('child')).toEqual([open]);
  const { id } = await town.as('child').ok('orders.place', placing);
  expect((await ordersOf('resident')).includes(id)).toBe(true);
  const page = await town.as('resident').ok('households.read', { params: { householdId: town.households.resident } });
  expect(page.orderedForUs).toMatchObject([{ orderId: id, by: '陈志远' }]);
  await town.as('child').ok('households.read', { params: { householdId: town.households.resident } });
});

test('who cares for a house hears what it hears', async () => {
  const careId = await careAsked();
  await town.as('spouse').ok('care.answer', answering(careId, true));
  const { place, does } = journeyIn(server, town);
  const orderId = await place(lamp(), 'resident');
  await does('deskLead', 'accept', orderId, {});
  expect(await told('child')).toContain('受理了');
});

test('either side ends it, and then nothing is seen any more', async () => {
  for (const who of ['child', 'resident'] as const) {
    const careId = await careAsked();
    await town.as('gridWorker').ok('care.answer', answering(careId, true));
    await town.as(who).ok('care.end', { params: { careId }, body: act() });
    const params = { householdId: town.households.resident };
    expect(await town.as('child').refused('households.read', { params })).toBe('household.not-found');
  }
});

test('nobody says yes to himself, a stranger hears of nothing, and a made-up door leads nowhere', async () => {
  const careId = await careAsked();
  expect(await town.as('child').refused('care.answer', answering(careId, true))).toBe('access.forbidden');
  expect(await town.as('otherResident').refused('care.answer', answering(careId, true))).toBe('care.not-found');
  expect(await town.as('child').refused('care.ask', asking())).toBe('care.asked-already');
  expect(await town.as('resident').refused('care.ask', asking())).toBe('care.own-home');
  const madeUp = { body: { ...act(), key: 'no-such-door', kinship: 'child' as const } };
  expect(await town.as('child').refused('care.ask', madeUp)).toBe('binding.bad-door-code');
  const deed = await server.world.database.transaction((db) =>
    linkTo(db, { what: 'member', thingId: town.people.member.id }, new Date(server.clock.now())),
  );
  expect(await town.as('child').refused('care.ask', { body: { ...madeUp.body, key: deed } })).toBe(
    'binding.bad-door-code',
  );
});

test('the door code is printed by who keeps the roll, by nobody else', async () => {
  const params = { what: 'home' as const, thingId: town.households.resident };
  for (const name of ['resident', 'otherResident', 'deskLeadOutside', 'admin'] as const)
    expect(await town.as(name).refused('links.give', { params })).toBe('household.not-found');
  expect(await town.as('otherResident').ok('links.open', { params: { key } })).toEqual({
    ...{ page: 'bind', params: { door: key } },
  });
});

test('代办: with a recorded consent the worker orders without asking each time; the household sees it and takes it back', async () => {
  const proxyId = ulid();
  const order = () => ({
    ...{ params: { orderId: ulid() } },
    body: { ...lamp(), source: 'proxy' as const, beneficiaryId: town.people.resident.id },
  });
  const worker = town.as('gridWorker');
  expect(await worker.refused('orders.place', order())).toBe('order.consent-needed');
  const consent = { personId: town.people.resident.id, how: 'spoken' as const, startsOn: '2026-09-15' };
  const giving = (endsOn: string) => ({ params: { proxyId }, body: { ...consent, endsOn } });
  expect(await worker.refused('proxies.give', giving('2027-09-16'))).toBe('proxy.too-long');
  await worker.ok('proxies.give', giving('2027-09-15'));
  await worker.ok('orders.place', order());
  // Given to one, it is nobody else's.
  expect(await town.as('groupLead').refused('orders.place', order())).toBe('order.consent-needed');

  const page = await town.as('spouse').ok('households.read', { params: { householdId: town.households.resident } });
  expect(page.proxies).toMatchObject([{ agentName: '陈小燕', forName: '王*英', isRunning: true, mayRevoke: true }]);
  expect(page.orderedForUs).toMatchObject([{ by: '陈小燕' }]);
  expect(await town.as('otherResident').refused('proxies.revoke', { params: { proxyId }, body: act() })).toBe(
    'proxy.not-found',
  );
  await town.as('spouse').ok('proxies.revoke', { params: { proxyId }, body: act() });
  expect(await worker.refused('orders.place', order())).toBe('order.consent-needed');
});

test('a hub keeper acts for the neighbours of his group, not for another village', async () => {
  const give = (personId: string) => ({
    ...{ params: { proxyId: ulid() } },
    body: { personId, how: 'signed' as const, startsOn: '2026-09-15', endsOn: '2026-12-31' },
  });
  const before = await town.as('hubKeeper').ok('households.neighbours', {});
  expect(before.items.map(({ door, people }) => [door, people.length])).toEqual([
    ['1号', 1],
    ['12号', 2],
    ['15号', 1],
  ]);
  await town.as('hubKeeper').ok('proxies.give', give(town.people.resident.id));
  const after = await town.as('hubKeeper').ok('households.neighbours', {});
  expect(after.items[1]).toMatchObject({
    ...{ place: '碧塘村一组', head: '王*英', consents: [{ name: '王*英', endsOn: '2026-12-31' }] },
    people: expect.arrayContaining([expect.objectContaining({ name: '陈*柱' })]),
  });
  expect(JSON.stringify(after)).not.toMatch(/桂英|大柱|1[3-9]\d{9}/);
  expect(await town.as('hubKeeper').refused('proxies.give', give(town.people.farResident.id))).toBe(
    'household.not-found',
  );
});
