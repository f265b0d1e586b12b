import { ulid } from 'ulid';
import { journeyIn, days, hours, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { photoOf } from '../../../test/upload';
import type { PersonName } from '../../../test/town-cast';

/** 下单 and 接单 (domain.md §3.2 `dispatch`, §3.4): the four modes, who may claim, how a task changes hands. */
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

const write = (sql: string, values: (string | Date)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));
const cannotClaim = (who: PersonName, taskId: string) =>
  village.cannotTask(who, 'claim', taskId, { promisedAt: village.inHours(5) });
const hall = async (who: PersonName) =>
  (await town.as(who).ok('tasks.list', { query: { scope: 'claimable' } })).items.map(({ id }) => id);

describe('下单', () => {
  test('not outside the desk’s own grid, and not with assisting tasks alone', async () => {
    const orderId = await village.toAccepted();
    const task = { id: ulid(), mode: 'open' } as const;
    const beyond = { tasks: [{ ...task, scopeGridId: town.villageB }] };
    expect(await village.cannot('deskLead', 'dispatch', orderId, beyond)).toBe('order.scope-outside');
    const assisting = { tasks: [{ ...task, required: false }] };
    expect(await village.cannot('deskLead', 'dispatch', orderId, assisting)).toBe('request.bad-input');
    expect((await village.read(orderId)).dueAt).not.toBeNull();
  });

  test('a task id that is taken makes no second task', async () => {
    const { taskId } = await village.toDispatched();
    const orderId = await village.toAccepted();
    const { status } = await village.tries('deskLead', 'dispatch', orderId, { tasks: [{ id: taskId, mode: 'open' }] });
    expect(status).toBe(409);
  });

  test('several required tasks: the desk looks at the whole before the resident is asked', async () => {
    const { orderId, taskId } = await village.toClaimed();
    const second = await village.send(orderId);
    await village.report(taskId);
    expect((await village.read(orderId)).state).toBe('handling');
    await village.claim(second, 'member3');
    expect(await village.report(second, 'member3', { outcome: 'partlySolved' })).toMatchObject({
      orderState: 'checking',
    });
    expect(await village.read(orderId)).toMatchObject({ outcome: 'partlySolved' });
  });

  test('what came back stays open until the desk replaces or waives it', async () => {
    const { orderId, taskId } = await village.toClaimed();
    const second = await village.send(orderId, { mode: 'assigned', assigneeId: town.people.member3.id });
    await village.doesTask('member3', 'giveBack', second, { reason: 'tooFar' });
    await village.report(taskId);
    expect((await village.read(orderId)).state).toBe('handling');
    expect(await village.doesTask('deskLead', 'waive', second, { words: '一个人够了' })).toMatchObject({
      orderState: 'reported',
    });
  });
});

