import { ulid } from 'ulid';
import { days, hours, journeyIn, type Journey } from '../../../test/journey';
import { rostersIn } from '../../../test/roster-files';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { WechatAccount } from '../people/person.entity';
import { EndsOfTerms1765770000000 } from '../../foundation/database/migrations/1765770000000-ends-of-terms';

/** 换届: what becomes of the tasks in hand when a post ends. */
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
const rows = (sql: string) => server.world.database.reading.query<Record<string, unknown>>(sql);
const rolesOf = async (who: PersonName) => (await town.as(who).ok('people.me')).roles.map(({ role }) => role);
const read = (handoverId: string) => town.as('admin').ok('handovers.read', { params: { handoverId } });
const undo = (handoverId: string) =>
  town.as('admin').call('handovers.undo', { params: { handoverId }, body: { actionId: ulid() } });
const comes = async (milliseconds: number) => {
  server.clock.advance(milliseconds);
  await server.drain(town.townId);
};
const postsOf = async (who: PersonName) =>
  (await town.as('admin').ok('posts.person', { params: { personId: town.people[who].id } })).posts;
/** His offices go to 罗秋月, a second one to 曾电生; what he helps with stays his. */
async function prepared(who: PersonName, nodeId: string, after: number): Promise<string> {
  const handoverId = ulid();
  const offices = (await postsOf(who)).filter(({ role }) => role !== 'helper');
  const body = {
    ...({ tree: 'grid', kind: 'election', nodeId, effectiveAt: at(after), until: at(1000 * days) } as const),
    posts: offices.map(({ id, role }) => ({
      postId: id,
      successorId: role === 'mediator' ? town.people.electrician.id : town.people.member3.id,
    })),
  };
  await town.as('admin').ok('handovers.prepare', { params: { handoverId }, body });
  return handoverId;
}
const titles = async (who: PersonName) => (await town.as(who).ok('messages.list', {})).items.map(({ title }) => title);
const taskLine = async (handoverId: string) =>
  (await read(handoverId)).lines.find(({ what }) => what.endsWith('手上的任务'));
const act = (who: PersonName, key: 'tasks.keep' | 'tasks.giveBack', taskId: string) =>
  town.as(who).call(key, { params: { taskId }, body: { actionId: ulid(), ...reasonOf(key) } } as never);
const reasonOf = (key: string) => (key === 'tasks.giveBack' ? { reason: 'handover' } : {});
const waiting = async (who: PersonName) => (await town.as(who).ok('boards.waiting')).heldTasks;
/** He stays a helper, so that he may go on with what he has. */
const staysHelper = (who: PersonName) => give(who, { role: 'helper', kind: 'partyMember' });
const give = (
  who: PersonName,
  post: { role: 'helper' | 'mediator'; kind: 'partyMember' | null },
  more: object = {},
) => {
  const body = { personId: town.people[who].id, tree: 'grid' as const, nodeId: town.villageA, ...post, ...more };
  return town.as('admin').ok('posts.give', { params: { postId: ulid() }, body: { openReason: '长期', ...body } });
};
const end = async (postId: string) =>
  town.as('admin').ok('posts.end', { params: { postId }, body: { actionId: ulid(), reason: '调离' } });
const leaves = async (who: PersonName, nodeId = town.villageA) => {
  const handoverId = await prepared(who, nodeId, 30 * 60_000);
  await comes(31 * 60_000);
  return handoverId;
};

