import { once } from 'node:events';
import { ulid } from 'ulid';
import { liveCloses } from '@sandan/shared/live/live.words';
import { clientOf } from '../../../test/client';
import { journeyIn } from '../../../test/journey';
import { askTicket, knock, liveAddress, openPhone } from '../../../test/live-phone';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { until } from '../../../test/web-process';

/** Two web processes on one database, as far as they can know. */
let here: TestServer;
let there: TestServer;
let town: Town;
let village: ReturnType<typeof journeyIn>;

/** As in earnest: nobody is asked after by a beat while a test runs. */
const calm = { times: { poll: 20, rest: 1 } };
const live = { times: { poll: 20, rest: 1, beat: 100 }, strangers: 3 };
const impatient = { times: { ...live.times, hello: 1_000, silence: 300 } };

beforeAll(async () => {
  here = await startTestServer({ live: impatient });
  there = await startTestServer({ live });
});
beforeEach(async () => {
  town = await buildTown(here);
  village = journeyIn(here, town);
});
afterAll(async () => {
  await here.close();
  await there.close();
});

const phoneOf = (person: PersonName, since?: string) =>
  openPhone(town.as(person), there.url, since === undefined ? {} : { since });

/** A word that everybody hears who may hear anything, to know that nothing else is on its way. */
async function allIsSaid(phone: Awaited<ReturnType<typeof phoneOf>>): Promise<void> {
  await phone.hears('tasks', (await village.toDispatched()).taskId);
}

/**
 * Once everything about this task is said: it is named at each step of its order, and twice for one dispatch where the
 * order is read, for the step before, when the dispatch is already committed.
 */
async function timesTold(phone: Awaited<ReturnType<typeof phoneOf>>, taskId: string): Promise<number> {
  await phone.hears('tasks', taskId);
  await allIsSaid(phone);
  return phone.ids('tasks').filter((id) => id === taskId).length;
}

describe('who hears of what', () => {
  test('what is dispatched at one process is told in the hall of the other, as ids', async () => {
    const [hall, desk, outside] = await Promise.all([phoneOf('member'), phoneOf('deskLead'), phoneOf('memberOutside')]);
    const { orderId, taskId } = await village.toDispatched();
    await Promise.all([hall.hears('tasks', taskId), desk.hears('orders', orderId)]);
    const told = hall.messages.find(({ kind }) => kind === 'changed');
    expect(Object.keys(told ?? {})).toEqual(['kind', 'topic', 'ids', 'at']);
    expect(outside.messages.filter(({ kind }) => kind === 'changed')).toEqual([]);
  });

  test('a confidential order is not told to who would not be shown it; who loses one hears that something went', async () => {
    const [hall, desk] = await Promise.all([phoneOf('member'), phoneOf('deskLead')]);
    const offered = await village.toDispatched();
    const told = await timesTold(hall, offered.taskId);
    await village.does('resident', 'protect', offered.orderId, { words: '不想让人知道' });
    await hall.hears('tasks');
    const secret = await village.place({ categoryId: 'dispute', words: '和隔壁为地界吵架', confidential: true });
    await desk.hears('orders', secret);
    await allIsSaid(hall);
    expect(hall.ids('orders')).not.toContain(secret);
    expect(hall.ids('tasks').filter((id) => id === offered.taskId)).toHaveLength(told);
  });

  test('who has signed out hears nothing more, and his socket is cut as soon as there is something to hear', async () => {
    const quiet = await startTestServer({ live: calm });
    const [member] = await town.moreMembers(1);
    if (!member) throw new Error('nobody');
    const [phone, other] = await Promise.all([
      openPhone(member.client, quiet.url),
      openPhone(town.as('member'), quiet.url),
    ]);
    await member.client.ok('people.signOut', { body: {} });
    const { taskId } = await village.toDispatched();
    await other.hears('tasks', taskId);
    expect(await phone.closed()).toBe(liveCloses.sessionOver);
    expect(phone.messages.filter(({ kind }) => kind === 'changed')).toEqual([]);
    await quiet.close();
  });

  test('rights go by now: whoever has lost his post hears no more, without a new socket', async () => {
    const quiet = await startTestServer({ live: calm });
    const [member] = await town.moreMembers(1);
    if (!member) throw new Error('nobody');
    const [phone, other] = await Promise.all([
      openPhone(member.client, quiet.url),
      openPhone(town.as('member'), quiet.url),
    ]);
    await here.world.database.transaction((db) =>
      db.write('UPDATE role_grant SET ends_at = ? WHERE person_id = ?', [new Date(here.clock.now()), member.id]),
    );
    const { taskId } = await village.toDispatched();
    await other.hears('tasks', taskId);
    expect(phone.ids('tasks')).toEqual([]);
    expect(phone.ws.readyState).toBe(phone.ws.OPEN);
    await quiet.close();
  });
});

