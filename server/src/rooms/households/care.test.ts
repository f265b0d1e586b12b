import { ulid } from 'ulid';
import { linkTo } from '../../foundation/links/links';
import { journeyIn } from '../../../test/journey';
import { bindingJourney } from '../../../test/binding-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { CareRelation } from './care.entity';

/** 照看, 代办 and 监护 (domain.md §6). */
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

const reading = () => server.world.database.reading;
const write = (sql: string, values: (string | number)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));
/** Only who is known to be of age answers for others. */
const isGrownUp = async (...names: PersonName[]) => {
  for (const name of names) await write('UPDATE person SET birth_year = 1958 WHERE id = ?', [town.people[name].id]);
};
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

test('what he orders for her in words is hers too: by the house he names, or at her door; not what is elsewhere', async () => {
  const careId = await careAsked();
  const inWords = { ...lamp(), source: 'family' as const, beneficiaryName: '我妈', contactPhone: '15400000009' };
  const order = (more: object) => ({ params: { orderId: ulid() }, body: { ...inWords, ...more } });
  const house = { householdId: town.households.resident };
  expect(await town.as('child').refused('orders.place', order(house))).toBe('order.not-family');
  await town.as('resident').ok('care.answer', answering(careId, true));
  expect(await town.as('child').refused('orders.place', order({ ...house, source: 'resident' }))).toBe(
    'order.not-family',
  );
  // Another one that he cares for just as little as before.
  const strangers = { householdId: town.households.otherResident };
  expect(await town.as('child').refused('orders.place', order(strangers))).toBe('order.not-family');

  const place = async (more: object) => (await town.as('child').ok('orders.place', order(more))).id;
  const named = await place({ ...house, gridId: undefined });
  const atTheDoor = await place({ scannedKey: key });
  const elsewhere = await place({ scannedKey: key, gridId: town.groups.a2 });
  const rows = await reading().query<{ id: string; house: string | null; grid: string }>(
    'SELECT id, household_id AS house, group_id AS grid FROM service_order WHERE id IN (?)',
    [[named, atTheDoor, elsewhere]],
  );
  const of = (id: string) => rows.find((row) => row.id === id);
  expect(of(named)).toMatchObject({ house: town.households.resident, grid: town.groups.a1 });
  expect(of(atTheDoor)?.house).toBe(town.households.resident);
  expect(of(elsewhere)?.house).not.toBe(town.households.resident);
  // Her house shows it, and whoever else cares for it hears of it.
  const page = await town.as('resident').ok('households.read', { params: house });
  expect(page.orderedForUs.map(({ orderId }) => orderId).sort()).toEqual([named, atTheDoor].sort());
});

