import { ulid } from 'ulid';
import { journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 未满十四周岁: what a child asks for is its own secret, also before whoever answers for it. */
let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const reading = () => server.world.database.reading;
const write = (sql: string, values: (string | number | Date | null)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));

test('what a child asks for, or is asked for a child, is confidential without anybody saying so', async () => {
  const { newcomer } = town.people;
  await write('UPDATE person SET born_on = ?, household_id = ?, agreed_notice = 99 WHERE id = ?', [
    ...['2015-05-01', town.households.resident, newcomer.id],
  ]);
  const own = await village.place({ contactPhone: '15400001234' }, 'newcomer');
  const family = { source: 'family' as const, beneficiaryId: newcomer.id };
  const forTheChild = await village.place(family, 'resident');
  const ofTheGrownUp = await village.place({}, 'resident');
  const rows = await reading().query<{ id: string; visibility: string }>(
    'SELECT id, visibility FROM service_order WHERE id IN (?)',
    [[own, forTheChild, ofTheGrownUp]],
  );
  const of = (id: string) => rows.find((row) => row.id === id)?.visibility;
  expect([of(own), of(forTheChild), of(ofTheGrownUp)]).toEqual(['confidential', 'confidential', 'open']);
});

test('what a child asks for by itself is never shown to the guardian, whom it may be about', async () => {
  const { newcomer } = town.people;
  await write('UPDATE person SET born_on = ?, household_id = ?, agreed_notice = 99 WHERE id = ?', [
    ...['2015-05-01', town.households.resident, newcomer.id],
  ]);
  // Whoever answers for a child is known to be grown up.
  await write('UPDATE person SET born_on = ? WHERE id = ?', ['1985-05-01', town.people.resident.id]);
  await write('UPDATE person SET born_on = ? WHERE id = ?', ['1984-05-01', town.people.spouse.id]);
  const own = await village.place({ words: '爸爸打我', contactPhone: '15400001234' }, 'newcomer');
  const family = { source: 'family' as const, beneficiaryId: newcomer.id, words: '孩子要补课' };
  const asked = await village.place(family, 'resident');
  const open = { params: { orderId: own }, body: { actionId: ulid(), purpose: 'study' as const } };
  await town.as('deskLead').call('orders.open', { params: { orderId: own }, body: { actionId: ulid() } });
  await town.as('deskLead').ok('orders.revealContact', open);
  await village.drain();
  for (const guardian of ['resident', 'spouse'] as const) {
    const { items } = await town.as(guardian).ok('orders.list', { query: { scope: 'mine' } });
    expect(items.map(({ id }) => id)).toEqual(guardian === 'resident' ? [asked] : []);
    expect(await town.as(guardian).refused('orders.read', { params: { orderId: own } })).toBe('order.not-found');
    const looks = await town.as(guardian).ok('privacy.looks', { query: { personId: newcomer.id } });
    expect(looks.items.map(({ orderId }) => orderId)).not.toContain(own);
    const body = { actionId: ulid(), format: 'json', sure: true, personId: newcomer.id } as const;
    const { address } = await town.as(guardian).ok('privacy.exportMine', { body });
    const told = await (await town.as(guardian).raw('GET', address)).text();
    expect(told).not.toMatch(/爸爸打我|15400001234|您的一件事/);
    expect(told.includes('孩子要补课')).toBe(guardian === 'resident');
  }
  const looks = await town.as('newcomer').ok('privacy.looks', { query: {} });
  expect(looks.items.map(({ orderId }) => orderId)).toContain(own);
  const body = { actionId: ulid(), format: 'json', sure: true } as const;
  const { address } = await town.as('newcomer').ok('privacy.exportMine', { body });
  const told = await (await town.as('newcomer').raw('GET', address)).text();
  expect(told).toContain('爸爸打我');
  expect(told).not.toContain('孩子要补课');
});
