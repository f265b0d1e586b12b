import { ulid } from 'ulid';
import type { BodyOf } from '@sandan/shared/endpoint';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import { usualProtection } from '@sandan/shared/settings/protection.words';
import { fromJson } from '../../foundation/database/connect';
import { journeyIn } from '../../../test/journey';
import { rostersIn } from '../../../test/roster-files';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 户 by the rules of domain.md §6 and §12.8. */
let server: TestServer;
let town: Town;
let householdId: string;
let params: { householdId: string };

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  householdId = town.households.resident;
  params = { householdId };
});

const read = (name: PersonName) => town.as(name).ok('households.read', { params });
const day = 24 * 60 * 60_000;
const happens = (kind: BodyOf<(typeof householdsApi)['record']>['kind'], more: object = {}) => ({
  ...{ params },
  body: { actionId: ulid(), kind, on: '2026-09-14', ...more },
});
const flagging = (flag: 'livesAlone' | 'minimumLiving', more: object = {}) => ({
  ...{ params },
  body: { actionId: ulid(), flag, source: 'visit' as const, since: '2026-09-01', ...more },
});
const found = async (body: object) =>
  (await town.as('gridWorker').ok('households.search', { body })).items.map((each) => each.householdId);

test('the worker sees the house with masked names, relation and residence; another village sees none of it', async () => {
  const page = await read('gridWorker');
  expect(page).toMatchObject({ place: '碧塘村一组', door: '12号', head: '王*英', members: 2 });
  expect(page.people.map(({ name, isHead }) => [name, isHead])).toEqual(
    expect.arrayContaining([
      ['王*英', true],
      ['陈*柱', false],
    ]),
  );
  expect(JSON.stringify(page)).not.toMatch(/王桂英|陈大柱|1[3-9]\d{9}/);
  for (const name of ['deskLeadOutside', 'memberOutside', 'farResident', 'otherResident', 'child'] as const)
    expect(await town.as(name).refused('households.read', { params })).toBe('household.not-found');
});

test('the family sees its own house, and keeps no roll of it', async () => {
  const page = await read('spouse');
  expect(page.people.find(({ isMe }) => isMe)?.name).toBe('陈*柱');
  expect(page.allows).toEqual(['care']);
  expect(page.flags).toBeNull();
  expect(await town.as('spouse').refused('households.record', happens('goAway', { personIds: [] }))).toBe(
    'access.forbidden',
  );
});

test('a house is found by a part of a name, and by phone, door and number only as they are', async () => {
  await town.as('gridWorker').ok('households.open', {
    params,
    body: { gridId: town.groups.a1, door: '12号', code: 'H-0012' },
  });
  expect(await found({ name: '桂英' })).toEqual([householdId]);
  expect(await found({ phone: town.people.spouse.phone })).toEqual([householdId]);
  expect(await found({ code: 'H-0012' })).toEqual([householdId]);
  expect(await found({ door: '12号', name: '陈' })).toEqual([householdId]);
  expect(await found({ door: '12' })).toEqual([]);
  expect(await found({ name: '林水生' })).toEqual([]);
  const { items, count } = await town.as('gridWorker').ok('households.list', { query: { limit: 2 } });
  expect([items.length, count]).toEqual([2, 3]);
});

test('pages go on where they stopped', async () => {
  const first = await town.as('deskLead').ok('households.list', { query: { limit: 2 } });
  const next = await town.as('deskLead').ok('households.list', { query: { limit: 2, cursor: first.nextCursor ?? '' } });
  const ids = [...first.items, ...next.items].map((each) => each.householdId);
  expect(new Set(ids).size).toBe(4);
  expect(next.nextCursor).toBeNull();
});

