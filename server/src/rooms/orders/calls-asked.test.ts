import { ulid } from 'ulid';
import { fakeSending, failure, subscribingIn } from '../../../test/subscribing';
import { templatesInUse } from '../../../test/message-templates';
import { days, hours, journeyIn, minutes, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { keepHouse } from '../../housekeeping';

/** 电话通知单 and 今日待办: who has to be rung although he looks into the app, and what is written down of a printed list. */
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

const calls = async () => (await town.as('deskLead').ok('calls.list', {})).items;
const read = <Row>(sql: string, ...values: string[]) => server.world.database.reading.query<Row>(sql, values);
/** He opens the app now. */
const looks = (who: PersonName) =>
  server.world.database.transaction((db) =>
    db.write('UPDATE session SET last_seen_at = ? WHERE person_id = ?', [
      ...[new Date(server.clock.now()), town.people[who].id],
    ]),
  );
const ask = async (): Promise<string> => {
  const orderId = await village.place();
  await looks('resident');
  await village.does('deskLead', 'ask', orderId, { words: '是哪一盏？' });
  await village.drain();
  return orderId;
};

test('whoever has not looked for a day after a question is rung, whoever has is not', async () => {
  const orderId = await ask();
  await village.wait(2 * hours);
  expect(await calls()).toEqual([]);
  await village.wait(22 * hours + minutes);
  expect(await calls()).toMatchObject([{ orderId, reason: 'asking' }]);
  await looks('resident');
  expect(await calls()).toEqual([]);
});

test('a question that is read and not answered is not closed before somebody has rung: so it comes onto the list', async () => {
  const orderId = await ask();
  await village.wait(days);
  await looks('resident');
  for (let day = 0; day < 5; day += 1) await village.wait(days);
  expect((await village.read(orderId)).state).toBe('asking');
  const [call] = await calls();
  expect(call).toMatchObject({ orderId, reason: 'asking', tries: 0 });
  const record = { params: { callId: call?.id ?? '' }, body: { actionId: ulid(), result: 'noAnswer' as const } };
  await town.as('deskLead').ok('calls.record', record);
  await village.wait(days);
  expect((await village.read(orderId)).state).toBe('declined');
});

test('a second question begins anew, however the call about the first one stood', async () => {
  const orderId = await ask();
  await village.wait(days);
  await village.does('resident', 'answer', orderId, { words: '桥头' });
  await village.does('deskLead', 'ask', orderId, { words: '桥的哪一边？' });
  await village.drain();
  expect(await calls()).toEqual([]);
  await village.wait(days + minutes);
  expect(await calls()).toMatchObject([{ orderId, say: expect.stringContaining('桥的哪一边？') }]);
});

test('calls whose order has moved on are settled, so that no list has to look at them for ever', async () => {
  const orderId = await ask();
  await village.does('resident', 'answer', orderId, { words: '桥头' });
  const still = await ask();
  await village.wait(days + hours);
  await keepHouse(server.world);
  const rows = await read<{ id: string; state: string }>(
    'SELECT order_id AS id, state FROM call_note WHERE order_id IN (?, ?)',
    ...[orderId, still],
  );
  expect(new Map(rows.map(({ id, state }) => [id, state]))).toEqual(
    new Map([
      [orderId, 'unneeded'],
      [still, 'waiting'],
    ]),
  );
});

test('并单: on the fifth day those whose own was merged into it are rung too, unless they have looked', async () => {
  const others = await Promise.all(
    ['otherResident', 'member'].map((who) => village.place({ gridId: town.groups.a1 }, who as PersonName)),
  );
  const { orderId, taskId } = await village.toClaimed();
  for (const other of others) await village.does('deskLead', 'merge', other, { primaryId: orderId });
  await village.report(taskId);
  await server.world.background.settled();
  for (const who of ['resident', 'otherResident', 'member'] as const) await looks(who);
  for (let day = 0; day < 5; day += 1) await village.wait(days);
  server.clock.advance(minutes);
  await looks('member');
  const rung = (await calls()).map((call) => [call.orderId, call.reason]).sort();
  expect(rung).toEqual([...[orderId, others[0]].map((id) => [id, 'reported'])].sort());
  // Whoever it was done for has said so: nobody else is rung any more.
  await village.does('resident', 'confirm', orderId, village.content);
  expect(await calls()).toEqual([]);
});

describe('a message that WeChat was asked to bring', () => {
  /** How WeChat answers; how the message ended, and why somebody is rung a day later. */
  const rung = async (refuses: boolean, deed: 'ask' | 'decline') => {
    const wechat = fakeSending();
    server.world.wechat.sendMessage = wechat.sendMessage;
    await templatesInUse(server, town);
    const people = subscribingIn(server, town);
    await people.agrees('resident');
    const orderId = await village.place();
    await looks('resident');
    if (refuses) wechat.answers.push(failure('network', { mayBeDone: true }));
    if (deed === 'ask') await village.does('deskLead', 'ask', orderId, { words: '是哪一盏？' });
    else await village.does('deskLead', 'decline', orderId, { reason: 'outsideScope', words: '请到镇上办' });
    await village.drain();
    const states = await people.states();
    await village.wait(days + minutes);
    return [...states, ...(await calls()).map(({ reason }) => `call ${reason}`)];
  };

  test.each([
    ['ask', 'asking'],
    ['decline', 'declined'],
  ] as const)(
    '%s: of one that got no answer nobody knows whether it arrived, so somebody rings',
    async (deed, kind) => {
      expect(await rung(true, deed)).toEqual([`${kind} unknown`, `call ${kind}`]);
    },
  );

  test.each([
    ['ask', 'asking'],
    ['decline', 'declined'],
  ] as const)('%s: of one that WeChat has taken nobody does', async (deed, kind) => {
    expect(await rung(false, deed)).toEqual([`${kind} sent`]);
  });
});

describe('今日待办', () => {
  const exports_ = () =>
    read<{ id: string }>("SELECT id FROM audit_entry WHERE act = 'exportToday' AND thing_id = ?", town.villageA);

  test('a repeat of the press is one list; who is to be rung finds it among those who looked', async () => {
    await ask();
    await village.wait(days + minutes);
    expect(await calls()).toHaveLength(1);
    const body = { actionId: ulid(), gridId: town.villageA };
    const [once, again] = [
      await town.as('deskLead').ok('calls.today', { body }),
      await town.as('deskLead').ok('calls.today', { body }),
    ];
    expect(again.fileName).toBe(once.fileName);
    expect(await exports_()).toEqual([{ id: body.actionId }]);
    const other = { body: { ...body, gridId: town.groups.a1 } };
    expect(await town.as('deskLead').refused('calls.today', other)).toBe('action.repeated-differently');
    const subjects = await read<{ id: string }>(
      'SELECT person_id AS id FROM export_subject WHERE audit_id = ?',
      body.actionId,
    );
    expect(subjects).toEqual([{ id: town.people.resident.id }]);
    const { items } = await town.as('resident').ok('privacy.looks', { query: {} });
    expect(JSON.stringify(items)).toContain('今日待办');
  });

  test('is no paper of the discipline desk: what lies there lies nowhere on paper', async () => {
    const body = { actionId: ulid(), gridId: town.villageA };
    expect(await town.as('disciplineDesk').refused('calls.today', { body })).toBe('access.forbidden');
    expect((await town.as('disciplineDesk').ok('calls.list', {})).desks).toEqual([]);
  });
});

test('我的信息 holds the calls, the consents and what went to WeChat', async () => {
  await ask();
  await village.wait(days);
  const body = { actionId: ulid(), format: 'json', sure: true } as const;
  const { address } = await town.as('resident').ok('privacy.exportMine', { body });
  const text = await (await town.as('resident').raw('GET', address)).text();
  const { sections } = JSON.parse(text) as { sections: { title: string; rows: object[] }[] };
  const rowsOf = (title: string) => sections.find((section) => section.title === title)?.rows;
  expect(rowsOf('村里要打给我的电话')).toMatchObject([{ 为什么: '有话要问', 结果: '还没打通' }]);
  expect([rowsOf('允许的微信通知'), rowsOf('发到微信的通知')]).toEqual([[], []]);
});
