import { inWechat } from '../../../test/content';
import { journeyIn } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { photoOf } from '../../../test/upload';

/**
 * The verdict on a picture, without a part that is played: the stand-in fetches it from our signed address, and its push
 * comes sealed, later, more than once and in another order.
 */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
  server.world.config.origin = server.url;
  town = await buildTown(server);
  await inWechat(server, town, 'resident');
});
afterAll(() => server.close());

const minute = 60_000;
const stateOf = async (photoId: string) => {
  const [row] = await server.world.database.reading.query<{ state: string }>(
    "SELECT state FROM content_check WHERE field = 'order.photo' AND thing_id = ?",
    [photoId],
  );
  return row?.state;
};

test('is believed once it comes as WeChat sends it, each for its own picture, and a repeat changes nothing', async () => {
  const photoIds = [await photoOf(town, 'resident'), await photoOf(town, 'resident'), await photoOf(town, 'resident')];
  const [risky, fine, gone] = photoIds as [string, string, string];
  await server.wechat.judgeMedia({ part: risky, suggest: 'risky', label: 20002, delayMs: 10 * minute, copies: 2 });
  await server.wechat.judgeMedia({ part: fine, suggest: 'pass', label: 100, delayMs: minute, copies: 2 });
  await server.wechat.judgeMedia({ part: gone, suggest: 'pass', label: 100, delayMs: 40 * minute });
  await journeyIn(server, town).place({ gridId: town.groups.a1, words: '路灯不亮', photoIds });
  await server.drain(town.townId);
  const states = () => Promise.all(photoIds.map(stateOf));
  expect(await states()).toEqual(['waiting', 'waiting', 'waiting']);
  const waiting = await server.wechat.waitingPushes();
  expect(waiting.map(({ fields }) => fields?.['errcode'])).toEqual([0, 0, 0, 0, 0]);

  // Nobody else may say it for WeChat.
  const forged = waiting.find(({ fields }) => JSON.stringify(fields).includes('risky'));
  for (const spoilt of ['signature', 'appid', 'cipher'] as const)
    expect(await server.wechat.push(forged ?? { event: '', openid: '' }, spoilt)).toMatchObject({
      ...{ taken: false, status: 403 },
    });
  expect(await server.wechat.deliverPushes()).toEqual([]);
  expect(await states()).toEqual(['waiting', 'waiting', 'waiting']);

  server.clock.advance(10 * minute);
  const told = await server.wechat.deliverPushes({ reversed: true, copies: 2 });
  expect(told.map(({ taken, tries }) => [taken, tries])).toEqual(Array(8).fill([true, 1]));
  expect(await states()).toEqual(['risky', 'passed', 'waiting']);

  // No word within half an hour: a person looks, and a push that comes then is too late to change that.
  server.clock.advance(25 * minute);
  await server.drain(town.townId);
  expect(await stateOf(gone)).toBe('unjudged');
  server.clock.advance(10 * minute);
  expect(await server.wechat.deliverPushes()).toMatchObject([{ taken: true }]);
  expect(await states()).toMatchObject(['risky', 'passed', expect.stringMatching(/^(unjudged|passed)$/)]);
});
