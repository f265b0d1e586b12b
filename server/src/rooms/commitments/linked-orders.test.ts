import { ulid } from 'ulid';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** Orders and deeds: the same fact is never typed twice. */
let server: TestServer;
let town: Town;
let promises: CommitmentJourney;
let orders: Journey;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  promises = commitmentsIn(server, town);
  orders = journeyIn(server, town);
});

const errands = {
  title: '全年跑腿 24 次',
  words: '帮独居老人买药、取包裹，全年 24 次',
  quantity: 24,
  unit: '次',
} as const;
const read = (commitmentId: string) => town.as('member').ok('commitments.read', { params: { commitmentId } });

describe('an order under a deed', () => {
  test('is placed for it, linked by itself, and counts when it is closed; when it is opened again it does not', async () => {
    const { commitmentId } = await promises.toPublished(errands);
    const patrol = { source: 'patrol', gridId: town.groups.a1 } as const;
    const orderId = await orders.place({ commitmentId, ...patrol }, 'member');
    await orders.drain();
    expect(await read(commitmentId)).toMatchObject({ quantityDone: 0, orders: [{ id: orderId, stage: 'open' }] });
    await orders.does('deskLead', 'accept', orderId, {});
    const taskId = await orders.send(orderId);
    await orders.claim(taskId);
    await orders.report(taskId);
    await orders.does('member', 'confirm', orderId, orders.content);
    await orders.drain();
    const counted = await read(commitmentId);
    expect(counted).toMatchObject({ quantityDone: 1, percent: 4, state: 'published' });
    expect(counted.history[0]).toMatchObject({
      ...{ action: 'countOrders', quantityDone: 1, words: '连着的单子办结了 1 件，自动记上' },
      actor: { name: '系统' },
    });
    await orders.does('member', 'reopen', orderId, { words: '又坏了' });
    await orders.drain();
    expect((await read(commitmentId)).quantityDone).toBe(0);
  });

  test('that is closed already counts once it is linked, and only once, however often it is looked at', async () => {
    const { commitmentId } = await promises.toPublished(errands);
    await promises.does('member', 'linkOrder', commitmentId, { orderId: await closedOrderOf('member') });
    await orders.drain();
    expect((await read(commitmentId)).quantityDone).toBe(1);
    await promises.does('member', 'progress', commitmentId, { words: '另外还跑了 4 次', quantityDone: 5 });
    await promises.does('member', 'linkOrder', commitmentId, { orderId: await closedOrderOf('member') });
    await orders.drain();
    const { quantityDone, orders: linked } = await read(commitmentId);
    expect([quantityDone, linked.length]).toEqual([6, 2]);
  });

  test('that was closed while the deed waited for acceptance counts once it is under way again', async () => {
    const { commitmentId } = await promises.toPublished(errands);
    const { orderId, taskId } = await orders.toClaimed('member');
    await promises.does('member', 'linkOrder', commitmentId, { orderId });
    const given = { words: '跑了 3 次，老人搬走了', quantityDone: 3, noPhotoReason: 'nothingVisible' } as const;
    await promises.does('member', 'deliver', commitmentId, given);
    await orders.report(taskId, 'member');
    await orders.does('resident', 'confirm', orderId, orders.content);
    await orders.drain();
    expect((await read(commitmentId)).quantityDone).toBe(3);
    await promises.does('secretary', 'reject', commitmentId, {
      words: '还有老人要跑',
      mendBy: `${promises.year}-12-01`,
    });
    await orders.drain();
    expect((await read(commitmentId)).quantityDone).toBe(4);
  });

  test('closed before the deed was promised is no part of it', async () => {
    const orderId = await closedOrderOf('member');
    server.clock.advance(1000);
    const { commitmentId } = await promises.toPublished(errands);
    await promises.does('member', 'linkOrder', commitmentId, { orderId });
    await orders.drain();
    expect(await read(commitmentId)).toMatchObject({ quantityDone: 0, orders: [{ id: orderId, stage: 'done' }] });
  });

  test('that is only for whom it concerns is counted on the public page of the deed, not named', async () => {
    const { commitmentId } = await promises.toPublished(errands);
    const asked = {
      categoryId: 'errand',
      beneficiaryName: '三组的老人',
      source: 'patrol',
      gridId: town.groups.a1,
    } as const;
    await orders.place({ commitmentId, ...asked }, 'member');
    await orders.drain();
    expect(await read(commitmentId)).toMatchObject({ orders: [], otherOrders: 1 });
  });

  test('does not count where something else is counted: 4 lamps', async () => {
    const { commitmentId } = await promises.toPublished();
    await promises.does('member', 'linkOrder', commitmentId, { orderId: await closedOrderOf('member') });
    await orders.drain();
    expect((await read(commitmentId)).quantityDone).toBe(0);
  });

  test('becomes a deed: adopted in the draft, it counts when it is closed after publication', async () => {
    const roundId = await promises.toDrafting();
    const { orderId, taskId } = await orders.toClaimed('member');
    const { commitmentId } = await promises.toPublished({ ...errands, roundId, orderId });
    await orders.report(taskId, 'member');
    await orders.does('resident', 'confirm', orderId, orders.content);
    await orders.drain();
    expect((await read(commitmentId)).quantityDone).toBe(1);
    const { items } = await town.as('resident').ok('commitments.list', { query: { orderId } });
    expect(items.map(({ id }) => id)).toEqual([commitmentId]);
  });

  test('is one the person may see, in the same town, and no 保密件; twice is once', async () => {
    const { commitmentId } = await promises.toPublished(errands);
    const cannot = (orderId: string) => promises.cannot('member', 'linkOrder', commitmentId, { orderId });
    expect(await cannot(ulid())).toBe('commitment.order-not-found');
    expect(await cannot(await orders.place())).toBe('commitment.order-not-found');
    expect(await cannot(await orders.place({ confidential: true }, 'member'))).toBe('commitment.order-not-found');
    const orderId = await closedOrderOf('member');
    await promises.does('member', 'linkOrder', commitmentId, { orderId });
    expect(await cannot(orderId)).toBe('commitment.order-linked');
  });

  test('that is confidential is never linked, not even when it is placed for the deed', async () => {
    const { commitmentId } = await promises.toPublished(errands);
    const asked = { confidential: true, source: 'patrol', gridId: town.groups.a1, commitmentId } as const;
    await orders.place(asked, 'member');
    await orders.drain();
    const { otherOrders, history } = await read(commitmentId);
    expect([otherOrders, history.map(({ action }) => action).includes('linkOrder')]).toEqual([0, false]);
  });

  test('is placed for a deed of one’s own that is under way, not for another’s', async () => {
    const roundId = await promises.toDrafting();
    const commitmentId = await promises.draft({ ...errands, roundId });
    const place = (person: 'member' | 'resident') =>
      town.as(person).refused('orders.place', {
        params: { orderId: ulid() },
        body: { categoryId: 'streetLight', words: '灯坏了', commitmentId },
      });
    expect([await place('member'), await place('resident')]).toEqual(['commitment.not-found', 'commitment.not-found']);
  });

  /** Handled by this person, who therefore sees it. */
  async function closedOrderOf(person: 'member'): Promise<string> {
    const { orderId, taskId } = await orders.toClaimed(person);
    await orders.report(taskId, person);
    await orders.does('resident', 'confirm', orderId, orders.content);
    await orders.drain();
    return orderId;
  }
});

