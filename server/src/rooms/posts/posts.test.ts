import { ulid } from 'ulid';
import { clientOf } from '../../../test/client';
import { commitmentsIn } from '../../../test/commitment-journey';
import { days, journeyIn } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { HandoverRow } from './handover.entity';

/** 任职: who may give what, and what a post leaves behind. */
let server: TestServer;
let town: Town;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
});

const reason = '工作调整';
const inYears = (years: number): string => new Date(server.clock.now() + years * 365 * days).toISOString();

const lead = (personId: string, nodeId: string) =>
  ({ personId, role: 'smallGridLead', tree: 'grid', nodeId, until: inYears(3) }) as const;
const give = (who: Parameters<Town['as']>[0], body: object, postId: string = ulid()) =>
  town.as(who).call('posts.give', { params: { postId }, body: body as never });
const rolesOf = async (token: string) =>
  (await clientOf(server.url, token).ok('people.me')).roles.map(({ role }) => role);

test('a secretary names the lead of a group below him, and the lead may work at once', async () => {
  const { member3 } = town.people;
  const { data } = await give('secretary', lead(member3.id, town.groups.a1));
  expect(data).toMatchObject({ roleName: '小网格长', nodeName: '碧塘村一组', state: 'now', allows: ['end'] });
  expect(await rolesOf(member3.token)).toContain('smallGridLead');
});

test('nobody changes his own posts, not even the administrator', async () => {
  const { admin, townSecretary } = town.people;
  const own = await give('admin', { ...lead(admin.id, town.groups.a1) });
  expect(own.problem?.code).toBe('post.own');
  const mine = await town.as('townSecretary').ok('posts.person', { params: { personId: townSecretary.id } });
  const params = { postId: mine.posts[0]?.id ?? '' };
  expect(await town.as('townSecretary').refused('posts.end', { params, body: { actionId: ulid(), reason } })).toBe(
    'post.own',
  );
});

test('a village secretary appoints in his village, below his level, and only what is his to give', async () => {
  const { member3, memberOutside } = town.people;
  const outside = await give('secretary', lead(memberOutside.id, town.groups.b1));
  expect(outside.problem?.code).toBe('access.forbidden');
  const level = { ...lead(member3.id, town.villageA), role: 'deskLead' };
  expect((await give('secretary', level)).problem?.code).toBe('access.forbidden');
  expect((await give('townSecretary', level)).status).toBe(200);
  const inspector = { ...lead(member3.id, town.townId), role: 'inspector' };
  expect((await give('townSecretary', inspector)).problem?.code).toBe('access.forbidden');
  expect((await give('admin', inspector)).status).toBe(200);
});

test('every post has an end date or the reason why not, a place where it stands, and a kind if it is a helper’s', async () => {
  const { member3 } = town.people;
  const refusal = async (more: object) =>
    (await give('admin', { ...lead(member3.id, town.groups.a2), ...more })).problem?.code;
  expect(await refusal({ until: null })).toBe('post.until-needed');
  expect(await refusal({ until: inYears(7) })).toBe('request.bad-input');
  expect(await refusal({ nodeId: town.villageA })).toBe('post.wrong-place');
  expect(await refusal({ role: 'helper' })).toBe('post.kind-needed');
  expect(await refusal({ kind: 'cadre' })).toBe('request.bad-input');
  expect((await give('admin', { ...lead(member3.id, town.groups.a2), until: null, openReason: '专职' })).status).toBe(
    200,
  );
});

test('the administrator is not his own auditor, and the village’s head does not supervise himself', async () => {
  const { auditor, deskLead } = town.people;
  const county = { ...lead(auditor.id, town.townId), role: 'admin' };
  expect((await give('admin', county)).problem?.code).toBe('post.apart');
  const supervisor = { ...lead(deskLead.id, town.villageA), role: 'villageSupervisor' };
  expect((await give('admin', supervisor)).problem?.code).toBe('post.apart');
});

