import { ulid } from 'ulid';
import { journeyIn } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { inWechat } from '../../../test/content';
import { buildTown, type Town } from '../../../test/town';
import { defaultSettings } from '../settings/settings.queries';

/** 内容抽查: of what WeChat passed a person looks at some; it is shown all the while. */
let server: TestServer;
let town: Town;
let village: ReturnType<typeof journeyIn>;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
  await inWechat(server, town, 'resident');
});
afterAll(() => server.close());

const listed = async () => (await town.as('deskLead').ok('reviews.list', { query: { limit: 100 } })).items;
/** The words of each order are one check. */
async function placed(count: number, reviewSamplePercent: number): Promise<void> {
  const body = { ...defaultSettings, reviewSamplePercent };
  await town.as('admin').ok('settings.change', { params: { gridId: town.townId }, body });
  for (let one = 0; one < count; one += 1) await village.place({ words: '路灯不亮' });
  await village.drain();
}

test('of a hundred that passed as many come to the desk as the town has set', async () => {
  await placed(3, 0);
  expect(await listed()).toEqual([]);
  await placed(2, 100);
  const drawn = await listed();
  expect(drawn).toHaveLength(2);
  for (const review of drawn) expect(review).toMatchObject({ state: 'passed', sampled: true, held: false });
});

test('one that was drawn and found bad is hidden, and the writer hears of it; one found good is through', async () => {
  await placed(2, 100);
  const [bad, good] = await listed();
  const decide = (review: typeof bad, decision: object) =>
    town.as('deskLead').ok('reviews.decide', {
      params: { checkId: review?.id ?? '' },
      body: { actionId: ulid(), version: review?.version ?? 0, ...decision } as never,
    });
  await decide(bad, { decision: 'hide', reason: 'insult' });
  await decide(good, { decision: 'show' });
  await village.drain();
  expect(await listed()).toEqual([]);
  const { items } = await town.as('resident').ok('messages.list', {});
  expect(items.filter(({ title }) => title === '内容没有通过审核')).toHaveLength(1);
});