test('a number is seen in the clear with a purpose, an entry, and fifty times a day at most', async () => {
  const press = (what: 'phone' | 'idNumber' = 'phone') => ({
    ...{ params },
    body: { actionId: ulid(), personId: town.people.resident.id, what, purpose: 'visit' as const },
  });
  const { value } = await town.as('gridWorker').ok('households.reveal', press());
  expect(value).toBe(town.people.resident.phone);
  expect(await town.as('member').ok('households.reveal', press('idNumber'))).toEqual({ value: null });
  expect(await town.as('hubKeeper').refused('households.reveal', press())).toBe('household.not-found');
  expect(await town.as('admin').refused('households.reveal', press())).toBe('access.forbidden');
  const [entry] = await server.world.database.reading.query<{ facts: unknown }>(
    "SELECT facts FROM audit_entry WHERE act = 'revealPerson' AND person_id = ?",
    [town.people.gridWorker.id],
  );
  expect(fromJson(entry?.facts)).toEqual({ revealed: 'phone', purpose: 'visit' });
  // The same press again is the same view; another number under its id is none, nor is it good for ever.
  const first = press();
  const again = (more: object) => ({ ...first, body: { ...first.body, ...more } });
  await town.as('groupLead').ok('households.reveal', first);
  await town.as('groupLead').ok('households.reveal', first);
  for (const more of [{ what: 'idNumber' }, { purpose: 'check' }, { personId: town.people.spouse.id }])
    expect(await town.as('groupLead').refused('households.reveal', again(more))).toBe('action.repeated-differently');
  server.clock.advance(11 * 60_000);
  expect(await town.as('groupLead').refused('households.reveal', first)).toBe('action.repeated-differently');
  const body = { ...usualProtection, revealsPerDay: 5 };
  await town.as('admin').ok('settings.changeProtection', { params: { gridId: town.countyId }, body });
  for (let turn = 1; turn < 5; turn += 1) await town.as('gridWorker').ok('households.reveal', press());
  expect(await town.as('gridWorker').refused('households.reveal', press())).toBe('household.reveals-used-up');
});

test('special circumstances: the linked member, the lead and the worker see them, the desk and the family do not', async () => {
  const personId = town.people.resident.id;
  await town.as('gridWorker').ok('households.addFlag', flagging('livesAlone', { personId }));
  for (const name of ['member', 'groupLead', 'gridWorker'] as const)
    expect((await read(name)).flags).toMatchObject([{ name: '独居老人', checkedUntil: '2027-09-15', isDue: false }]);
  for (const name of ['deskLead', 'admin', 'resident'] as const) expect((await read(name)).flags).toBeNull();
  expect(await town.as('deskLead').refused('households.addFlag', flagging('livesAlone', { personId }))).toBe(
    'access.forbidden',
  );
});

test('a sensitive one needs consent or the law, one of a person names him, the same stands once', async () => {
  const worker = town.as('gridWorker');
  expect(await worker.refused('households.addFlag', flagging('minimumLiving'))).toBe('household.flag-ground');
  expect(await worker.refused('households.addFlag', flagging('livesAlone'))).toBe('household.flag-person');
  const outsider = flagging('livesAlone', { personId: town.people.farResident.id });
  expect(await worker.refused('households.addFlag', outsider)).toBe('household.not-a-member');
  await worker.ok('households.addFlag', flagging('minimumLiving', { ground: 'law' }));
  expect(await worker.refused('households.addFlag', flagging('minimumLiving', { ground: 'law' }))).toBe(
    'household.flag-there',
  );
});

test('a circumstance is looked at again after a year, and then holds on or ends', async () => {
  const worker = town.as('gridWorker');
  await worker.ok('households.addFlag', flagging('minimumLiving', { ground: 'consent' }));
  const due = async () => (await worker.ok('households.list', { query: { only: 'checkDue' } })).items.length;
  expect(await due()).toBe(0);
  await server.world.database.transaction((db) =>
    db.write('UPDATE household_flag SET checked_until = ? WHERE household_id = ?', ['2026-09-14', householdId]),
  );
  expect(await due()).toBe(1);
  const flagId = (await read('gridWorker')).flags?.[0]?.flagId ?? '';
  const check = (holds: boolean) => ({ params: { ...params, flagId }, body: { actionId: ulid(), holds } });
  await worker.ok('households.checkFlag', check(true));
  await worker.ok('households.checkFlag', check(false));
  expect((await read('gridWorker')).flags).toEqual([]);
  expect(await worker.refused('households.checkFlag', check(true))).toBe('household.flag-not-found');
});

