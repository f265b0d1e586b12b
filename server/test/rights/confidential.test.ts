import { ulid } from 'ulid';
import { showAll } from '../content';
import { journeyIn, type Journey } from '../journey';
import { startTestServer, type TestServer } from '../server';
import { buildTown, type Town } from '../town';
import type { PersonName } from '../town-cast';

/** 保密件 and 作风反映 (domain.md §3.5): named persons only, and nobody is told that there is anything. */
let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const words = { words: '按规矩办' };
const secret = { categoryId: 'hardship', words: '孩子的学费还差一点', noticeRead: true } as const;
/** The child has no household here: nobody in the village is concerned by kinship. */
const placeSecret = (more: object = {}) =>
  village.place({ ...secret, gridId: town.groups.a1, contactPhone: '13900000001', ...more }, 'child');
const placeConduct = () =>
  placeSecret({ categoryId: 'cadreConduct', words: '吃拿卡要', subjectIds: [town.people.deskLead.id] });

const onDesk = async (person: PersonName, query: object = {}) =>
  (await town.as(person).ok('orders.list', { query: { scope: 'desk', limit: 100, ...query } })).items;
const idsOnDesk = async (person: PersonName, query: object = {}) => (await onDesk(person, query)).map(({ id }) => id);
const refusedTo = (person: PersonName, orderId: string) =>
  town.as(person).refused('orders.read', { params: { orderId } });
const counted = async (person: PersonName) => (await town.as(person).ok('orders.counts', {})).toStudy;

describe('before anybody opens it', () => {
  test('its desk sees a sealed row: that something is there, how urgent, by when', async () => {
    const orderId = await placeSecret();
    const [row] = await onDesk('deskLead');
    expect(row).toMatchObject({
      id: orderId,
      sealed: true,
      urgency: 'normal',
      allows: expect.arrayContaining(['open']),
    });
    expect(row).toMatchObject({
      title: '保密事项，打开后由您经办',
      requester: null,
      holder: null,
      gcj02: null,
      metres: null,
      voiceSeconds: null,
    });
    expect(row?.place).toEqual({
      gridId: town.villageA,
      town: '东澄镇',
      village: '碧塘村',
      group: null,
      formerly: null,
    });
    const whole = await village.read(orderId, 'deskLead');
    expect(whole).toMatchObject({ words: null, contact: null, address: null, voice: null, history: [], tasks: [] });
    expect(
      await town
        .as('deskLead')
        .refused('orders.revealContact', { params: { orderId }, body: { actionId: ulid(), purpose: 'study' } }),
    ).toBe('access.forbidden');
  });

  test('the town above does not, nor is it counted there; the village counts it among its own', async () => {
    await placeSecret();
    expect(await Promise.all((['deskLead', 'deskLead2', 'townDispatcher', 'inspector'] as const).map(counted))).toEqual(
      [1, 1, 0, 0],
    );
    expect(await idsOnDesk('townDispatcher')).toEqual([]);
  });

  test('the tasks of one that went straight to the household’s member are nobody’s but his', async () => {
    const orderId = ulid();
    const body = { categoryId: 'disabledHelp', words: '陪我去换假肢', confidential: true };
    await town.as('resident').ok('orders.placeDirect', { params: { orderId }, body });
    expect(await town.as('deskLead').ok('tasks.list', { query: { scope: 'desk' } })).toMatchObject({ items: [] });
    const { items } = await town.as('member').ok('tasks.list', { query: { scope: 'mine' } });
    const taskId = items[0]?.id ?? '';
    expect(items).toMatchObject([{ orderId, confidential: true }]);
    expect(await village.cannotTask('deskLead', 'cancel', taskId, words)).toBe('task.not-found');
    await village.does('deskLead', 'open', orderId, {});
    expect((await village.readTask(taskId, 'deskLead')).assignee).toBe(town.people.member.name);
  });
});