test('he says of each whether he goes on with it or hands it over, without a blot; his successor hears of it', async () => {
  await staysHelper('deskLead');
  const [kept, passed] = [await village.toClaimed('deskLead'), await village.toClaimed('deskLead')];
  expect((await act('deskLead', 'tasks.giveBack', kept.taskId)).problem?.code).toBe('task.not-asked');
  const handoverId = await leaves('deskLead');
  expect(await titles('deskLead')).toContain('手上的任务请您定');
  expect(await titles('member3')).toContain('前任手上的任务');
  expect(await waiting('deskLead')).toBe(2);
  expect(await taskLine(handoverId)).toMatchObject({ count: 2, words: '还没答复 2 件' });
  const { task } = await town.as('deskLead').ok('tasks.read', { params: { taskId: kept.taskId } });
  expect([task.allows, task.seats[0]?.askedUntil]).toEqual([
    expect.arrayContaining(['keep', 'giveBack']),
    // Tuesday morning and three working days.
    '2026-09-18T01:31:00.000Z',
  ]);
  expect((await act('member2', 'tasks.keep', kept.taskId)).status).toBe(403);

  server.clock.advance(60_000);
  expect((await act('deskLead', 'tasks.keep', kept.taskId)).data?.allows).not.toContain('keep');
  expect((await act('deskLead', 'tasks.giveBack', passed.taskId)).data).toMatchObject({ state: 'offered' });
  await server.drain(town.townId);
  expect(await titles('member3')).toContain('换届交出的任务');
  expect(await rows(`SELECT give_backs FROM task WHERE id = '${passed.taskId}'`)).toEqual([{ give_backs: 0 }]);
  expect((await village.read(kept.orderId)).holder).toBe('刘建华');
  expect(await waiting('deskLead')).toBe(0);
  expect((await taskLine(handoverId))?.words).toBe('接着办 1 件，交出 1 件');
  const { data } = await undo(handoverId);
  expect(data?.warnings.join()).toContain('已经交出 1 件任务');
  expect(await rolesOf('deskLead')).toEqual(expect.arrayContaining(['deskLead', 'helper']));
});

test('silent for three working days, the desk hears of it; taken back in time, nothing is asked any more', async () => {
  await staysHelper('deskLead');
  const { taskId } = await village.toClaimed('deskLead');
  const first = await leaves('deskLead');
  server.clock.advance(60_000);
  await undo(first);
  await server.drain(town.townId);
  expect([await waiting('deskLead'), await taskLine(first)]).toEqual([0, undefined]);
  await leaves('deskLead');
  expect(await waiting('deskLead')).toBe(1);
  server.clock.advance(2 * days);
  await server.drain(town.townId);
  expect(await titles('member3')).not.toContain('换届后没有答复');
  server.clock.advance(1 * days + hours);
  await server.drain(town.townId);
  expect(await titles('member3')).toContain('换届后没有答复');
  const { task } = await town.as('deskLead').ok('tasks.read', { params: { taskId } });
  expect(task.allows).toContain('keep');
});

test('two posts that end together ask once, and an answer holds; who follows hears of what he may read', async () => {
  await staysHelper('deskLead');
  await give('deskLead', { role: 'mediator', kind: null });
  const [kept, passed] = [await village.toClaimed('deskLead'), await village.toClaimed('deskLead')];
  const handoverId = await leaves('deskLead');
  const asked = async () => (await titles('deskLead')).filter((title) => title === '手上的任务请您定').length;
  expect(await asked()).toBe(1);
  expect([await titles('member3'), await titles('electrician')]).toEqual([
    expect.arrayContaining(['前任手上的任务']),
    expect.arrayContaining(['前任手上的任务']),
  ]);
  expect((await titles('member2')).join()).not.toContain('前任');
  await act('deskLead', 'tasks.keep', kept.taskId);
  await act('deskLead', 'tasks.giveBack', passed.taskId);
  await server.drain(town.townId);
  expect([await titles('member3'), await titles('electrician')]).toEqual([
    expect.arrayContaining(['换届交出的任务']),
    expect.not.arrayContaining(['换届交出的任务']),
  ]);
  for (const wait of [25 * hours, 4 * days, 2 * days]) await comes(wait);
  expect([await asked(), await waiting('deskLead')]).toEqual([1, 0]);
  expect(await titles('member3')).not.toContain('换届后没有答复');
  expect((await taskLine(handoverId))?.words).toBe('接着办 1 件，交出 1 件');
});

test('asked late, he has his three working days; nobody follows a helper', async () => {
  await staysHelper('deskLead');
  const { taskId } = await village.toClaimed('deskLead');
  await village.toClaimed('member2');
  const helps = (await postsOf('member2'))[0]?.id ?? '';
  for (const postId of [(await postsOf('deskLead')).find(({ role }) => role === 'deskLead')?.id ?? '', helps])
    await end(postId);
  // The worker stood still for two days.
  await comes(2 * days);
  const { task } = await town.as('deskLead').ok('tasks.read', { params: { taskId } });
  expect(task.seats[0]?.askedUntil).toBe('2026-09-21T01:00:00.000Z');
  expect(await titles('member2')).toContain('手上的任务明天收回');
  expect(await titles('member3')).not.toContain('前任手上的任务');
  await comes(27 * hours);
  expect(await titles('deskLead2')).not.toContain('换届后没有答复');
  await comes(3 * days);
  expect(await titles('deskLead2')).toContain('换届后没有答复');
});

