import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { Order, OrderSubject } from '../orders/order.entity';
import { Task, TaskClaim } from '../orders/task.entity';

let server: TestServer;
let town: Town;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
});

/** An accepted order of the resident, on the desk of village A. Only what finding people looks at matters. */
async function insertOrder(more: Partial<Order> = {}): Promise<string> {
  const { countyId, townId, villageA, groups } = town;
  const order: Partial<Order> = {
    ...{ id: ulid(), state: 'accepted', stage: 'open', version: 1, source: 'resident', categoryId: 'streetLight' },
    ...{ urgency: 'normal', visibility: 'open', title: '路灯不亮', fingerprint: Buffer.alloc(32), deskKind: 'desk' },
    ...{ requesterId: town.people.resident.id, householdId: town.households.resident },
    ...{ placeGridId: groups.a1, countyId, townId, villageId: villageA, groupId: groups.a1 },
    ...{ deskGridId: villageA, deskCountyId: countyId, deskTownId: townId, deskVillageId: villageA },
    placedAt: new Date(server.clock.now()),
    ...more,
  };
  await server.world.database.transaction((db) => db.insert(Order, [order]));
  return order.id as string;
}

async function insertTaskInHand(orderId: string, holder: PersonName, more: Partial<Task> = {}): Promise<string> {
  const at = new Date(server.clock.now());
  const id = ulid();
  const task: Partial<Task> = {
    ...{ id, orderId, mode: 'open', state: 'claimed', stage: 'working', version: 1, urgency: 'normal', places: 1 },
    ...{ taken: 1, scopeGridId: town.villageA, scopeVillageId: town.villageA, offeredAt: at },
    ...{ offeredById: town.people.deskLead.id, ...more },
  };
  await server.world.database.transaction(async (db) => {
    await db.insert(Task, [task]);
    await db.insert(TaskClaim, [{ taskId: id, personId: town.people[holder].id, orderId, state: 'taken', at }]);
  });
  return id;
}

const found = async (by: PersonName, query: { purpose: 'dispatch' | 'handOver' | 'proxy'; [key: string]: string }) =>
  (await town.as(by).ok('people.find', { query })).people;
const names = (people: { name: string }[]) => people.map(({ name }) => name);