test('the same appointment sent twice is one; its id stands for no other; the post is not given twice', async () => {
  const { member3, member2 } = town.people;
  const postId = ulid();
  const body = lead(member3.id, town.groups.a1);
  const first = await give('admin', body, postId);
  expect((await give('admin', body, postId)).data).toEqual(first.data);
  expect((await give('admin', lead(member2.id, town.groups.a1), postId)).problem?.code).toBe('post.id-taken');
  expect((await give('admin', body)).problem?.code).toBe('post.held-already');
});

test('two who give one person what does not go together: one of them is refused', async () => {
  const [person] = await town.moreMembers(1);
  const answers = await Promise.all([
    give('admin', { ...lead(person?.id ?? '', town.villageA), role: 'deskLead' }),
    give('admin', { ...lead(person?.id ?? '', town.villageA), role: 'villageSupervisor' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('a post that ends is over at once, stays in the history of the person, and both levels are told', async () => {
  const { gridWorker } = town.people;
  const before = await town.as('admin').ok('posts.person', { params: { personId: gridWorker.id } });
  const params = { postId: before.posts[0]?.id ?? '' };
  const body = { actionId: ulid(), reason };
  await town.as('secretary').ok('posts.end', { params, body });
  expect(await rolesOf(gridWorker.token)).toEqual([]);
  const after = await town.as('admin').ok('posts.person', { params: { personId: gridWorker.id } });
  expect(after.posts).toEqual([]);
  expect(after.before).toMatchObject([{ roleName: '网格员', endReason: reason, state: 'over', allows: [] }]);
  expect(await town.as('secretary').ok('posts.end', { params, body })).toMatchObject({ state: 'over' });
  await server.drain(town.townId);
  const { items } = await town.as('gridWorker').ok('messages.list', {});
  expect(items.map(({ title }) => title)).toContain('职务变动');
  const watching = await town.as('deskLead').ok('messages.list', {});
  expect(watching.items.map(({ words }) => words).join()).toContain('陈小燕不再担任');
});

test('a post may begin on a day to come', async () => {
  const { member3 } = town.people;
  const from = new Date(server.clock.now() + 10 * days).toISOString();
  const { data } = await give('admin', { ...lead(member3.id, town.groups.a1), from });
  expect(data?.state).toBe('coming');
  expect(await rolesOf(member3.token)).not.toContain('smallGridLead');
  server.clock.advance(11 * days);
  expect(await rolesOf(member3.token)).toContain('smallGridLead');
});

test('people are found by name or by the whole number within one’s reach, and shown masked', async () => {
  const { member3, memberOutside } = town.people;
  const search = async (who: 'secretary' | 'admin', q: string) =>
    (await town.as(who).ok('posts.search', { body: { q } })).people;
  expect(await search('secretary', member3.phone)).toMatchObject([
    { personId: member3.id, phone: `${member3.phone.slice(0, 3)}****${member3.phone.slice(-4)}` },
  ]);
  expect(await search('secretary', member3.phone.slice(0, 8))).toEqual([]);
  expect(await search('secretary', memberOutside.name)).toEqual([]);
  expect((await search('admin', memberOutside.phone)).map(({ personId }) => personId)).toEqual([memberOutside.id]);
  // Where an index answers for everybody, a name is looked for from its beginning, and that is said.
  const fromStart = async (who: 'secretary' | 'admin') =>
    (await town.as(who).ok('posts.search', { body: { q: '没有的人' } })).namesFromStart;
  expect([await fromStart('secretary'), await fromStart('admin')]).toEqual([false, true]);
  const params = { personId: memberOutside.id };
  expect(await town.as('secretary').refused('posts.person', { params })).toBe('person.not-found');
  // Nor is he brought into reach by giving him a post.
  const helper = { ...lead(memberOutside.id, town.groups.a1), role: 'helper', kind: 'volunteer' };
  expect((await give('secretary', helper)).problem?.code).toBe('person.not-found');
});

test('an account that is closed is out at once, holds nothing, and may be opened again; never by its owner', async () => {
  const { member3, admin } = town.people;
  const close = (personId: string) =>
    town.as('admin').call('posts.disable', { params: { personId }, body: { actionId: ulid(), reason } });
  const { data } = await close(member3.id);
  expect(data).toMatchObject({ allows: ['enable', 'endSessions', 'resetSecondFactor', 'erase'] });
  expect(await town.as('member3').refused('people.me')).toBe('session.expired');
  expect((await give('admin', lead(member3.id, town.groups.a1))).problem?.code).toBe('post.person-disabled');
  expect((await close(admin.id)).problem?.code).toBe('person.self');
  const params = { personId: member3.id };
  const opened = await town.as('admin').ok('posts.enable', { params, body: { actionId: ulid(), reason } });
  expect(opened.disabledAt).toBeNull();
});

test('what somebody did stays signed by the post that he held then, whatever he holds now', async () => {
  const village = journeyIn(server, town);
  const deeds = commitmentsIn(server, town);
  const orderId = await village.toAccepted();
  const commitmentId = await deeds.toSubmitted({ roundId: await deeds.toDrafting() });
  await deeds.does('secretary', 'approve', commitmentId, { version: 1 });
  const signatures = async () => ({
    order: (await village.read(orderId)).history.find(({ action }) => action === 'accept')?.actor,
    deed: (await town.as('member').ok('commitments.read', { params: { commitmentId } })).history.find(
      ({ action }) => action === 'approve',
    )?.actor,
  });
  const before = await signatures();
  expect(before).toMatchObject({
    order: { name: '刘建华', roleName: '村级网格长' },
    deed: { name: '何国栋', roleName: '党组织书记' },
  });
  for (const who of ['deskLead', 'secretary'] as const) {
    const { id: personId } = town.people[who];
    const { posts } = await town.as('admin').ok('posts.person', { params: { personId } });
    const ending = { params: { postId: posts[0]?.id ?? '' }, body: { actionId: ulid(), reason } };
    await town.as('admin').ok('posts.end', ending);
    expect((await give('admin', lead(personId, town.groups.a2))).status).toBe(200);
  }
  expect(await signatures()).toEqual(before);
});

test('in an election year a town finds its own handovers among thousands, page by page, in few statements', async () => {
  const other = await buildTown(server);
  const at = (index: number) => new Date(server.clock.now() + index);
  const made = (of: Town, index: number): Partial<HandoverRow> => ({
    ...{ id: ulid(), tree: 'grid', nodeId: of.villageA, kind: 'election', state: 'applied', isOpen: null, done: null },
    ...{ plan: { until: null, openReason: null, moveLinks: false, posts: [] }, words: null, byName: '赵文斌' },
    ...{ byId: of.people.admin.id, at: at(index), effectiveAt: at(0) },
  });
  const own = [made(town, 0), made(town, 1)];
  const theirs = Array.from({ length: 120 }, (_, index) => made(other, 2 + index));
  await server.world.database.transaction((db) => db.insert(HandoverRow, [...own, ...theirs]));
  const list = (as: Town, query: object) => as.as('admin').ok('handovers.list', { query });
  const ids = (page: Awaited<ReturnType<typeof list>>) => page.items.map(({ id }) => id);
  expect(ids(await list(town, {}))).toEqual([own[1]?.id, own[0]?.id]);
  const seen: string[] = [];
  const statements = await server.statements.during(async () => {
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await list(other, { limit: 50, ...(cursor ? { cursor } : {}) });
      seen.push(...ids(page));
      cursor = page.nextCursor;
    }
  });
  expect(new Set(seen).size).toBe(120);
  expect(statements.length).toBeLessThanOrEqual(3 * 6);
});