describe('once it is opened', () => {
  test.each(['open', 'accept'] as const)('by “%s”: only that person has it from then on', async (deed) => {
    const orderId = await placeSecret();
    await village.does('deskLead', deed, orderId, {});
    expect(await village.read(orderId, 'deskLead')).toMatchObject({ sealed: false, words: secret.words });
    expect(await refusedTo('deskLead2', orderId)).toBe('order.not-found');
    expect([await idsOnDesk('deskLead'), await idsOnDesk('deskLead2')]).toEqual([[orderId], []]);
    expect(await counted('deskLead2')).toBe(0);
    expect(await village.cannot('deskLead2', 'escalate', orderId, words)).toBe('order.not-found');
  });

  test('until that person has the post no more', async () => {
    const orderId = await placeSecret();
    await village.does('deskLead', 'open', orderId, {});
    await server.world.database.transaction((db) =>
      db.write('UPDATE role_grant SET ends_at = ? WHERE person_id = ?', [
        new Date(server.clock.now()),
        town.people.deskLead.id,
      ]),
    );
    expect(await refusedTo('deskLead', orderId)).toBe('order.not-found');
  });

  test('上报 passes it on sealed, and takes it from the desk below, who may still repeat that he did', async () => {
    const orderId = await placeSecret();
    await village.does('deskLead', 'open', orderId, {});
    const actionId = ulid();
    const escalate = () =>
      town.as('deskLead').call('orders.escalate', { params: { orderId }, body: { actionId, ...words } });
    expect((await escalate()).status).toBe(200);
    expect((await escalate()).data).toMatchObject({ state: 'placed', allows: [] });
    expect(await refusedTo('deskLead', orderId)).toBe('order.not-found');
    expect(await onDesk('townDispatcher')).toMatchObject([{ id: orderId, sealed: true }]);
    expect([await idsOnDesk('deskLead'), await idsOnDesk('deskLead2')]).toEqual([[], []]);
  });

  test('it is dispatched to named persons only, and leaves with whoever gives it back', async () => {
    const orderId = await placeSecret();
    await village.does('deskLead', 'accept', orderId, {});
    expect(await village.cannot('deskLead', 'dispatch', orderId, { tasks: [{ id: ulid(), mode: 'open' }] })).toBe(
      'order.confidential-assigned',
    );
    const taskId = await village.send(orderId, { mode: 'assigned', assigneeId: town.people.member2.id });
    expect(await village.read(orderId, 'member2')).toMatchObject({ words: secret.words, contact: { clear: false } });
    await village.claim(taskId, 'member2');
    expect(await village.read(orderId, 'member2')).toMatchObject({ contact: { clear: true, phone: '13900000001' } });
    await village.doesTask('member2', 'giveBack', taskId, { reason: 'relative' });
    expect(await refusedTo('member2', orderId)).toBe('order.not-found');
    expect(await town.as('member2').refused('tasks.read', { params: { taskId } })).toBe('task.not-found');
    expect(await town.as('member2').ok('tasks.list', {})).toMatchObject({ items: [] });
  });
});