describe('after a break', () => {
  test('what came meanwhile is told once the phone is back, fanned out or not', async () => {
    const before = await phoneOf('member');
    const first = await village.toDispatched();
    await before.hears('tasks', first.taskId);
    before.ws.close();
    await before.closed();
    const second = await village.toDispatched();
    await here.drain(town.townId);
    const third = await village.toDispatched();
    const after = await phoneOf('member', before.place());
    await Promise.all([after.hears('tasks', second.taskId), after.hears('tasks', third.taskId)]);
  });

  test('after too long everything is read anew', async () => {
    const phone = await phoneOf('member', '2026-01-01T00:00:00.000Z');
    await Promise.all([phone.hears('tasks'), phone.hears('orders')]);
  });

  test('what was told before it was fanned out is not told again', async () => {
    const phone = await phoneOf('member');
    const { taskId } = await village.toDispatched();
    const told = await timesTold(phone, taskId);
    await here.drain(town.townId);
    await allIsSaid(phone);
    expect(phone.ids('tasks').filter((id) => id === taskId)).toHaveLength(told);
  });
});

describe('the ticket', () => {
  const closeOf = async (hello: unknown): Promise<number> => {
    const { ws, closed } = knock(there.url);
    await once(ws, 'open');
    ws.send(typeof hello === 'string' ? hello : JSON.stringify(hello));
    return closed;
  };

  test('opens one socket, for half a minute; a repeated request is given the same one', async () => {
    const body = { actionId: ulid() };
    const client = town.as('member');
    const [one, two] = [await client.ok('live.ticket', { body }), await client.ok('live.ticket', { body })];
    expect(two.ticket).toBe(one.ticket);
    const { ws } = knock(there.url);
    await once(ws, 'open');
    ws.send(JSON.stringify({ ticket: one.ticket, since: one.at }));
    expect(JSON.parse(String((await once(ws, 'message'))[0]))).toEqual({ kind: 'ready', at: one.at });
    expect(await closeOf({ ticket: one.ticket, since: one.at })).toBe(liveCloses.sessionOver);

    const late = await askTicket(client);
    for (const { clock } of [here, there]) clock.advance(30_000);
    expect(await closeOf({ ticket: late.ticket, since: late.at })).toBe(liveCloses.sessionOver);
    expect(await closeOf({ ticket: 'x'.repeat(43), since: late.at })).toBe(liveCloses.sessionOver);
  });

  test('goes with its session: who has signed out cannot use it, and an open socket is cut', async () => {
    const [member] = await town.moreMembers(1);
    if (!member) throw new Error('nobody');
    const phone = await openPhone(member.client, there.url);
    const { ticket, at } = await askTicket(member.client);
    await member.client.ok('people.signOut', { body: {} });
    expect(await phone.closed()).toBe(liveCloses.sessionOver);
    expect(await closeOf({ ticket, since: at })).toBe(liveCloses.sessionOver);
  });

  test('nobody without one is told anything, and he is cut', async () => {
    const { ws, closed } = knock(here.url);
    const heard: unknown[] = [];
    ws.on('message', (data) => heard.push(data));
    await once(ws, 'open');
    await village.toDispatched();
    expect(await closed).toBe(liveCloses.malformed);
    expect(heard).toEqual([]);
  });

  test.each([
    ['no JSON', 'hello'],
    ['no ticket', {}],
    ['more than a ticket', { ticket: 'x'.repeat(43), since: new Date(0), admin: true }],
    ['a place that is no time', { ticket: 'x'.repeat(43), since: 'yesterday' }],
  ])('%s', async (_, hello) => {
    expect(await closeOf(hello)).toBe(liveCloses.malformed);
  });

  test('a large message', async () => {
    expect(await closeOf('x'.repeat(10_000))).toBe(1009);
  });
});

