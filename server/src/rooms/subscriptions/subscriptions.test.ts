import { ulid } from 'ulid';
import { faultOfValue } from '../../foundation/world/wechat-stand-in/message-rules';
import { hours, journeyIn, minutes, type Journey } from '../../../test/journey';
import { onWechat, templateFields, templateIdOf, templatesInUse } from '../../../test/message-templates';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { failure, fakeSending, subscribingIn, type Subscribing } from '../../../test/subscribing';
import { buildTown, type Town } from '../../../test/town';
import { push } from '../../../test/wechat-pushes';

/** 订阅消息 on their way from the event to the phone, and the templates that an administrator fills in. */
let server: TestServer;
let town: Town;
let village: Journey;
let people: Subscribing;
let wechat: ReturnType<typeof fakeSending>;
/** Of the real client, which speaks to the stand-in. */
let overTheWire: TestServer['world']['wechat']['sendMessage'];
beforeAll(async () => {
  server = await startTestServer();
  overTheWire = server.world.wechat.sendMessage;
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  wechat = fakeSending();
  server.world.wechat.sendMessage = wechat.sendMessage;
  town = await buildTown(server);
  village = journeyIn(server, town);
  people = subscribingIn(server, town);
  await templatesInUse(server, town);
});

describe('from the order to the phone', () => {
  test('placed, agreed, claimed: one message says who comes and when, and opens the order', async () => {
    const openid = await people.agrees('resident');
    const { orderId, taskId } = await village.toDispatched();
    await village.claim(taskId);
    await village.drain();
    expect(await people.states()).toEqual(['claimed sent']);
    expect(wechat.sent).toEqual([
      {
        openid,
        templateId: templateIdOf(town, 'progress'),
        values: {
          thing1: expect.stringContaining('路灯'),
          phrase2: '已经接单',
          name3: town.people.member2.name,
          time4: '2026年9月15日 14:00',
        },
        page: expect.stringMatching(/^pages\/open\/index\?k=[2-9a-z]{12}$/),
      },
    ]);
    for (const [field, value] of Object.entries(wechat.sent[0]?.values ?? {}))
      expect(faultOfValue(field, value)).toBeNull();
    const key = wechat.sent[0]?.page.split('=')[1] ?? '';
    expect(await town.as('resident').ok('links.open', { params: { key } })).toEqual({
      page: 'order',
      params: { orderId },
    });
    expect(await town.as('farResident').refused('orders.read', { params: { orderId } })).toBe('order.not-found');
    expect(await people.creditOf(openid)).toBe(0);
    await village.drain();
    expect(wechat.sent).toHaveLength(1);
  });

  test('over the wire: agreed in WeChat’s own window, sent as WeChat takes it, used up there as here, confirmed', async () => {
    const openid = await onWechat(server, town, 'resident');
    const { wechat: standIn, world } = server;
    const templateId = templateIdOf(town, 'progress');
    const fields = templateFields.progress.map(({ field }) => ({ name: field, title: field }));
    await standIn.setTemplates([{ id: templateId, title: '进度通知', kind: 'oneTime', fields }]);
    // Signed by the server's clock, which stands still.
    const pushed = async (which: number) => {
      const { event = '', list } = (await standIn.waitingPushes())[which] ?? {};
      await push(server, event, openid, { List: list?.items });
    };
    await standIn.answerPopup(openid, { [templateId]: 'accept' });
    await pushed(0);
    expect(await people.creditOf(openid)).toBe(1);
    const faked = world.wechat.sendMessage;
    world.wechat.sendMessage = overTheWire;
    await village.toClaimed();
    await village.drain();
    await pushed(1);
    const [card, ...more] = await standIn.sentMessages(openid);
    expect(more).toEqual([]);
    expect(card?.lines.map(({ value }) => value)).toEqual([
      ...['路灯不亮', '已经接单', town.people.member2.name, '2026年9月15日 14:00'],
    ]);
    expect([await people.creditOf(openid), await standIn.left(openid, templateId)]).toEqual([0, 0]);
    const [row] = await people.reading<{ confirmed: Date | null }>(
      'SELECT confirmed_at AS confirmed FROM wechat_message WHERE openid = ?',
      openid,
    );
    expect(row?.confirmed).not.toBeNull();
    // WeChat counts less than we do: it says so, and we learn it.
    await people.reports('resident', 'progress', 'accept');
    server.clock.advance(minutes);
    const orderId = await village.place();
    await village.does('deskLead', 'ask', orderId, { words: '哪一盏？' });
    await village.drain();
    world.wechat.sendMessage = faked;
    expect((await people.messages()).at(-1)).toMatchObject({ kind: 'asking', state: 'noCredit' });
    expect(await standIn.unknownFields()).toEqual([]);
  });

  test('the one who placed it hears of a question and of the end; without consent only in the inbox', async () => {
    await onWechat(server, town, 'resident');
    const orderId = await village.place();
    await village.does('deskLead', 'ask', orderId, { words: '哪一盏？' });
    await village.drain();
    expect(await people.states()).toEqual(['asking noCredit']);
    const { items } = await town.as('resident').ok('messages.list');
    expect(items.map(({ kind }) => kind)).toContain('order.ask');
    await people.agrees('resident', 'progress', 2);
    await village.does('resident', 'answer', orderId, { words: '桥头' });
    server.clock.advance(minutes);
    await village.does('deskLead', 'decline', orderId, { reason: 'outsideScope', words: '这盏灯归公路局管' });
    await village.drain();
    expect(wechat.sent.map(({ values }) => values['phrase2'])).toEqual(['不予受理']);
  });

  test('of a confidential order neither name nor place nor who has it; a number never', async () => {
    await people.agrees('resident', 'progress', 3);
    const words = '和隔壁争地界，请打 15400001234';
    for (const categoryId of ['dispute', 'streetLight']) {
      const orderId = await village.place({ categoryId, words });
      await village.does('deskLead', 'ask', orderId, { words: '是哪一块？打 15400001234' });
      await village.drain();
      server.clock.advance(minutes);
    }
    expect(wechat.sent.map(({ values }) => [values['thing1'], values['name3']])).toEqual([
      ['您的一件事', '村里'],
      ['路灯不亮', '村里'],
    ]);
    expect(JSON.stringify(wechat.sent)).not.toMatch(/\d{11}/);
  });

  test('nobody is woken at night, but for an emergency', async () => {
    await people.agrees('resident');
    await people.agrees('deskLead', 'todo');
    const { taskId } = await village.toDispatched();
    server.clock.set(Date.parse('2026-09-15T14:30:00Z'));
    await village.doesTask('member2', 'claim', taskId, { promisedAt: village.inHours(24) });
    await village.drain();
    expect(await people.states()).toEqual(['claimed waiting']);
    await village.place({ categoryId: 'hazard', words: '房子要倒了', noticeRead: true }, 'otherResident');
    await village.drain();
    expect((await people.states()).sort()).toEqual(['claimed waiting', 'newOrder sent']);
    server.clock.set(Date.parse('2026-09-15T23:00:00Z'));
    await village.drain();
    expect(await people.states()).toContain('claimed sent');
  });

  test('what is no longer true, or too old, is not sent late', async () => {
    await people.agrees('resident', 'progress', 3);
    const { taskId } = await village.toDispatched();
    await village.claim(taskId);
    await village.doesTask('member2', 'giveBack', taskId, { reason: 'timeConflict' });
    await village.drain();
    expect(await people.states()).toEqual(['claimed dropped']);
    wechat.answers.push(failure('busy'));
    server.clock.advance(minutes);
    const orderId = await village.place();
    await village.does('deskLead', 'ask', orderId, { words: '哪一盏？' });
    await village.drain();
    server.clock.advance(73 * hours);
    await village.drain();
    expect(await people.states()).toEqual(['claimed dropped', 'asking dropped']);
    expect(wechat.sent).toEqual([]);
  });

  test('a helper near by hears of new work, and of the last quarter of its time', async () => {
    await people.agrees('member2', 'newTask');
    await people.agrees('member2', 'todo', 2);
    const { orderId, taskId } = await village.toDispatched();
    await village.drain();
    expect(wechat.sent.map(({ values }) => values)).toEqual([
      {
        thing1: expect.any(String),
        thing2: expect.any(String),
        time3: expect.any(String),
        thing4: '方便的话请点开接单',
      },
    ]);
    await village.claim(taskId);
    await village.doesTask('member2', 'contact', taskId, { method: 'phone' });
    const { dueAt } = await village.read(orderId);
    const whole = Date.parse(String(dueAt)) - server.clock.now();
    await village.wait(whole / 2 + hours);
    const said = () => wechat.sent.filter(({ values }) => values['phrase2'] === '快到期了');
    expect(said()).toEqual([]);
    for (let step = 0; step < 6 && said().length === 0; step += 1) await village.wait(whole / 12);
    expect(said()).toHaveLength(1);
    expect(server.clock.now()).toBeLessThan(Date.parse(String(dueAt)));
  });
});