test('death: the flags end, the house has another head, and its open orders are the head’s', async () => {
  const { place } = journeyIn(server, town);
  const orderId = await place({ categoryId: 'streetLight', words: '灯坏了', gridId: town.groups.a1 }, 'resident');
  const [dead, left] = [town.people.resident.id, town.people.spouse.id];
  await town.as('gridWorker').ok('households.addFlag', flagging('livesAlone', { personId: dead }));
  const worker = town.as('gridWorker');
  expect(await worker.refused('households.record', happens('death', { personIds: [dead] }))).toBe(
    'household.head-needed',
  );
  const page = await worker.ok('households.record', happens('death', { personIds: [dead], headId: left }));
  expect(page).toMatchObject({
    members: 1,
    head: '陈*柱',
    flags: [],
    events: [{ kindName: '去世', on: '2026-09-14' }],
  });
  await server.drain(town.townId);
  const mine = await town.as('spouse').ok('orders.list', { query: { scope: 'mine' } });
  expect(mine.items.map(({ id }) => id)).toEqual([orderId]);
  expect(await town.as('resident').refused('people.me')).toBe('session.expired');
});

test('a confidential order stays the secret of whoever asked, also after death', async () => {
  const { place } = journeyIn(server, town);
  await place({ categoryId: 'hardship', words: '只跟书记说', gridId: town.groups.a1 }, 'resident');
  const people = { personIds: [town.people.resident.id], headId: town.people.spouse.id };
  await town.as('gridWorker').ok('households.record', happens('death', people));
  await server.drain(town.townId);
  expect((await town.as('spouse').ok('orders.list', { query: { scope: 'mine' } })).items).toEqual([]);
});

test('division makes a house of its own, moving in joins one, and the last to leave closes it with its link', async () => {
  const worker = town.as('gridWorker');
  const { spouse, resident } = town.people;
  await worker.ok('households.record', happens('division', { personIds: [spouse.id], newDoor: '12号之一' }));
  const divided = (await town.as('spouse').ok('people.me')).home;
  expect(divided).toMatchObject({ door: '12号之一', gridId: town.groups.a1 });
  const into = { params: { householdId: divided?.householdId ?? '' } };
  server.clock.advance(1000);
  const joining = { ...happens('moveIn', { personIds: [resident.id], headId: spouse.id }), ...into };
  await worker.ok('households.record', joining);
  expect((await worker.ok('households.read', into)).members).toBe(2);
  // Who lived there last has gone: the house hears of it as if that had been written down there.
  expect(await read('gridWorker')).toMatchObject({
    ...{ members: 0, allows: [], linkedMember: null },
    events: [{ kindName: '迁出' }, { kindName: '分户' }],
  });
  expect((await worker.ok('households.read', into)).closedAt).toBeNull();
});

test('whoever belongs to another house is moved, not written down twice; nobody is taken from a house one does not serve', async () => {
  const body = { relation: 'child' as const, residence: 'living' as const };
  const other = { ...params, personId: town.people.farResident.id };
  expect(await town.as('gridWorker').refused('households.saveMember', { params: other, body })).toBe(
    'household.person-elsewhere',
  );
  const taking = happens('moveIn', { personIds: [town.people.farResident.id] });
  expect(await town.as('gridWorker').refused('households.record', taking)).toBe('household.not-found');
  const fresh = { ...params, personId: ulid() };
  const named = { ...body, name: '陈小妹', phone: '15400001234', birthYear: 2001 };
  const page = await town.as('gridWorker').ok('households.saveMember', { params: fresh, body: named });
  expect(page.people.find(({ name }) => name === '陈*妹')).toMatchObject({ relationName: '子女', age: '20 多岁' });
  // What is known of a birth grows and shrinks: a day, no more than the year, nothing.
  const ageAfter = async (born: object) => {
    const { people } = await town
      .as('gridWorker')
      .ok('households.saveMember', { params: fresh, body: { ...body, ...born } });
    return people.find(({ personId }) => personId === fresh.personId)?.age;
  };
  expect(await ageAfter({ bornOn: '1985-05-06' })).toBe('40 多岁');
  expect(await ageAfter({ bornOn: null, birthYear: 1961 })).toBe('60 多岁');
  expect(await ageAfter({})).toBe('60 多岁');
  expect(await ageAfter({ bornOn: null, birthYear: null })).toBeNull();
  const unborn = { params: fresh, body: { ...body, bornOn: '2026-12-24' } };
  expect(await town.as('gridWorker').refused('households.saveMember', unborn)).toBe('request.bad-input');
});

