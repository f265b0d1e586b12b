import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { HouseholdName, PersonName } from '../../../test/town-cast';

/** 联户: proposed, adjusted, applied in one act; another member on request; stand-ins. */
let server: TestServer;
let town: Town;
const day = 24 * 60 * 60_000;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
});

const query = <Row>(sql: string, values: (string | Date)[] = []) =>
  server.world.database.reading.query<Row>(sql, values);
const write = (sql: string, values: (string | Date)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));

type Moves = { householdId: string; memberId: string }[];
const plan = (by: PersonName, gridId: string, { groupId, moves = [] }: { groupId?: string; moves?: Moves } = {}) =>
  town.as(by).ok('householdLinks.plan', { body: { gridId, moves, ...(groupId ? { groupId } : {}) } });
const apply = (by: PersonName, gridId: string, base: string, moves: Moves = [], actionId = ulid()) =>
  town.as(by).ok('householdLinks.apply', { body: { actionId, gridId, base, moves } });
const applied = async (moves: Moves = []) => {
  const { base } = await plan('secretary', town.villageA, { moves });
  return apply('secretary', town.villageA, base, moves);
};
const memberOf = async (household: HouseholdName): Promise<string | undefined> => {
  const [row] = await query<{ id: string }>(
    'SELECT member_id AS id FROM household_link WHERE household_id = ? AND ends_at IS NULL',
    [town.households[household]],
  );
  return row?.id;
};
const messagesOf = async (person: PersonName, kind: string) => {
  await server.drain(town.townId);
  const { items } = await town.as(person).ok('messages.list', { query: { limit: 100 } });
  return items.filter((each) => each.kind === kind).map(({ title }) => title);
};
const away = (person: PersonName, days: number) =>
  write('UPDATE person SET away_until = ? WHERE id = ?', [
    new Date(server.clock.now() + days * day),
    town.people[person].id,
  ]);

test('the plan links every household of the village, keeps what holds and gives nobody his own', async () => {
  const seen = await plan('secretary', town.villageA, { groupId: town.groups.a1 });
  expect(seen).toMatchObject({ households: 4, added: 3, changed: 0, unlinked: 0, from: 5, to: 10, allows: ['apply'] });
  expect(seen.members.map(({ warning }) => warning)).toEqual(seen.members.map(() => '少于 5 户'));
  const own = seen.rows.find(({ householdId }) => householdId === town.households.member);
  expect(own).toMatchObject({ name: '李*峰', door: '15号', change: 'new', before: null });
  expect(own?.after?.id).not.toBe(town.people.member.id);
  expect(await applied()).toEqual({ added: 3, changed: 0, standIns: 0 });
  expect(await memberOf('resident')).toBe(town.people.member.id);
  expect(await memberOf('member')).not.toBe(town.people.member.id);
  expect((await plan('secretary', town.villageA)).allows).toEqual([]);
});

test('both sides hear of it, and nobody of a household is named', async () => {
  const moves = [{ householdId: town.households.otherResident, memberId: town.people.member2.id }];
  await applied(moves);
  expect(await messagesOf('otherResident', 'householdLink.apply')).toEqual(['您家的联系党员']);
  expect(await messagesOf('member2', 'householdLink.apply')).toEqual(['给您安排了联系户']);
  expect(await messagesOf('resident', 'householdLink.apply')).toEqual([]);
  const [told] = await query<{ words: string }>(
    "SELECT GROUP_CONCAT(words) AS words FROM message WHERE kind = 'householdLink.apply' AND person_id = ?",
    [town.people.member2.id],
  );
  expect(told?.words).not.toContain(town.people.otherResident.name);
});

test('what the secretary moves by hand is told apart, and the old link stays in the history', async () => {
  await applied();
  server.clock.advance(day);
  const moves = [{ householdId: town.households.resident, memberId: town.people.member2.id }];
  const seen = await plan('secretary', town.villageA, { moves });
  expect(seen).toMatchObject({ added: 0, changed: 1 });
  await apply('secretary', town.villageA, seen.base, moves);
  const rows = await query<Record<string, unknown>>(
    `SELECT member_id, reason, end_reason, ended_by_id, ends_at IS NULL AS open FROM household_link
     WHERE household_id = ? ORDER BY starts_at`,
    [town.households.resident],
  );
  expect(rows).toEqual([
    expect.objectContaining({ member_id: town.people.member.id, end_reason: 'moved', open: 0 }),
    expect.objectContaining({ member_id: town.people.member2.id, reason: 'moved', open: 1 }),
  ]);
  expect((await messagesOf('member', 'householdLink.apply'))[0]).toBe('联系户有变动');
});

