import { ulid } from 'ulid';
import { journeyIn, type Journey } from '../journey';
import { startTestServer, type TestServer } from '../server';
import { buildTown, type Town } from '../town';
import type { PersonName } from '../town-cast';

/** Names, phones and places of residents, and the people an order complains about (domain.md §2.3, decisions.md §2.8). */
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

const consent = { how: 'spoken', by: '黄阿妹' } as const;

describe('nobody learns a name or a number by ordering for somebody', () => {
  test('a grid worker on a visit finds residents by masked name, and that is all the order tells', async () => {
    const worker = town.as('gridWorker');
    const { people } = await worker.ok('people.find', { query: { purpose: 'proxy' } });
    const found = people.find(({ personId }) => personId === town.people.resident.id);
    expect(found?.name).toBe('王*英');
    const body = {
      categoryId: 'elderHelp',
      words: '要人陪着走走',
      gridId: town.groups.a1,
      beneficiaryId: found?.personId ?? '',
    };
    for (const more of [{ source: 'visit' }, { source: 'hub', consent: { how: 'spoken', by: '王桂英' } }] as const) {
      const order = await worker.ok('orders.place', { params: { orderId: ulid() }, body: { ...body, ...more } });
      expect(order).toMatchObject({
        contact: { clear: false, name: '王*英' },
        beneficiary: more.source === 'visit' ? '王*英' : null,
      });
      expect(JSON.stringify(order)).not.toMatch(/王桂英|\d{11}/);
    }
  });

  test('nor does a resident who names somebody of another household', async () => {
    const body = {
      categoryId: 'errand',
      words: '帮邻居买药',
      beneficiaryId: town.people.otherResident.id,
      source: 'family',
    } as const;
    const { problem } = await town.as('resident').call('orders.place', { params: { orderId: ulid() }, body });
    expect(problem?.code).toBe('order.not-family');
    expect(JSON.stringify(problem)).not.toMatch(/黄|\d{11}/);
  });

  test('whoever handles it reads who said yes, everybody else a masked name', async () => {
    const orderId = ulid();
    const body = {
      categoryId: 'other',
      words: '屋顶漏',
      source: 'hub',
      beneficiaryName: '黄阿妹',
      consent,
      gridId: town.groups.a1,
    } as const;
    await town.as('hubKeeper').ok('orders.place', { params: { orderId }, body });
    await village.does('deskLead', 'accept', orderId, {});
    await village.claim(await village.send(orderId), 'member2');
    const consents = (person: PersonName) => village.read(orderId, person).then((order) => order.consent);
    expect([await consents('deskLead'), await consents('groupLead'), await consents('member2')]).toEqual([
      ...['黄*妹 口头同意', '黄*妹 口头同意', '黄阿妹 口头同意'],
    ]);
  });
});

describe('who agreed himself', () => {
  test('is 本人 to everybody: that is no name', async () => {
    const orderId = await village.place(
      { source: 'hub', beneficiaryName: '黄阿妹', gridId: town.groups.a1, consent: { how: 'signed', by: '本人' } },
      'hubKeeper',
    );
    expect((await village.read(orderId, 'deskLead')).consent).toBe('本人 签字同意');
  });
});

describe('neighbours among each other', () => {
  test('who joined an order stays a masked name, also for whose order it is', async () => {
    const { orderId } = await village.toClaimed('member2');
    await village.does('otherResident', 'meToo', orderId, { words: '我家门口也暗' });
    const joiner = async (person: PersonName) =>
      (await village.read(orderId, person)).history.find(({ action }) => action === 'meToo')?.actor.name;
    expect(await joiner('resident')).toBe('黄*妹');
    expect(await joiner('deskLead')).toBe('黄*妹');
    expect(await joiner('member2')).toBe('黄阿妹');
    expect((await village.read(orderId, 'otherResident')).history).toEqual([]);
  });

  test('in the village a place is told to the group, and distances are measured to its middle', async () => {
    const { lat, lng } = town.centres.a1;
    const spots = [
      { lat, lng },
      { lat: lat + 0.002, lng: lng - 0.003 },
    ];
    for (const gcj02 of spots) {
      const orderId = await village.place({ gcj02, address: '三组十二号门口' });
      await village.does('deskLead', 'accept', orderId, { publicSummary: '路灯不亮' });
    }
    const { items } = await town
      .as('otherResident')
      .ok('orders.list', { query: { scope: 'nearby', lat: lat + 0.001, lng } });
    expect(items).toHaveLength(2);
    expect(new Set(items.map(({ metres }) => metres)).size).toBe(1);
    expect(items).toMatchObject(items.map(() => ({ gcj02: null, requester: null, place: { gridId: town.groups.a1 } })));
    const [nearest] = (await town.as('deskLead').ok('orders.list', { query: { scope: 'desk' } })).items;
    expect(nearest?.gcj02).not.toBeNull();
  });

  test('a refusal says “群众” where a resident was quicker', async () => {
    const orderId = await village.place();
    await village.does('resident', 'withdraw', orderId, {});
    const { problem } = await village.tries('deskLead', 'accept', orderId, {});
    expect(problem).toMatchObject({ code: 'order.wrong-state', facts: { by: '群众', stateName: '已撤单' } });
  });
});