describe('接单', () => {
  test('who serves the village may; who lives or serves elsewhere does not even see it', async () => {
    const { taskId } = await village.toDispatched();
    expect(await hall('member')).toEqual([taskId]);
    expect(await hall('memberOutside')).toEqual([]);
    expect(await cannotClaim('memberOutside', taskId)).toBe('task.not-found');
    expect(await cannotClaim('resident', taskId)).toBe('access.forbidden');
  });

  test('the page behind a row of the hall says what the row says, and no more of the resident', async () => {
    const orderId = await village.place({ gcj02: town.centres.a2 });
    await village.does('deskLead', 'accept', orderId, { publicSummary: '有一盏灯不亮', title: '巷口路灯不亮' });
    const taskId = await village.send(orderId, {});
    const [row] = (await town.as('member3').ok('tasks.list', { query: { scope: 'claimable' } })).items;
    const { order } = await town.as('member3').ok('tasks.read', { params: { taskId } });
    expect([order.title, order.metres]).toEqual([row?.title, row?.metres]);
    expect(order).toMatchObject({ view: 'public', requester: null, contact: null });
  });

  test('a task of one group is for those whose grid lies on one line with it', async () => {
    const { taskId } = await village.toDispatched({ scopeGridId: town.groups.a2 });
    expect(await hall('member')).toEqual([]);
    expect(await cannotClaim('member', taskId)).toBe('task.not-found');
    await village.claim(taskId, 'member2');
  });

  test('only with the skill where one is asked for, only party members where they are wanted', async () => {
    const skilled = await village.toDispatched({ skill: 'electric' });
    expect(await cannotClaim('member', skilled.taskId)).toBe('task.skill-needed');
    await village.claim(skilled.taskId, 'electrician');
    const party = await village.toDispatched({ partyMembersOnly: true });
    expect(await cannotClaim('electrician', party.taskId)).toBe('access.forbidden');
    await village.claim(party.taskId, 'member');
  });

  test('not one’s own household’s affair, not what complains about oneself, not while away', async () => {
    const orderId = ulid();
    const body = { categoryId: 'streetLight', words: '门口灯坏了' };
    await town.as('member').ok('orders.place', { params: { orderId }, body });
    await village.does('deskLead', 'accept', orderId, {});
    expect(await cannotClaim('member', await village.send(orderId))).toBe('order.own-household');
    const about = await village.toDispatched({}, { subjectIds: [town.people.member.id] });
    expect(await cannotClaim('member', about.taskId)).toBe('task.not-found');
    const { taskId } = await village.toDispatched();
    await write('UPDATE person SET away_until = ? WHERE id = ?', [
      new Date(server.clock.now() + days),
      town.people.member2.id,
    ]);
    expect(await cannotClaim('member2', taskId)).toBe('task.away');
  });

  test('a promise lies ahead', async () => {
    const { taskId } = await village.toDispatched();
    const yesterday = { promisedAt: village.inHours(-1) };
    expect(await village.cannotTask('member', 'claim', taskId, yesterday)).toBe('task.promise-past');
  });

  test('five in hand are enough, but for an emergency and what one was chosen for', async () => {
    const orderId = await village.toAccepted();
    const tasks = Array.from({ length: 6 }, () => ({ id: ulid(), mode: 'open' as const }));
    await village.does('deskLead', 'dispatch', orderId, { tasks });
    const [last = '', ...five] = tasks.map(({ id }) => id);
    for (const id of five) await village.claim(id);
    expect(await cannotClaim('member2', last)).toBe('task.too-many-claimed');
    const emergency = await village.toDispatched({}, { emergency: true });
    await village.claim(emergency.taskId);
    const chosen = await village.toDispatched({ mode: 'assigned', assigneeId: town.people.member2.id });
    await village.claim(chosen.taskId);
  });

  test('assigned to one, it is nobody else’s', async () => {
    const { taskId } = await village.toDispatched({ mode: 'assigned', assigneeId: town.people.member.id });
    expect(await hall('member2')).toEqual([]);
    expect(await cannotClaim('member2', taskId)).toBe('task.not-found');
    await village.claim(taskId, 'member');
  });

  test('assigned only to who takes tasks here and is not concerned', async () => {
    const orderId = await village.toAccepted({ subjectIds: [town.people.member3.id] });
    const to = (who: PersonName) => ({
      tasks: [{ id: ulid(), mode: 'assigned' as const, assigneeId: town.people[who].id }],
    });
    for (const who of ['memberOutside', 'otherResident', 'member3', 'spouse'] as const) {
      expect(await village.cannot('deskLead', 'dispatch', orderId, to(who))).toBe('task.not-assignable');
    }
  });
});

