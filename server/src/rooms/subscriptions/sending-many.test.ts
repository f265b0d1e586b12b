import { ulid } from 'ulid';
import { hours, journeyIn } from '../../../test/journey';
import { templateIdOf, templatesInUse } from '../../../test/message-templates';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { subscribingIn } from '../../../test/subscribing';
import { buildTown, type Town } from '../../../test/town';
import { Subscription, WechatMessage } from '../../foundation/subscribe/subscribe.entity';
import type { Wechat } from '../../foundation/world/wechat/client';
import { WechatAccount } from '../people/person.entity';

/** 订阅消息 to many: counted in round trips and lanes, which are not noisy as times are. */
let server: TestServer;
let town: Town;
const many = 60;

beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  await templatesInUse(server, town);
});
beforeEach(() => server.clock.set(tuesdayMorning));
afterAll(() => server.close());

/** One message to each of so many people, about an order that asks; each may be sent one. */
async function pile(): Promise<void> {
  const village = journeyIn(server, town);
  const orderId = await village.place();
  await village.does('deskLead', 'ask', orderId, { words: '哪一盏？' });
  await village.drain();
  const [event] = await server.world.database.reading.query<{ id: string }>(
    "SELECT id FROM history WHERE aggregate_id = ? AND action = 'ask'",
    [orderId],
  );
  const people = await town.moreMembers(many);
  const at = new Date(server.clock.now());
  const counted = { byApp: 1, byPush: 0, used: 0, lasting: 0, choice: 'accept' as const, chosenAt: at };
  const templateId = templateIdOf(town, 'progress');
  await server.world.database.transaction(async (db) => {
    await db.insert(
      WechatAccount,
      people.map(({ id }) => ({ openid: `o-${id}`, personId: id, unionid: null, createdAt: at })),
    );
    await db.insert(
      Subscription,
      people.map(({ id }) => ({ openid: `o-${id}`, templateId, ...counted })),
    );
    await db.insert(
      WechatMessage,
      people.map(({ id: personId }) => ({
        ...{ id: ulid(), personId, countyId: town.countyId, townId: town.townId, template: 'progress' as const },
        ...{ kind: 'asking' as const, onceKey: ulid(), eventId: event?.id ?? '', orderId, state: 'waiting' as const },
        ...{ at, nextAt: at, expiresAt: new Date(at.getTime() + hours), attempts: 0 },
      })),
    );
  });
}

/** WeChat answers the first twenty at once, the others when it has nine in hand; how many those were at most, and whose. */
function slowly() {
  const seen = { inHand: 0, most: 0, sent: [] as string[] };
  let answer = (): void => undefined;
  const nine = new Promise<void>((resolve) => (answer = resolve));
  const sendMessage: Wechat['sendMessage'] = async ({ openid }) => {
    seen.inHand += 1;
    seen.most = Math.max(seen.most, seen.inHand);
    if (seen.inHand > 8) answer();
    if (seen.sent.length >= 20) await nine;
    seen.inHand -= 1;
    seen.sent.push(openid);
  };
  server.world.wechat.sendMessage = sendMessage;
  return seen;
}

test('sixty messages cost a few statements each, and are under way side by side', async () => {
  await pile();
  const wechat = slowly();
  const statements = await server.statements.during(() => server.drain(town.townId));
  expect([wechat.sent.length, new Set(wechat.sent).size]).toEqual([many, many]);
  expect(await subscribingIn(server, town).states()).toEqual(Array.from({ length: many }, () => 'asking sent'));
  expect(wechat.most).toBeGreaterThan(8);
  expect(wechat.most).toBeLessThanOrEqual(32);
  // One by one they took thirteen each.
  expect(statements.length / many).toBeLessThan(5);
});

test('a pile behind a template that is held is not walked through', async () => {
  const held = new Date(tuesdayMorning + hours);
  const { database } = server.world;
  await database.transaction((db) =>
    db.write("UPDATE message_template SET held_until = ? WHERE county_id = ? AND kind = 'progress'", [
      held,
      town.countyId,
    ]),
  );
  await pile();
  const statements = await server.statements.during(() => server.drain(town.townId));
  expect(statements.filter((sql) => /UPDATE wechat_message/.test(sql))).toEqual([]);
  const [plan] = await database.reading.query<{ key: string; rows: number }>(
    `EXPLAIN SELECT id FROM wechat_message WHERE state = 'waiting' AND county_id = ? AND template = 'todo'
     AND next_at <= ? ORDER BY next_at, id LIMIT 10`,
    [town.countyId, new Date(server.clock.now())],
  );
  expect([plan?.key, Number(plan?.rows) <= 1]).toEqual(['wechat_message_queue', true]);
});
