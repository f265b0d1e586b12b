import { ulid } from 'ulid';
import type { CheckedName } from '@sandan/shared/reviews/review.words';
import type { BodyOf } from '@sandan/shared/endpoint';
import type { reviewsApi } from '@sandan/shared/reviews/reviews.contract';
import { commitmentsIn } from '../../../test/commitment-journey';
import { inWechat } from '../../../test/content';
import { journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { photoOf } from '../../../test/upload';
import { push } from '../../../test/wechat-pushes';
import { Complaint } from './complaint.entity';
import type { ContentCheck } from '../../foundation/checks/content-check.entity';

/** 内容检查、内容审核、投诉 (wechat.md §6, 13). */
let server: TestServer;
let town: Town;
let village: Journey;

const minute = 60_000;
beforeAll(async () => {
  server = await startTestServer();
  server.world.config.origin = server.url;
  await server.wechat.judge('赌场', { suggest: 'risky', label: 20006 });
  await server.wechat.judge('靠不住', { suggest: 'review', label: 20003 });
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const drain = () => server.drain(town.townId);
const later = async (minutes: number) => {
  server.clock.advance(minutes * minute);
  await drain();
};
type Row = Pick<ContentCheck, 'state' | 'held' | 'tries' | 'version'> & { at_desk: number | null; trace_id: string };
async function checkOf(field: CheckedName, thingId: string): Promise<Row> {
  const [row] = await server.world.database.reading.query<Row>(
    'SELECT * FROM content_check WHERE field = ? AND thing_id = ?',
    [field, thingId],
  );
  if (!row) throw new Error(`${field} of ${thingId} was never checked`);
  return row;
}
const listed = async (person: PersonName = 'deskLead') =>
  (await town.as(person).ok('reviews.list', { query: { limit: 100 } })).items;
const decide = (
  person: PersonName,
  { id, version }: { id: string; version: number },
  decision: 'show' | 'hide',
  actionId = ulid(),
) =>
  town.as(person).call('reviews.decide', {
    params: { checkId: id },
    body: { actionId, decision, version, ...(decision === 'hide' ? { reason: 'insult' as const } : {}) },
  });
const titles = async (person: PersonName) =>
  (await town.as(person).ok('messages.list', {})).items.map(({ title }) => title);

/** An order that another resident's was merged into: he is the other who reads it. */
async function shared(words: string, more: object = {}): Promise<string> {
  const orderId = await village.place({ gridId: town.groups.a1, words, ...more });
  const other = await village.place({ gridId: town.groups.a1 }, 'otherResident');
  for (const each of [orderId, other]) await village.does('deskLead', 'accept', each, {});
  await village.does('deskLead', 'merge', other, { primaryId: orderId });
  return orderId;
}
const wordsFor = async (person: PersonName, orderId: string) => (await village.read(orderId, person)).words;

describe('the words of an order', () => {
  test('are read by who handles it at once, by others once WeChat passed them', async () => {
    await inWechat(server, town, 'resident');
    const orderId = await shared('路灯不亮');
    expect([await wordsFor('deskLead', orderId), await wordsFor('resident', orderId)]).toEqual([
      '路灯不亮',
      '路灯不亮',
    ]);
    expect((await village.read(orderId, 'resident')).wordsHeld).toBe(true);
    expect(await wordsFor('otherResident', orderId)).toBeNull();
    await drain();
    expect(await wordsFor('otherResident', orderId)).toBe('路灯不亮');
    expect(await checkOf('order.words', orderId)).toMatchObject({ state: 'passed', held: 0 });
  });

  test.each([
    ['risky', '门口开了赌场'],
    ['doubtful', '这人靠不住'],
  ])('that are %s stay hidden, the writer hears of it, a person decides', async (state, words) => {
    await inWechat(server, town, 'resident', 'otherResident');
    const orderId = await shared(words);
    await drain();
    expect(await wordsFor('otherResident', orderId)).toBeNull();
    expect(await titles('resident')).toContain('内容正在人工审核');
    const [review] = await listed();
    expect(review).toMatchObject({ state, words, name: '点单的话', held: true });
    expect((await town.as('deskLead').ok('boards.waiting', {})).contents).toBe(1);
    expect(JSON.stringify(review)).not.toContain(town.people.resident.id);
    expect((await decide('deskLead', review!, 'show')).status).toBe(200);
    await drain();
    expect(await wordsFor('otherResident', orderId)).toBe(words);
    expect(await titles('resident')).toContain('内容审核通过了');
  });

  test('while WeChat is away wait, are asked about again, and are with a person after half an hour; a late pass shows them', async () => {
    await inWechat(server, town, 'resident');
    await server.world.wechat.stableToken();
    const orderId = await shared('路灯不亮');
    await server.wechat.fault('busy', 'busy', 'busy');
    await drain();
    expect(await checkOf('order.words', orderId)).toMatchObject({ state: 'waiting', held: 1, at_desk: null, tries: 1 });
    server.clock.advance(31 * minute);
    await server.wechat.fault('busy', 'busy', 'busy');
    await drain();
    expect(await checkOf('order.words', orderId)).toMatchObject({ state: 'unjudged', at_desk: 1 });
    await later(5);
    expect(await checkOf('order.words', orderId)).toMatchObject({ state: 'passed', held: 0, at_desk: null });
  });

  test.each([
    ['was not in WeChat for two hours', async () => inWechat(server, town, 'resident').then(() => later(121))],
    ['writes in a browser', async () => undefined],
  ])('of somebody who %s are with a person at once, and hidden until then', async (_, given) => {
    await given();
    const orderId = await shared('路灯不亮');
    await drain();
    expect(await checkOf('order.words', orderId)).toMatchObject({ state: 'unjudged', held: 1, at_desk: 1 });
    expect(await wordsFor('otherResident', orderId)).toBeNull();
  });

  test('of a confidential order are told neither to WeChat nor to the desk; one that becomes so leaves it', async () => {
    const secret = await village.place({ confidential: true, words: '家里的事' });
    const orderId = await village.place({ words: '路灯不亮' });
    await drain();
    await expect(checkOf('order.words', secret)).rejects.toThrow('never checked');
    expect(await listed()).toHaveLength(1);
    await village.does('resident', 'protect', orderId, { words: '不想让人知道' });
    await later(300);
    expect([await listed(), (await checkOf('order.words', orderId)).state]).toEqual([[], 'withdrawn']);
  });
});

test('a summary that the desk writes is nowhere in the village before it passed, and gone where a person hides it', async () => {
  const orderId = await village.place({ gridId: town.groups.a1 });
  await village.does('deskLead', 'accept', orderId, { visibility: 'open', publicSummary: '巷口的灯坏了' });
  const similar = { categoryId: 'streetLight', gridId: town.groups.a1 };
  const seen = async () => {
    const neighbour = town.as('otherResident');
    const answers = [
      await neighbour.call('orders.list', { query: { scope: 'public' } }),
      await neighbour.call('orders.list', { query: { scope: 'mine' } }),
      await neighbour.call('orders.similar', { query: similar }),
      await neighbour.call('orders.read', { params: { orderId } }),
    ];
    return JSON.stringify(answers.map(({ data }) => data)).includes('巷口的灯');
  };
  await drain();
  expect(await seen()).toBe(false);
  // Never the one who wrote it: the town decides.
  expect(await listed('deskLead')).toMatchObject([{ field: 'order.words' }]);
  const own = (await listed('townDispatcher')).find(({ field }) => field === 'order.summary');
  expect((await decide('deskLead', own!, 'show')).problem?.status).toBe(404);
  expect((await decide('townDispatcher', own!, 'show')).status).toBe(200);
  expect(await seen()).toBe(true);

  const complainers = await town.moreMembers(2);
  const body = { about: { field: 'order.summary' as const, thingId: orderId }, reason: 'untrue' as const };
  await town.as('otherResident').ok('reviews.complain', { params: { complaintId: ulid() }, body });
  expect(await seen()).toBe(true);
  for (const { client } of complainers)
    await client.call('reviews.complain', { params: { complaintId: ulid() }, body });
  const again = (await listed('townDispatcher')).find(({ field }) => field === 'order.summary');
  expect(again?.complaints.length).toBeGreaterThanOrEqual(1);
  expect((await decide('townDispatcher', again!, 'hide')).status).toBe(200);
  expect(await seen()).toBe(false);
});

describe('a photo', () => {
  const sent = async () => {
    await inWechat(server, town, 'resident');
    const photo = await photoOf(town, 'resident');
    const orderId = await shared('路灯不亮', { photoIds: [photo] });
    return { photo, orderId };
  };
  const photosFor = async (person: PersonName, orderId: string) =>
    (await village.read(orderId, person)).photos.map(({ held }) => held ?? false);
  const verdict = (traceId: string, suggest: string, errcode = 0) =>
    push(server, 'wxa_media_check', `o-${town.people.resident.id}`, {
      ...{ appid: server.world.config.wechat.appid, trace_id: traceId, version: 2, errcode, errmsg: 'ok' },
      ...{ result: { suggest, label: suggest === 'pass' ? 100 : 20002 }, detail: [] },
    });
  /** WeChat takes them; its verdict comes when the test says so. */
  const taking = (traceOf: () => Promise<string> | string) => {
    const { wechat } = server.world;
    const before = wechat.checkMedia;
    wechat.checkMedia = async () => ({ traceId: await traceOf() });
    return () => void (wechat.checkMedia = before);
  };

  test('is asked about by an address that WeChat can fetch, and shown when its push says so', async () => {
    const { photo, orderId } = await sent();
    const urls: string[] = [];
    const { wechat } = server.world;
    const before = wechat.checkMedia;
    wechat.checkMedia = async (media) => {
      urls.push(media.url);
      return { traceId: `t-${photo}` };
    };
    await drain();
    wechat.checkMedia = before;
    expect([await photosFor('otherResident', orderId), await photosFor('resident', orderId)]).toEqual([[], [true]]);
    server.clock.advance(35 * minute);
    expect((await fetch(urls[0] ?? '')).status).toBe(200);
    server.clock.advance(-35 * minute);
    await verdict(`t-${photo}`, 'pass');
    await verdict(`t-${photo}`, 'risky');
    expect(await photosFor('otherResident', orderId)).toEqual([false]);
  });

  test('whose push comes before we have written the trace id down is judged all the same', async () => {
    const { photo, orderId } = await sent();
    const end = taking(async () => {
      await verdict(`early-${photo}`, 'pass');
      return `early-${photo}`;
    });
    await drain();
    end();
    expect(await photosFor('otherResident', orderId)).toEqual([false]);
  });

  test('that WeChat could not fetch is asked about once again, then it is with a person; an old push changes nothing', async () => {
    const { photo, orderId } = await sent();
    let asked = 0;
    const end = taking(() => `t${(asked += 1)}-${photo}`);
    await drain();
    await verdict(`t1-${photo}`, 'pass', -1008);
    await drain();
    expect([asked, await checkOf('order.photo', photo)]).toMatchObject([2, { state: 'waiting' }]);
    await verdict(`t1-${photo}`, 'pass');
    expect(await photosFor('otherResident', orderId)).toEqual([]);
    await verdict(`t2-${photo}`, 'pass', -1008);
    end();
    expect(await checkOf('order.photo', photo)).toMatchObject({ state: 'unjudged', at_desk: 1 });
    expect((await listed()).find(({ field }) => field === 'order.photo')?.photo?.id).toBe(photo);
  });

  test('about which nothing comes within half an hour is with a person', async () => {
    const { photo } = await sent();
    const end = taking(() => `silent-${photo}`);
    await drain();
    await later(29);
    expect(await checkOf('order.photo', photo)).toMatchObject({ state: 'waiting', at_desk: null });
    await later(2);
    end();
    expect(await checkOf('order.photo', photo)).toMatchObject({ state: 'unjudged', at_desk: 1 });
  });
});

describe('投诉', () => {
  const complain = (
    person: PersonName,
    about: BodyOf<(typeof reviewsApi)['complain']>['about'],
    complaintId = ulid(),
  ) =>
    town.as(person).call('reviews.complain', {
      params: { complaintId },
      body: { about, reason: 'insult' as const, words: '骂人' },
    });

  test('by three different people hides an opinion until a person has decided; they hear the result, the writer never who', async () => {
    await inWechat(server, town, 'resident');
    const promises = commitmentsIn(server, town);
    const { commitmentId } = await promises.toPublished();
    await promises.does('resident', 'opine', commitmentId, { words: '先装巷口那盏' });
    const read = async (person: PersonName) =>
      (await town.as(person).ok('commitments.read', { params: { commitmentId } })).opinions[0];
    const about = { field: 'commitment.opinion' as const, thingId: (await read('spouse'))?.id ?? '' };
    const first = ulid();
    const once = await complain('spouse', about, first);
    expect((await complain('spouse', about, first)).data).toEqual(once.data);
    expect((await complain('spouse', about)).problem?.code).toBe('complaint.made-already');
    expect((await complain('resident', about)).problem?.code).toBe('complaint.own');
    await complain('otherResident', about);
    expect((await read('farResident'))?.words).toBe('先装巷口那盏');
    await complain('farResident', about);
    expect(await read('member2')).toMatchObject({ words: null, held: true });

    const [review] = await listed();
    expect(review?.complaints).toHaveLength(3);
    const both = await Promise.all([decide('deskLead', review!, 'show'), decide('townDispatcher', review!, 'hide')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await drain();
    for (const person of ['spouse', 'otherResident', 'farResident'] as const)
      expect(await titles(person)).toContain('您的投诉有结果了');
    expect(JSON.stringify(await town.as('resident').ok('messages.list', {}))).not.toContain(town.people.spouse.name);
    expect((await town.as('spouse').ok('reviews.complaints', {})).items[0]?.outcome).not.toBeNull();
  });

  test('of what one does not see, or more than ten in a day, is refused', async () => {
    const orderId = await village.place({ words: '路灯不亮' });
    expect((await complain('otherResident', { field: 'order.words', thingId: orderId })).problem?.code).toBe(
      'complaint.not-found',
    );
    const rows = Array.from({ length: 10 }, () => ({
      ...{ id: ulid(), checkId: ulid(), personId: town.people.deskLead.id, reason: 'insult' as const, words: null },
      ...{ at: new Date(server.clock.now()), outcome: null, decidedAt: null },
    }));
    await server.world.database.transaction((db) => db.insert(Complaint, rows));
    const about = { field: 'order.words' as const, thingId: orderId };
    expect((await complain('deskLead', about)).problem?.code).toBe('complaint.too-many');
  });
});

test('a decision sent again is answered as before, and another one is told that it was decided', async () => {
  await village.place({ words: '路灯不亮' });
  await drain();
  const [[review], actionId] = [await listed(), ulid()];
  const first = await decide('deskLead', review!, 'hide', actionId);
  expect((await decide('deskLead', review!, 'hide', actionId)).data).toEqual(first.data);
  expect((await decide('townDispatcher', review!, 'show')).problem?.code).toBe('review.decided-already');
  await drain();
  expect(await titles('resident')).toContain('内容没有通过审核');
});