describe('helpers', () => {
  test('read in the hall what is to be done, and not how it went elsewhere', async () => {
    const { taskId } = await village.toReported({ words: '他家的线路全换了' });
    const outcome = { outcome: 'solved', words: '他家的线路全换了' };
    expect(await village.readTask(taskId, 'member2')).toMatchObject(outcome);
    expect(await village.readTask(taskId, 'deskLead')).toMatchObject(outcome);
    expect(await village.readTask(taskId, 'member3')).toMatchObject({
      state: 'reported',
      outcome: null,
      words: null,
      noPhotoReason: null,
    });
  });

  test('see the number from the claim until thirty days after the close, and not after giving back', async () => {
    const { orderId, taskId } = await village.toClaimed('member2');
    const clear = async () => (await village.read(orderId, 'member2')).contact?.clear;
    expect(await clear()).toBe(true);
    await village.report(taskId, 'member2');
    await village.does('resident', 'confirm', orderId, village.content);
    await village.wait(29 * 24 * 60 * 60_000);
    expect(await clear()).toBe(true);
    await village.wait(2 * 24 * 60 * 60_000);
    expect(await clear()).toBe(false);
    const other = await village.toClaimed('member3');
    await village.doesTask('member3', 'giveBack', other.taskId, { reason: 'tooFar' });
    expect(await town.as('member3').refused('orders.read', { params: { orderId: other.orderId } })).toBe(
      'order.not-found',
    );
  });

  test('do not handle what they ordered themselves', async () => {
    const orderId = await village.place({ gridId: town.groups.a1, contactPhone: '13900000001' }, 'member2');
    await village.does('deskLead', 'accept', orderId, {});
    const taskId = await village.send(orderId);
    expect(await village.cannotTask('member2', 'claim', taskId, { promisedAt: village.inHours(2) })).toBe(
      'order.own-household',
    );
    const assigned = { id: ulid(), mode: 'assigned', assigneeId: town.people.member2.id } as const;
    expect(await village.cannot('deskLead', 'dispatch', orderId, { tasks: [assigned] })).toBe('task.not-assignable');
  });
});

describe('whom an order complains about', () => {
  test('never sees it in hall, list, search for people or message, never handles it, and is never sent', async () => {
    const orderId = await village.toAccepted({ subjectIds: [town.people.member2.id], categoryId: 'other' });
    const taskId = await village.send(orderId);
    await village.drain();
    const subject = town.as('member2');
    expect(await subject.ok('tasks.list', { query: { scope: 'claimable' } })).toMatchObject({ items: [] });
    expect(await subject.ok('messages.list', {})).toMatchObject({ items: [] });
    expect(await subject.refused('orders.read', { params: { orderId } })).toBe('order.not-found');
    expect(await subject.refused('tasks.read', { params: { taskId } })).toBe('task.not-found');
    expect(await village.cannotTask('member2', 'claim', taskId, { promisedAt: village.inHours(2) })).toBe(
      'task.not-found',
    );
    const assigned = { id: ulid(), mode: 'assigned', assigneeId: town.people.member2.id } as const;
    expect(await village.cannot('deskLead', 'dispatch', orderId, { tasks: [assigned] })).toBe('task.not-assignable');
  });

  test('never studies or verifies it, whatever the post', async () => {
    const orderId = await village.place({ subjectIds: [town.people.deskLead.id] });
    const lead = town.as('deskLead');
    expect(await lead.ok('orders.list', { query: { scope: 'desk' } })).toMatchObject({ items: [] });
    expect(await lead.ok('orders.counts', {})).toMatchObject({ toStudy: 0 });
    expect(await village.cannot('deskLead', 'accept', orderId, {})).toBe('order.not-found');
    expect(await lead.refused('people.find', { query: { purpose: 'dispatch', orderId } })).toBe('order.not-found');
    await village.does('deskLead2', 'accept', orderId, { categoryId: 'roadDamage' });
    const taskId = await village.send(orderId, {}, 'deskLead2');
    await village.claim(taskId, 'member3');
    await village.report(taskId, 'member3');
    expect(await village.cannot('deskLead', 'verify', orderId, {})).toBe('order.not-found');
    expect(await village.does('deskLead2', 'verify', orderId, {})).toMatchObject({ state: 'reported' });
  });
});
