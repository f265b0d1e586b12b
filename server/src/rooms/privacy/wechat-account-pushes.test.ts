import { ulid } from 'ulid';
import { bindingJourney, type Newcomer } from '../../../test/binding-journey';
import { days, hours } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { eventOf, push, sealedPush, secondsNow, sendPush } from '../../../test/wechat-pushes';
import { photoOf } from '../../../test/upload';
import type { DomainEvent } from '../../foundation/outbox/outbox';
import { punishmentMessages } from '../messages/wechat-messages';

let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  // Two pushes of one second are told apart by what they say; acts need an order in time.
  server.clock.advance(2_000);
  town = await buildTown(server);
});

const { newcomer, phoneCode, boundAs, told, choosing } = bindingJourney(() => ({ server, town }));
const rows = <Row extends object>(sql: string, ...values: string[]) =>
  server.world.database.reading.query<Row>(sql, values);
const revoke = (openid: string, RevokeInfo: string) =>
  push(server, 'user_authorization_revoke', 'gh_sender', { OpenID: openid, RevokeInfo });
const gone = (openid: string) => push(server, 'user_authorization_cancellation', 'gh_sender', { OpenID: openid });

const phoneOf = async (id: string) =>
  (await rows<{ phone: string | null }>('SELECT phone_sealed AS phone FROM person WHERE id = ?', id))[0]?.phone ?? null;
const actsOn = async (id: string) =>
  (
    await rows<{ act: string }>(
      "SELECT act FROM audit_entry WHERE thing_id = ? AND act IN ('revokeWechat', 'wechatGone', 'sayConsent') ORDER BY at, id",
      id,
    )
  ).map(({ act }) => act);
const closingsOf = (id: string) =>
  rows<{ state: string; reason: string }>('SELECT state, reason FROM account_closing WHERE person_id = ?', id);
const ask = (who: Newcomer, orderId: string) =>
  who.client.ok('orders.place', {
    params: { orderId },
    body: { categoryId: 'streetLight', words: '灯不亮', gridId: town.groups.a1, gcj02: { lat: 23.05, lng: 114.4 } },
  });
const spotOf = async (orderId: string) =>
  (await rows<{ lat: number | null }>('SELECT lat FROM service_order WHERE id = ?', orderId))[0]?.lat ?? null;