test('however a link ends, its period stays in the history with why, and whoever visited this month has', async () => {
  const { households, people, groups } = town;
  await applied();
  await write("UPDATE household_link SET last_visit_at = ?, last_visit_result = 'met' WHERE household_id = ?", [
    ...[new Date(server.clock.now()), households.resident],
  ]);
  server.clock.advance(day);
  await town.as('resident').ok('householdLinks.askAnother', { body: { actionId: ulid() } });
  const [asked] = (await town.as('secretary').ok('householdLinks.requests')).items;
  const settling = { params: { requestId: asked?.id ?? '' }, body: { actionId: ulid(), memberId: people.member2.id } };
  await town.as('secretary').ok('householdLinks.settleRequest', settling);
  server.clock.advance(day);
  const dies = { kind: 'death' as const, on: '2026-09-01', personIds: [people.member.id] };
  await town.as('gridWorker').ok('households.record', {
    params: { householdId: households.member },
    body: { ...dies, actionId: ulid() },
  });
  server.clock.advance(day);
  const leaves = { kind: 'moveOut' as const, on: '2026-09-01', personIds: [people.resident.id, people.spouse.id] };
  await town.as('gridWorker').ok('households.record', {
    params: { householdId: households.resident },
    body: { ...leaves, actionId: ulid() },
  });
  const periods = await query<Record<string, unknown>>(
    `SELECT member_id AS member, reason, end_reason AS ended, last_visit_result AS visit FROM household_link
     WHERE household_id = ? ORDER BY starts_at`,
    [households.resident],
  );
  expect(periods).toEqual([
    { member: people.member.id, reason: null, ended: 'asked', visit: 'met' },
    { member: people.member2.id, reason: 'asked', ended: 'closed', visit: 'met' },
  ]);
  const ended = await query<Record<string, unknown>>(
    `SELECT DISTINCT l.end_reason AS ended FROM household_link l JOIN household h ON h.id = l.household_id
     WHERE l.member_id = ? AND h.grid_id IN (?, ?) AND l.household_id <> ?`,
    [people.member.id, groups.a1, groups.a2, households.resident],
  );
  expect(ended).toEqual([{ ended: 'memberLeft' }]);
});

test('nobody may be moved to his own household, to somebody outside or away', async () => {
  await away('member3', 40);
  const refusal = (household: HouseholdName, person: PersonName) =>
    town.as('secretary').refused('householdLinks.plan', {
      body: {
        gridId: town.villageA,
        moves: [{ householdId: town.households[household], memberId: town.people[person].id }],
      },
    });
  expect(await refusal('member', 'member')).toBe('household-link.own-household');
  expect(await refusal('resident', 'memberOutside')).toBe('household-link.no-such-member');
  expect(await refusal('resident', 'electrician')).toBe('household-link.no-such-member');
  expect(await refusal('resident', 'member3')).toBe('household-link.member-away');
  expect(await refusal('farResident', 'member2')).toBe('household.not-found');
});

test('a plan of what has changed meanwhile is refused; a repeat of the same press is answered the same', async () => {
  const { base } = await plan('secretary', town.villageA);
  await write('UPDATE person SET disabled_at = ? WHERE id = ?', [new Date(server.clock.now()), town.people.member3.id]);
  const body = { actionId: ulid(), gridId: town.villageA, base };
  expect(await town.as('secretary').refused('householdLinks.apply', { body })).toBe('household-link.stale');
  const fresh = (await plan('secretary', town.villageA)).base;
  const actionId = ulid();
  const first = await apply('secretary', town.villageA, fresh, [], actionId);
  expect(await apply('secretary', town.villageA, fresh, [], actionId)).toEqual(first);
  expect(await query('SELECT 1 FROM household_link WHERE made_in = ?', [actionId])).toHaveLength(first.added);
});

