import { commitmentsIn } from '../../../test/commitment-journey';
import { journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

let server: TestServer;
let town: Town;
let village: Journey;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(Date.parse('2026-09-15T09:00:00+08:00'));
  town = await buildTown(server);
  village = journeyIn(server, town);
});

async function until(text: string): Promise<void> {
  server.clock.set(Date.parse(`${text.replace(' ', 'T')}:00+08:00`));
  await village.drain();
}
const told = async (who: PersonName) => {
  const { items } = await town.as(who).ok('messages.list', { query: { limit: 100 } });
  return items.map(({ title, words, about }) => ({ title, words, opens: about?.thing }));
};

/** Who has a message of which kind; people of no concern are not looked at. */
async function inboxes(): Promise<string[]> {
  const names = ['resident', 'member', 'member2', 'deskLead', 'townDispatcher', 'inspector'] as const;
  const kinds = names.map(async (who) => {
    const { items } = await town.as(who).ok('messages.list', { query: { limit: 100 } });
    return items.map(({ kind, topic }) => `${who} ${kind} ${topic}`);
  });
  return (await Promise.all(kinds)).flat();
}

test('domain.md §8 row by row: what happens to an order, and whose inbox says so', async () => {
  let known: string[] = [];
  const news = async () => {
    server.clock.advance(1_000);
    await village.drain();
    const before = known;
    known = await inboxes();
    return known.filter((each) => !before.includes(each)).sort();
  };
  const { orderId, taskId } = await village.toDispatched({}, { categoryId: 'drainage', words: '水沟堵了' });
  // 受理 by itself is told to nobody: it comes as one message with who claims it, and when.
  expect((await news()).filter((each) => !each.startsWith('deskLead'))).toEqual([
    'member order.dispatch tasks',
    'member2 order.dispatch tasks',
    'resident order.place orders',
  ]);
  await village.doesTask('member2', 'claim', taskId, {
    promisedAt: new Date(server.clock.now() + 3_600_000).toISOString(),
  });
  expect(await news()).toEqual(['resident task.claim orders']);
  expect((await told('resident'))[0]?.words).toContain('接了您的');
  await village.does('resident', 'remind', orderId, {});
  expect((await news()).filter((each) => each.includes('remind'))).toContain('member2 order.remind tasks');
  await village.does('townDispatcher', 'supervise', orderId, { words: '请抓紧' });
  expect(await news()).toContain('member2 order.supervise tasks');
});

test('new orders are told to one of the desk, together, at the town’s times, and only those that wait still', async () => {
  const ids = [];
  for (const words of ['路灯不亮', '垃圾没人收', '想问一下政策']) ids.push(await village.place({ words }));
  await village.drain();
  expect([await told('deskLead'), await told('deskLead2')]).toEqual([[], []]);
  await village.does('deskLead', 'accept', ids[0] ?? '', {});
  await until('2026-09-15 13:59');
  expect(await told('deskLead')).toEqual([]);
  server.clock.set(Date.parse('2026-09-15T14:00:00+08:00'));
  await Promise.all([village.drain(), village.drain()]);
  const both = [...(await told('deskLead')), ...(await told('deskLead2'))];
  expect(both).toEqual([{ title: '新单待研判：2 件', words: expect.stringContaining('2 件等着研判'), opens: 'desk' }]);
  await until('2026-09-16 08:00');
  const news = [...(await told('deskLead')), ...(await told('deskLead2'))];
  expect(news.filter(({ title }) => title.startsWith('新单'))).toHaveLength(1);
});

test('what was left lying over a digest’s time comes into that one, and not into a second one beside it', async () => {
  await village.place({ words: '路灯不亮' });
  await village.drain();
  for (const words of ['垃圾没人收', '想问一下政策']) await village.place({ words });
  await until('2026-09-15 14:30');
  const both = [...(await told('deskLead')), ...(await told('deskLead2'))];
  expect(both.map(({ title }) => title)).toEqual(['新单待研判：3 件']);
});

test('what is urgent waits for no digest; a confidential order is counted and not named', async () => {
  await village.place({ categoryId: 'drainage', words: '水沟堵了' });
  await village.drain();
  expect([...(await told('deskLead')), ...(await told('deskLead2'))].map(({ title }) => title)).toEqual(['新单待研判']);
  await until('2026-09-18 18:00');
  await village.place({ categoryId: 'hardship', words: '家里困难' });
  await until('2026-09-19 12:00');
  const titles = async () => [...(await told('deskLead')), ...(await told('deskLead2'))].map(({ words }) => words);
  expect((await titles()).filter((words) => words.includes('有 1 件等着研判'))).toEqual([]);
  // A Sunday that is worked (调休).
  await until('2026-09-20 08:00');
  expect((await titles()).filter((words) => words.includes('有 1 件等着研判'))).toHaveLength(1);
  expect((await titles()).join()).not.toContain('家里困难');
});

test('on Monday whoever must act about promises hears once of all that waits still', async () => {
  const deeds = commitmentsIn(server, town);
  const roundId = await deeds.toDrafting();
  for (const title of ['修水渠', '清水塘', '铺石板']) await deeds.toSubmitted({ roundId, title });
  await until('2026-09-18 09:00');
  const weekly = async () => (await told('secretary')).filter(({ title }) => title.startsWith('这周'));
  expect(await weekly()).toEqual([]);
  await until('2026-09-21 08:00');
  expect(await weekly()).toEqual([
    { title: '这周要办的承诺：3 件', words: expect.stringContaining('审一审 3 件'), opens: 'review' },
  ]);
});
