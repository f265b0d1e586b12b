import { ulid } from 'ulid';
import { journeyIn, days, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** What changes no state (domain.md §3.2): 催办, 督办, 我也是, 延期, 保密. */
let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const words = { words: '请尽快' };
const titles = async (who: PersonName) => (await town.as(who).ok('messages.list', {})).items.map(({ title }) => title);

describe('催办', () => {
  test('once a day; the third raises a supervision, which stands until it is answered', async () => {
    const { orderId } = await village.toClaimed();
    for (const supervised of [false, false, true]) {
      expect(await village.does('resident', 'remind', orderId, {})).toMatchObject({ state: 'handling' });
      expect(await village.cannot('resident', 'remind', orderId, {})).toBe('order.reminded-today');
      expect((await village.read(orderId)).supervised).toBe(supervised);
      server.clock.advance(days);
    }
    await village.drain();
    expect(await titles('member2')).toContain('群众催办');
    await village.does('deskLead', 'answerSupervision', orderId, { words: '今天下午去' });
    const order = await village.read(orderId, 'deskLead');
    expect(order).toMatchObject({ supervised: false, reminders: 3 });
    expect(order.supervision).toMatchObject([{ by: { name: '系统' }, answeredAt: expect.any(String) }]);
  });

  test('two taps at once are one reminder', async () => {
    const orderId = await village.place();
    const taps = await Promise.all([1, 2, 3].map(() => village.tries('resident', 'remind', orderId, {})));
    expect(taps.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await village.read(orderId)).reminders).toBe(1);
  });
});

describe('督办', () => {
  test('by who watches the village, with words; desk and holder hear it, the desk answers', async () => {
    const { orderId } = await village.toClaimed();
    for (const who of ['townDispatcher', 'inspector', 'liaison', 'secretary'] as const) {
      await village.does(who, 'supervise', orderId, { ...words, dueOn: '2026-09-18' });
    }
    expect(await village.cannot('deskLead', 'supervise', orderId, words)).toBe('access.forbidden');
    await village.drain();
    expect(await titles('deskLead')).toContain('督办');
    expect(await titles('member2')).toContain('督办');
    expect((await village.read(orderId, 'deskLead')).supervision).toHaveLength(4);
    await village.does('deskLead', 'answerSupervision', orderId, words);
    expect(await village.cannot('deskLead', 'answerSupervision', orderId, words)).toBe('order.wrong-state');
  });
});

describe('我也是', () => {
  test('a neighbour of the village joins what is shown, once; he is told at the end and does not rate', async () => {
    const { orderId, taskId } = await village.toDispatched();
    expect((await village.read(orderId, 'otherResident')).view).toBe('public');
    await village.does('otherResident', 'meToo', orderId, { words: '我家门口也黑' });
    expect(await village.cannot('otherResident', 'meToo', orderId, {})).toBe('order.joined-already');
    expect(await village.cannot('farResident', 'meToo', orderId, {})).toBe('order.not-found');
    expect((await village.read(orderId)).meToo).toBe(1);
    await village.claim(taskId);
    await village.report(taskId);
    expect(await village.cannot('otherResident', 'confirm', orderId, village.content)).toBe('access.forbidden');
    await village.does('resident', 'confirm', orderId, village.content);
    await village.drain();
    expect((await titles('otherResident')).filter((title) => title === '您也关心的事办好了')).toHaveLength(1);
  });

  test('nobody joins his own order: not who placed it, not whose own was merged into it', async () => {
    const { orderId } = await village.toDispatched();
    const neighbours = await village.place({ gridId: town.groups.a1 }, 'otherResident');
    await village.does('deskLead', 'merge', neighbours, { primaryId: orderId });
    for (const who of ['resident', 'otherResident'] as const) {
      const { status, code } = await village.tries(who, 'meToo', orderId, {});
      expect([status, code]).toEqual([403, 'order.own-me-too']);
      expect((await village.read(orderId, who)).allows).not.toContain('meToo');
    }
    expect((await village.read(orderId)).meToo).toBe(0);
  });

  test('who is about to place the same again sees his own as his own, the neighbours’ as one to join', async () => {
    const orderId = await village.place({ gridId: town.groups.a1 });
    const secret = await village.place({ gridId: town.groups.a1, confidential: true });
    const query = { categoryId: 'streetLight', gridId: town.groups.a1 };
    const hints = async (who: PersonName, exceptId?: string) => {
      const { items } = await town
        .as(who)
        .ok('orders.similar', { query: { ...query, ...(exceptId ? { exceptId } : {}) } });
      return items.map(({ id, mine, allows }) => ({ id, mine, joins: allows.includes('meToo') }));
    };
    expect(await hints('resident')).toEqual([{ id: orderId, mine: true, joins: false }]);
    expect(await hints('otherResident')).toEqual([]);
    await village.does('deskLead', 'accept', orderId, {});
    expect(await hints('resident')).toEqual([{ id: orderId, mine: true, joins: false }]);
    expect(await hints('otherResident')).toEqual([{ id: orderId, mine: false, joins: true }]);
    expect((await hints('deskLead', secret)).map(({ id }) => id)).toEqual([orderId]);
  });

  test('not where the summary is not shown', async () => {
    const orderId = await village.toAccepted({ categoryId: 'elderHelp' });
    expect(await village.cannot('otherResident', 'meToo', orderId, {})).toBe('order.not-found');
  });
});

