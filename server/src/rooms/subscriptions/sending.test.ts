import { ulid } from 'ulid';
import { emptyCredit, giveBackCredit, noteChoice, takeCredits } from '../../foundation/subscribe/credit';
import { WechatMessage, type WechatMessageState } from '../../foundation/subscribe/subscribe.entity';
import { dueAmong, take, type Prepare } from '../../foundation/subscribe/take';
import { holdTemplates, openTemplates } from '../../foundation/subscribe/templates';
import type { WechatFailure } from '../../foundation/world/wechat/call';
import { hours, journeyIn, minutes, type Journey } from '../../../test/journey';
import { onWechat, templateIdOf, templatesInUse } from '../../../test/message-templates';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { failure, fakeSending, subscribingIn, type Subscribing } from '../../../test/subscribing';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { push } from '../../../test/wechat-pushes';
import { createWorker } from '../../worker';

/** 订阅消息: what WeChat answers, several processes, and consent as WeChat counts it. */
let server: TestServer;
let town: Town;
let village: Journey;
let people: Subscribing;
let wechat: ReturnType<typeof fakeSending>;
beforeAll(async () => {
  server = await startTestServer();
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

describe('what WeChat answers', () => {
  const state = async () => (await people.messages()).map((each) => each.state)[0];

  test.each<[string, WechatFailure, WechatMessageState, number]>([
    ['43101: nothing is left, the inbox has it', failure('noConsent', { errcode: 43101 }), 'noCredit', 0],
    ['47003: not sent again', failure('badValue', { errcode: 47003, field: 'thing1' }), 'refused', 2],
    ['no answer: it may have arrived, not sent again', failure('network', { mayBeDone: true }), 'unknown', 1],
    ['43108: a pause, then again', failure('overlapping', { errcode: 43108 }), 'waiting', 2],
    ['no connection: again', failure('network'), 'waiting', 2],
    [
      'the token could not be fetched: again',
      failure('network', { call: 'getStableAccessToken', mayBeDone: true }),
      'waiting',
      2,
    ],
  ])('%s', async (_, answer, after, credit) => {
    const openid = await people.agrees('resident', 'progress', 2);
    wechat.answers.push(answer);
    await village.toClaimed();
    await village.drain();
    expect([await state(), await people.creditOf(openid)]).toEqual([after, credit]);
    server.clock.advance(10 * minutes);
    await village.drain();
    expect(wechat.sent).toHaveLength(after === 'waiting' ? 1 : 0);
  });

  test('45011 waits for the next minute, 45009 for tomorrow', async () => {
    await people.agrees('resident', 'progress', 2);
    wechat.answers.push(failure('tooOften', { errcode: 45011 }), failure('tooOften', { errcode: 45009 }));
    await village.toClaimed();
    await village.drain();
    await village.wait(minutes);
    await village.wait(10 * hours);
    expect(wechat.sent).toEqual([]);
    server.clock.set(Date.parse('2026-09-15T23:30:00Z'));
    await village.drain();
    expect(wechat.sent).toHaveLength(1);
  });

  test('a template that is wrong waits, visible, until it is mended', async () => {
    await people.agrees('resident', 'progress', 2);
    wechat.answers.push(failure('configuration', { errcode: 40037 }));
    await village.toClaimed();
    await village.drain();
    const params = { gridId: town.countyId };
    const read = async () => (await town.as('admin').ok('subscriptions.templates', { params })).templates[0];
    const before = await read();
    expect(before).toMatchObject({
      waiting: 1,
      trouble: { errcode: 40037, words: expect.stringContaining('模板编号') },
    });
    if (!before) throw new Error('no template');
    const { templateId, mode, fields, leftOut, version: readVersion } = before;
    const body = { templateId, mode, fields, leftOut, readVersion };
    await town.as('admin').ok('subscriptions.save', { params: { ...params, kind: 'progress' }, body });
    await village.drain();
    expect(wechat.sent).toHaveLength(1);
    expect(await read()).toMatchObject({ waiting: 0, trouble: null });
  });

  test('an hour away: nothing is lost, and everybody gets his own in order', async () => {
    await people.agrees('resident', 'progress', 3);
    await people.agrees('member2', 'newTask', 3);
    const away = server.world.wechat.sendMessage;
    server.world.wechat.sendMessage = () => Promise.reject(failure('away', { errcode: null }));
    const orderId = await village.place();
    await village.does('deskLead', 'ask', orderId, { words: '哪一盏？' });
    await village.drain();
    server.clock.advance(20 * minutes);
    const other = await village.toDispatched();
    await village.claim(other.taskId);
    await village.drain();
    await village.wait(40 * minutes);
    expect(wechat.sent).toEqual([]);
    server.world.wechat.sendMessage = away;
    await village.wait(10 * minutes);
    expect((await people.states()).filter((each) => each.endsWith('waiting'))).toEqual([]);
    expect(wechat.sent.flatMap(({ values }) => values['phrase2'] ?? [])).toEqual(['等您补充', '已经接单']);
  });
});

describe('several processes', () => {
  /** So many messages that are true as long as the orders stand. */
  async function pile(count: number): Promise<void> {
    const orderId = await village.place();
    await village.does('deskLead', 'ask', orderId, { words: '哪一盏？' });
    await village.drain();
    const [row] = await people.reading<{ event_id: string }>(
      "SELECT id AS event_id FROM history WHERE aggregate_id = ? AND action = 'ask'",
      orderId,
    );
    const names = ['resident', 'otherResident', 'hubKeeper', 'member', 'member2'] as const;
    for (const name of names) {
      const openid = await onWechat(server, town, name);
      await server.world.database.transaction(async (db) => {
        const template = { templateId: templateIdOf(town, 'progress'), mode: 'once' as const };
        for (let each = 0; each < count / names.length; each += 1)
          await noteChoice(db, { openid, template, choice: 'accept', at: new Date(0), by: 'app' });
      });
    }
    const at = new Date(server.clock.now());
    const rows = Array.from({ length: count }, (_, index) => ({
      ...{ id: ulid(), personId: town.people[names[index % names.length] ?? 'resident'].id, countyId: town.countyId },
      ...{ townId: town.townId, template: 'progress' as const, kind: 'asking' as const, onceKey: ulid() },
      ...{ eventId: row?.event_id ?? '', orderId, state: 'waiting' as const, at: new Date(at.getTime() + index) },
      ...{ nextAt: at, expiresAt: new Date(at.getTime() + hours), attempts: 0 },
    }));
    await server.world.database.transaction((db) => db.insert(WechatMessage, rows));
  }

  test('two workers of two worlds drain 200 messages: each once, nobody two at once, everybody in order', async () => {
    await pile(200);
    const told = new Map<string, number[]>();
    const send = server.world.wechat.sendMessage;
    const sendMessage: typeof send = async (message) => {
      const [row] = await people.reading<{ at: Date }>(
        "SELECT at FROM wechat_message WHERE openid = ? AND state = 'sending'",
        message.openid,
      );
      told.set(message.openid, [...(told.get(message.openid) ?? []), row?.at.getTime() ?? 0]);
      return send(message);
    };
    const worlds = [1, 2].map(() => ({ ...server.world, wechat: { ...server.world.wechat, sendMessage } }));
    await Promise.all(worlds.map((world) => createWorker(world).drain({ townId: town.townId })));
    expect([wechat.sent.length, wechat.seen.overlaps, told.size]).toEqual([200, 0, 5]);
    for (const times of told.values()) expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(new Set(await people.states())).toEqual(new Set(['asking sent']));
  });

  test('a quota that is used up between the look and the taking: what was seen is left where it is', async () => {
    await pile(1);
    const { database, references } = server.world;
    const now = new Date(server.clock.now());
    const open = (await openTemplates(database.reading, now)).filter(({ countyId }) => countyId === town.countyId);
    const seen = await dueAmong(database.reading, { open, most: 1, scope: { townId: town.townId }, now });
    await database.transaction((db) =>
      holdTemplates(db, { countyId: town.countyId, until: new Date(now.getTime() + minutes) }),
    );
    const prepare: Prepare = async (_, due) =>
      new Map(due.map(({ message: { id } }) => [id, { then: 'send', values: {}, page: 'pages/home/index' }]));
    const { toSend } = await take({ database, prepare, reference: await references.current(), now }, seen, 1);
    expect([seen.length, toSend, await people.states()]).toEqual([1, [], ['asking waiting']]);
  });

  test('killed in the middle of a call: not sent again; WeChat’s push says that it arrived', async () => {
    const openid = await people.agrees('resident', 'progress', 2);
    await village.toClaimed();
    const send = server.world.wechat.sendMessage;
    // Its process dies over it: no answer is ever written down.
    server.world.wechat.sendMessage = () => Promise.reject(failure('network', { mayBeDone: true }));
    await village.drain();
    server.world.wechat.sendMessage = send;
    await people.write(
      `UPDATE wechat_message SET state = 'sending', in_flight_of = person_id, ended_at = NULL,
         leased_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE county_id = ?`,
      town.countyId,
    );
    await village.wait(hours);
    expect(await people.messages()).toMatchObject([{ state: 'unknown', reason: 'killed' }]);
    expect(wechat.sent).toEqual([]);
    const item = { TemplateId: templateIdOf(town, 'progress'), MsgID: '1', ErrorCode: '0', ErrorStatus: 'success' };
    const tell = (createdAt: number) =>
      push(server, 'subscribe_msg_sent_event', openid, { CreateTime: createdAt, List: item });
    await tell(Math.floor(tuesdayMorning / 1000));
    expect(await people.messages()).toMatchObject([{ state: 'sent' }]);
    expect(await people.creditOf(openid)).toBe(1);
  });
});

describe('consent', () => {
  const window = (openid: string, choice: 'accept' | 'reject') =>
    push(server, 'subscribe_msg_popup_event', openid, {
      List: { TemplateId: templateIdOf(town, 'progress'), SubscribeStatusString: choice, PopupScene: '0' },
    });

  test('told by the app and by WeChat, in any order and twice, an acceptance counts once', async () => {
    const openid = await onWechat(server, town, 'resident');
    const actionId = ulid();
    await people.reports('resident', 'progress', 'accept', actionId);
    await people.reports('resident', 'progress', 'accept', actionId);
    server.clock.advance(hours);
    await window(openid, 'accept');
    expect(await people.creditOf(openid)).toBe(1);
    server.clock.advance(minutes);
    await window(openid, 'accept');
    server.clock.advance(minutes);
    expect((await people.reports('resident', 'progress', 'accept')).items[0]?.says).toBe('还能通知您 2 次。');
    expect(await people.creditOf(openid)).toBe(2);
    const taken = await town.as('otherResident').refused('subscriptions.report', {
      body: { actionId, choices: [{ templateId: templateIdOf(town, 'progress'), choice: 'accept' }] },
    });
    expect(taken).toBe('action.repeated-differently');
    // Switched off in WeChat's own settings: nothing is left, and an old push of it changes nothing later on.
    const off = { TemplateId: templateIdOf(town, 'progress'), SubscribeStatusString: 'reject' };
    const switchedOffAt = Math.floor(server.clock.now() / 1000) + 1;
    server.clock.advance(minutes);
    await push(server, 'subscribe_msg_change_event', openid, { CreateTime: switchedOffAt, List: [off] });
    expect(await people.creditOf(openid)).toBe(0);
    await people.reports('resident', 'progress', 'accept');
    await push(server, 'subscribe_msg_change_event', openid, { CreateTime: switchedOffAt + 1, List: [off] });
    expect(await people.creditOf(openid)).toBe(1);
  });

  test('is asked for what is wanted, missing and not refused; never one-time and long-term together', async () => {
    await onWechat(server, town, 'member');
    const ask = async (name: PersonName, moment: 'placed' | 'hall' | 'desk') =>
      (await town.as(name).ok('subscriptions.ask', { query: { moment } })).templates.map(
        ({ templateId }) => templateId,
      );
    const [newTask, todo] = [templateIdOf(town, 'newTask'), templateIdOf(town, 'todo')];
    expect(await ask('member', 'hall')).toEqual([newTask, todo]);
    expect(await ask('resident', 'placed')).toEqual([]);
    await people.reports('member', 'newTask', 'reject');
    expect(await ask('member', 'hall')).toEqual([todo]);
    server.clock.advance(8 * 24 * hours);
    expect(await ask('member', 'hall')).toEqual([newTask, todo]);
    await people.reports('member', 'newTask', 'ban');
    server.clock.advance(8 * 24 * hours);
    expect(await ask('member', 'hall')).toEqual([todo]);
    server.clock.advance(30 * 24 * hours);
    await people.write(
      "UPDATE message_template SET mode = 'lasting' WHERE kind = 'todo' AND county_id = ?",
      town.countyId,
    );
    expect(await ask('member', 'hall')).toEqual([newTask]);
    await people.reports('member', 'todo', 'accept');
    expect(await ask('member', 'desk')).toEqual([]);
    const { items } = await town.as('member').ok('subscriptions.mine');
    // Once is for good: there is nothing left to ask.
    expect(items.find(({ kind }) => kind === 'todo')).toMatchObject({
      ...{ says: '已允许，有消息就通知您。', templateId: null },
    });
  });

  test('however many take and give back at once, credit is never below nothing', async () => {
    const openid = await people.agrees('resident', 'progress', 3);
    const template = templateIdOf(town, 'progress');
    const { database } = server.world;
    const wanted = [{ personId: town.people.resident.id, templateId: template }];
    const take = () => database.transaction(async (db) => (await takeCredits(db, wanted)).size > 0);
    const got = await Promise.all(Array.from({ length: 12 }, take));
    expect(got.filter(Boolean)).toHaveLength(3);
    expect(await people.creditOf(openid)).toBe(0);
    await Promise.all([
      ...Array.from({ length: 6 }, () => database.transaction((db) => giveBackCredit(db, openid, template))),
      database.transaction((db) => emptyCredit(db, openid, template)),
    ]);
    expect(await people.creditOf(openid)).toBeGreaterThanOrEqual(0);
    expect(await people.creditOf(openid)).toBeLessThanOrEqual(3);
  });
});