describe('退单', () => {
  test('an open task goes back to the hall, not to the same person; the resident hears 换人', async () => {
    const { orderId, taskId } = await village.toClaimed();
    expect(await village.doesTask('member2', 'giveBack', taskId, { reason: 'timeConflict' })).toMatchObject({
      state: 'offered',
      orderState: 'dispatched',
    });
    expect(await cannotClaim('member2', taskId)).toBe('task.gave-back');
    expect(await hall('member2')).toEqual([]);
    await village.drain();
    const { items } = await town.as('resident').ok('messages.list', {});
    expect(items.map(({ title }) => title)).toContain('要换个人');
    await village.claim(taskId, 'member3');
    expect((await village.read(orderId)).state).toBe('handling');
  });

  test('an assigned one goes to the desk', async () => {
    const { orderId, taskId } = await village.toDispatched({ mode: 'assigned', assigneeId: town.people.member.id });
    expect(await village.doesTask('member', 'giveBack', taskId, { reason: 'unwell' })).toMatchObject({
      state: 'returned',
      orderState: 'accepted',
    });
    const desk = await town.as('deskLead').ok('tasks.list', { query: { scope: 'desk' } });
    expect(desk.items.map(({ id }) => id)).toContain(taskId);
    expect((await village.read(orderId)).dueAt).not.toBeNull();
  });

  test('联系不上: after three tries on two days', async () => {
    const { taskId } = await village.toClaimed();
    const back = { reason: 'cannotReach' } as const;
    const tryCall = () => village.doesTask('member2', 'contact', taskId, { method: 'notReached' });
    for (const _ of [1, 2, 3]) await tryCall();
    expect(await village.cannotTask('member2', 'giveBack', taskId, back)).toBe('task.three-tries');
    server.clock.advance(days);
    await tryCall();
    await village.doesTask('member2', 'giveBack', taskId, back);
  });
});

describe('转办 and 改派', () => {
  test('nothing changes until the receiver agrees; then the clock goes on', async () => {
    const { orderId, taskId } = await village.toClaimed();
    const { handleDueAt } = await village.readTask(taskId);
    const to = (who: PersonName) => ({ toPersonId: town.people[who].id });
    expect(await village.cannotTask('member2', 'handOver', taskId, to('memberOutside'))).toBe('task.not-assignable');
    await village.doesTask('member2', 'handOver', taskId, to('member3'));
    expect((await village.readTask(taskId)).seats).toMatchObject([{ name: '张建平', state: 'taken' }]);
    expect(await village.cannotTask('member', 'agreeHandOver', taskId, {})).toBe('access.forbidden');
    await village.doesTask('member3', 'refuseHandOver', taskId, {});
    await village.doesTask('member2', 'handOver', taskId, to('member3'));
    server.clock.advance(hours);
    await village.doesTask('member3', 'agreeHandOver', taskId, {});
    expect(await village.readTask(taskId)).toMatchObject({ state: 'claimed', handleDueAt });
    expect(await village.cannotTask('member2', 'report', taskId, village.solved)).toBe('access.forbidden');
    await village.report(taskId, 'member3');
    expect((await village.read(orderId)).state).toBe('reported');
  });

  test('the desk gives it to somebody else: the old task ends, a new one is offered, both are told', async () => {
    const { orderId, taskId } = await village.toClaimed();
    const change = { toPersonId: town.people.member3.id, newTaskId: ulid(), words: '他出差了' };
    expect(await village.doesTask('deskLead', 'reassign', taskId, change)).toMatchObject({ state: 'cancelled' });
    const { tasks, state } = await village.read(orderId);
    expect(tasks.map((task) => task.state)).toEqual(['cancelled', 'offered']);
    expect(state).toBe('dispatched');
    await village.claim(change.newTaskId, 'member3');
  });
});