describe('延期', () => {
  test('once by the desk up to the limit itself, the second time by the town, and only before it is due', async () => {
    const { orderId, taskId } = await village.toClaimed();
    await village.doesTask('member2', 'askExtension', taskId, { words: '灯具还没到' });
    const more = { taskId, words: '同意' };
    // 3 working days from Tuesday morning, and 3 more: Friday, Sunday the 20th (调休上班) and Monday.
    await village.does('deskLead', 'extend', orderId, more);
    expect((await village.readTask(taskId)).handleDueAt).toBe('2026-09-22T01:00:00.000Z');
    expect(await village.cannot('deskLead', 'extend', orderId, more)).toBe('order.extended-enough');
    await village.does('townDispatcher', 'extend', orderId, more);
    expect(await village.cannot('townDispatcher', 'extend', orderId, more)).toBe('order.extended-enough');

    const late = await village.toClaimed();
    server.clock.advance(10 * days);
    expect(await village.cannot('deskLead', 'extend', late.orderId, { taskId: late.taskId, words: '同意' })).toBe(
      'order.past-due',
    );
  });

  test('by so much as was asked for, not more than the limit itself', async () => {
    const { orderId, taskId } = await village.toClaimed();
    await village.does('deskLead', 'extend', orderId, { taskId, words: '半天', minutes: 180 });
    expect((await village.readTask(taskId)).handleDueAt).toBe('2026-09-18T04:00:00.000Z');
  });
});

describe('转为保密', () => {
  test('at once out of hall, public page and hints; what is in hand stays with its holder', async () => {
    const offered = await village.toDispatched();
    expect(await village.does('resident', 'protect', offered.orderId, words)).toMatchObject({ state: 'accepted' });
    expect(await village.read(offered.orderId, 'resident')).toMatchObject({
      ...{ visibility: 'confidential', publicSummary: null, dueAt: expect.any(String) },
      tasks: [{ state: 'cancelled' }],
    });
    expect(await village.cannot('otherResident', 'meToo', offered.orderId, {})).toBe('order.not-found');
    expect((await town.as('member').ok('tasks.list', { query: { scope: 'claimable' } })).items).toEqual([]);

    const claimed = await village.toClaimed();
    expect(await village.does('resident', 'protect', claimed.orderId, words)).toMatchObject({ state: 'handling' });
    expect(await village.readTask(claimed.taskId, 'member2')).toMatchObject({ mode: 'assigned', state: 'claimed' });
    await village.report(claimed.taskId);
    expect(await village.cannot('resident', 'protect', claimed.orderId, words)).toBe('order.wrong-state');
  });
});

describe('保密件', () => {
  const secret = { categoryId: 'dispute', words: '和隔壁为地界吵架' };

  test('sealed until a desk person opens it; from then on it is his alone', async () => {
    const orderId = await village.place(secret);
    const [card] = (await town.as('deskLead').ok('orders.list', { query: { scope: 'desk' } })).items;
    expect(card).toMatchObject({ id: orderId, sealed: true, title: '保密事项，打开后由您经办' });
    await village.does('deskLead', 'open', orderId, {});
    expect(await village.read(orderId, 'deskLead')).toMatchObject({ sealed: false, words: secret.words });
    expect(await village.cannot('deskLead2', 'accept', orderId, {})).toBe('order.not-found');
    for (const who of ['townDispatcher', 'inspector', 'groupLead', 'liaison', 'member', 'otherResident'] as const) {
      expect(await town.as(who).refused('orders.read', { params: { orderId } })).toBe('order.not-found');
    }
  });

  test('only to named people, and no word of it in a message', async () => {
    const orderId = await village.place(secret);
    await village.does('deskLead', 'accept', orderId, {});
    const open = { tasks: [{ id: ulid(), mode: 'open' as const }] };
    expect(await village.cannot('deskLead', 'dispatch', orderId, open)).toBe('order.confidential-assigned');
    const taskId = await village.send(orderId, { mode: 'assigned', assigneeId: town.people.member.id });
    await village.drain();
    await village.claim(taskId, 'member');
    await village.drain();
    for (const who of ['resident', 'member'] as const) {
      const { items } = await town.as(who).ok('messages.list', {});
      expect(new Set(items.map(({ title }) => title))).toEqual(new Set(['您的一件事有进展']));
    }
    // 汇总: whoever of the desk is on duty hears of the next one at 14:00.
    await village.place(secret);
    server.clock.advance(6 * 60 * 60_000);
    await village.drain();
    const both = [town.as('deskLead'), town.as('deskLead2')].map((desk) => desk.ok('messages.list', {}));
    const said = (await Promise.all(both)).flatMap(({ items }) => items);
    expect(said.filter(({ kind }) => kind === 'digest.desk')).toHaveLength(1);
    for (const { title, words: more } of said) expect(`${title}${more}`).not.toMatch(/吵架|地界|矛盾|纠纷/);
  });

  test('passed up, its content leaves the desk below', async () => {
    const orderId = await village.place(secret);
    await village.does('deskLead', 'escalate', orderId, words);
    expect(await town.as('deskLead').refused('orders.read', { params: { orderId } })).toBe('order.not-found');
    await village.does('townDispatcher', 'accept', orderId, {});
  });

  test('作风反映 goes to the town’s discipline desk, unseen by the whole village', async () => {
    const conduct = {
      categoryId: 'cadreConduct',
      words: '办事推诿',
      noticeRead: true,
      subjectIds: [town.people.deskLead.id],
    };
    const orderId = await village.place(conduct);
    for (const who of ['deskLead', 'deskLead2', 'townDispatcher', 'liaison'] as const) {
      expect(await town.as(who).refused('orders.read', { params: { orderId } })).toBe('order.not-found');
    }
    await village.does('disciplineDesk', 'accept', orderId, {});
  });
});
