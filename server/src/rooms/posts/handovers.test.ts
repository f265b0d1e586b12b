import { ulid } from 'ulid';
import { commitmentsIn } from '../../../test/commitment-journey';
import { days, hours, journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 换届: one prepared act with its time, and a day to take it back. */
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

const at = (milliseconds: number): string => new Date(server.clock.now() + milliseconds).toISOString();
const postOf = async (who: PersonName): Promise<string> =>
  (await town.as('admin').ok('posts.person', { params: { personId: town.people[who].id } })).posts[0]?.id ?? '';
const rolesOf = async (who: PersonName) => (await town.as(who).ok('people.me')).roles.map(({ role }) => role);

async function prepare(
  from: PersonName,
  to: PersonName | null,
  more: {
    tree?: 'grid' | 'party';
    nodeId?: string;
    moveLinks?: boolean;
    handoverId?: string;
    by?: PersonName;
    after?: number;
  } = {},
) {
  const {
    handoverId = ulid(),
    by = 'admin',
    tree = 'grid',
    nodeId = town.villageA,
    moveLinks = false,
    after = 2 * days,
  } = more;
  const successorId = to === null ? null : town.people[to].id;
  const posts = [{ postId: await postOf(from), successorId }];
  const body = {
    tree,
    nodeId,
    kind: 'election',
    effectiveAt: at(after),
    until: at(1000 * days),
    moveLinks,
    posts,
  } as const;
  return town.as(by).call('handovers.prepare', { params: { handoverId }, body });
}
const prepared = async (...args: Parameters<typeof prepare>): Promise<string> => {
  const { data, problem } = await prepare(...args);
  if (!data) throw new Error(JSON.stringify(problem));
  return data.id;
};
const read = (handoverId: string) => town.as('admin').ok('handovers.read', { params: { handoverId } });
const comes = async (milliseconds = 2 * days + 1000) => {
  server.clock.advance(milliseconds);
  await server.drain(town.townId);
};
const undo = (handoverId: string) =>
  town.as('admin').call('handovers.undo', { params: { handoverId }, body: { actionId: ulid() } });
const rows = async (sql: string) => server.world.database.reading.query<Record<string, unknown>>(sql);

test('nothing changes before its time; then the posts, the sealed orders and the promises have a new name', async () => {
  const orderId = await village.place({ categoryId: 'hardship', visibility: 'confidential' } as never);
  await town.as('deskLead').ok('orders.open', { params: { orderId }, body: { actionId: ulid() } });
  const handoverId = await prepared('deskLead', 'member3', { after: 30 * 60_000 });
  const before = await read(handoverId);
  expect(before.lines).toMatchObject([
    { what: '村级网格长', words: '刘建华 → 罗秋月' },
    { what: '保密件的经办人', count: 1 },
  ]);
  expect(await rolesOf('deskLead')).toContain('deskLead');
  await comes(31 * 60_000);
  expect(await rolesOf('deskLead')).toEqual([]);
  expect(await rolesOf('member3')).toContain('deskLead');
  await town.as('member3').ok('orders.accept', { params: { orderId }, body: { actionId: ulid() } });
  expect(await read(handoverId)).toMatchObject({ state: 'applied', allows: ['print', 'undo'] });
});

test('a new secretary answers for what the organisation promised; personal deeds stay with their person', async () => {
  const deeds = commitmentsIn(server, town);
  const roundId = await deeds.toDrafting();
  const { secretary, member } = town.people;
  const ofBranch = await deeds.draft(
    { roundId, kind: 'organization', organizationId: town.branches.a, responsibleId: secretary.id },
    'secretary',
  );
  const ofMember = await deeds.draft(
    { roundId, kind: 'organization', organizationId: town.branches.a, responsibleId: member.id },
    'secretary',
  );
  const own = await deeds.draft({ roundId });
  await prepared('secretary', 'deskLead2', { tree: 'party', nodeId: town.branches.a });
  const answersFor = async (id: string) =>
    (await rows(`SELECT responsible_id AS id FROM commitment WHERE id = '${id}'`))[0]?.['id'];
  expect(await answersFor(ofBranch)).toBe(secretary.id);
  await comes();
  expect(await answersFor(ofBranch)).toBe(town.people.deskLead2.id);
  expect([await answersFor(ofMember), await answersFor(own)]).toEqual([member.id, member.id]);
  expect(await rolesOf('deskLead2')).toContain('partySecretary');
});

/** Everything that a handover may touch, column by column. */
const allRows = async () => {
  const inTown = Object.values(town.people).map(({ id }) => `'${id}'`);
  const [grants, links, orders, deeds] = [
    await rows(`SELECT * FROM role_grant WHERE person_id IN (${inTown.join()}) ORDER BY id`),
    await rows(`SELECT * FROM household_link WHERE household_id = '${town.households.resident}' ORDER BY id`),
    await rows(`SELECT id, desk_person_id FROM service_order WHERE town_id = '${town.townId}' ORDER BY id`),
    await rows(`SELECT id, responsible_id FROM commitment WHERE organization_id = '${town.branches.a}' ORDER BY id`),
  ];
  return { grants, links, orders, deeds };
};

test('it is taken back within a day exactly as it was, row by row, and not after that', async () => {
  const orderId = await village.place({ categoryId: 'hardship', visibility: 'confidential' } as never);
  await town.as('deskLead').ok('orders.open', { params: { orderId }, body: { actionId: ulid() } });
  const postId = await postOf('deskLead');
  const until = at(20 * days);
  // Announced before for another reason, and passed on meanwhile: both come back as they were.
  const ending = { actionId: ulid(), at: at(30 * days), reason: '调到县里' };
  await town.as('admin').ok('posts.end', { params: { postId }, body: ending });
  const passed = { params: { delegationId: ulid() }, body: { postId, personId: town.people.groupLead.id, until } };
  await town.as('deskLead').ok('posts.delegate', passed);
  const before = await allRows();
  // Within the hour: an order that waits for days at a desk goes up by itself.
  const handoverId = await prepared('deskLead', 'member3', { moveLinks: true, after: 30 * 60_000 });
  await comes(31 * 60_000);
  expect(await rolesOf('groupLead')).toEqual(['smallGridLead']);
  const applied = await allRows();
  expect(applied.orders).not.toEqual(before.orders);
  expect(applied.grants).toHaveLength(before.grants.length + 1);
  expect((await undo(handoverId)).data).toMatchObject({ state: 'undone', warnings: [] });
  const { grants, ...rest } = await allRows();
  const known = new Set(before.grants.map(({ id }) => id));
  expect({ grants: grants.filter(({ id }) => known.has(id)), ...rest }).toEqual(before);
  // The successor's stays as ended, so that what he signed keeps its post.
  expect(grants.filter(({ id }) => !known.has(id))).toMatchObject([{ end_reason: '交接已撤回' }]);
  expect(await rolesOf('deskLead')).toEqual(['deskLead']);
  expect(await rolesOf('groupLead')).toContain('deskLead');
  expect(await rolesOf('member3')).toEqual(['helper']);
  const second = await prepared('deskLead', 'member3');
  await comes();
  server.clock.advance(25 * hours);
  expect((await undo(second)).problem?.code).toBe('handover.too-late');
});

test('联系户 go along if that was chosen: each period keeps its row, also when it is taken back', async () => {
  const { member, member3, resident } = town.people;
  const [helper] = await rows(`SELECT id FROM role_grant WHERE person_id = '${member.id}' AND role = 'helper'`);
  await server.world.database.transaction((db) =>
    db.write("UPDATE household_link SET last_visit_at = ?, last_visit_result = 'met' WHERE household_id = ?", [
      ...[new Date(server.clock.now()), town.households.resident],
    ]),
  );
  const handing = { nodeId: town.groups.a1, posts: [{ postId: String(helper?.['id']), successorId: member3.id }] };
  const handoverId = ulid();
  await town.as('secretary').ok('handovers.prepare', {
    params: { handoverId },
    body: {
      ...{ ...handing, tree: 'grid', kind: 'resignation', effectiveAt: at(2 * days), moveLinks: true },
      openReason: '长期',
    },
  });
  await comes();
  const periods = () =>
    rows(
      `SELECT l.member_id AS member, l.reason, l.end_reason AS ended, l.last_visit_result AS visit, l.ends_at IS NULL AS open
       FROM household_link l WHERE l.household_id = '${town.households.resident}' ORDER BY l.starts_at`,
    );
  const first = { member: member.id, reason: null, ended: 'handover', visit: 'met', open: 0 };
  const second = { member: member3.id, reason: 'handover', ended: null, visit: 'met', open: 1 };
  expect(await periods()).toEqual([first, second]);
  const news = (await town.as('resident').ok('messages.list', {})).items.map(({ title }) => title);
  expect([news, resident.name]).toEqual([expect.arrayContaining(['您家的联系党员']), '王桂英']);
  expect((await read(handoverId)).lines).toContainEqual({ what: '联系的家庭', words: '已变更', count: 1 });
  server.clock.advance(60_000);
  expect((await undo(handoverId)).data).toMatchObject({ state: 'undone', warnings: [] });
  const third = { member: member.id, reason: 'handover', ended: null, visit: 'met', open: 1 };
  expect(await periods()).toEqual([first, { ...second, ended: 'handover', open: 0 }, third]);
});

test('its time writes the same audit and messages as an appointment by hand, by whoever prepared it', async () => {
  const { orderId } = await village.toClaimed('gridWorker');
  const handoverId = await prepared('gridWorker', 'member3', { nodeId: town.groups.a1, by: 'secretary' });
  await comes();
  const { gridWorker, member3, secretary } = town.people;
  const audited = await rows(
    `SELECT act, person_id, JSON_UNQUOTE(JSON_EXTRACT(facts, '$.holderId')) AS holder FROM audit_entry
     WHERE act IN ('givePost', 'endPost') AND town_id = '${town.townId}' ORDER BY act`,
  );
  expect(audited).toEqual([
    { act: 'endPost', person_id: secretary.id, holder: gridWorker.id },
    { act: 'givePost', person_id: secretary.id, holder: member3.id },
  ]);
  const told = await rows(
    `SELECT action, actor_id, actor_name, actor_role, on_behalf_id FROM history WHERE thing = 'post' AND town_id = '${town.townId}' ORDER BY action`,
  );
  const bySystem = { actor_id: null, actor_name: '系统 代 何国栋', actor_role: 'system', on_behalf_id: secretary.id };
  expect(told).toEqual([
    { action: 'end', ...bySystem },
    { action: 'give', ...bySystem },
  ]);
  const news = async (who: PersonName) =>
    (await town.as(who).ok('messages.list', {})).items.find(({ title }) => ['任命', '职务变动'].includes(title));
  expect(await news('gridWorker')).toMatchObject({
    title: '职务变动',
    words: expect.stringContaining('手上的任务请接着办完，或者转办') as string,
  });
  expect(await news('member3')).toMatchObject({ title: '任命' });
  expect((await village.read(orderId)).holder).toBe('陈小燕');
  server.clock.advance(60_000);
  const undoing = { params: { handoverId }, body: { actionId: ulid() } };
  await town.as('secretary').ok('handovers.undo', undoing);
  await server.drain(town.townId);
  expect([(await news('gridWorker'))?.title, (await news('member3'))?.title]).toEqual(['任命', '职务变动']);
});

test('whoever was to leave and has left before is not ended twice, and nobody follows him', async () => {
  const handoverId = await prepared('deskLead', 'member3');
  const ending = { params: { postId: await postOf('deskLead') }, body: { actionId: ulid(), reason: '离任' } };
  await town.as('admin').ok('posts.end', ending);
  const before = await allRows();
  await comes();
  expect((await read(handoverId)).warnings[0]).toContain('职务已经结束');
  expect(await allRows()).toEqual(before);
});

test('linked households follow where that was chosen', async () => {
  await prepared('member', 'member3', { nodeId: town.groups.a1, moveLinks: true });
  await comes();
  const { linkedMember } = await town.as('resident').ok('people.me');
  expect(linkedMember?.personId).toBe(town.people.member3.id);
});

test('one handover at a time for a node: two who prepare at once, one is refused; a cancelled one makes room', async () => {
  const [one, other] = await Promise.all([prepare('deskLead', 'member3'), prepare('deskLead2', 'member2')]);
  expect([one.status, other.status].sort()).toEqual([200, 409]);
  const first = one.data ?? other.data;
  const params = { handoverId: first?.id ?? '' };
  await town.as('admin').ok('handovers.cancel', { params, body: { actionId: ulid() } });
  expect((await prepare('deskLead', 'member3')).status).toBe(200);
  await comes();
  expect(await rolesOf('deskLead2')).toEqual(['deskLead']);
});

test('under its own id it may be changed until its time', async () => {
  const handoverId = await prepared('deskLead', 'member3');
  await prepared('deskLead', 'member2', { handoverId });
  await comes();
  expect(await rolesOf('member3')).toEqual(['helper']);
  expect(await rolesOf('member2')).toContain('deskLead');
  expect((await prepare('deskLead2', 'member3', { handoverId })).problem?.code).toBe('handover.wrong-state');
});

test('a successor whose account is closed meanwhile is not brought in: the post is vacant and the town serves', async () => {
  const handoverId = await prepared('deskLead', 'member3');
  const params = { personId: town.people.member3.id };
  await town.as('admin').ok('posts.disable', { params, body: { actionId: ulid(), reason: '停职' } });
  expect((await read(handoverId)).warnings[0]).toContain('账号已停用');
  await comes();
  const done = await read(handoverId);
  expect(done.warnings[0]).toContain('由上一级代管');
  expect(await rolesOf('deskLead')).toEqual([]);
});

test('whoever leaves with a task in hand keeps it, and a claim made at that moment stands', async () => {
  const { orderId } = await village.toClaimed('gridWorker');
  const handoverId = await prepared('gridWorker', 'member3', { nodeId: town.groups.a1 });
  server.clock.advance(2 * days + 1000);
  const other = await village.toAccepted();
  const taskId = await village.send(other);
  const body = { actionId: ulid(), promisedAt: at(5 * hours) };
  const claiming = town.as('member2').call('tasks.claim', { params: { taskId }, body });
  const [, claimed] = await Promise.all([server.drain(town.townId), claiming]);
  expect(claimed.status).toBe(200);
  expect((await read(handoverId)).warnings[0]).toContain('手上还有 1 件任务');
  expect((await village.read(orderId)).holder).toBe('陈小燕');
});

test('nobody hands over his own post, takes it himself, or reaches beyond what he may give', async () => {
  expect(
    (await prepare('secretary', 'member3', { tree: 'party', nodeId: town.branches.a, by: 'secretary' })).problem?.code,
  ).toBe('post.own');
  expect((await prepare('deskLead', 'member3', { by: 'secretary' })).problem?.code).toBe('access.forbidden');
  expect((await prepare('deskLead', 'townSecretary', { by: 'townSecretary' })).problem?.code).toBe('post.own');
  expect((await prepare('deskLead', 'member3', { by: 'townSecretary' })).status).toBe(200);
  expect((await prepare('gridWorker', 'member3')).problem?.code).toBe('handover.not-here');
});

test('the list to sign is a PDF', async () => {
  const handoverId = await prepared('deskLead', 'member3');
  const answer = await town.as('admin').raw('GET', `/api/handovers/${handoverId}/paper`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(
    Buffer.from(await answer.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});

test('whoever prepared it and can give the post no more when its time comes changes nothing by it', async () => {
  const handoverId = await prepared('gridWorker', 'member3', { by: 'secretary', nodeId: town.groups.a1 });
  const params = { postId: await postOf('secretary') };
  await town.as('admin').ok('posts.end', { params, body: { actionId: ulid(), reason: '换届' } });
  await comes();
  expect(await rolesOf('gridWorker')).toContain('gridWorker');
  expect(await rolesOf('member3')).not.toContain('gridWorker');
  expect((await read(handoverId)).warnings.join()).toContain('请现任的上级重新准备');
});
