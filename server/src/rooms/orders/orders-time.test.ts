import { ulid } from 'ulid';
import { journeyIn, days, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** Time passes (domain.md §4, §3.4): reminders, stand-ins, escalation, silent closes, days on which nobody works. */
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

const inChina = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const until = async (text: string) => {
  server.clock.set(inChina(text));
  await village.drain();
};
const titles = async (who: PersonName) => (await town.as(who).ok('messages.list', {})).items.map(({ title }) => title);
const count = async (who: PersonName, title: string) => (await titles(who)).filter((each) => each === title).length;
const write = (sql: string, values: (string | number | Date)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));

describe('reminders', () => {
  test('the desk hears at half time, when the study is due, and again when it goes up', async () => {
    const orderId = await village.place();
    await until('2026-09-15 14:00');
    expect(await count('deskLead', '时间过半')).toBe(0);
    await until('2026-09-15 15:00');
    expect(await count('deskLead', '时间过半')).toBe(1);
    await until('2026-09-16 09:05');
    expect(await count('deskLead', '超时了')).toBe(0);
    await until('2026-09-17 08:05');
    expect(await count('deskLead', '超时了')).toBe(1);
    await until('2026-09-17 09:05');
    expect(await village.read(orderId)).toMatchObject({ state: 'placed', desk: { gridId: town.townId }, moves: 1 });
    expect(await titles('townDispatcher')).toContain('上报来的单子');
    expect((await village.read(orderId)).history[0]).toMatchObject({ action: 'escalate', words: '研判超时，系统上报' });
  });

  test('overdue climbs one level a day: who has it in hand, the desk, the desk above', async () => {
    const { taskId } = await village.toClaimed();
    await village.doesTask('member2', 'contact', taskId, { method: 'phone' });
    await village.drain();
    await until('2026-09-18 09:05');
    const three = ['member2', 'deskLead', 'townDispatcher'] as const;
    const late = () =>
      Promise.all(
        three.map(async (who) => {
          const sql = "SELECT COUNT(*) AS count FROM waiting_message WHERE person_id = ? AND digest = 'overdue'";
          const [row] = await server.world.database.reading.query<{ count: number }>(sql, [town.people[who].id]);
          return Number(row?.count);
        }),
      );
    expect(await late()).toEqual([1, 0, 0]);
    await until('2026-09-19 09:05');
    expect(await late()).toEqual([2, 1, 0]);
    // Saturday is free; on Sunday, which is worked (调休), each is told once, however often it has rung.
    await until('2026-09-20 08:05');
    expect(await Promise.all(three.map((who) => count(who, '超时了')))).toEqual([1, 1, 0]);
    await until('2026-09-20 09:05');
    expect(await late()).toEqual([1, 1, 1]);
  });

  test('whose grid it is hears at half time that nobody has claimed yet', async () => {
    await village.toDispatched();
    await until('2026-09-15 15:00');
    expect(await titles('member')).toContain('时间过半');
    expect(await titles('memberOutside')).toEqual([]);
  });

  test('at the top nothing can go up: the town’s desk is called to account, once', async () => {
    const orderId = await village.place({ categoryId: 'businessSupport', words: '要办证' });
    await until('2026-09-17 09:05');
    expect(await village.read(orderId)).toMatchObject({ state: 'placed', supervised: true });
    await until('2026-09-20 09:05');
    expect((await village.read(orderId)).supervision).toHaveLength(1);
    expect(await titles('townDispatcher')).toContain('督办');
  });

  test('an emergency runs through the night', async () => {
    server.clock.set(inChina('2026-09-16 02:00'));
    const orderId = await village.place({ categoryId: 'hazard', words: '墙要塌了', noticeRead: true });
    expect((await village.read(orderId)).dueAt).toBe('2026-09-15T18:15:00.000Z');
    await until('2026-09-16 02:16');
    expect(await titles('deskLead')).toContain('超时了');
    await until('2026-09-16 02:31');
    expect((await village.read(orderId)).desk.gridId).toBe(town.townId);
  });
});