describe('报办结', () => {
  test('photos by duty or a reason for none; planned and passed on need a plan or a number', async () => {
    const { taskId } = await village.toClaimed();
    const bare = { outcome: 'solved', words: '好了' } as const;
    expect(await village.cannotTask('member2', 'report', taskId, bare)).toBe('task.photos-needed');
    const passedOn = { outcome: 'beyondPower', words: '归供电所管' } as const;
    expect(await village.cannotTask('member2', 'report', taskId, passedOn)).toBe('task.link-needed');
    await village.doesTask('member2', 'report', taskId, { ...passedOn, link: '供电所 2026-118' });
  });

  test('the photos of its latest report stand with the task, for those who may see the order', async () => {
    const { orderId, taskId } = await village.toClaimed();
    const [first, second] = [await photoOf(town, 'member2'), await photoOf(town, 'member2')];
    const photosOf = async (who: PersonName) => {
      const inOrder = (await village.read(orderId, who)).tasks.map(({ photos }) => photos.map(({ id }) => id));
      return { inOrder, alone: (await village.readTask(taskId, who)).photos.map(({ id }) => id) };
    };
    await village.report(taskId, 'member2', { photoIds: [first] });
    expect(await photosOf('deskLead')).toEqual({ inOrder: [[first]], alone: [first] });
    await village.does('deskLead', 'sendBack', orderId, { words: '照片看不清' });
    await village.report(taskId, 'member2', { photoIds: [second] });
    expect(await photosOf('member2')).toEqual({ inOrder: [[second]], alone: [second] });
    const [photo] = (await village.readTask(taskId)).photos;
    expect((await fetch(new URL(photo?.thumb ?? '', server.url))).status).toBe(200);
    expect((await village.read(orderId, 'otherResident')).tasks).toEqual([]);
  });

  test('so do the photos of what was settled on the spot, round by round', async () => {
    const orderId = await village.place();
    const photos = [];
    for (const solved of [false, true]) {
      const photoId = await photoOf(town, 'deskLead');
      photos.push(photoId);
      await village.does('deskLead', 'settle', orderId, { ...village.solved, contacted: true, photoIds: [photoId] });
      if (!solved) await village.does('resident', 'reopen', orderId, { words: '还是不亮' });
      server.clock.advance(hours);
    }
    const { tasks } = await village.read(orderId, 'resident');
    expect(tasks.map((task) => task.photos.map(({ id }) => id))).toEqual(photos.map((id) => [id]));
  });

  test('only who has it in hand reports it', async () => {
    const { taskId } = await village.toClaimed();
    expect(await village.cannotTask('member3', 'report', taskId, village.solved)).toBe('access.forbidden');
    expect(await village.cannotTask('deskLead', 'report', taskId, village.solved)).toBe('access.forbidden');
  });

  test('the first contact stops its clock; a task done while others assist is not held up by them', async () => {
    const { orderId, taskId } = await village.toClaimed();
    expect((await village.readTask(taskId)).contactDueAt).not.toBeNull();
    await village.doesTask('member2', 'contact', taskId, { method: 'visit' });
    expect((await village.readTask(taskId)).contactDueAt).toBeNull();
    const assisting = await village.send(orderId, { required: false });
    await village.claim(assisting, 'member3');
    await village.report(taskId);
    await village.does('resident', 'confirm', orderId, village.content);
    // Nobody keeps a task of an order that is over.
    expect(await village.readTask(assisting)).toMatchObject({ state: 'cancelled', seats: [{ state: 'released' }] });
  });
});

describe('转外单位', () => {
  test('a keeper of the desk owns it and writes the unit’s answer in', async () => {
    const unit = { mode: 'external', unit: '镇供电所', letterNumber: '函18', dueOn: '2026-09-30' } as const;
    const { taskId } = await village.toDispatched(unit, { categoryId: 'powerCut' });
    await village.claim(taskId, 'deskLead');
    expect(await village.cannotTask('deskLead', 'report', taskId, village.solved)).toBe('task.answer-needed');
    await village.report(taskId, 'deskLead', { answer: '已更换变压器熔丝' });
    expect((await village.readTask(taskId)).external).toMatchObject({ unit: '镇供电所', answer: '已更换变压器熔丝' });
  });
});