test('a post of a roster ends by itself as any other, and so does one from before there was the question', async () => {
  const { id, name, phone } = town.people.member2;
  const { database } = server.world;
  const ofMember = `thing_id IN (SELECT id FROM role_grant WHERE person_id = '${id}')`;
  const account = { openid: ulid(), personId: id, createdAt: new Date(server.clock.now()) };
  await database.transaction((db) => db.insert(WechatAccount, [account]));
  const [group] = await rows(`SELECT code FROM grid WHERE id = '${town.groups.a1}'`);
  const roster = rostersIn(server, town, 'people');
  const row = { 姓名: name, 手机号: phone, 岗位: '网格员', 任职到: '2026-09-15' };
  await roster.applied((await roster.checked([{ ...row, 服务网格编码: String(group?.['code']) }])).id);
  expect(await rows(`SELECT bound_at IS NOT NULL AS bound FROM person WHERE id = '${id}'`)).toEqual([{ bound: 1 }]);
  expect(await rows(`SELECT next_at FROM due_work WHERE ${ofMember}`)).toEqual([
    { next_at: new Date('2026-09-15T16:00:00Z') },
  ]);
  await village.toClaimed('member2');
  await database.transaction((db) => db.write(`DELETE FROM due_work WHERE ${ofMember}`));
  const runner = database.source.createQueryRunner();
  await new EndsOfTerms1765770000000().up(runner);
  await runner.release();
  await comes(8 * hours);
  expect(await titles('member2')).not.toContain('手上的任务请您定');
  await comes(8 * hours);
  expect(await titles('member2')).toContain('手上的任务请您定');
  expect(await waiting('member2')).toBe(1);
});

test('without any post left nobody handles anything: after the day for taking back it returns by itself', async () => {
  const { orderId, taskId } = await village.toClaimed('gridWorker');
  const handoverId = await leaves('gridWorker', town.groups.a1);
  expect((await town.as('gridWorker').ok('messages.list', {})).items[0]).toMatchObject({ about: null });
  expect((await act('gridWorker', 'tasks.keep', taskId)).status).toBe(403);
  expect((await village.read(orderId)).holder).toBe('陈小燕');
  server.clock.advance(25 * hours);
  await server.drain(town.townId);
  expect(await village.readTask(taskId)).toMatchObject({ state: 'offered', seats: [{ state: 'released' }] });
  expect(await titles('deskLead')).toContain('任务收回来了，请另安排人');
  expect((await taskLine(handoverId))?.words).toBe('交出 1 件');
});

test('two answers at once, one counts; a claim made at that moment stands; a closed account keeps no task', async () => {
  await staysHelper('deskLead');
  const { taskId } = await village.toClaimed('deskLead');
  const other = await village.send(await village.toAccepted());
  await prepared('deskLead', town.villageA, 30 * 60_000);
  server.clock.advance(31 * 60_000);
  const claiming = town.as('member2').call('tasks.claim', {
    params: { taskId: other },
    body: { actionId: ulid(), promisedAt: at(5 * hours) },
  });
  const [, claimed] = await Promise.all([server.drain(town.townId), claiming]);
  expect(claimed.status).toBe(200);
  await server.drain(town.townId);
  const answers = await Promise.all([act('deskLead', 'tasks.keep', taskId), act('deskLead', 'tasks.giveBack', taskId)]);
  // Kept first, there is nothing left to hand over; handed over first, nothing to keep.
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => [403, 409].includes(status))).toHaveLength(1);
  const placed = await village.place();
  await village.does('deskLead2', 'accept', placed, {});
  const toSign = { mode: 'assigned', assigneeId: town.people.member2.id } as const;
  const unsigned = await village.send(placed, toSign, 'deskLead2');
  await town.as('admin').ok('posts.disable', {
    params: { personId: town.people.member2.id },
    body: { actionId: ulid(), reason: '停职' },
  });
  await server.drain(town.townId);
  expect(await village.readTask(other)).toMatchObject({ state: 'offered', seats: [{ state: 'released' }] });
  expect(await village.readTask(unsigned)).toMatchObject({ state: 'returned' });
});
