import { ulid } from 'ulid';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { inWechat } from '../../../test/content';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { photoOf } from '../../../test/upload';

/** 内容检查: what people write for others to read (domain.md §5.2, wechat.md §6). */
let server: TestServer;
let town: Town;
let village: CommitmentJourney;

beforeAll(async () => {
  server = await startTestServer();
  await server.wechat.judge('赌场', { suggest: 'risky', label: 20006 });
  await server.wechat.judge('靠不住', { suggest: 'review', label: 20003 });
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = commitmentsIn(server, town);
});

const checks = async () =>
  (await server.wechat.requests()).filter((request) => request.includes('msg_sec_check')).length;
const opine = (person: PersonName, commitmentId: string, words: string, actionId = ulid()) =>
  town.as(person).call('commitments.opine', { params: { commitmentId }, body: { actionId, words } });
const opinionsFor = async (person: PersonName, commitmentId: string) =>
  (await town.as(person).ok('commitments.read', { params: { commitmentId } })).opinions;

describe('an opinion', () => {
  test('that passes is read by everybody at once', async () => {
    const { commitmentId } = await village.toPublished();
    await inWechat(server, town, 'resident');
    expect((await opine('resident', commitmentId, '先装巷口那盏')).status).toBe(200);
    expect(await opinionsFor('farResident', commitmentId)).toMatchObject([{ words: '先装巷口那盏', held: false }]);
  });

  test('that is risky is kept, and hidden until the desk has decided, whatever the secretary answers', async () => {
    const { commitmentId } = await village.toPublished();
    await inWechat(server, town, 'resident');
    const words = '不如开个赌场';
    expect((await opine('resident', commitmentId, words)).status).toBe(200);
    const [mine] = await opinionsFor('resident', commitmentId);
    expect(mine).toMatchObject({ words, held: true });
    await village.does('secretary', 'answerOpinion', commitmentId, { opinionId: mine?.id ?? '', words: '不开' });
    expect(await opinionsFor('farResident', commitmentId)).toMatchObject([{ words: null, held: true, answer: '不开' }]);
  });

  test.each([
    ['WeChat is in doubt about it', '这个人靠不住', async () => inWechat(server, town, 'resident')],
    [
      'WeChat does not answer',
      '先装巷口',
      async () => inWechat(server, town, 'resident').then(() => server.wechat.fault('busy', 'busy', 'busy')),
    ],
    [
      'its author was not in WeChat for two hours',
      '先装巷口',
      async () => inWechat(server, town, 'resident').then(() => void server.clock.advance(121 * 60_000)),
    ],
    ['its author writes in a browser', '先装巷口', async () => undefined],
  ])('when %s is kept, and hidden until it is answered', async (_, words, given) => {
    const { commitmentId } = await village.toPublished();
    // The access token is fetched, so that a fault meets the check itself.
    await server.world.wechat.stableToken();
    await given();
    expect((await opine('resident', commitmentId, words)).status).toBe(200);
    const [mine] = await opinionsFor('resident', commitmentId);
    expect(mine).toMatchObject({ words, held: true, mine: true });
    expect(await opinionsFor('farResident', commitmentId)).toMatchObject([{ words: null, held: true }]);
    expect(await opinionsFor('secretary', commitmentId)).toMatchObject([{ words, held: true }]);
    await village.does('secretary', 'answerOpinion', commitmentId, { opinionId: mine?.id ?? '', words: '会先装' });
    expect(await opinionsFor('farResident', commitmentId)).toMatchObject([{ words, held: false, answer: '会先装' }]);
  });

  test('stays hidden when whoever answers says so; the answer is public all the same', async () => {
    const { commitmentId } = await village.toPublished();
    await opine('resident', commitmentId, '某某家最懒');
    const [mine] = await opinionsFor('resident', commitmentId);
    const answer = { opinionId: mine?.id ?? '', words: '不说别人家的事', keepHeld: true };
    await village.does('secretary', 'answerOpinion', commitmentId, answer);
    const [seen] = await opinionsFor('farResident', commitmentId);
    expect(seen).toMatchObject({ words: null, held: true, answer: '不说别人家的事' });
  });

  test('sent again after a lost reply is not judged again; one that may not be given is not judged at all', async () => {
    const { commitmentId } = await village.toPublished();
    await inWechat(server, town, 'resident', 'farResident');
    const actionId = ulid();
    expect((await opine('resident', commitmentId, '先装巷口', actionId)).status).toBe(200);
    const before = await checks();
    expect((await opine('resident', commitmentId, '先装巷口', actionId)).status).toBe(200);
    expect((await opine('farResident', commitmentId, '我不住这里')).problem?.code).toBe('access.forbidden');
    expect((await opine('resident', commitmentId, '再说一句')).problem?.code).toBe('commitment.opinion-given');
    expect(await checks()).toBe(before);
  });
});

