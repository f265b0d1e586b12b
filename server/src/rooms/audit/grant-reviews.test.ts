import { ulid } from 'ulid';
import type { GrantedRole } from '@sandan/shared/access/roles';
import type { AccountConcern } from '@sandan/shared/audit/account-concerns.words';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { RoleGrant } from '../../foundation/access/access.entity';

/** 账号核查: accounts with a post that somebody should look at. */
let server: TestServer;
let town: Town;
const day = 24 * 60 * 60_000;

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
});
afterAll(() => server.close());

const write = (sql: string, ...values: (string | Date | null)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));
const grant = (who: PersonName, role: GrantedRole, nodeId: string, endsInDays: number | null = null) =>
  server.world.database.transaction((db) =>
    db.insert(RoleGrant, [
      {
        ...{ id: ulid(), personId: town.people[who].id, role, kind: null, tree: 'grid', nodeId, grantedById: null },
        startsAt: new Date(tuesdayMorning - 200 * day),
        endsAt: endsInDays === null ? null : new Date(tuesdayMorning + endsInDays * day),
      },
    ]),
  );
const reviewed = async (concern: AccountConcern, by: PersonName = 'auditor', query: { gridId?: string } = {}) =>
  (await town.as(by).ok('grantReviews.accounts', { query: { concern, limit: 100, ...query } })).items;
const namesOf = async (...asked: Parameters<typeof reviewed>) => (await reviewed(...asked)).map(({ name }) => name);

test('who has not been seen for 90 days is listed, longest first; who came yesterday is not', async () => {
  const { deskLead, gridWorker, member } = town.people;
  await write(
    'UPDATE role_grant SET starts_at = ? WHERE person_id IN (?, ?, ?)',
    new Date(tuesdayMorning - 300 * day),
    deskLead.id,
    gridWorker.id,
    member.id,
  );
  await write('DELETE FROM session WHERE person_id = ?', gridWorker.id);
  await write(
    'UPDATE session SET last_seen_at = ? WHERE person_id = ?',
    new Date(tuesdayMorning - 91 * day),
    deskLead.id,
  );
  await write('UPDATE session SET last_seen_at = ? WHERE person_id = ?', new Date(tuesdayMorning - day), member.id);
  const items = await reviewed('idle', 'auditor', { gridId: town.villageA });
  const listed = items.filter(({ personId }) => [deskLead.id, gridWorker.id, member.id].includes(personId));
  expect(listed.map(({ personId, lastSeenAt }) => [personId, lastSeenAt])).toEqual([
    [gridWorker.id, null],
    [deskLead.id, new Date(tuesdayMorning - 91 * day).toISOString()],
  ]);
});

test('phones are masked', async () => {
  const phones = (await reviewed('endless')).flatMap(({ phone }) => phone ?? []);
  expect(phones.length).toBeGreaterThan(0);
  for (const phone of phones) expect(phone).toMatch(/^\d{3}\*{4}\d{4}$/);
});

test('a grant that ends within 30 days, one that should have an end, one of too many, and two that exclude each other', async () => {
  await grant('member3', 'mediator', town.villageA, 29);
  await grant('member2', 'mediator', town.villageA, 31);
  await grant('groupLead', 'mediator', town.villageA);
  await grant('groupLead', 'clerk', town.villageA);
  await grant('deskLead', 'auditor', town.townId);
  await grant('deskLead', 'admin', town.townId);
  expect(await namesOf('ending')).toEqual(['罗秋月']);
  expect(await namesOf('many')).toEqual(expect.arrayContaining(['黄伟明', '刘建华']));
  expect(await namesOf('excluded')).toEqual(['刘建华']);
  const endless = await namesOf('endless');
  expect(endless).toContain('何国栋');
  expect(endless).not.toContain('陈小燕');
});

test('somebody who has signed out of the system for good, or no longer holds a post, is not listed', async () => {
  await grant('member3', 'mediator', town.villageA, 5);
  await write('UPDATE person SET disabled_at = ? WHERE id = ?', new Date(tuesdayMorning), town.people.member3.id);
  await grant('member2', 'mediator', town.villageA, -1);
  expect(await namesOf('ending')).toEqual([]);
});

test('an auditor of the town looks at his town, posts in the party included, and at no other', async () => {
  const elsewhere = await buildTown(server);
  expect(await namesOf('endless', 'townAuditor')).toEqual(expect.arrayContaining(['江海涛', '刘建华']));
  expect(await namesOf('endless', 'townAuditor')).not.toContain('赵文斌');
  const there = { query: { concern: 'endless' as const, gridId: elsewhere.villageA } };
  expect((await town.as('townAuditor').call('grantReviews.accounts', there)).status).toBe(403);
});

test('counts say how many of each, and how long is long', async () => {
  await grant('member3', 'mediator', town.villageA, 5);
  const { items, idleDays } = await town.as('admin').ok('grantReviews.counts');
  expect(idleDays).toBe(90);
  expect(items.find(({ concern }) => concern === 'ending')?.count).toBe(1);
  expect(items.find(({ concern }) => concern === 'endless')?.count).toBe((await reviewed('endless')).length);
});

test('the list goes on page by page', async () => {
  const all = await namesOf('endless');
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await town
      .as('auditor')
      .ok('grantReviews.accounts', { query: { concern: 'endless', limit: 4, cursor } });
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(all);
});