describe('templates of a county', () => {
  const params = () => ({ gridId: town.countyId, kind: 'todo' as const });
  const field = (name: string, value: 'what' | 'state' | 'time' | 'note') => ({ field: name, value, words: [] });
  const good = () => ({
    ...{ templateId: 'todo_template_of_the_county_0123456789012', mode: 'once' as const },
    ...{ fields: [field('thing1', 'what'), field('phrase3', 'state')], leftOut: [] },
  });
  const save = (body: object, readVersion = 1) =>
    town.as('admin').call('subscriptions.save', { params: params(), body: { ...good(), ...body, readVersion } });

  test('are saved where they are complete, by one who has read what stands, and it is written down', async () => {
    const wrong = async (...fields: object[]) => (await save({ fields })).problem?.fields;
    expect(await wrong(field('phrase1', 'what'))).toEqual({ templateId: expect.stringContaining('状态') });
    expect(await wrong(field('phrase1', 'what'), field('phrase2', 'state'))).toHaveProperty('phrase1');
    expect(await wrong(field('thing1', 'what'), field('thing1', 'note'))).toEqual({ thing1: 'thing1 填了两次。' });
    expect(await wrong(field('enum1', 'state'))).toEqual({ enum1: expect.stringContaining('急单待办') });
    expect((await save({})).data).toMatchObject({ version: 2, faults: [] });
    expect((await save({ mode: 'lasting' })).problem?.code).toBe('setting.changed-meanwhile');
    expect((await save({}, 1)).status).toBe(200);
    const { items } = await town.as('admin').ok('settings.changes', { params: { gridId: town.countyId } });
    expect(items.map(({ actName }) => actName)).toEqual(['改微信模板']);
    const { hints } = await town.as('admin').ok('subscriptions.templates', { params: { gridId: town.countyId } });
    expect(hints).toEqual([]);
    expect((await save({ mode: 'lasting' }, 2)).status).toBe(200);
    const mixed = await town.as('admin').ok('subscriptions.templates', { params: { gridId: town.countyId } });
    expect(mixed.hints).toEqual([expect.stringContaining('不能一起问')]);
    const far = await buildTown(server);
    expect(await far.as('admin').refused('subscriptions.templates', { params: { gridId: town.countyId } })).toBe(
      'access.forbidden',
    );
  });

  test('send only what the county wants: the rest stays in the inbox, costs no consent, and is not asked for', async () => {
    const read = async () => {
      const { templates } = await town.as('admin').ok('subscriptions.templates', { params: { gridId: town.countyId } });
      const [template] = templates;
      if (template?.kind !== 'progress') throw new Error('no template');
      const { templateId, mode, fields, version: readVersion } = template;
      return { templateId, mode, fields, readVersion };
    };
    const leave = async (...leftOut: string[]) =>
      town.as('admin').call('subscriptions.save', {
        params: { gridId: town.countyId, kind: 'progress' },
        body: { ...(await read()), leftOut } as never,
      });
    const asked = async () => {
      const { templates } = await town.as('resident').ok('subscriptions.ask', { query: { moment: 'placed' } });
      return templates.map(({ words }) => words);
    };
    await onWechat(server, town, 'resident');
    expect(await asked()).toEqual(['接单、要补充、办结时通知我']);
    const openid = await people.agrees('resident');
    const { fields: none } = (await leave('claimed', 'asking', 'declined', 'reported')).problem ?? {};
    expect(none).toEqual({ leftOut: expect.stringContaining('至少留一件') });
    // On its way when the county changes its mind: it is dropped, and the consent is still there.
    wechat.answers.push(failure('tooOften', { errcode: 45011 }));
    await village.toClaimed();
    await village.drain();
    expect(await people.states()).toEqual(['claimed waiting']);
    const { data } = await leave('claimed');
    expect(data).toMatchObject({ leftOut: ['claimed'], faults: [] });
    expect(data?.cards.map(({ state }) => state)).toEqual(['asking', 'declined', 'reported']);
    // An app of before knows nothing of it.
    const older = { params: { gridId: town.countyId, kind: 'progress' as const }, body: await read() };
    expect((await town.as('admin').ok('subscriptions.save', older)).leftOut).toEqual(['claimed']);
    await village.wait(minutes);
    expect(await people.states()).toEqual(['claimed dropped']);
    expect(await people.creditOf(openid)).toBe(1);
    // Of the next nothing sets out, and it stands in the inbox.
    await village.toClaimed();
    await village.drain();
    expect([wechat.sent, (await people.states()).length]).toEqual([[], 1]);
    const { items } = await town.as('resident').ok('messages.list', {});
    expect(items.map(({ kind }) => kind)).toContain('task.claim');
    // Another that is sent goes out by the same consent.
    const orderId = await village.place();
    await village.does('deskLead', 'ask', orderId, { words: '哪一盏？' });
    await village.drain();
    expect(await people.states()).toEqual(['claimed dropped', 'asking sent']);
    const { items: mine } = await town.as('resident').ok('subscriptions.mine', {});
    expect(mine.map(({ about }) => about)).toEqual(['要补充、不受理、办结时通知我']);
  });

  test('are tried out on oneself, by the way of all messages', async () => {
    const body = { actionId: ulid() };
    const test = () => town.as('admin').ok('subscriptions.test', { params: params(), body });
    await onWechat(server, town, 'admin');
    await test();
    await server.world.database.transaction((db) =>
      db.write('UPDATE wechat_message SET town_id = ? WHERE once_key = ?', [town.townId, body.actionId]),
    );
    await village.drain();
    expect((await test()).test?.words).toContain('还没有允许');
    await people.reports('admin', 'todo', 'accept');
    body.actionId = ulid();
    server.clock.advance(minutes);
    await test();
    await test();
    await server.world.database.transaction((db) =>
      db.write('UPDATE wechat_message SET town_id = ? WHERE once_key = ?', [town.townId, body.actionId]),
    );
    await village.drain();
    expect(wechat.sent).toHaveLength(1);
    expect((await test()).test?.words).toBe('微信收下了，请看手机。');
  });
});
