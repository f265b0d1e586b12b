import { ulid } from 'ulid';
import { commitmentsIn } from '../../../test/commitment-journey';
import { days, journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';

import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { CareRelation, ProxyConsent } from '../households/care.entity';

/** 代理 and 代管: who does the work while somebody is away, and what the record says. */
let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const inDays = (count: number): string => new Date(server.clock.now() + count * days).toISOString();
const postOf = async (who: PersonName): Promise<string> =>
  (await town.as(who).ok('posts.delegations', {})).posts[0]?.postId ?? '';
const passOn = async (from: PersonName, to: PersonName, until = inDays(5), delegationId: string = ulid()) => {
  const body = { postId: await postOf(from), personId: town.people[to].id, until };
  return town.as(from).call('posts.delegate', { params: { delegationId }, body });
};
const rolesOf = async (who: PersonName) => (await town.as(who).ok('people.me')).roles.map(({ role }) => role);
const admin = () => town.as('admin');
const endPostsOf = async (...people: PersonName[]) => {
  for (const who of people) {
    const page = await admin().ok('posts.person', { params: { personId: town.people[who].id } });
    for (const { id: postId } of page.posts) {
      await admin().ok('posts.end', { params: { postId }, body: { actionId: ulid(), reason: '离任' } });
    }
  }
};

const actsOn = async (id = '') => {
  const sql = 'SELECT act FROM audit_entry WHERE thing_id = ? ORDER BY act';
  return (await server.world.database.reading.query<{ act: string }>(sql, [id])).map(({ act }) => act);
};

test('whoever stands in works at once, by both names in the record, and no longer than agreed', async () => {
  expect((await passOn('deskLead', 'groupLead')).data).toMatchObject({ principal: '刘建华', delegate: '黄伟明' });
  const orderId = await village.place();
  await town.as('groupLead').ok('orders.accept', { params: { orderId }, body: { actionId: ulid() } });
  const { history } = await village.read(orderId);
  expect(history.find(({ action }) => action === 'accept')?.actor.name).toBe('黄伟明 代 刘建华');
  server.clock.advance(6 * days);
  expect(await rolesOf('groupLead')).toEqual(['smallGridLead']);
});

test('whoever holds the same post already needs no stand-in’s', async () => {
  expect((await passOn('deskLead', 'deskLead2')).problem?.code).toBe('post.delegate-outside');
});

test('a post is passed on for thirty days at most, nearby, once at a time, and only where it may be', async () => {
  expect((await passOn('deskLead', 'groupLead', inDays(31))).problem?.code).toBe('post.delegate-too-long');
  expect((await passOn('deskLead', 'deskLeadOutside')).problem?.code).toBe('post.delegate-outside');
  expect((await passOn('deskLead', 'villageSupervisor')).problem?.code).toBe('post.delegate-outside');
  expect((await passOn('deskLead', 'groupLead')).status).toBe(200);
  expect((await passOn('deskLead', 'liaison')).problem?.code).toBe('post.delegated-already');
  expect((await town.as('disciplineDesk').ok('posts.delegations', {})).posts).toEqual([]);
});

test('either ends it early; a post that ends takes what was passed on with it', async () => {
  const first = await passOn('deskLead', 'groupLead');
  const params = { delegationId: first.data?.id ?? '' };
  expect(await town.as('member').refused('posts.endDelegation', { params, body: { actionId: ulid() } })).toBe(
    'post.not-found',
  );
  const ended = await town.as('groupLead').ok('posts.endDelegation', { params, body: { actionId: ulid() } });
  expect(ended).toMatchObject({ state: 'over', allows: [] });
  const { data: second } = await passOn('deskLead', 'liaison');
  server.clock.advance(60_000);
  await endPostsOf('deskLead');
  expect(await rolesOf('liaison')).toEqual(['villageLiaison']);
  expect(await actsOn(second?.id)).toEqual(['delegatePost', 'endDelegationPost']);
  await server.drain(town.townId);
  const told = (await town.as('liaison').ok('messages.list', {})).items.map(({ title }) => title);
  expect(told).toContain('代理结束');
});

test('borrowed posts give nothing on: no appointments, no further stand-in', async () => {
  await passOn('secretary', 'deskLead2');
  const body = { role: 'smallGridLead', tree: 'grid', nodeId: town.groups.a1, openReason: '专职' } as const;
  const give = { params: { postId: ulid() }, body: { ...body, personId: town.people.member3.id } };
  expect(await town.as('deskLead2').refused('posts.give', give)).toBe('access.forbidden');
});

test('a stand-in reviews neither his own deeds nor those of the one he stands in for', async () => {
  const deeds = commitmentsIn(server, town);
  const commitmentId = await deeds.toSubmitted({ roundId: await deeds.toDrafting() });
  await passOn('secretary', 'deskLead2');
  const read = await town.as('deskLead2').ok('commitments.read', { params: { commitmentId } });
  expect(read.allows).toContain('approve');
  await server.world.database.transaction((db) =>
    db.write('UPDATE commitment SET responsible_id = ? WHERE id = ?', [town.people.secretary.id, commitmentId]),
  );
  const own = await town.as('deskLead2').ok('commitments.read', { params: { commitmentId } });
  expect(own.allows).not.toContain('approve');
  const { items } = await town.as('deskLead2').ok('commitments.list', { query: { scope: 'review' } });
  expect(items.map(({ id }) => id)).not.toContain(commitmentId);
});

test('a desk with nobody is served by the town: named so on the order, and a sealed order is opened there', async () => {
  const orderId = await village.place({ categoryId: 'hardship', visibility: 'confidential' } as never);
  const open = () => town.as('townDispatcher').call('orders.open', { params: { orderId }, body: { actionId: ulid() } });
  expect((await open()).status).toBe(404);
  await endPostsOf('deskLead', 'deskLead2');
  const seen = await town.as('resident').ok('orders.read', { params: { orderId } });
  expect(seen.desk).toMatchObject({ name: '碧塘村', servedBy: '东澄镇' });
  expect((await open()).status).toBe(200);
  const params = { tree: 'grid' as const, nodeId: town.villageA };
  const page = await admin().ok('trees.node', { params });
  expect(page.vacancies).toEqual([{ roleName: '村级网格长', servedBy: '东澄镇' }]);
});

test('who is away for weeks leaves the desk vacant; for some days, not; a closed account does', async () => {
  const vacancies = async () =>
    (await admin().ok('trees.node', { params: { tree: 'grid', nodeId: town.villageA } })).vacancies.length;
  await endPostsOf('deskLead2');
  const away = (until: string | null) => town.as('deskLead').ok('people.changeMe', { body: { awayUntil: until } });
  await away(inDays(5));
  expect(await vacancies()).toBe(0);
  await away(inDays(40));
  expect(await vacancies()).toBe(1);
  server.clock.advance(38 * days);
  expect(await vacancies()).toBe(1);
  await away(null);
  expect(await vacancies()).toBe(0);
  const params = { personId: town.people.deskLead.id };
  await admin().ok('posts.disable', { params, body: { actionId: ulid(), reason: '停职' } });
  expect(await vacancies()).toBe(1);
});

test('with everybody gone from the village, a new order is told to the town', async () => {
  await endPostsOf('deskLead', 'deskLead2');
  await village.place({ categoryId: 'drainage', words: '水沟堵了' });
  await server.drain(town.townId);
  // 值班: one of the town's two, by the week.
  const told = await Promise.all(
    (['townDispatcher', 'townDispatcher2'] as const).map(
      async (who) => (await town.as(who).ok('messages.list', {})).items,
    ),
  );
  expect(told.flat().filter(({ kind }) => kind === 'order.place')).toHaveLength(1);
});

/** He acts for one, is acted for by another, is a child's guardian, and cares for a house from elsewhere. */
const answersForOthers = (id: string) =>
  server.world.database.transaction(async (db) => {
    const { otherResident, liaison, spouse } = town.people;
    const term = {
      how: 'spoken' as const,
      startsOn: '2026-09-01',
      endsOn: '2027-08-31',
      recordedAt: new Date(server.clock.now()),
    };
    const proxy = (personId: string, agentId: string) => ({
      ...{ id: ulid(), personId, agentId, householdId: town.households.otherResident, recordedById: agentId, ...term },
    });
    await db.insert(ProxyConsent, [proxy(otherResident.id, id), proxy(id, liaison.id)]);
    await db.write('UPDATE person SET guardian_id = ? WHERE id = ?', [id, spouse.id]);
    const care = { id: ulid(), carerId: id, householdId: town.households.farResident, askedAt: term.recordedAt };
    await db.insert(CareRelation, [{ ...care, kinship: 'child', state: 'agreed', openMark: 1 }]);
  });

test('a group’s worker writes down no death of whoever holds a post; by the level above his posts end with him', async () => {
  const { deskLead, member, gridWorker } = town.people;
  const householdId = town.households.resident;
  const worker = town.as('gridWorker');
  const dies = (personId: string, home = householdId) => ({
    params: { householdId: home },
    body: { actionId: ulid(), kind: 'death' as const, on: '2026-09-14', personIds: [personId] },
  });
  const vacancies = async () =>
    (await admin().ok('trees.node', { params: { tree: 'grid', nodeId: town.villageA } })).vacancies.length;
  await server.world.database.transaction((db) =>
    db.write('UPDATE person SET household_id = ? WHERE id = ?', [householdId, deskLead.id]),
  );
  await endPostsOf('deskLead2');
  const { data: passedOn } = await passOn('deskLead', 'liaison');
  expect(await worker.refused('households.record', dies(deskLead.id))).toBe('household.holds-post');
  expect(await rolesOf('deskLead')).toEqual(['deskLead']);
  const coming = {
    role: 'mediator',
    tree: 'grid',
    nodeId: town.villageA,
    from: inDays(30),
    openReason: '长期',
  } as const;
  await admin().ok('posts.give', { params: { postId: ulid() }, body: { ...coming, personId: deskLead.id } });
  expect(await vacancies()).toBe(0);

  const post = { role: 'admin', tree: 'grid', nodeId: town.townId, until: null, openReason: '专职' } as const;
  await admin().ok('posts.give', { params: { postId: ulid() }, body: { ...post, personId: gridWorker.id } });
  await answersForOthers(deskLead.id);
  await worker.ok('households.record', dies(deskLead.id));
  await server.drain(town.townId);
  expect(await vacancies()).toBe(1);
  const told = (await town.as('liaison').ok('messages.list', {})).items.map(({ title }) => title);
  expect(told).toContain('代理结束');
  const gone = await admin().ok('posts.person', { params: { personId: deskLead.id } });
  expect([gone.posts, gone.before]).toMatchObject([
    [],
    [
      { roleName: '调解员', endReason: '去世' },
      { roleName: '村级网格长', endReason: '去世' },
    ],
  ]);
  // It never began, so it stands there for no time at all.
  expect(gone.before[0]?.from).toBe(gone.before[0]?.until);
  expect(await actsOn(passedOn?.id)).toEqual(['delegatePost', 'endDelegationPost']);
  expect(await rolesOf('liaison')).toEqual(['villageLiaison']);
  const { reading } = server.world.database;
  const ended = `SELECT act FROM audit_entry WHERE person_id = ?
    AND act IN ('endPost', 'endDelegationPost', 'revokeProxy', 'nameGuardian', 'endCare') ORDER BY act`;
  const acts = await reading.query<{ act: string }>(ended, [gridWorker.id]);
  const each = ['endCare', 'endDelegationPost', 'endPost', 'endPost', 'nameGuardian', 'revokeProxy', 'revokeProxy'];
  expect(acts.map(({ act }) => act)).toEqual(each);
  expect(await reading.query('SELECT revoked_by_id AS byId FROM proxy_consent WHERE revoked_at IS NOT NULL')).toEqual(
    expect.arrayContaining([{ byId: gridWorker.id }, { byId: gridWorker.id }]),
  );

  // A party member's households need another one: the secretary hears of it.
  await worker.ok('households.record', dies(member.id, town.households.member));
  await server.drain(town.townId);
  const { items } = await town.as('secretary').ok('messages.list', {});
  expect(items.map(({ title }) => title)).toContain('有联系户要人代联系');
});