describe('收回授权', () => {
  test('the phone of a newcomer came by the button alone and goes; on the roster it is the village’s, and is shown no more', async () => {
    const stranger = await newcomer();
    await stranger.client.ok('bindings.phone', await phoneCode(stranger, '15400000001'));
    expect(await phoneOf(stranger.id)).not.toBeNull();
    await revoke(stranger.openid, '8');
    expect(await phoneOf(stranger.id)).toBeNull();
    expect(await actsOn(stranger.id)).toEqual(['revokeWechat']);

    const resident = await boundAs('otherResident');
    const { id } = town.people.otherResident;
    const { version } = await resident.client.ok('privacy.consents', {});
    if (version === null) throw new Error('there is no notice in force');
    const answers = { basic: true, publishedPhone: true };
    await resident.client.ok('privacy.consent', { body: { actionId: ulid(), version, answers } });
    server.clock.advance(1_000);
    await revoke(resident.openid, '8');
    expect(await phoneOf(id)).not.toBeNull();
    const shown = 'SELECT published_phone_sealed AS phone FROM person WHERE id = ?';
    expect(await rows(shown, id)).toEqual([{ phone: null }]);
    const { lines } = await resident.client.ok('privacy.consents', {});
    expect(lines).toContainEqual(expect.objectContaining({ purpose: 'publishedPhone', given: false, by: '本人' }));
    expect(lines).toContainEqual(expect.objectContaining({ purpose: 'basic', given: true }));
    expect(await told(resident.client)).toContain('您收回的授权已办好');
  });

  test('place and pictures of what is done go at once, of what is in hand when it is done', async () => {
    const who = await boundAs('otherResident');
    const [done, inHand] = [ulid(), ulid()];
    await ask(who, done);
    const photoId = await photoOf(town, 'otherResident');
    await who.client.ok('orders.withdraw', { params: { orderId: done }, body: { actionId: ulid(), words: '不用了' } });
    await ask(who, inHand);
    await revoke(who.openid, '13,14');
    await server.drain(town.townId);
    expect([await spotOf(done), await spotOf(inHand)]).toEqual([null, expect.any(Number)]);
    expect(await rows('SELECT id FROM photo WHERE id = ?', photoId)).toEqual([]);
    await who.client.ok('orders.withdraw', {
      params: { orderId: inHand },
      body: { actionId: ulid(), words: '不用了' },
    });
    server.clock.advance(25 * hours);
    await server.drain(town.townId);
    expect(await spotOf(inHand)).toBeNull();
  });

  test('carried out late it takes what was given before, and leaves what he has given anew since', async () => {
    const who = await newcomer();
    const openid = who.openid;
    const late = (CreateTime: number, RevokeInfo: string) =>
      push(server, 'user_authorization_revoke', 'gh_sender', { OpenID: openid, RevokeInfo, CreateTime });
    const nickname = (words: string) => who.client.ok('profile.change', { body: { nickname: words, pictureId: null } });
    // He belongs to no town whose messages a test could have sent.
    const events = () => rows("SELECT id FROM history WHERE action = 'revokeWechat' AND thing_id = ?", who.id);
    const nicknameNow = async () => (await who.client.ok('profile.read', {})).nickname;

    await who.client.ok('bindings.phone', await phoneCode(who, '15400000011'));
    await nickname('老名字');
    server.clock.advance(1 * hours);
    const withdrawn = secondsNow(server);
    // Given anew before the push is done.
    server.clock.advance(1 * hours);
    await who.client.ok('bindings.phone', await phoneCode(who, '15400000012'));
    await nickname('新名字');
    server.clock.advance(1 * hours);
    await late(withdrawn, '8,19');
    expect(await phoneOf(who.id)).not.toBeNull();
    expect(await nicknameNow()).toBe('新名字');
    expect(await actsOn(who.id)).toEqual(['revokeWechat']);
    expect(await events()).toEqual([]);
    await push(server, 'user_info_modified', 'gh_sender', { OpenID: openid, CreateTime: withdrawn });
    expect(await nicknameNow()).toBe('新名字');

    // Withdrawn after that, and as late.
    const again = secondsNow(server);
    server.clock.advance(5 * hours);
    await late(again, '8,19');
    expect(await phoneOf(who.id)).toBeNull();
    expect(await nicknameNow()).toBeNull();
    expect(await events()).toHaveLength(1);
  });

  test('late: consent, place and pictures likewise; a late one takes nothing back of a newer one', async () => {
    const who = await boundAs('otherResident');
    const { id } = town.people.otherResident;
    const publish = async () => {
      server.clock.advance(1_000);
      const { version } = await who.client.ok('privacy.consents', {});
      if (version === null) throw new Error('there is no notice in force');
      const answers = { basic: true, publishedPhone: true };
      await who.client.ok('privacy.consent', { body: { actionId: ulid(), version, answers } });
    };
    const late = (CreateTime: number, RevokeInfo: string) =>
      push(server, 'user_authorization_revoke', 'gh_sender', { OpenID: who.openid, RevokeInfo, CreateTime });
    const withdraw = (orderId: string) =>
      who.client.ok('orders.withdraw', { params: { orderId }, body: { actionId: ulid(), words: '不用了' } });
    const isPublished = async () =>
      (await rows('SELECT id FROM person WHERE id = ? AND published_phone_sealed IS NOT NULL', id)).length === 1;
    await publish();
    const [older, newer] = [ulid(), ulid()];
    await ask(who, older);
    server.clock.advance(1 * hours);
    const withdrawn = secondsNow(server);
    server.clock.advance(1 * hours);
    await publish();
    await ask(who, newer);
    const photoId = await photoOf(town, 'otherResident');
    for (const orderId of [older, newer]) await withdraw(orderId);
    await late(withdrawn, '8,13,14');
    await server.drain(town.townId);
    expect(await isPublished()).toBe(true);
    expect([await spotOf(older), await spotOf(newer)]).toEqual([null, expect.any(Number)]);
    expect(await rows('SELECT id FROM photo WHERE id = ?', photoId)).toHaveLength(1);

    // The newer one is taken, its order still in hand, when the older one is done once more.
    const inHand = ulid();
    await ask(who, inHand);
    server.clock.advance(1 * hours);
    await revoke(who.openid, '8,13,14');
    await late(withdrawn + 1, '13,14');
    await server.drain(town.townId);
    expect(await isPublished()).toBe(false);
    expect([await spotOf(newer), await spotOf(inHand)]).toEqual([null, expect.any(Number)]);
    expect(await rows('SELECT id FROM photo WHERE id = ?', photoId)).toEqual([]);
    await withdraw(inHand);
    server.clock.advance(25 * hours);
    await server.drain(town.townId);
    expect(await spotOf(inHand)).toBeNull();
  });

  test('what we never held, whom we do not know, and nonsense: taken, and nothing is done', async () => {
    const stranger = await newcomer();
    await stranger.client.ok('bindings.phone', await phoneCode(stranger, '15400000002'));
    for (const info of ['2', '999', '', 'all of it']) await revoke(stranger.openid, info);
    for (const event of ['user_info_modified', 'user_authorization_revoke', 'user_authorization_cancellation'])
      await push(server, event, 'gh_sender', { OpenID: 'oNobodyWhomWeKnow', RevokeInfo: { odd: true } });
    expect(await phoneOf(stranger.id)).not.toBeNull();
  });
});