describe('whoever does not behave', () => {
  test('says something else, or too much, and is cut; the others go on', async () => {
    const [odd, flood, quiet] = await Promise.all([phoneOf('member'), phoneOf('member'), phoneOf('member')]);
    odd.ws.send('{"kind":"tell me"}');
    for (let count = 0; count < 100; count += 1) flood.ws.send('{"kind":"beat"}');
    expect([await odd.closed(), await flood.closed()]).toEqual([liveCloses.malformed, liveCloses.malformed]);
    quiet.ws.send('{"kind":"beat"}');
    await allIsSaid(quiet);
  });

  test('pings without end, which would all be answered, with a ticket or without one', async () => {
    const [{ ws }, stranger] = [await phoneOf('member'), knock(there.url)];
    await once(stranger.ws, 'open');
    for (let count = 0; count < 300; count += 1) for (const each of [ws, stranger.ws]) each.ping();
    await until(async () => [ws, stranger.ws].every(({ readyState, CLOSED }) => readyState === CLOSED), 5_000);
  });

  test('opens more than his share: the oldest goes', async () => {
    const [member] = await town.moreMembers(1);
    if (!member) throw new Error('nobody');
    const phones = [];
    for (let count = 0; count < 9; count += 1) phones.push(await openPhone(member.client, there.url));
    expect(await phones[0]?.closed()).toBe(liveCloses.tooMany);
    expect(phones.slice(1).every(({ ws }) => ws.readyState === ws.OPEN)).toBe(true);
  });

  const statusOf = async (address: string, headers: Record<string, string> = {}): Promise<number> => {
    const { WebSocket } = await import('ws');
    const ws = new WebSocket(address, { headers });
    ws.on('error', () => undefined);
    const [, response] = (await once(ws, 'unexpected-response')) as [unknown, { statusCode: number }];
    return response.statusCode;
  };

  test('comes from another site, asks elsewhere, or in crowds', async () => {
    const address = liveAddress(there.url);
    expect(await statusOf(address, { origin: 'https://elsewhere.example' })).toBe(403);
    expect(await statusOf(`${address}?ticket=x`)).toBe(404);
    expect(await statusOf(address.replace('/live', '/me'))).toBe(401);
    const crowd = [knock(there.url, { origin: there.url }), knock(there.url), knock(there.url)];
    await Promise.all(crowd.map(({ ws }) => once(ws, 'open')));
    expect(await statusOf(address)).toBe(429);
    for (const { ws } of crowd) ws.close();
    await Promise.all(crowd.map(({ closed }) => closed));
  });
});

test('the beat says how far everything is told, and whoever never answers it is taken for gone', async () => {
  const phone = await phoneOf('member');
  const from = Date.parse(phone.place());
  await until(async () => phone.messages.some(({ kind, at }) => kind === 'beat' && Date.parse(at) > from), 20_000);
  const dead = await openPhone(town.as('member'), here.url, { mute: true });
  expect(await dead.closed()).toBe(1006);
});

test('a server that stops takes its leave of open sockets, and does not wait for those that do not answer', async () => {
  const ending = await startTestServer({ live });
  const client = clientOf(ending.url, town.people.member.token);
  const [polite, deaf] = [await openPhone(client, ending.url), await openPhone(client, ending.url)];
  deaf.ws.pause();
  const started = performance.now();
  const stopped = ending.close();
  expect(await polite.closed()).toBe(liveCloses.goingAway);
  await stopped;
  expect(performance.now() - started).toBeLessThan(5_000);
});