describe('who keeps a deed', () => {
  test('is not found in who has left his post and never was a member here', async () => {
    const roundId = await promises.toDrafting();
    const found = async () =>
      (await town.as('member').ok('rounds.members', { params: { roundId }, query: { q: '何国栋' } })).people;
    const { id } = town.people.secretary;
    await server.world.database.transaction(async (db) => {
      await db.write('UPDATE person SET home_organization_id = NULL WHERE id = ?', [id]);
    });
    expect(await found()).toHaveLength(1);
    await server.world.database.transaction(async (db) => {
      const ended = new Date(server.clock.now() - 1000);
      await db.write('UPDATE role_grant SET starts_at = ?, ends_at = ? WHERE person_id = ?', [ended, ended, id]);
    });
    expect(await found()).toEqual([]);
    const commitmentId = ulid();
    const body = promises.draftBody({ roundId, helperIds: [id] });
    expect(await town.as('member').refused('commitments.draft', { params: { commitmentId }, body })).toBe(
      'commitment.responsible-outside',
    );
  });

  test('is found by name among the members of the town, the own branch first', async () => {
    const roundId = await promises.toDrafting();
    const find = async (q?: string) =>
      (await town.as('member').ok('rounds.members', { params: { roundId }, query: q ? { q } : {} })).people;
    const all = await find();
    const { member, member2, memberOutside } = town.people;
    expect(all.map(({ personId }) => personId)).toEqual(
      expect.arrayContaining([member.id, member2.id, memberOutside.id]),
    );
    const own = all[0]?.organizationName;
    const homes = all.map(({ organizationName }) => organizationName === own);
    expect(homes.indexOf(false)).toBeGreaterThan(homes.lastIndexOf(true));
    expect((await find(member2.name)).map(({ personId }) => personId)).toEqual([member2.id]);
    expect(await find('%')).toEqual([]);
  });

  test('may be another one before it is approved; and only a member of the town', async () => {
    const roundId = await promises.toDrafting();
    const kind = { kind: 'organization', organizationId: town.branches.a } as const;
    const commitmentId = await promises.draft({ roundId, ...kind }, 'secretary');
    const content = promises.content();
    const { member2, resident } = town.people;
    const rewrite = { content, responsibleId: member2.id, helperIds: [town.people.member.id] };
    await promises.does('secretary', 'rewrite', commitmentId, rewrite);
    const after = await town.as('secretary').ok('commitments.read', { params: { commitmentId } });
    expect(after.responsible?.personId).toBe(member2.id);
    expect(await promises.cannot('secretary', 'rewrite', commitmentId, { content, responsibleId: resident.id })).toBe(
      'commitment.responsible-outside',
    );
    await promises.does('secretary', 'rewrite', commitmentId, { content });
    const kept = await town.as('secretary').ok('commitments.read', { params: { commitmentId } });
    expect(kept.responsible?.personId).toBe(member2.id);
  });
});