test('who cares for a house hears what it hears', async () => {
  const careId = await careAsked();
  await town.as('spouse').ok('care.answer', answering(careId, true));
  const { place, does } = journeyIn(server, town);
  const orderId = await place(lamp(), 'resident');
  await does('deskLead', 'ask', orderId, { words: '是哪一盏？' });
  expect(await told('child')).toContain('想问您一下');
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
    ...{ page: 'door', params: { door: key } },
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
  const { boundAs } = bindingJourney(() => ({ server, town }));
  await boundAs('spouse');
  const own = { params: { proxyId: ulid() }, body: { ...giving('2027-09-15').body, personId: town.people.spouse.id } };
  expect(await worker.refused('proxies.give', own)).toBe('proxy.in-the-app');
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

test('a child registered by hand has a guardian by name, also from elsewhere; a teenager or who may be one answers for nobody', async () => {
  const { spouse } = town.people;
  const childId = ulid();
  const params = { householdId: town.households.resident, personId: childId };
  const about = { relation: 'child', residence: 'living' } as const;
  const save = (body: object) =>
    town.as('gridWorker').call('households.saveMember', { params, body: { ...about, ...body } });
  const wrong = { name: '陈小宝', idNumber: '440123201505010018', bornOn: '2015-05-02' };
  expect((await save(wrong)).problem?.fields).toHaveProperty('bornOn');
  expect((await save({ name: '陈小宝', idNumber: '440123201505010018' })).status).toBe(200);
  await write('UPDATE person SET birth_year = 2010 WHERE id = ?', [spouse.id]);
  const childrenOf = async (name: PersonName) =>
    (await town.as(name).ok('privacy.consents', { query: {} })).children.map(({ personId }) => personId);
  expect([await childrenOf('resident'), await childrenOf('spouse')]).toEqual([[], []]);
  await isGrownUp('resident');
  expect(await childrenOf('resident')).toEqual([childId]);

  // 父母在外: the family says yes to her caring, then the worker names her.
  const mother = town.people.child.id;
  expect((await save({ guardianId: mother })).problem?.code).toBe('household.not-a-guardian');
  expect((await save({ guardianId: spouse.id })).problem?.code).toBe('household.not-a-guardian');
  const at = new Date(server.clock.now());
  await server.world.database.transaction((db) =>
    db.insert(CareRelation, [
      {
        ...{ id: ulid(), carerId: mother, householdId: params.householdId, state: 'agreed', openMark: 1 },
        ...{ kinship: 'other', askedAt: at, startsAt: at },
      },
    ]),
  );
  const page = (await save({ guardianId: mother })).data;
  expect(page?.people.find(({ personId }) => personId === childId)).toMatchObject({
    ...{ isMinor: true, age: '14 岁以下', guardianId: mother, guardianName: '陈*远' },
  });
  expect([await childrenOf('child'), await childrenOf('resident')]).toEqual([[childId], []]);
  const grown = { params: { ...params, personId: town.people.resident.id } };
  const body = { relation: 'head', residence: 'living', guardianId: mother } as const;
  expect(await town.as('gridWorker').refused('households.saveMember', { ...grown, body })).toBe(
    'household.guardian-of-minors',
  );
});

test('the guardian corrects and closes for the child, who cannot alone, and nobody else can', async () => {
  const { newcomer, resident } = town.people;
  await isGrownUp('resident', 'otherResident');
  await write('UPDATE person SET born_on = ?, household_id = ? WHERE id = ?', [
    ...['2015-05-01', town.households.resident, newcomer.id],
  ]);
  const guardian = town.as('resident');
  const of = { personId: newcomer.id };
  const correctionId = ulid();
  const wanted = { field: 'bornOn', value: '2015-06-01', ...of } as const;
  const asked = { params: { correctionId }, body: wanted };
  expect(await town.as('otherResident').refused('privacy.askCorrection', asked)).toBe('privacy.not-guardian');
  expect(await guardian.ok('privacy.askCorrection', asked)).toMatchObject({ personName: newcomer.name });
  expect((await guardian.ok('privacy.myCorrections', { query: of })).items).toMatchObject([{ id: correctionId }]);
  expect((await guardian.ok('privacy.myCorrections', { query: {} })).items).toEqual([]);
  const decided = { actionId: ulid(), apply: true, words: '对过出生证' };
  await town.as('deskLead').ok('privacy.decideCorrection', { params: { correctionId }, body: decided });
  const looks = await guardian.ok('privacy.looks', { query: of });
  expect(looks.items).toMatchObject([{ what: '核对了您的更正申请' }]);
  expect(await town.as('otherResident').refused('privacy.looks', { query: of })).toBe('privacy.not-guardian');

  const close = { actionId: ulid(), sure: true } as const;
  const child = town.as('newcomer');
  expect(await child.ok('privacy.closing', { query: {} })).toMatchObject({ guardianNeeded: true, allows: [] });
  expect(await child.refused('privacy.closeAccount', { body: close })).toBe('privacy.guardian-needed');
  expect(await guardian.ok('privacy.closeAccount', { body: { ...close, ...of } })).toMatchObject({
    asked: { held: false },
    allows: ['keepAccount'],
  });
  expect(await guardian.ok('privacy.closing', { query: {} })).toMatchObject({ asked: null });
  // Whoever lives with the child and whoever serves the house hear of it while it can be taken back.
  await server.drain(town.townId);
  const { items } = await town.as('gridWorker').ok('messages.list', { query: { limit: 100 } });
  expect(items.map(({ title }) => title)).toContain('有人申请注销账号');
  const rows = await reading().query('SELECT person_id, asked_by_id, reason FROM account_closing WHERE is_open = 1');
  expect(rows).toContainEqual({ person_id: newcomer.id, asked_by_id: resident.id, reason: 'guardian' });
  const keep = { body: { actionId: ulid() } };
  expect(await child.refused('privacy.keepAccount', keep)).toBe('privacy.guardian-needed');
  expect(await guardian.ok('privacy.keepAccount', { body: { ...keep.body, ...of } })).toMatchObject({ asked: null });
});