describe('nobody claims', () => {
  const assignee = async (taskId: string) => {
    const { mode, state, assignee: name } = await village.readTask(taskId);
    return [mode, state, name];
  };

  test('the linked member, the hub keeper and the group’s lead are asked in turn, half the limit each; then it goes up', async () => {
    const { orderId, taskId } = await village.toDispatched();
    await until('2026-09-16 09:05');
    expect(await assignee(taskId)).toEqual(['assigned', 'offered', '李晓峰']);
    expect(await titles('member')).toContain('派给您的任务');
    await until('2026-09-16 15:20');
    expect(await assignee(taskId)).toEqual(['assigned', 'offered', '林秀珍']);
    await until('2026-09-17 09:40');
    expect(await assignee(taskId)).toEqual(['assigned', 'offered', '黄伟明']);
    await until('2026-09-17 15:30');
    const order = await village.read(orderId);
    expect(order).toMatchObject({ state: 'placed', desk: { gridId: town.townId }, tasks: [{ state: 'expired' }] });
    expect(order.history[0]).toMatchObject({ action: 'escalate', words: '无人接单，系统上报' });
  });

  test('whoever is away, has five in hand or is complained about is passed over', async () => {
    await write('UPDATE person SET away_until = ? WHERE id = ?', [
      new Date(server.clock.now() + 30 * days),
      town.people.member.id,
    ]);
    const { taskId } = await village.toDispatched({}, { subjectIds: [town.people.hubKeeper.id] });
    await until('2026-09-16 09:05');
    expect(await assignee(taskId)).toEqual(['assigned', 'offered', '黄伟明']);
  });

  test('the stand-in who signs has it in hand; the one who gives it back leaves it to the desk', async () => {
    const { orderId, taskId } = await village.toDispatched();
    await until('2026-09-16 09:05');
    await village.doesTask('member', 'giveBack', taskId, { reason: 'unwell' });
    expect((await village.read(orderId)).state).toBe('accepted');
    const again = await village.send(orderId);
    await until('2026-09-17 09:10');
    expect(await village.claim(again, 'member')).toMatchObject({ state: 'claimed', orderState: 'handling' });
  });

  test('where no stand-in is asked it goes up at once', async () => {
    const { orderId } = await village.toDispatched({}, { categoryId: 'roadDamage', words: '路坏了' });
    await until('2026-09-16 09:05');
    expect(await village.read(orderId)).toMatchObject({ state: 'placed', desk: { gridId: town.townId } });
  });

  test('at the town it comes back to the desk, which is called to account', async () => {
    const orderId = await village.place({ categoryId: 'businessSupport', words: '要办证' });
    await village.does('townDispatcher', 'accept', orderId, {});
    await village.send(orderId, {}, 'townDispatcher');
    await until('2026-09-16 09:05');
    expect(await village.read(orderId)).toMatchObject({
      state: 'accepted',
      supervised: true,
      dueAt: expect.any(String),
    });
  });
});