test('a house that moves to another group says so, and is there with everybody in it', async () => {
  const body = { gridId: town.groups.a2, door: '12号', code: null };
  expect(await town.as('gridWorker').refused('households.open', { params, body })).toBe('access.forbidden');
  const page = await town.as('deskLead').ok('households.open', { params, body });
  expect(page).toMatchObject({ place: '碧塘村二组', members: 2, events: [{ kindName: '换到别的组', name: null }] });
  await town.as('deskLead').ok('households.open', { params, body });
  expect((await read('deskLead')).events).toHaveLength(1);
  expect(await town.as('gridWorker').refused('households.read', { params })).toBe('household.not-found');
  expect(await read('spouse')).toMatchObject({ place: '碧塘村二组' });
});

test('a hub household has a keeper of its own', async () => {
  const hub = (keeperId: string | null) => ({ params, body: { actionId: ulid(), keeperId } });
  const worker = town.as('gridWorker');
  expect(await worker.refused('households.setHub', hub(town.people.farResident.id))).toBe('household.not-a-member');
  expect(await worker.ok('households.setHub', hub(town.people.spouse.id))).toMatchObject({
    ...{ isHub: true, hubKeeper: '陈*柱' },
  });
  await worker.ok('households.setHub', hub(town.people.spouse.id));
  await server.drain(town.townId);
  const titles = async (who: 'spouse' | 'secretary') =>
    (await town.as(who).ok('messages.list', {})).items.map(({ title }) => title);
  expect([await titles('spouse'), await titles('secretary')]).toEqual([['您家是党员中心户了'], ['有中心户等您任命']]);
  expect(await worker.ok('households.setHub', hub(null))).toMatchObject({ isHub: false, hubKeeper: null });
  // The post brings the house with it, and takes it along when it ends.
  const postId = ulid();
  const post = { personId: town.people.spouse.id, role: 'hubKeeper', tree: 'grid', nodeId: town.groups.a1 } as const;
  await town.as('admin').ok('posts.give', { params: { postId }, body: { ...post, openReason: '长期' } });
  await server.drain(town.townId);
  expect(await worker.ok('households.read', { params })).toMatchObject({ isHub: true, hubKeeper: '陈*柱' });
  server.clock.advance(60_000);
  await town.as('admin').ok('posts.end', { params: { postId }, body: { actionId: ulid(), reason: '离任' } });
  await server.drain(town.townId);
  expect(await worker.ok('households.read', { params })).toMatchObject({ isHub: false, hubKeeper: null });
  // Given for a term to come: it opens on that day, and is over when the term is, whoever forgets to end it.
  const at = (days: number) => new Date(server.clock.now() + days * day).toISOString();
  const term = { params: { postId: ulid() }, body: { ...post, from: at(2), until: at(30) } };
  await town.as('admin').ok('posts.give', term);
  const stands = async () => {
    await server.drain(town.townId);
    return (await worker.ok('households.read', { params })).isHub;
  };
  expect(await stands()).toBe(false);
  server.clock.advance(2 * day);
  expect(await stands()).toBe(true);
  server.clock.advance(28 * day);
  expect(await stands()).toBe(false);
  const people = rostersIn(server, town, 'people');
  const { name, phone } = town.people.spouse;
  const sql = 'SELECT code FROM grid WHERE id = ?';
  const [group] = await server.world.database.reading.query<{ code: string }>(sql, [town.groups.a1]);
  const dayIn = (days: number) => at(days).slice(0, 10);
  const listed = { 姓名: name, 手机号: phone, 岗位: '党员中心户', 任职到: dayIn(10) };
  await people.applied((await people.checked([{ ...listed, 服务网格编码: group?.code ?? '' }])).id);
  expect(await stands()).toBe(true);
  server.clock.advance(12 * day);
  expect(await stands()).toBe(false);
  // It goes with whoever keeps it, and not with the house that he has left.
  const moving = { params: { postId: ulid() }, body: { ...post, openReason: '长期' } };
  await town.as('admin').ok('posts.give', moving);
  expect(await stands()).toBe(true);
  const divided = happens('division', { personIds: [town.people.spouse.id], newDoor: '12号之二' });
  expect(await worker.ok('households.record', divided)).toMatchObject({ isHub: false, hubKeeper: null });
  const home = (await town.as('spouse').ok('people.me')).home;
  const there = { params: { householdId: home?.householdId ?? '' } };
  expect(await worker.ok('households.read', there)).toMatchObject({ isHub: true, hubKeeper: '陈*柱' });
});