describe('注销微信账号', () => {
  test('nobody comes in by it any more; after the days to think again nothing is left of him; a repeat changes nothing', async () => {
    const who = await boundAs('farResident');
    const { id } = town.people.farResident;
    const cancelled = sealedPush(
      server,
      eventOf(server, 'user_authorization_cancellation', 'gh_sender', { OpenID: who.openid }),
    );
    for (const _ of [1, 2]) expect(await (await sendPush(server, cancelled)).text()).toBe('success');
    await revoke(who.openid, '8');
    expect(await who.client.refused('people.me')).toBe('session.expired');
    expect(await rows('SELECT openid FROM wechat_account WHERE person_id = ?', id)).toEqual([]);
    expect(await closingsOf(id)).toEqual([{ state: 'waiting', reason: 'wechat' }]);
    expect(await actsOn(id)).toEqual(['wechatGone']);
    server.clock.advance(7 * days);
    await server.drain(town.townId);
    expect(await rows('SELECT name FROM person WHERE id = ? AND erased_at IS NOT NULL', id)).toEqual([
      { name: '已注销用户' },
    ]);
    await gone(who.openid);
    expect(await closingsOf(id)).toHaveLength(1);
  });

  test('whoever has only changed his WeChat comes back with the new one, and the office keeps him', async () => {
    const who = await boundAs('otherResident');
    const { id: personId } = town.people.otherResident;
    await gone(who.openid);
    const admin = town.as('admin');
    expect(await admin.ok('privacy.closingOf', { params: { personId } })).toMatchObject({
      asked: { reasonName: '本人注销了微信账号' },
      allows: ['keepPerson'],
    });
    await admin.ok('privacy.keepPerson', { params: { personId }, body: { actionId: ulid() } });
    expect(await closingsOf(personId)).toEqual([{ state: 'withdrawn', reason: 'wechat' }]);
    const again = await newcomer();
    await again.client.ok('bindings.phone', await phoneCode(again, town.people.otherResident.phone));
    await again.client.ok('bindings.choose', choosing(personId, { isRebinding: true }));
  });

  test('who holds a post is signed out, and stays until somebody has ended it; the administrator is told', async () => {
    const { id } = town.people.deskLead;
    const openid = `openid-${ulid()}`;
    await server.world.database.transaction((db) =>
      db.write('INSERT INTO wechat_account (openid, person_id, created_at) VALUES (?, ?, ?)', [
        ...[openid, id, new Date(server.clock.now())],
      ]),
    );
    await gone(openid);
    expect(await town.as('deskLead').refused('people.me')).toBe('session.expired');
    expect(await closingsOf(id)).toEqual([{ state: 'held', reason: 'wechat' }]);
    expect(await told(town.as('admin'))).toContain('有人的微信账号注销了');
    server.clock.advance(8 * days);
    await server.drain(town.townId);
    expect(await closingsOf(id)).toEqual([{ state: 'held', reason: 'wechat' }]);
    await server.world.database.transaction((db) =>
      db.write('UPDATE role_grant SET ends_at = ? WHERE person_id = ?', [new Date(server.clock.now() - 1), id]),
    );
    server.clock.advance(2 * days);
    await server.drain(town.townId);
    expect((await closingsOf(id))[0]?.state).not.toBe('held');
  });
});

test('微信处罚: every administrator hears of it, and one push tells them once', async () => {
  const punished = sealedPush(server, eventOf(server, 'wxa_punish_event', 'gh_sender', { event_type: 3, appid: 'wx' }));
  for (const _ of [1, 2]) expect(await (await sendPush(server, punished)).text()).toBe('success');
  // It concerns no town: the reaction by itself, or the clocks of other tests' towns would ring.
  const [event] = await rows<DomainEvent>("SELECT * FROM history WHERE thing = 'wechat' ORDER BY id DESC LIMIT 1");
  if (!event) throw new Error('nothing was written down');
  const { database, references } = server.world;
  const reference = await references.current();
  const facts = { kind: '3' };
  for (const _ of [1, 2])
    await database.transaction((db) => punishmentMessages.run(db, { ...event, facts }, reference));
  const { items } = await town.as('admin').ok('messages.list', { query: { limit: 100 } });
  expect(items.filter(({ title }) => title === '微信处罚：下架')).toHaveLength(1);
});
