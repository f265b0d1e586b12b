import { ulid } from 'ulid';
import { usualProtection } from '@sandan/shared/settings/protection.words';
import { fromJson } from '../../foundation/database/connect';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 按号码找人 and 迁入: nobody is looked for unseen, and nobody is had by whoever happens to keep a house. */
let server: TestServer;
let town: Town;
let params: { householdId: string };

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  params = { householdId: town.households.resident };
});

const movesIn = (...personIds: string[]) => ({
  ...{ params },
  body: { actionId: ulid(), kind: 'moveIn' as const, on: '2026-09-14', personIds },
});

test('who comes from nowhere is found by a whole number, taken in, and learns that he was looked for', async () => {
  const { child, spouse } = town.people;
  const worker = town.as('gridWorker');
  const search = (body: { phone: string } | { idNumber: string }, actionId = ulid()) =>
    worker.ok('households.coming', { body: { actionId, ...body } });
  const press = ulid();
  const known = { items: [{ personId: child.id, name: '陈*远' }] };
  expect(await search({ phone: child.phone }, press)).toEqual(known);
  expect(await search({ phone: child.phone }, press)).toEqual(known);
  // Under the id of a search no other number is asked for, be it there or not; nor is it good for ever, or for another.
  const noNumber = ulid();
  expect(await search({ phone: '15400009999' }, noNumber)).toEqual({ items: [] });
  expect(await search({ phone: child.phone }, noNumber)).toEqual({ items: [] });
  expect(await search({ idNumber: '99010119580309123X' }, press)).toEqual(known);
  const pressed = { body: { actionId: press, phone: child.phone } };
  expect(await town.as('groupLead').refused('households.coming', pressed)).toBe('action.repeated-differently');
  server.clock.advance(11 * 60_000);
  expect(await worker.refused('households.coming', pressed)).toBe('action.repeated-differently');
  // Who has a post or has lived in another county only is nobody's to find here.
  const elsewhere = await buildTown(server);
  expect(await search({ phone: elsewhere.people.admin.phone })).toEqual({ items: [] });
  expect(await search({ phone: spouse.phone })).toEqual({ items: [] });
  expect(await search({ idNumber: '99010119580309123X' })).toEqual({ items: [] });
  const entries = await server.world.database.reading.query<{ facts: unknown }>(
    "SELECT facts FROM audit_entry WHERE act = 'findByNumber' AND person_id = ? ORDER BY id",
    [town.people.gridWorker.id],
  );
  // Sent twice it is one search; what was found of nobody is written down as well.
  const facts = entries.map((entry) => fromJson(entry.facts));
  expect(facts).toHaveLength(5);
  expect(facts).toEqual(
    expect.arrayContaining([
      { searchedBy: 'phone', found: 1 },
      { searchedBy: 'phone', found: 0 },
      { searchedBy: 'idNumber', found: 0 },
    ]),
  );
  const looks = await town.as('child').ok('privacy.looks', { query: {} });
  expect(looks.items.filter(({ what }) => what === '用您的号码找到了您')).toHaveLength(1);
  const page = await worker.ok('households.record', movesIn(child.id));
  expect(page.people.map(({ personId }) => personId)).toContain(child.id);
  expect(await search({ phone: child.phone })).toEqual({ items: [] });
  for (let left = usualProtection.lookupsPerDay - 6; left > 0; left -= 1) await search({ phone: child.phone });
  const again = { body: { actionId: ulid(), phone: child.phone } };
  expect(await worker.refused('households.coming', again)).toBe('household.lookups-used-up');
});

test('into a house comes whom its keeper has found within the hour, and nobody by whose post he is ruled', async () => {
  const { child, townDispatcher, admin, electrician } = town.people;
  const worker = town.as('gridWorker');
  const find = (phone: string) => worker.ok('households.coming', { body: { actionId: ulid(), phone } });
  expect(await worker.refused('households.record', movesIn(child.id))).toBe('household.find-first');
  // What somebody else has found is not the caller's.
  await town.as('groupLead').ok('households.coming', { body: { actionId: ulid(), phone: child.phone } });
  expect(await worker.refused('households.record', movesIn(child.id))).toBe('household.find-first');
  await find(child.phone);
  server.clock.advance(61 * 60_000);
  expect(await worker.refused('households.record', movesIn(child.id))).toBe('household.find-first');
  for (const { id, phone } of [child, electrician, townDispatcher, admin]) {
    await find(phone);
    const isOver = [townDispatcher.id, admin.id].includes(id);
    const moved = await worker.call('households.record', movesIn(id));
    expect(moved.problem?.code).toBe(isOver ? 'household.post-comes-in' : undefined);
  }
  const reveal = { actionId: ulid(), personId: admin.id, what: 'phone' as const, purpose: 'visit' as const };
  expect(await worker.refused('households.reveal', { params, body: reveal })).toBe('household.not-a-member');
});

test('a house found by a phone is written down like every search by a number; by door and name one just goes about', async () => {
  const worker = town.as('gridWorker');
  const { phone } = town.people.spouse;
  const search = async (body: object) =>
    (await worker.ok('households.search', { body })).items.map(({ householdId }) => householdId);
  const actionId = ulid();
  expect(await search({ phone, actionId })).toEqual([params.householdId]);
  expect(await search({ phone: town.people.hubKeeper.phone, actionId })).toEqual([params.householdId]);
  await search({ door: '12号' });
  await search({ name: '王' });
  const looks = await town.as('spouse').ok('privacy.looks', { query: {} });
  expect(looks.items.filter(({ what }) => what === '用您的号码找到了您')).toHaveLength(1);
  for (let left = usualProtection.lookupsPerDay - 1; left > 0; left -= 1) await search({ phone: '15400009999' });
  expect(await worker.refused('households.search', { body: { phone } })).toBe('household.lookups-used-up');
  expect(await search({ door: '12号' })).toEqual([params.householdId]);
});

test('name and numbers of who uses WeChat here, or holds a post, are not overwritten; a birthday keeps to the number', async () => {
  const worker = town.as('gridWorker');
  const { spouse, resident } = town.people;
  const save = (personId: string, more: object) => ({
    params: { ...params, personId },
    body: { relation: 'spouse' as const, residence: 'living' as const, ...more },
  });
  const idNumber = '990101195803091238';
  await worker.ok('households.saveMember', save(spouse.id, { idNumber }));
  expect(await worker.refused('households.saveMember', save(spouse.id, { bornOn: '2015-03-09' }))).toBe(
    'request.bad-input',
  );
  expect(await worker.refused('households.saveMember', save(spouse.id, { birthYear: 2015 }))).toBe('request.bad-input');
  const tell = (sql: string, values: (string | Date)[]) =>
    server.world.database.transaction((db) => db.write(sql, values));
  await tell('UPDATE person SET bound_at = ? WHERE id = ?', [new Date(0), spouse.id]);
  for (const more of [{ phone: '15400009999' }, { name: '陈二柱' }, { idNumber: null }])
    expect(await worker.refused('households.saveMember', save(spouse.id, more))).toBe('household.bound-person');
  await worker.ok('households.saveMember', save(spouse.id, { phone: spouse.phone, name: '陈大柱' }));
  // Whoever could put his own number into an officer's place would sign in as the officer.
  await tell('UPDATE role_grant SET person_id = ? WHERE person_id = ?', [resident.id, town.people.inspector.id]);
  expect(await worker.refused('households.saveMember', save(resident.id, { phone: '15400009999' }))).toBe(
    'household.post-changes',
  );
});