test('a dispute that is held shows the others neither words nor photos until the level above has decided', async () => {
  const { commitmentId } = await village.toDelivered();
  await village.does('resident', 'dispute', commitmentId, { words: '只亮了三盏' });
  const seen = async (person: PersonName) =>
    (await town.as(person).ok('commitments.read', { params: { commitmentId } })).disputes[0]?.words;
  expect([await seen('farResident'), await seen('resident'), await seen('townSecretary')]).toEqual([
    null,
    '只亮了三盏',
    '只亮了三盏',
  ]);
  await village.does('townSecretary', 'dismiss', commitmentId, { words: '看过了，四盏都亮' });
  expect(await seen('farResident')).toBe('只亮了三盏');
});

test('the photos of a held dispute do not show through the history of the deed', async () => {
  const { commitmentId } = await village.toDelivered();
  const photoIds = [await photoOf(town, 'resident')];
  await village.does('resident', 'dispute', commitmentId, { words: '只亮了三盏', photoIds });
  const photosFor = async (person: PersonName) => {
    const { history, disputes } = await town.as(person).ok('commitments.read', { params: { commitmentId } });
    const step = history.find(({ action }) => action === 'dispute');
    return [step?.photos.length, disputes[0]?.photos.length];
  };
  expect([await photosFor('farResident'), await photosFor('townSecretary')]).toEqual([
    [0, 0],
    [1, 1],
  ]);
  await village.does('townSecretary', 'dismiss', commitmentId, { words: '看过了', keepHeld: true });
  expect(await photosFor('farResident')).toEqual([0, 0]);
});

test('what raters write is read by the responsible, and by everybody from five raters on; never whose it is', async () => {
  const { commitmentId } = await village.toDelivered();
  await inWechat(server, town, 'resident', 'spouse');
  const rate = (person: PersonName, body: { stars: number; words?: string }) =>
    village.does(person, 'rate', commitmentId, body);
  await rate('resident', { stars: 5, words: '走夜路不怕了' });
  await rate('spouse', { stars: 1, words: '这个人靠不住' });
  const read = async (person: PersonName) =>
    (await town.as(person).ok('commitments.read', { params: { commitmentId } })).ratings;
  expect((await read('member')).map(({ words, held }) => [words, held])).toEqual([
    ['走夜路不怕了', false],
    ['这个人靠不住', true],
  ]);
  expect(await read('farResident')).toEqual([]);
  expect((await read('resident')).map(({ mine }) => mine)).toEqual([true]);
  for (const { client } of await town.moreMembers(3))
    await client.ok('commitments.rate', { params: { commitmentId }, body: { actionId: ulid(), stars: 4 } });
  expect(await read('farResident')).toEqual([
    { stars: 5, words: '走夜路不怕了', mine: false, held: false, waits: false },
  ]);
  const { resident, spouse } = town.people;
  expect(JSON.stringify(await read('member'))).not.toMatch(new RegExp(`${resident.id}|${spouse.id}`));
});

describe('held words of a rating', () => {
  const words = '这个人靠不住';
  const heldOn = async () => {
    const deed = await village.toDelivered();
    await inWechat(server, town, 'spouse');
    await village.does('spouse', 'rate', deed.commitmentId, { stars: 1, words });
    await village.does('secretary', 'accept', deed.commitmentId, {});
    for (const { client } of await town.moreMembers(4))
      await client.ok('commitments.rate', {
        params: { commitmentId: deed.commitmentId },
        body: { actionId: ulid(), stars: 4 },
      });
    return deed.commitmentId;
  };
  const seenBy = async (person: PersonName, commitmentId: string) =>
    (await town.as(person).ok('commitments.read', { params: { commitmentId } })).ratings;
  const waiting = async (person: PersonName) =>
    (await town.as(person).ok('commitments.list', { query: { scope: 'review', status: 'published' } })).items.map(
      ({ id }) => id,
    );

  test('wait for who reviews the deed, are shown by him, and then for nobody any more', async () => {
    const commitmentId = await heldOn();
    expect(await waiting('secretary')).toEqual([commitmentId]);
    expect((await town.as('secretary').ok('commitments.counts', {})).review).toMatchObject({ published: 1 });
    expect(await seenBy('farResident', commitmentId)).toEqual([]);
    expect(await village.cannot('secretary', 'showWords', commitmentId, { said: '别的话' })).toBe(
      'commitment.words-not-found',
    );
    for (const person of ['member', 'spouse', 'farResident'] as const)
      expect(await village.cannot(person, 'showWords', commitmentId, { said: words })).toBe('access.forbidden');
    await village.does('secretary', 'showWords', commitmentId, { said: words });
    expect(await seenBy('farResident', commitmentId)).toMatchObject([{ words, held: false, waits: false }]);
    expect(await waiting('secretary')).toEqual([]);
    expect(await village.cannot('secretary', 'hideWords', commitmentId, { said: words })).toBe(
      'commitment.words-not-found',
    );
  });

  test('left hidden they are read by their author and the reviewer alone, and wait no more', async () => {
    const commitmentId = await heldOn();
    await village.does('secretary', 'hideWords', commitmentId, { said: words });
    expect(await seenBy('farResident', commitmentId)).toEqual([]);
    expect(await seenBy('spouse', commitmentId)).toMatchObject([{ words, held: true, waits: false }]);
    expect(await waiting('secretary')).toEqual([]);
    const { history, allows } = await town.as('secretary').ok('commitments.read', { params: { commitmentId } });
    expect(history.map(({ action }) => action)).not.toContain('hideWords');
    expect(allows).not.toContain('showWords');
  });

  test('that their author writes anew wait anew', async () => {
    const commitmentId = await heldOn();
    await village.does('secretary', 'hideWords', commitmentId, { said: words });
    await village.does('spouse', 'rate', commitmentId, { stars: 2, words: '还是靠不住' });
    expect(await waiting('secretary')).toEqual([commitmentId]);
  });
});

