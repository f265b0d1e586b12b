import { hours, journeyIn, minutes, type Journey } from '../../../test/journey';
import { onWechat, templateFields, templateIdOf, templatesInUse } from '../../../test/message-templates';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { subscribingIn, type Subscribing } from '../../../test/subscribing';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** An hour in which WeChat's gateway answers 502, over the wire: what it costs, who sees it, and what is sent afterwards. */
let server: TestServer;
let town: Town;
let village: Journey;
let people: Subscribing;
const askers = ['resident', 'otherResident', 'hubKeeper', 'member', 'member2', 'gridWorker'] as const;
const send = 'POST /cgi-bin/message/subscribe/send';
const path = '/cgi-bin/message/subscribe/send';

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
let morning = tuesdayMorning;
beforeEach(async () => {
  // What is kept in the process (the breaker) knows no clock that goes back.
  server.clock.set(morning);
  morning += 24 * hours;
  await server.wechat.noFaults();
  town = await buildTown(server);
  village = journeyIn(server, town);
  people = subscribingIn(server, town);
  await templatesInUse(server, town);
  const [kind, fields] = ['progress', templateFields.progress] as const;
  await server.wechat.setTemplates([
    {
      ...{ id: templateIdOf(town, kind), title: kind, kind: 'oneTime' },
      fields: fields.map(({ field }) => ({ name: field, title: field })),
    },
  ]);
});

const asked = async (what: string): Promise<number> =>
  (await server.wechat.requests()).filter((call) => call === what).length;

/** The token is there: what is cut is the sending itself. */
beforeEach(() => server.world.wechat.stableToken());

/** Each has a question to answer, and has agreed to be told. */
async function everybodyIsAsked(names: readonly PersonName[]): Promise<string[]> {
  const openids: string[] = [];
  for (const name of names) {
    const openid = await onWechat(server, town, name);
    await people.agrees(name);
    await server.wechat.grant(openid, templateIdOf(town, 'progress'));
    openids.push(openid);
    const orderId = await village.place({ gridId: town.groups.a1 }, name);
    await village.does('deskLead', 'ask', orderId, { words: '哪一盏？' });
  }
  return openids;
}
/** All is done that asks WeChat for something else: what others wrote has been looked at. */
async function onlyMessagesAreLeft(): Promise<void> {
  const hold = (until: Date | null) =>
    server.world.database.transaction((db) =>
      db.write('UPDATE message_template SET held_until = ? WHERE county_id = ?', [until, town.countyId]),
    );
  await hold(new Date(server.clock.now() + hours));
  await village.drain();
  await hold(null);
}
const states = async (state: string) => (await people.messages()).filter((each) => each.state === state).length;
const cards = async (openids: readonly string[]) =>
  (await server.wechat.sentMessages()).filter(({ openid }) => openids.includes(openid)).map(({ openid }) => openid);

test('an hour of 502 costs the two messages that met it; nobody asks again by a message, and all others arrive once', async () => {
  const openids = await everybodyIsAsked(askers);
  await onlyMessagesAreLeft();
  const before = await asked(send);
  await server.wechat.outage(true);
  await village.drain();
  for (let waited = 0; waited < 60; waited += 5) await village.wait(5 * minutes);
  expect([await states('unknown'), await states('waiting')]).toEqual([2, 4]);
  expect((await asked(send)) - before).toBe(2);
  // They stand in the inbox as if nothing were, and the administrator sees how many may not have come.
  const inbox = await Promise.all(askers.map((name) => town.as(name).ok('messages.list')));
  expect(inbox.map(({ items }) => items.filter(({ kind }) => kind === 'order.ask').length)).toEqual(
    askers.map(() => 1),
  );
  const { templates } = await town.as('admin').ok('subscriptions.templates', { params: { gridId: town.countyId } });
  expect(templates[0]).toMatchObject({ kind: 'progress', unanswered: 2, waiting: 4 });

  await server.wechat.outage(false);
  await village.wait(minutes);
  expect([await states('unknown'), await states('sent'), await states('waiting')]).toEqual([2, 4, 0]);
  expect((await cards(openids)).sort()).toEqual([...new Set(await cards(openids))].sort());
  expect(await cards(openids)).toHaveLength(4);
  await village.wait(hours);
  expect(await cards(openids)).toHaveLength(4);
});

test('where somebody else has found out that WeChat is away, no message is lost at all', async () => {
  const openids = await everybodyIsAsked(askers);
  await server.wechat.outage(true);
  for (let waited = 0; waited < 60; waited += 5) await village.wait(5 * minutes);
  expect([await states('unknown'), await states('waiting')]).toEqual([0, 6]);
  await server.wechat.outage(false);
  await village.wait(minutes);
  expect((await cards(openids)).sort()).toEqual([...openids].sort());
});

test('where only the sending fails one message at a time looks, later and later', async () => {
  await everybodyIsAsked(askers);
  await onlyMessagesAreLeft();
  await server.wechat.faultAt(path, ...Array.from({ length: 50 }, () => 'badGateway' as const));
  await village.drain();
  expect(await states('unknown')).toBe(2);
  await village.wait(31_000);
  expect(await states('unknown')).toBe(3);
  await village.wait(31_000);
  expect(await states('unknown')).toBe(3);
  await village.wait(30_000);
  expect(await states('unknown')).toBe(4);
  await server.wechat.noFaults();
  await village.wait(5 * minutes);
  expect([await states('unknown'), await states('sent')]).toEqual([4, 2]);
});
