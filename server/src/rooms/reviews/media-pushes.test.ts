import { ulid } from 'ulid';
import type { CheckedName } from '@sandan/shared/reviews/review.words';
import { inWechat } from '../../../test/content';
import { journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { photoOf, voiceOf } from '../../../test/upload';
import { push } from '../../../test/wechat-pushes';
import { ContentCheck } from '../../foundation/checks/content-check.entity';
import { runChecks } from '../../foundation/checks/run-checks';

/** Pictures and sounds all the way: the worker asks, the stand-in fetches, its signed and sealed push decides. */
let server: TestServer;
let town: Town;
let village: Journey;

const minute = 60_000;
beforeAll(async () => {
  server = await startTestServer();
  server.world.config.origin = server.url;
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
  await inWechat(server, town, 'resident');
});

const drain = () => server.drain(town.townId);
async function checkOf(field: CheckedName, thingId: string) {
  const [row] = await server.world.database.reading.query<{ state: string; held: number; traceId: string | null }>(
    'SELECT state, held, trace_id AS traceId FROM content_check WHERE field = ? AND thing_id = ?',
    [field, thingId],
  );
  return row;
}
const stateOf = async (field: CheckedName, thingId: string) => (await checkOf(field, thingId))?.state;
async function sent(count = 1) {
  const photoIds = await Promise.all(Array.from({ length: count }, () => photoOf(town, 'resident')));
  const voiceId = await voiceOf(town, 'resident');
  const orderId = await village.place({ gridId: town.groups.a1, words: '路灯不亮', photoIds, voiceId });
  return { orderId, photoIds, voiceId };
}

test('a picture and a sound are fetched by WeChat and shown when its push says so; one that is risky stays hidden', async () => {
  const { photoIds, voiceId } = await sent(2);
  const [good = '', bad = ''] = photoIds;
  await server.wechat.judgeMedia({ part: bad, suggest: 'risky', label: 20002 });
  await drain();
  expect(await stateOf('order.photo', good)).toBe('waiting');
  const outcomes = await server.wechat.deliverPushes();
  expect(outcomes.map(({ event, taken }) => [event, taken])).toEqual(Array(3).fill(['wxa_media_check', true]));
  expect(await checkOf('order.photo', good)).toMatchObject({ state: 'passed', held: 0 });
  expect(await checkOf('order.voice', voiceId)).toMatchObject({ state: 'passed', held: 0 });
  expect(await checkOf('order.photo', bad)).toMatchObject({ state: 'risky', held: 1 });
  await drain();
  const titles = (await town.as('resident').ok('messages.list', {})).items.map(({ title }) => title);
  expect(titles).toContain('内容正在人工审核');
});

test('the demo has no address of its own: its stand-in fetches from the server beside it', async () => {
  const { config } = server.world;
  const before = { ...config };
  const wechat = { ...config.wechat, standIn: 'http://127.0.0.1:1' };
  Object.assign(config, { origin: null, port: Number(new URL(server.url).port), wechat });
  try {
    const { voiceId } = await sent();
    await drain();
    await server.wechat.deliverPushes();
    expect(await checkOf('order.voice', voiceId)).toMatchObject({ state: 'passed', held: 0 });
  } finally {
    Object.assign(config, before);
  }
});

test('the last push first and each three times changes nothing of it: one verdict, one message', async () => {
  const { photoIds } = await sent(3);
  await server.wechat.judgeMedia({ part: photoIds[1] ?? '', suggest: 'review', label: 20001 });
  await drain();
  expect((await server.wechat.deliverPushes({ reversed: true, copies: 3 })).every(({ taken }) => taken)).toBe(true);
  expect(await Promise.all(photoIds.map((id) => stateOf('order.photo', id)))).toEqual(['passed', 'doubtful', 'passed']);
  await drain();
  const { items } = await town.as('resident').ok('messages.list', {});
  expect(items.filter(({ title }) => title === '内容正在人工审核')).toHaveLength(1);
});

test('a push half a day late is taken where nobody has decided, and changes nothing where somebody has', async () => {
  const { photoIds } = await sent(2);
  const [late = '', decided = ''] = photoIds;
  await server.wechat.judgeMedia({ part: late, delayMs: 12 * 60 * minute });
  await server.wechat.judgeMedia({ part: decided, delayMs: 12 * 60 * minute });
  await drain();
  server.clock.advance(31 * minute);
  await drain();
  const desk = town.as('deskLead');
  const { items } = await desk.ok('reviews.list', { query: { limit: 100 } });
  const asked = items.find(({ photo }) => photo?.id === decided);
  expect(asked?.stateName).toBe('没有检查到');
  await desk.ok('reviews.decide', {
    params: { checkId: asked?.id ?? '' },
    body: { actionId: ulid(), decision: 'hide', reason: 'other', version: asked?.version ?? 0 },
  });
  server.clock.advance(12 * 60 * minute);
  await server.wechat.deliverPushes();
  expect([await stateOf('order.photo', late), await stateOf('order.photo', decided)]).toEqual(['passed', 'hidden']);
});

test('an address given while it was shown opens nothing once it is held; who may see it all the same gets another', async () => {
  const { orderId, photoIds, voiceId } = await sent();
  await drain();
  await server.wechat.deliverPushes();
  await drain();
  await village.does('deskLead', 'accept', orderId, {});
  const other = await village.place({ gridId: town.groups.a1 }, 'otherResident');
  await village.does('deskLead', 'accept', other, {});
  await village.does('deskLead', 'merge', other, { primaryId: orderId });
  const given = async (person: PersonName) => {
    const { photos, voice } = await village.read(orderId, person);
    return [...photos.flatMap(({ thumb, full }) => [thumb, full]), ...(voice ? [voice.address] : [])];
  };
  const opened = (addresses: string[]) =>
    Promise.all(
      addresses.map(async (address) => {
        const answer = await fetch(`${server.url}${address}`);
        return answer.ok ? 200 : ((await answer.json()) as { code: string }).code;
      }),
    );
  const before = await given('otherResident');
  expect(await opened(before)).toEqual([200, 200, 200]);
  for (const [field, thingId] of [
    ['order.photo', photoIds[0] ?? ''],
    ['order.voice', voiceId],
  ] as const)
    await town.as('otherResident').ok('reviews.complain', {
      params: { complaintId: ulid() },
      body: { about: { field, thingId }, reason: 'privacy' },
    });
  const desk = town.as('townDispatcher');
  const { items } = await desk.ok('reviews.list', { query: { limit: 100 } });
  const addresses = items.flatMap(({ photo, voice }) => [photo?.full, voice?.address].flatMap((one) => one ?? []));
  for (const { id: checkId, version } of items)
    await desk.ok('reviews.decide', {
      params: { checkId },
      body: { actionId: ulid(), decision: 'hide', reason: 'privacy', version },
    });
  expect(await opened(before)).toEqual(['photo.held', 'photo.held', 'voice.held']);
  expect(await opened(before.map((address) => address.replace('?', '?held=1&')))).toEqual(
    Array(3).fill('photo.link-expired'),
  );
  expect(await given('otherResident')).toEqual([]);
  expect(await opened(await given('resident'))).toEqual([200, 200, 200]);
  expect(await opened(addresses)).toEqual([200, 200]);
});

test('a push about something that nobody asked about is taken and changes nothing', async () => {
  const { photoIds } = await sent();
  await drain();
  const appid = server.world.config.wechat.appid;
  const verdict = { appid, version: 2, errcode: 0, errmsg: 'ok', result: { suggest: 'pass', label: 100 }, detail: [] };
  await push(server, 'wxa_media_check', `o-${town.people.resident.id}`, { ...verdict, trace_id: 'of-nobody' });
  await push(server, 'wxa_media_check', `o-${town.people.resident.id}`, { ...verdict, trace_id: "' OR 1=1" });
  await push(server, 'wxa_media_check', `o-${town.people.resident.id}`, verdict);
  expect(await stateOf('order.photo', photoIds[0] ?? '')).toBe('waiting');
});

test('whose writer was away when it was to be judged is judged when he comes back, and leaves the desk', async () => {
  const personId = town.people.resident.id;
  await server.world.database.transaction((db) =>
    db.write("UPDATE session SET channel = 'wechat', last_seen_at = ? WHERE person_id = ?", [
      ...[new Date(server.clock.now()), personId],
    ]),
  );
  server.clock.advance(121 * minute);
  const { orderId, photoIds } = await sent();
  await drain();
  expect([await stateOf('order.words', orderId), await stateOf('order.photo', photoIds[0] ?? '')]).toEqual(
    Array(2).fill('unjudged'),
  );
  server.clock.advance(6 * minute);
  await server.wechat.seen(`o-${personId}`);
  await town.as('resident').ok('people.me');
  const due = async () => {
    const rows = await server.world.database.reading.query(
      "SELECT 1 FROM content_check WHERE author_id = ? AND state = 'unjudged' AND next_at <= ?",
      [personId, new Date(server.clock.now())],
    );
    return rows.length;
  };
  // The session is noted beside the request, not within it.
  await server.world.background.settled();
  expect(await due()).toBe(3);
  await drain();
  await server.wechat.deliverPushes();
  expect([await stateOf('order.words', orderId), await stateOf('order.photo', photoIds[0] ?? '')]).toEqual(
    Array(2).fill('passed'),
  );
  const { items } = await town.as('deskLead').ok('reviews.list', { query: { limit: 100 } });
  expect(items).toEqual([]);
});

test('ten thousand that wait are taken in turns, by two processes each once, and one that fails holds up no other', async () => {
  const now = new Date(server.clock.now());
  const townId = ulid();
  const rows = Array.from({ length: 10_000 }, (_, index) => ({
    ...{ id: ulid(), field: 'order.words' as const, thingId: ulid(), authorId: ulid(), root: 'order' as const },
    ...{ rootId: ulid(), countyId: ulid(), townId, villageId: null, groupId: null },
    ...{ state: 'waiting' as const, held: 1, createdAt: now, nextAt: new Date(now.getTime() - 1 - index) },
  }));
  for (let from = 0; from < rows.length; from += 1_000)
    await server.world.database.transaction((db) => db.insert(ContentCheck, rows.slice(from, from + 1_000)));
  const broken = rows.at(-1);
  await server.world.database.transaction((db) =>
    db.write("UPDATE content_check SET field = 'no.such' WHERE id = ?", [broken?.id ?? '']),
  );
  const waiting = async () => {
    const [row] = await server.world.database.reading.query<{ count: number }>(
      'SELECT COUNT(*) AS count FROM content_check WHERE town_id = ? AND next_at <= ? AND leased_until IS NULL',
      [townId, now],
    );
    return Number(row?.count);
  };
  const taken = await Promise.all(Array.from({ length: 6 }, () => runChecks(server.world, { townId })));
  expect(taken.reduce((sum, each) => sum + each, 0)).toBe(120);
  expect(await waiting()).toBe(10_000 - 120);
});
