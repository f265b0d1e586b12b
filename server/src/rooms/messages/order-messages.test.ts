import { ulid } from 'ulid';
import { days, hours, journeyIn, minutes, type Journey } from '../../../test/journey';
import { templatesInUse } from '../../../test/message-templates';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { fakeSending, subscribingIn } from '../../../test/subscribing';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** domain.md §8, the rows that are easily forgotten: the receipt, another holder, neighbours at the end, an order nobody opens. */
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

const inbox = async (who: PersonName) => (await town.as(who).ok('messages.list', { query: { limit: 100 } })).items;
const titles = async (who: PersonName) => (await inbox(who)).map(({ title }) => title);

test('收到了 stands in the inbox of whoever placed it, and is nothing new to him', async () => {
  const orderId = await village.place();
  await village.drain();
  expect(await inbox('resident')).toMatchObject([
    { kind: 'order.place', title: '收到了', readAt: expect.any(String), about: { thing: 'order', id: orderId } },
  ]);
  expect((await town.as('resident').ok('messages.counts')).unread).toBe(0);
});

test('the resident hears that somebody else comes, not of who was asked in vain', async () => {
  const { taskId } = await village.toClaimed();
  await village.drain();
  const change = { toPersonId: town.people.member3.id, newTaskId: ulid(), words: '他出差了' };
  await village.doesTask('deskLead', 'reassign', taskId, change);
  await village.drain();
  expect(await titles('resident')).toContain('要换个人');
  const second = { toPersonId: town.people.member2.id, newTaskId: ulid(), words: '他也出差了' };
  await village.doesTask('deskLead', 'reassign', change.newTaskId, second);
  await village.drain();
  expect((await titles('resident')).filter((title) => title === '要换个人')).toHaveLength(1);
});

test('who is asked to claim opens the task, which he may read, and not the order, which he may not yet', async () => {
  const aboutOf = async (who: PersonName, kind: string) => (await inbox(who)).find((each) => each.kind === kind)?.about;
  const { orderId, taskId } = await village.toDispatched();
  await village.drain();
  expect(await aboutOf('member', 'order.dispatch')).toEqual({ thing: 'task', id: taskId });
  expect((await town.as('member').ok('tasks.read', { params: { taskId } })).order.id).toBe(orderId);
  const newTaskId = ulid();
  await village.doesTask('deskLead', 'reassign', taskId, {
    toPersonId: town.people.member3.id,
    newTaskId,
    words: '请他去',
  });
  await village.drain();
  expect(await aboutOf('member3', 'task.reassign')).toEqual({ thing: 'task', id: newTaskId });
});

describe('我也是: told once, however it ends', () => {
  const joined = async () => {
    const out = await village.toDispatched();
    await village.does('otherResident', 'meToo', out.orderId, {});
    return out;
  };
  const ends = async () => (await titles('otherResident')).filter((title) => title.startsWith('您也关心的事'));

  test('closed because nobody answered, and not again when the resident answers after all', async () => {
    const { orderId, taskId } = await joined();
    await village.claim(taskId);
    await village.report(taskId);
    for (let day = 0; day < 8; day += 1) await village.wait(days);
    expect((await village.read(orderId)).state).toBe('unanswered');
    expect(await ends()).toEqual(['您也关心的事先办结了']);
    await village.does('resident', 'confirm', orderId, village.content);
    await village.drain();
    expect(await ends()).toEqual(['您也关心的事先办结了']);
  });

  test('withdrawn, or not to be done', async () => {
    const { orderId } = await joined();
    await village.does('resident', 'withdraw', orderId, {});
    await village.drain();
    expect(await ends()).toEqual(['您也关心的事撤单了']);
    const declined = await village.toAccepted();
    await village.does('otherResident', 'meToo', declined, {});
    await village.does('deskLead', 'decline', declined, { reason: 'outsideScope', words: '归公路局管' });
    await village.drain();
    expect((await ends()).sort()).toEqual(['您也关心的事撤单了', '您也关心的事有了答复']);
  });
});

describe('我也是: told where it goes, when it goes on under another name', () => {
  const told = async () => (await inbox('otherResident')).filter(({ title }) => title.startsWith('您也关心的事'));
  const joined = async (categoryId = 'streetLight') => {
    const orderId = await village.toAccepted({ categoryId });
    await village.does('otherResident', 'meToo', orderId, {});
    return orderId;
  };

  test('merged into another one', async () => {
    const orderId = await joined();
    const primaryId = await village.toAccepted();
    await village.does('deskLead', 'merge', orderId, { primaryId });
    await village.drain();
    expect(await told()).toMatchObject([{ title: '您也关心的事并到一起办', about: { thing: 'order', id: orderId } }]);
    expect((await titles('resident')).filter((title) => title === '您也关心的事并到一起办')).toEqual([]);
  });

  test('passed to somebody else', async () => {
    const orderId = await joined();
    await village.does('deskLead', 'convert', orderId, { channel: 'mediation', words: '由人民调解委员会调解' });
    await village.drain();
    expect(await told()).toMatchObject([{ title: '您也关心的事转了渠道' }]);
  });
});

describe('an order nobody opens', () => {
  const said = async (urgent: boolean, opened: boolean) => {
    const wechat = fakeSending();
    server.world.wechat.sendMessage = wechat.sendMessage;
    const people = subscribingIn(server, town);
    await templatesInUse(server, town);
    const desk = await Promise.all([people.agrees('deskLead', 'todo', 3), people.agrees('deskLead2', 'todo', 3)]);
    const orderId = await village.place(urgent ? { categoryId: 'drainage', words: '水沟堵了' } : {});
    await village.drain();
    const first = wechat.sent.map(({ openid }) => openid);
    expect(first.length).toBe(urgent ? 1 : 0);
    await village.wait(5 * minutes);
    if (opened) await village.does('deskLead', 'accept', orderId, {});
    for (let waited = 0; waited < 3; waited += 1) await village.wait(hours / 2);
    const others = desk.filter((openid) => !first.includes(openid));
    return wechat.sent.filter(({ openid }) => others.includes(openid)).map(({ values }) => values['phrase2']);
  };

  test('an urgent one is told to the others of the desk in WeChat, too, at half of its time', async () => {
    expect(await said(true, false)).toEqual(['急单待办']);
  });
  test('not where somebody has opened it, nor one that can wait', async () => {
    expect(await said(true, true)).toEqual([]);
    expect(await said(false, false)).toEqual([]);
  });
});