describe('whom the desk may send', () => {
  test('the member linked to the household comes first, then whoever has least in hand; nobody of other villages', async () => {
    const orderId = await insertOrder();
    await insertTaskInHand(await insertOrder(), 'member2');
    const people = await found('deskLead', { purpose: 'dispatch', orderId });
    const [first, ...rest] = people;
    expect(first).toMatchObject({ name: '李晓峰', kindName: '党员', place: '碧塘村一组', linked: true, load: 0 });
    expect(rest.map(({ name, kindName }) => `${name} ${kindName}`)).toEqual([
      ...[
        '曾电生 志愿者',
        '林秀珍 党员中心户',
        '罗秋月 党员',
        '苏联通 外单位对接人',
        '陈小燕 网格员',
        '黄伟明 小网格长',
      ],
      '张建平 党员',
    ]);
    expect(rest.at(-1)?.load).toBe(1);
    expect(rest[0]?.skills).toEqual(['electric']);
  });

  test('who has the skill of the category stands before the others, who is away behind them all', async () => {
    const orderId = await insertOrder({ categoryId: 'farmTech', householdId: null });
    const { member, member3 } = town.people;
    await server.world.database.transaction(async (db) => {
      await db.write("INSERT INTO person_skill (person_id, skill) VALUES (?, 'farmTech')", [member3.id]);
      await db.write('UPDATE person SET away_until = ? WHERE id = ?', [new Date(server.clock.now() + 1e9), member.id]);
    });
    const people = await found('deskLead', { purpose: 'dispatch', orderId });
    expect(names(people)[0]).toBe('罗秋月');
    expect(people.at(-1)).toMatchObject({ name: '李晓峰', away: true });
  });

  test('nobody of the household concerned and nobody complained about', async () => {
    const orderId = await insertOrder({ householdId: town.households.member });
    const subject = { orderId, personId: town.people.member2.id };
    await server.world.database.transaction((db) => db.insert(OrderSubject, [subject]));
    const people = names(await found('deskLead', { purpose: 'dispatch', orderId }));
    expect(people).toContain('罗秋月');
    expect(people).not.toContain('李晓峰');
    expect(people).not.toContain('张建平');
  });

  test('by name, where what is typed stands for itself', async () => {
    const orderId = await insertOrder();
    expect(names(await found('deskLead', { purpose: 'dispatch', orderId, q: '建' }))).toEqual(['张建平']);
    expect(await found('deskLead', { purpose: 'dispatch', orderId, q: '%' })).toEqual([]);
  });

  test('thirty at most', async () => {
    await town.moreMembers(60);
    expect(await found('deskLead', { purpose: 'dispatch', orderId: await insertOrder() })).toHaveLength(30);
  });

  test('the desk of another village finds no such order; nor does anybody find people for a confidential one of others', async () => {
    const orderId = await insertOrder();
    const named = await insertOrder({ visibility: 'confidential', deskPersonId: town.people.deskLead2.id });
    const ask = (by: PersonName, id: string) =>
      town.as(by).refused('people.find', { query: { purpose: 'dispatch', orderId: id } });
    expect(await ask('deskLeadOutside', orderId)).toBe('order.not-found');
    expect(await ask('member', orderId)).toBe('order.not-found');
    expect(await ask('deskLead', named)).toBe('order.not-found');
    expect(await found('deskLead2', { purpose: 'dispatch', orderId: named })).not.toHaveLength(0);
    expect(await found('townDispatcher', { purpose: 'dispatch', orderId })).not.toHaveLength(0);
  });

  test('without the order there is nothing to send anybody to', async () => {
    const { status, problem } = await town.as('deskLead').call('people.find', { query: { purpose: 'dispatch' } });
    expect([status, problem?.fields]).toEqual([400, { orderId: '请选择单子' }]);
  });
});

describe('whom the holder may hand over to', () => {
  test('the others in the scope of the task, with its skill if it asks for one', async () => {
    const taskId = await insertTaskInHand(await insertOrder(), 'member');
    const people = names(await found('member', { purpose: 'handOver', taskId }));
    expect(people).toEqual(expect.arrayContaining(['张建平', '曾电生', '罗秋月', '林秀珍']));
    expect(people).not.toContain('李晓峰');
    expect(people).not.toContain('何振东');
    const electric = await insertTaskInHand(await insertOrder(), 'member', { skill: 'electric' });
    expect(names(await found('member', { purpose: 'handOver', taskId: electric }))).toEqual(['曾电生']);
    const forMembers = await insertTaskInHand(await insertOrder(), 'member', { partyMembersOnly: 1 });
    expect(names(await found('member', { purpose: 'handOver', taskId: forMembers }))).toEqual(['张建平', '罗秋月']);
  });

  test('only who has it in hand is told', async () => {
    const taskId = await insertTaskInHand(await insertOrder(), 'member');
    const query = { purpose: 'handOver', taskId } as const;
    expect(await town.as('member2').refused('people.find', { query })).toBe('task.not-found');
  });
});

describe('whom one may order for', () => {
  test('the residents of the own grid, by masked name, linked households first', async () => {
    const people = await found('member', { purpose: 'proxy' });
    expect(names(people)).toEqual(['王*英', '陈*柱', '林*珍']);
    expect(people[0]).toMatchObject({ kindName: '群众', place: '碧塘村一组12号', linked: true });
    expect(names(await found('deskLead', { purpose: 'proxy', q: '阿妹' }))).toEqual(['黄*妹']);
  });

  test('a resident looks up nobody', async () => {
    expect(await town.as('resident').refused('people.find', { query: { purpose: 'proxy' } })).toBe('access.forbidden');
  });
});
