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
  const ofBranch = await deeds
    .draft({ roundId, kind: 'organization', organizationId: town.branches.a } as never, 'secretary')
    .catch(() => null);
  const own = await deeds.draft({ roundId });
  await prepared('secretary', 'deskLead2', { tree: 'party', nodeId: town.branches.a });
  await comes();
  const [mine] = await rows(`SELECT responsible_id AS id FROM commitment WHERE id = '${own}'`);
  expect(mine?.['id']).toBe(town.people.member.id);
  if (ofBranch) {
    const [theirs] = await rows(`SELECT responsible_id AS id FROM commitment WHERE id = '${ofBranch}'`);
    expect(theirs?.['id']).toBe(town.people.deskLead2.id);
  }
  expect(await rolesOf('deskLead2')).toContain('partySecretary');
});

test('it is taken back within a day exactly as it was, and not after that', async () => {
  const snapshot = () =>
    rows(
      `SELECT id, person_id, role, node_id, ends_at, end_reason FROM role_grant WHERE person_id IN ('${town.people.deskLead.id}', '${town.people.member.id}') AND id IN
       (SELECT id FROM role_grant WHERE granted_by_id IS NULL) ORDER BY id`,
    );
  const links = () =>
    rows(`SELECT id, member_id FROM household_link WHERE household_id = '${town.households.resident}'`);
  const [posts, linked] = [await snapshot(), await links()];
  const params = { postId: await postOf('deskLead') };
  expect(params.postId).not.toBe('');
  const handoverId = await prepared('deskLead', 'member3', { moveLinks: true });
  await comes();
  expect(await snapshot()).not.toEqual(posts);
  expect((await undo(handoverId)).data).toMatchObject({ state: 'undone', warnings: [] });
  expect([await snapshot(), await links()]).toEqual([posts, linked]);
  expect(await rolesOf('deskLead')).toEqual(['deskLead']);
  expect(await rolesOf('member3')).toEqual(['helper']);
  const second = await prepared('deskLead', 'member3');
  await comes();
  server.clock.advance(25 * hours);
  expect((await undo(second)).problem?.code).toBe('handover.too-late');
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
