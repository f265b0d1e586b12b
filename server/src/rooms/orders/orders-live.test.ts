import { openPhone } from '../../../test/live-phone';
import { hours, journeyIn } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { cast, type PersonName } from '../../../test/town-cast';
import { callerById } from '../../foundation/access/sessions';
import { happenedSince } from '../../foundation/live/history-stream';
import { noticesOf, orderLive } from './orders.live';
import { loadByIds } from './order-record';

let server: TestServer;
let town: Town;
let village: ReturnType<typeof journeyIn>;
beforeAll(async () => {
  server = await startTestServer({ live: { times: { poll: 20, rest: 1 } } });
});
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
});
afterAll(() => server.close());

const phoneOf = (person: PersonName) => openPhone(town.as(person), server.url);

describe('what goes from sight is told as gone', () => {
  test('an order that becomes confidential by its new category, from the hall and from the colleague', async () => {
    const [hall, watcher] = await Promise.all([phoneOf('member'), phoneOf('liaison')]);
    const { orderId, taskId } = await village.toDispatched();
    await Promise.all([hall.hears('tasks', taskId), watcher.hears('orders', orderId)]);
    await village.does('deskLead', 'reclassify', orderId, { categoryId: 'dispute', words: '是邻里纠纷' });
    await Promise.all([hall.hears('tasks'), watcher.hears('orders')]);
  });

  test('an order that is accepted as confidential, from who watched it come', async () => {
    const watcher = await phoneOf('liaison');
    const orderId = await village.place();
    await watcher.hears('orders', orderId);
    await village.does('deskLead', 'accept', orderId, { visibility: 'confidential' });
    await watcher.hears('orders');
  });

  test('what was confidential before is not told of at all', async () => {
    const watcher = await phoneOf('liaison');
    const orderId = await village.place({ categoryId: 'dispute', words: '和隔壁为地界吵架', confidential: true });
    await village.does('deskLead', 'accept', orderId, {});
    const plain = await village.place();
    await watcher.hears('orders', plain);
    expect(watcher.ids('orders').every((id) => id === plain)).toBe(true);
    expect(watcher.messages.filter((said) => said.kind === 'changed' && said.ids.length === 0)).toEqual([]);
  });

  test('a sealed order that a colleague has opened, from the others of the desk', async () => {
    const [one, other] = await Promise.all([phoneOf('deskLead'), phoneOf('deskLead2')]);
    const orderId = await village.place({ categoryId: 'dispute', words: '和隔壁为地界吵架', confidential: true });
    await Promise.all([one.hears('orders', orderId), other.hears('orders', orderId)]);
    await village.does('deskLead', 'open', orderId, {});
    await other.hears('orders');
  });

  test('a task that nobody wanted and that is given to somebody, from the hall', async () => {
    const { taskId } = await village.toDispatched();
    await village.drain();
    const [hall, linked] = await Promise.all([phoneOf('member2'), phoneOf('member')]);
    await village.wait(26 * hours);
    await linked.hears('tasks', taskId);
    await hall.hears('tasks');
  });

  test('a task that somebody had by name and has handed over, from his list', async () => {
    const { taskId } = await village.toDispatched({ mode: 'assigned', assigneeId: town.people.member3.id });
    await village.claim(taskId, 'member3');
    await village.doesTask('member3', 'handOver', taskId, { toPersonId: town.people.member2.id });
    const phone = await phoneOf('member3');
    await village.doesTask('member2', 'agreeHandOver', taskId, {});
    await phone.hears('tasks');
  });
});

test('what one member hears, all of the same standing hear: the short way says what the rules say', async () => {
  const open = await village.toClaimed('member2');
  const assigned = await village.toDispatched({ mode: 'assigned', assigneeId: town.people.member3.id });
  const secret = await village.place({ categoryId: 'dispute', words: '和隔壁为地界吵架', confidential: true });
  const shown = await village.place();
  await village.does('deskLead', 'accept', shown, { visibility: 'open', publicSummary: '路口的灯不亮' });
  await village.does('deskLead', 'escalate', await village.place(), { words: '村里办不了' });
  await village.does('resident', 'protect', open.orderId, { words: '不想让人知道' });
  const { reading } = server.world.database;
  const { items } = await happenedSince(reading, ['order', 'task'], null);
  const hearing = await orderLive.hearing(reading, items);
  const records = await loadByIds(reading, [...new Set(items.map(({ aggregateId }) => aggregateId))]);
  expect(records.map(({ id }) => id)).toEqual(expect.arrayContaining([open.orderId, assigned.orderId, secret, shown]));
  let heard = 0;
  for (const name of Object.keys(cast) as PersonName[]) {
    const { id } = town.people[name];
    const caller = await callerById(reading, server.world.references, id, new Date(server.clock.now()));
    if (!caller) throw new Error(`${name} is nobody`);
    const byTheRules = records.flatMap((record) =>
      noticesOf(
        record,
        items.filter(({ aggregateId }) => aggregateId === record.id),
        caller,
      ),
    );
    expect([name, hearing(caller)]).toEqual([name, byTheRules]);
    heard += byTheRules.length;
  }
  expect(heard).toBeGreaterThan(50);
});