describe('nobody answers', () => {
  test('asked again on the third day, on the call list on the fifth, closed on the seventh, archived after fifteen more', async () => {
    const { orderId } = await village.toReported();
    await until('2026-09-18 09:05');
    expect(await titles('resident')).toContain('请您说说办得怎么样');
    await until('2026-09-20 09:05');
    expect(await titles('deskLead')).toContain('请打电话回访');
    await until('2026-09-22 09:05');
    expect(await village.read(orderId, 'resident')).toMatchObject({ state: 'unanswered', closedHow: 'silent' });
    await until('2026-10-07 09:10');
    expect((await village.read(orderId)).state).toBe('archived');
  });

  test('who is over seventy, has no phone of her own or has only spoken is called first', async () => {
    const old = await village.toReported();
    const spoken = await village.toReported();
    await write('UPDATE service_order SET words = NULL WHERE id = ?', [spoken.orderId]);
    await write('UPDATE person SET birth_year = 1950 WHERE id = ?', [town.people.resident.id]);
    const proxy = ulid();
    const body = {
      categoryId: 'streetLight',
      words: '灯坏了',
      source: 'hub',
      consent: { how: 'spoken', by: '阿婆' },
    } as const;
    await town.as('hubKeeper').ok('orders.place', { params: { orderId: proxy }, body });
    await village.does('deskLead', 'settle', proxy, { ...village.solved, contacted: true });
    for (const orderId of [old.orderId, spoken.orderId, proxy]) {
      await until('2026-09-22 09:05');
      expect((await village.read(orderId)).state).toBe('reported');
    }
    for (const orderId of [old.orderId, spoken.orderId, proxy])
      await village.does('deskLead', 'noteCall', orderId, { reached: false });
    await until('2026-09-23 09:05');
    for (const orderId of [old.orderId, spoken.orderId, proxy]) {
      expect((await village.read(orderId)).state).toBe('unanswered');
    }
  });

  test('a call about the question before does not count as one about the result', async () => {
    await write('UPDATE person SET birth_year = 1950 WHERE id = ?', [town.people.resident.id]);
    const orderId = await village.place();
    await village.does('deskLead', 'ask', orderId, { words: '哪一盏？' });
    await village.does('deskLead', 'noteCall', orderId, { reached: true });
    await village.does('deskLead', 'answer', orderId, { words: '桥头' });
    await village.does('deskLead', 'settle', orderId, { ...village.solved, contacted: true });
    await until('2026-09-22 09:05');
    expect((await village.read(orderId)).state).toBe('reported');
  });

  test('it does not close in the night', async () => {
    server.clock.set(inChina('2026-09-15 22:00'));
    const { orderId } = await village.toReported();
    await until('2026-09-22 23:00');
    expect((await village.read(orderId)).state).toBe('reported');
    await until('2026-09-23 07:01');
    expect((await village.read(orderId)).state).toBe('unanswered');
  });
});

describe('days on which nobody works', () => {
  test('National Day lies between: Wednesday afternoon plus a working day is Thursday of the next week', async () => {
    server.clock.set(inChina('2026-09-30 16:30'));
    const orderId = await village.place();
    expect((await village.read(orderId)).dueAt).toBe(new Date(inChina('2026-10-08 16:30')).toISOString());
  });

  test('a typhoon day pauses normal matters, those under way and those to come; urgent ones run on', async () => {
    const before = await village.place();
    const from = new Date(inChina('2026-09-15 10:00')).toISOString();
    const typhoon = { name: '台风', from, to: new Date(inChina('2026-09-17 00:00')).toISOString() };
    const params = { gridId: town.townId, periodId: ulid() };
    await town.as('admin').ok('settings.closePeriod', { params, body: typhoon });
    await village.drain();
    const after = await village.place();
    const urgent = await village.place({ categoryId: 'drainage', words: '水沟堵了' });
    // An hour of Tuesday, then Thursday: three and a half hours of the morning, two of the afternoon.
    for (const orderId of [before, after]) {
      expect((await village.read(orderId)).dueAt).toBe(new Date(inChina('2026-09-17 16:30')).toISOString());
    }
    expect((await village.read(urgent)).dueAt).toBe(new Date(inChina('2026-09-15 11:00')).toISOString());
  });

  test('a worker that was away for days says once what it has missed, and not by night', async () => {
    await village.toClaimed();
    await until('2026-09-21 22:00');
    expect(await count('member2', '超时了')).toBe(0);
    await until('2026-09-22 07:00');
    expect(await count('member2', '超时了')).toBe(0);
    // Two clocks are overdue, to make contact and to handle: one order, so one message.
    await until('2026-09-22 08:00');
    expect(await count('member2', '超时了')).toBe(1);
  });
});