describe('it stands in no hint, search or list of others', () => {
  test('no search finds it, nor anything that the searcher cannot read', async () => {
    const [sealed, opened] = [await placeSecret(), await placeSecret()];
    await village.does('deskLead', 'open', opened, {});
    expect((await idsOnDesk('deskLead')).sort()).toEqual([sealed, opened].sort());
    expect(await idsOnDesk('deskLead', { q: '学费' })).toEqual([]);
    const shown = await village.place({ categoryId: 'streetLight', words: '我家在十二号' });
    await village.does('deskLead', 'accept', shown, { publicSummary: '一组路灯不亮' });
    // 内容检查: others read the summary once it has passed.
    await showAll(server, town);
    const publicly = async (q: string) =>
      (await town.as('otherResident').ok('orders.list', { query: { scope: 'public', q } })).items.map(({ id }) => id);
    expect([await publicly('路灯'), await publicly('十二号')]).toEqual([[shown], []]);
    expect(await idsOnDesk('deskLead', { q: '十二号' })).toEqual([shown]);
    await village.does('otherResident', 'meToo', shown, {});
    const joined = async (q: string) =>
      (await town.as('otherResident').ok('orders.list', { query: { scope: 'mine', q } })).items.map(({ id }) => id);
    expect([await joined('路灯'), await joined('十二号')]).toEqual([[shown], []]);
  });

  test('nothing is merged into it, it is merged into nothing, and nobody says 我也是', async () => {
    const orderId = await placeSecret();
    await village.does('deskLead', 'open', orderId, {});
    const other = await village.place({ categoryId: 'streetLight' });
    const into = (primaryId: string) => village.cannot('deskLead', 'merge', other, { primaryId });
    expect([await into(orderId), await into(ulid())]).toEqual(['order.merge-target', 'order.merge-target']);
    expect(await village.cannot('deskLead', 'merge', orderId, { primaryId: other })).toBe('order.merge-target');
    expect(await village.cannot('otherResident', 'meToo', orderId, {})).toBe('order.not-found');
    const { items } = await town
      .as('deskLead')
      .ok('orders.similar', { query: { categoryId: 'hardship', gridId: town.groups.a1 } });
    expect(items).toEqual([]);
  });

  const confidential = { ...words, visibility: 'confidential' } as const;
  test.each([
    ['protect', (orderId: string) => village.does('deskLead', 'protect', orderId, words)],
    ['reclassify', (orderId: string) => village.does('deskLead', 'reclassify', orderId, confidential)],
  ] as const)('what becomes it by “%s” leaves the hall and the village page at once', async (_, becomes) => {
    const { orderId, taskId } = await village.toDispatched();
    await village.does('otherResident', 'meToo', orderId, {});
    const hall = async () => (await town.as('member2').ok('tasks.list', { query: { scope: 'claimable' } })).items;
    expect(await hall()).toMatchObject([{ id: taskId }]);
    await becomes(orderId);
    expect(await hall()).toEqual([]);
    expect(await village.cannotTask('member2', 'claim', taskId, { promisedAt: village.inHours(2) })).toBe(
      'task.not-found',
    );
    const { items } = await town.as('otherResident').ok('orders.list', { query: { scope: 'mine' } });
    expect(items).toEqual([]);
    expect(await idsOnDesk('deskLead')).toEqual([orderId]);
    expect(await idsOnDesk('deskLead2')).toEqual([]);
  });

  test('a danger that was told in confidence stays so when its order is taken back', async () => {
    const orderId = await placeSecret({
      categoryId: 'hazard',
      confidential: true,
      subjectIds: [town.people.deskLead2.id],
    });
    await village.does('child', 'withdraw', orderId, {});
    expect(await onDesk('deskLead')).toMatchObject([{ sealed: true, visibility: 'confidential' }]);
    expect(await idsOnDesk('deskLead2')).toEqual([]);
    expect(await idsOnDesk('townDispatcher')).toEqual([]);
  });
});

describe('作风反映', () => {
  const others = [
    'deskLead',
    'deskLead2',
    'groupLead',
    'secretary',
    'villageSupervisor',
    'townDispatcher',
    'inspector',
  ] as const;

  test('is there for the discipline desk of the town alone, and for whoever told it', async () => {
    const orderId = await placeConduct();
    expect(await onDesk('disciplineDesk')).toMatchObject([{ id: orderId, sealed: true }]);
    for (const person of others) {
      expect([person, await refusedTo(person, orderId)]).toEqual([person, 'order.not-found']);
      expect([person, await idsOnDesk(person)]).toEqual([person, []]);
    }
    await village.does('disciplineDesk', 'accept', orderId, {});
    await village.does('disciplineDesk', 'dispatch', orderId, {
      tasks: [{ id: ulid(), mode: 'assigned', assigneeId: town.people.disciplineDesk.id, scopeGridId: town.townId }],
    });
    for (const person of others)
      expect([person, await refusedTo(person, orderId)]).toEqual([person, 'order.not-found']);
    expect((await village.read(orderId, 'child')).view).toBe('party');
  });

  test('and the discipline desk sees nothing else', async () => {
    const { orderId } = await village.toDispatched();
    expect(await refusedTo('disciplineDesk', orderId)).toBe('order.not-found');
    expect(await idsOnDesk('disciplineDesk')).toEqual([]);
    expect(await town.as('disciplineDesk').ok('tasks.list', { query: { scope: 'claimable' } })).toMatchObject({
      items: [],
    });
    expect(
      await town
        .as('disciplineDesk')
        .refused('tasks.read', { params: { taskId: (await village.read(orderId)).tasks[0]?.id ?? '' } }),
    ).toBe('task.not-found');
  });
});