test('a member’s report of progress is refused when risky; otherwise he answers for it himself', async () => {
  const { commitmentId } = await village.toPublished();
  await inWechat(server, town, 'member');
  expect(await village.cannot('member', 'progress', commitmentId, { words: '顺便开了赌场' })).toBe('text.refused');
  await village.does('member', 'progress', commitmentId, { words: '说我靠不住？装了两盏', quantityDone: 2 });
  const change = { kind: 'abandon' as const, reason: '改成赌场' };
  expect(await village.cannot('member', 'requestChange', commitmentId, change)).toBe('text.refused');
  const read = await town.as('farResident').ok('commitments.read', { params: { commitmentId } });
  expect(read).toMatchObject({ quantityDone: 2, changes: [] });
});

describe('making a deed public', () => {
  const toApproved = async (title: string, roundId: string): Promise<string> => {
    const commitmentId = await village.toSubmitted({ roundId, title });
    await village.does('secretary', 'approve', commitmentId, { version: 1 });
    return commitmentId;
  };

  test('is refused for risky words, waits while WeChat is away, and goes on when two people have read what it doubts', async () => {
    const roundId = await village.toDrafting();
    await inWechat(server, town, 'secretary');
    const risky = await toApproved('开一个赌场', roundId);
    expect(await village.cannot('secretary', 'publish', risky, {})).toBe('text.refused');
    expect(await village.stateOf(risky)).toBe('approved');

    const plain = await toApproved('装 4 盏路灯', roundId);
    await server.world.wechat.stableToken();
    await server.wechat.fault('busy', 'busy', 'busy');
    expect(await village.cannot('secretary', 'publish', plain, {})).toBe('text.check-away');
    await village.does('secretary', 'publish', plain, {});

    await village.does('secretary', 'publish', await toApproved('修靠不住的桥', roundId), {});
  });

  test('of many asks five at a time, tells each of its own, and one press twice makes nothing public twice', async () => {
    const roundId = await village.toDrafting();
    await inWechat(server, town, 'secretary');
    const ids: string[] = [];
    for (let number = 1; number <= 12; number += 1)
      ids.push(await toApproved(number === 7 ? '开一个赌场' : `修第 ${number} 段路`, roundId));
    const press = { actionId: ulid(), items: ids.map((commitmentId) => ({ commitmentId })) };
    const publish = () => town.as('secretary').ok('commitments.publishMany', { body: press });
    const first = await publish();
    expect(first.done).toEqual(ids.filter((_, index) => index !== 6));
    expect(first.refused).toEqual([
      expect.objectContaining({
        commitmentId: ids[6],
        code: 'text.refused',
        title: expect.stringContaining('内容检查') as string,
      }),
    ]);
    const before = await checks();
    expect(await publish()).toEqual(first);
    expect(await checks()).toBe(before + 1);
  });

  test('of many while WeChat is away ends soon, and says so of each', async () => {
    const roundId = await village.toDrafting();
    await inWechat(server, town, 'secretary');
    const ids: string[] = [];
    for (let number = 1; number <= 8; number += 1) ids.push(await toApproved(`修第 ${number} 段路`, roundId));
    await server.world.wechat.stableToken();
    await server.wechat.fault(...Array.from({ length: 15 }, () => 'busy' as const));
    const before = await checks();
    const body = { actionId: ulid(), items: ids.map((commitmentId) => ({ commitmentId })) };
    const { done, refused } = await town.as('secretary').ok('commitments.publishMany', { body });
    expect([done, new Set(refused.map(({ code }) => code)), refused.length]).toEqual([
      [],
      new Set(['text.check-away']),
      8,
    ]);
    // Five were under way when the first one learnt it, three tries each; the others were not sent.
    expect((await checks()) - before).toBe(15);
    expect((await town.as('secretary').ok('commitments.publishMany', { body })).done).toEqual(ids);
  });
});

test('a change of wording waits while WeChat is away, and says no risky thing of whom it is for', async () => {
  const { commitmentId } = await village.toPublished();
  await inWechat(server, town, 'member');
  const ask = async (forWords: string) => {
    const body = {
      kind: 'amend' as const,
      reason: '路口换了',
      content: village.content({ forWords }),
      actionId: ulid(),
    };
    const { problem } = await town.as('member').call('commitments.requestChange', { params: { commitmentId }, body });
    return problem?.code ?? 'asked';
  };
  expect(await ask('赌场门口')).toBe('text.refused');
  await server.wechat.fault('busy', 'busy', 'busy');
  expect(await ask('巷口')).toBe('text.check-away');
  expect(await ask('巷口')).toBe('asked');
});
