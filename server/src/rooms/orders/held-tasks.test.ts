import { ulid } from 'ulid';
import { days, hours, journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

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
/** His office goes to 罗秋月; what he helps with stays his. */
async function prepared(who: PersonName, nodeId: string, after: number): Promise<string> {
  const handoverId = ulid();
  const { posts } = await town.as('admin').ok('posts.person', { params: { personId: town.people[who].id } });
  const postId = posts.find(({ role }) => role !== 'helper')?.id ?? '';
  const body = {
    ...({ tree: 'grid', kind: 'election', nodeId, effectiveAt: at(after), until: at(1000 * days) } as const),
    posts: [{ postId, successorId: town.people.member3.id }],
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
const staysHelper = (who: PersonName) =>
  town.as('admin').ok('posts.give', {
    params: { postId: ulid() },
    body: {
      ...{ personId: town.people[who].id, role: 'helper', kind: 'partyMember', tree: 'grid', nodeId: town.villageA },
      openReason: '长期',
    },
  });
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
  await prepared('deskLead', town.villageA, 2 * days);
  server.clock.advance(2 * days + 1000);
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
  await town.as('admin').ok('posts.disable', {
    params: { personId: town.people.member2.id },
    body: { actionId: ulid(), reason: '停职' },
  });
  await server.drain(town.townId);
  expect(await village.readTask(other)).toMatchObject({ state: 'offered', seats: [{ state: 'released' }] });
});