test('two secretaries who apply at once: one of them looks again', async () => {
  const { base } = await plan('secretary', town.villageA);
  const answers = await Promise.all(
    (['secretary', 'townSecretary'] as const).map((who) =>
      town.as(who).call('householdLinks.apply', { body: { actionId: ulid(), gridId: town.villageA, base } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [row] = await query<{ most: number }>(
    `SELECT MAX(count) AS most FROM (SELECT COUNT(*) AS count FROM household_link WHERE ends_at IS NULL GROUP BY household_id) x`,
  );
  expect(Number(row?.most)).toBe(1);
});

test('a secretary arranges his own village only, and a group may be arranged by itself', async () => {
  expect(await town.as('secretary').refused('householdLinks.plan', { body: { gridId: town.villageB } })).toBe(
    'access.forbidden',
  );
  expect(await town.as('townSecretary').refused('householdLinks.plan', { body: { gridId: town.townId } })).toBe(
    'household-link.not-a-village',
  );
  const { base, added } = await plan('secretary', town.groups.a2);
  expect(added).toBe(1);
  await apply('secretary', town.groups.a2, base);
  expect(await memberOf('otherResident')).toBeDefined();
  expect(await memberOf('hubKeeper')).toBeUndefined();
});

test('while the member is away for long, the household finds the stand-in: on its page, in direct orders', async () => {
  await away('member', 40);
  const seen = await plan('secretary', town.villageA, { groupId: town.groups.a1 });
  expect(seen.standIns).toBe(1);
  await apply('secretary', town.villageA, seen.base);
  const [{ id } = { id: '' }] = await query<{ id: string }>(
    'SELECT stand_in_id AS id FROM household_link WHERE household_id = ? AND ends_at IS NULL',
    [town.households.resident],
  );
  const { member, allows } = await town.as('resident').ok('householdLinks.mine');
  expect(member).toMatchObject({ personId: id, standInFor: town.people.member.name, away: false });
  expect(allows).toContain('placeDirect');
  expect((await town.as('resident').ok('people.me')).linkedMember?.personId).toBe(id);
  const order = await town.as('resident').ok('orders.placeDirect', {
    params: { orderId: ulid() },
    body: { categoryId: 'errand', words: '帮忙取个药', contactPhone: '15400000001' },
  });
  const [task] = await query<{ assignee: string }>('SELECT assignee_id AS assignee FROM task WHERE order_id = ?', [
    order.id,
  ]);
  expect(task?.assignee).toBe(id);
  server.clock.advance(41 * day);
  expect((await town.as('resident').ok('householdLinks.mine')).member).toMatchObject({
    personId: town.people.member.id,
    standInFor: null,
  });
});

test('a resident asks for another member without a reason; the secretary gives one, and all three hear of it', async () => {
  const asked = await town.as('resident').ok('householdLinks.askAnother', { body: { actionId: ulid() } });
  expect(await town.as('spouse').refused('householdLinks.askAnother', { body: { actionId: ulid() } })).toBe(
    'household-link.asked-already',
  );
  expect(await town.as('resident').ok('householdLinks.mine')).toMatchObject({ ...asked, allows: ['placeDirect'] });
  expect(await messagesOf('secretary', 'linkRequest.ask')).toEqual(['有群众想换联系党员']);
  const { items } = await town.as('secretary').ok('householdLinks.requests');
  expect(items).toEqual([
    expect.objectContaining({ name: '王*英', member: { id: town.people.member.id, name: '李晓峰' } }),
  ]);
  expect((await town.as('secretaryOutside').ok('householdLinks.requests')).items).toEqual([]);
  const requestId = items[0]?.id ?? '';
  const settle = (by: PersonName, body: { memberId?: string; words?: string }, actionId = ulid()) =>
    town.as(by).call('householdLinks.settleRequest', { params: { requestId }, body: { actionId, ...body } });
  expect((await settle('secretaryOutside', { words: '不行' })).problem?.code).toBe('household-link.request-not-found');
  expect((await settle('secretary', { memberId: town.people.member.id })).problem?.code).toBe(
    'household-link.no-such-member',
  );
  const actionId = ulid();
  expect((await settle('secretary', { memberId: town.people.member2.id }, actionId)).status).toBe(200);
  expect((await settle('secretary', { memberId: town.people.member2.id }, actionId)).status).toBe(200);
  expect((await settle('townSecretary', { words: '再看看' })).problem?.code).toBe('household-link.request-settled');
  expect(await memberOf('resident')).toBe(town.people.member2.id);
  expect(await messagesOf('resident', 'linkRequest.settle')).toEqual(['换好联系党员了']);
  expect(await messagesOf('spouse', 'linkRequest.settle')).toEqual(['您家的联系党员']);
  expect(await messagesOf('member', 'linkRequest.settle')).toEqual(['联系户有变动']);
  expect(await messagesOf('member2', 'linkRequest.settle')).toEqual(['给您安排了联系户']);
});

test('my branch and the hub near by, with numbers only of those who agreed', async () => {
  const mine = await town.as('resident').ok('householdLinks.mine');
  expect(mine.branch).toMatchObject({
    organizationId: town.branches.a,
    secretaries: [{ name: '何国栋', phone: null }],
  });
  expect(mine.hubs).toEqual([
    expect.objectContaining({
      place: '碧塘村一组1号',
      keepers: [expect.objectContaining({ name: '林秀珍', phone: null })],
    }),
  ]);
  await town.as('hubKeeper').ok('publishedPhone.change', { body: { shown: true } });
  const again = await town.as('resident').ok('householdLinks.mine');
  expect(again.hubs[0]?.keepers[0]?.phone).toBe(town.people.hubKeeper.phone);
  expect(await town.as('child').ok('householdLinks.mine')).toMatchObject({ member: null, branch: null, hubs: [] });
});

test('a number is shown while its owner agrees, each change is in the audit, and a duty number is not his to hide', async () => {
  const phone = (shown: boolean) => town.as('member').ok('publishedPhone.change', { body: { shown } });
  expect(await phone(false)).toMatchObject({ shown: false, duty: false });
  expect((await town.as('resident').ok('householdLinks.mine')).member?.phone).toBeNull();
  await phone(true);
  await phone(true);
  expect((await town.as('resident').ok('householdLinks.mine')).member?.phone).toBe(town.people.member.phone);
  const acts = await query<{ act: string }>('SELECT act FROM audit_entry WHERE person_id = ? ORDER BY id', [
    town.people.member.id,
  ]);
  expect(acts.map(({ act }) => act).sort()).toEqual(['agreeToShowPhone', 'hidePhone']);
  await server.world.database.transaction((db) =>
    db.write('UPDATE person SET published_phone_sealed = ? WHERE id = ?', [
      db.vault.seal('person.publishedPhone', '07521234567'),
      town.people.member.id,
    ]),
  );
  expect(await town.as('member').refused('publishedPhone.change', { body: { shown: false } })).toBe('phone.duty');
});
