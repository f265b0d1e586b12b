import { ulid } from 'ulid';
import { journeyIn, days, hours, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** Orders on their way between desks (domain.md §3.2): merged, passed up and down, elsewhere, put aside. */
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

const words = { words: '见说明' };
const titlesOf = async (who: 'resident' | 'otherResident') =>
  (await town.as(who).ok('messages.list', {})).items.map(({ title }) => title);

describe('并单', () => {
  const two = async () => ({
    primary: await village.toAccepted(),
    other: await village.place({ gridId: town.groups.a2 }, 'otherResident'),
  });

  test('the second requester becomes a party of the first: told, shown its progress, asked', async () => {
    const { primary, other } = await two();
    expect(await village.does('deskLead', 'merge', other, { primaryId: primary })).toMatchObject({ state: 'merged' });
    await village.drain();
    expect(await titlesOf('otherResident')).toContain('并到一起办');
    expect((await village.read(primary, 'otherResident')).view).toBe('party');
    const taskId = await village.send(primary);
    await village.claim(taskId);
    await village.report(taskId);
    await village.drain();
    expect(await titlesOf('otherResident')).toContain('办好了，请您说说');
    await village.does('otherResident', 'confirm', primary, village.content);
    expect(await village.does('resident', 'confirm', primary, { ...village.content, stars: 3 })).toMatchObject({
      state: 'confirmed',
    });
    const { answers } = await village.read(primary, 'deskLead');
    expect(answers.map(({ stars, decides }) => [stars, decides])).toEqual([
      [5, true],
      [3, false],
    ]);
  });

  test('拆单: apart again, and no party any more', async () => {
    const { primary, other } = await two();
    await village.does('deskLead', 'merge', other, { primaryId: primary });
    expect(await village.does('deskLead', 'unmerge', other, {})).toMatchObject({ state: 'placed' });
    expect(await village.cannot('otherResident', 'remind', primary, {})).toBe('access.forbidden');
    expect((await village.read(primary, 'otherResident')).view).toBe('public');
    await village.does('deskLead', 'merge', other, { primaryId: primary });
  });

  test('not into itself, what is over, what is confidential, another village, or what is itself merged', async () => {
    const { primary, other } = await two();
    const refuses = async (primaryId: string) =>
      expect(await village.cannot('deskLead', 'merge', other, { primaryId })).toBe('order.merge-target');
    await refuses(other);
    const third = await village.place();
    await village.does('deskLead', 'merge', third, { primaryId: primary });
    await refuses(third);
    await refuses(await village.place({ confidential: true }));
    await refuses((await village.toConfirmed()).orderId);
    await refuses(await village.place({ gridId: town.groups.b1 }, 'farResident'));
    await refuses(await village.place({ subjectIds: [town.people.admin.id] }));
  });

  test('not once somebody has it in hand; what is only offered goes', async () => {
    const { primary } = await two();
    const claimed = await village.toClaimed();
    expect(await village.cannot('deskLead', 'merge', claimed.orderId, { primaryId: primary })).toBe(
      'order.wrong-state',
    );
    const { orderId, taskId } = await village.toDispatched();
    await village.does('deskLead', 'merge', orderId, { primaryId: primary });
    expect(await village.readTask(taskId, 'deskLead')).toMatchObject({ state: 'cancelled' });
  });

  test('two orders merged into each other at once: one of them stays', async () => {
    const { primary, other } = await two();
    const replies = await Promise.all([
      village.tries('deskLead', 'merge', other, { primaryId: primary }),
      village.tries('deskLead2', 'merge', primary, { primaryId: other }),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('上报', () => {
  test.each([
    ['placed', () => village.place()],
    ['accepted', () => village.toAccepted()],
    ['dispatched', async () => (await village.toDispatched()).orderId],
  ])('from %s it is studied above; what was offered is cancelled', async (_, walk) => {
    const orderId = await walk();
    expect(await village.does('deskLead', 'escalate', orderId, words)).toMatchObject({ state: 'placed' });
    const order = await village.read(orderId);
    expect(order).toMatchObject({ moves: 1, desk: { gridId: town.townId } });
    expect(order.tasks.map(({ state }) => state)).toEqual(order.tasks.map(() => 'cancelled'));
    expect(order.dueAt).not.toBeNull();
    await village.does('townDispatcher', 'accept', orderId, {});
  });

  test('from 处置中 only the desk changes: who has it in hand keeps it', async () => {
    const { orderId, taskId } = await village.toClaimed();
    expect(await village.does('deskLead', 'escalate', orderId, words)).toMatchObject({ state: 'handling' });
    expect(await village.readTask(taskId)).toMatchObject({ state: 'claimed' });
    await village.report(taskId);
    expect((await village.read(orderId)).desk.gridId).toBe(town.townId);
  });

  test('the small grid’s lead may pass up what lies in the group; at the town there is nothing above', async () => {
    const orderId = await village.place();
    await village.does('groupLead', 'escalate', orderId, words);
    expect(await village.cannot('townDispatcher', 'escalate', orderId, words)).toBe('order.no-parent');
  });

  test('the same again after a lost reply is answered, though the desk does not see a confidential order any more', async () => {
    const orderId = await village.place({ confidential: true });
    const once = { ...words, actionId: ulid() };
    const again = () => town.as('deskLead').call('orders.escalate', { params: { orderId }, body: once });
    expect((await again()).status).toBe(200);
    expect(await again()).toMatchObject({ status: 200, data: { state: 'placed', allows: [] } });
    expect(await village.cannot('deskLead', 'escalate', orderId, words)).toBe('order.not-found');
  });
});

describe('交办下级 and 改派网格', () => {
  test('down to the village that contains the place, and no other', async () => {
    const orderId = await village.place();
    await village.does('deskLead', 'escalate', orderId, words);
    const down = (gridId: string) => ({ ...words, gridId });
    expect(await village.cannot('townDispatcher', 'sendDown', orderId, down(town.villageB))).toBe('order.no-child');
    expect(await village.does('townDispatcher', 'sendDown', orderId, down(town.villageA))).toMatchObject({
      state: 'placed',
    });
    expect((await village.read(orderId)).desk.gridId).toBe(town.villageA);
    expect(await village.cannot('deskLead', 'sendDown', orderId, down(town.villageA))).toBe('order.no-child');
  });

  test('after three moves it stays where it is', async () => {
    const orderId = await village.place();
    await village.does('deskLead', 'escalate', orderId, words);
    await village.does('townDispatcher', 'sendDown', orderId, { ...words, gridId: town.villageA });
    await village.does('deskLead', 'escalate', orderId, words);
    expect(await village.cannot('townDispatcher', 'sendDown', orderId, { ...words, gridId: town.villageA })).toBe(
      'order.moved-enough',
    );
  });

  test('the desk corrects the place once; after that only the common parent', async () => {
    const orderId = await village.place();
    const to = (gridId: string) => ({ ...words, gridId });
    await village.does('deskLead', 'redirect', orderId, to(town.groups.b2));
    const moved = await village.read(orderId);
    expect(moved).toMatchObject({ place: { gridId: town.groups.b2 }, desk: { gridId: town.villageB } });
    expect(await village.cannot('deskLeadOutside', 'redirect', orderId, to(town.groups.a1))).toBe(
      'order.redirected-once',
    );
    await village.does('townDispatcher', 'redirect', orderId, to(town.groups.a1));
    expect((await village.read(orderId)).desk.gridId).toBe(town.villageA);
  });
});

describe('转渠道', () => {
  test('the requester is told where it went; refused there, it comes back accepted', async () => {
    const orderId = await village.toAccepted();
    const away = { channel: 'mediation', words: '由人民调解委员会调解', reference: '调2026-15' } as const;
    expect(await village.does('deskLead', 'convert', orderId, away)).toMatchObject({ state: 'converted' });
    await village.drain();
    expect(await titlesOf('resident')).toContain('转到别的渠道');
    expect(await village.does('deskLead', 'takeBack', orderId, words)).toMatchObject({ state: 'accepted' });
    expect((await village.read(orderId)).dueAt).not.toBeNull();
  });
});

describe('挂起', () => {
  const pause = (days_: number) =>
    ({ reason: 'waitMaterials', words: '等灯具到货', resumeAt: village.inHours(days_ * 24) }) as const;

  test('clocks stop, the resident is told until when, and they go on with what was left', async () => {
    const { orderId, taskId } = await village.toClaimed();
    server.clock.advance(2 * hours);
    const before = Date.parse((await village.readTask(taskId)).handleDueAt ?? '');
    await village.does('deskLead', 'suspend', orderId, pause(7));
    await village.drain();
    expect(await titlesOf('resident')).toContain('要等一等');
    expect(await village.readTask(taskId)).toMatchObject({ handleDueAt: null, contactDueAt: null });
    await village.wait(7 * days);
    expect((await village.read(orderId)).state).toBe('handling');
    // Friday the 18th at nine is three working days less two hours away; from Tuesday the 22nd at eleven these end on
    // Monday the 28th: 中秋节 lies between.
    expect(new Date(before).toISOString()).toBe('2026-09-18T01:00:00.000Z');
    expect((await village.readTask(taskId)).handleDueAt).toBe('2026-09-28T01:00:00.000Z');
  });

  test('nothing is claimed or reported meanwhile; what is given back waits with it', async () => {
    const { orderId, taskId } = await village.toClaimed();
    const waiting = await village.send(orderId);
    await village.does('deskLead', 'suspend', orderId, pause(7));
    const promisedAt = village.inHours(3);
    expect(await village.cannotTask('member3', 'claim', waiting, { promisedAt })).toBe('task.wrong-state');
    expect(await village.cannotTask('member2', 'report', taskId, village.solved)).toBe('order.suspended');
    const hall = await town.as('member3').ok('tasks.list', { query: { scope: 'claimable' } });
    expect(hall.items).toEqual([]);
    await village.doesTask('member2', 'giveBack', taskId, { reason: 'timeConflict' });
    expect(await village.readTask(taskId)).toMatchObject({ state: 'offered', claimDueAt: null });
    expect(await village.does('deskLead', 'resume', orderId, {})).toMatchObject({ state: 'dispatched' });
    expect((await village.readTask(taskId)).claimDueAt).not.toBeNull();
  });

  test('what is finished on resuming is asked about: no order rests without a clock', async () => {
    const { orderId, taskId } = await village.toClaimed();
    const second = await village.send(orderId);
    await village.report(taskId);
    await village.does('deskLead', 'suspend', orderId, pause(7));
    await village.doesTask('deskLead', 'cancel', second, words);
    expect(await village.does('deskLead', 'resume', orderId, {})).toMatchObject({ state: 'reported' });
    await village.wait(8 * days);
    expect((await village.read(orderId)).state).toBe('unanswered');
  });

  test('30 days by the desk, 180 with the town’s approval, twice, never in an emergency', async () => {
    const orderId = await village.toAccepted();
    expect(await village.cannot('deskLead', 'suspend', orderId, pause(31))).toBe('order.resume-too-late');
    expect(await village.cannot('deskLead', 'suspend', orderId, pause(-1))).toBe('request.bad-input');
    const approved = { ...pause(180), approvedById: town.people.townDispatcher.id };
    expect(
      await village.cannot('deskLead', 'suspend', orderId, { ...approved, resumeAt: village.inHours(181 * 24) }),
    ).toBe('order.resume-too-late');
    await village.does('deskLead', 'suspend', orderId, approved);
    await village.does('deskLead', 'resume', orderId, {});
    await village.does('deskLead', 'suspend', orderId, pause(1));
    await village.does('deskLead', 'resume', orderId, {});
    expect(await village.cannot('deskLead', 'suspend', orderId, pause(1))).toBe('order.suspended-twice');
    const emergency = await village.toAccepted({ emergency: true });
    expect(await village.cannot('deskLead', 'suspend', emergency, pause(1))).toBe('order.emergency-no-suspend');
  });
});
