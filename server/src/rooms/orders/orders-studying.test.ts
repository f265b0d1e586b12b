import { ulid } from 'ulid';
import { journeyIn, days, hours, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 研判 (domain.md §3.2): the desk settles, asks, accepts or declines; what it may change, and what a resident may say. */
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

const settlement = {
  outcome: 'solved',
  words: '让保洁员收走了',
  noPhotoReason: 'nothingVisible',
  contacted: true,
} as const;
const decline = { reason: 'outsideScope', words: '这件事归交警管，请打 122。' } as const;

describe('当场办结', () => {
  test.each(['deskLead', 'hubKeeper', 'groupLead', 'gridWorker'] as const)(
    'the %s may settle a placed order of the group',
    async (who) => {
      const orderId = await village.place({ categoryId: 'garbage' });
      expect(await village.does(who, 'settle', orderId, settlement)).toMatchObject({ state: 'reported' });
      const order = await village.read(orderId, 'deskLead2');
      expect(order.tasks).toMatchObject([{ state: 'reported', onTheSpot: true }]);
      expect(order.selfHandled).toBe(who === 'deskLead');
    },
  );

  test('also after it was accepted; not where the category is not for it, nor outside one’s grid', async () => {
    const accepted = await village.toAccepted({ categoryId: 'garbage' });
    expect(await village.does('deskLead', 'settle', accepted, settlement)).toMatchObject({ state: 'reported' });
    const road = await village.place({ categoryId: 'roadDamage' });
    expect(await village.cannot('deskLead', 'settle', road, settlement)).toBe('order.not-settleable');
    const lamp = await village.place();
    expect(await village.cannot('memberOutside', 'settle', lamp, settlement)).toBe('order.not-found');
  });

  test('not one’s own household’s affair, and not without having spoken to the person', async () => {
    const orderId = ulid();
    const body = { categoryId: 'garbage', words: '垃圾' };
    await town.as('hubKeeper').ok('orders.place', { params: { orderId }, body });
    expect(await village.cannot('hubKeeper', 'settle', orderId, settlement)).toBe('access.forbidden');
    const unspoken = { ...settlement, contacted: false as unknown as true };
    expect(await village.cannot('deskLead', 'settle', orderId, unspoken)).toBe('request.bad-input');
  });

  test('the resident answers as after any other work, and may say it was not done', async () => {
    const orderId = await village.place({ categoryId: 'garbage' });
    await village.does('deskLead', 'settle', orderId, settlement);
    expect(await village.does('resident', 'reopen', orderId, { words: '还在' })).toMatchObject({ state: 'accepted' });
  });
});

describe('请补充', () => {
  const question = { words: '是哪一盏灯？' };

  test('one question, an answer, and back to the desk: twice, not a third time', async () => {
    const orderId = await village.place();
    for (const _ of [1, 2]) {
      expect(await village.does('deskLead', 'ask', orderId, question)).toMatchObject({ state: 'asking' });
      expect(await village.does('resident', 'answer', orderId, { words: '桥头那盏' })).toMatchObject({
        state: 'placed',
      });
    }
    expect(await village.cannot('deskLead', 'ask', orderId, question)).toBe('order.asked-twice');
  });

  test('the desk may answer for her after a call; a stranger may not', async () => {
    const orderId = await village.place();
    await village.does('deskLead', 'ask', orderId, question);
    expect(await village.cannot('otherResident', 'answer', orderId, { words: '是' })).toBe('order.not-found');
    await village.does('deskLead', 'answer', orderId, { words: '电话里说是桥头那盏' });
  });

  test('while it is asked the study clock stands still, and goes on with what was left', async () => {
    const orderId = await village.place();
    const before = Date.parse((await village.read(orderId)).dueAt ?? '');
    server.clock.advance(hours);
    await village.does('deskLead', 'ask', orderId, question);
    server.clock.advance(hours);
    await village.does('resident', 'answer', orderId, { words: '桥头那盏' });
    expect(Date.parse((await village.read(orderId)).dueAt ?? '')).toBe(before + hours);
  });

  test('an emergency is not asked back', async () => {
    const orderId = await village.place({ emergency: true });
    expect(await village.cannot('deskLead', 'ask', orderId, question)).toBe('order.emergency-no-ask');
  });

  test('five days of silence close it only after somebody has tried to call', async () => {
    const orderId = await village.place();
    await village.does('deskLead', 'ask', orderId, question);
    await village.wait(5 * days + hours);
    expect((await village.read(orderId)).state).toBe('asking');
    await village.does('deskLead', 'noteCall', orderId, { reached: false });
    await village.wait(1 * days);
    expect(await village.read(orderId)).toMatchObject({ state: 'declined' });
  });
});

describe('受理', () => {
  test('the desk says what it is; the resident’s own words stay as they were', async () => {
    const orderId = await village.place({ words: '灯坏了好多天' });
    const set = {
      categoryId: 'powerCut',
      urgency: 'normal',
      title: '一组断电',
      publicSummary: '一组部分路段断电',
    } as const;
    await village.does('deskLead', 'accept', orderId, set);
    const order = await village.read(orderId, 'resident');
    expect(order).toMatchObject({
      title: '一组断电',
      urgency: 'normal',
      words: '灯坏了好多天',
      category: { id: 'powerCut' },
    });
  });

  test('what was said in confidence is opened only with her consent', async () => {
    const orderId = await village.place({ confidential: true });
    const open = { visibility: 'normal' } as const;
    expect(await village.cannot('deskLead', 'accept', orderId, open)).toBe('order.lower-confidential');
    await village.does('deskLead', 'accept', orderId, { ...open, requesterConsents: true });
  });

  test('not twice, not by another village, and not by a member of the household', async () => {
    const orderId = await village.toAccepted();
    expect(await village.cannot('deskLead', 'accept', orderId, {})).toBe('order.wrong-state');
    expect(await village.cannot('deskLeadOutside', 'accept', orderId, {})).toBe('order.not-found');
    expect(await village.cannot('spouse', 'accept', orderId, {})).toBe('access.forbidden');
  });

  test('who comes too late reads what it is now and who did it', async () => {
    const orderId = await village.toAccepted();
    const { problem } = await village.tries('deskLead2', 'accept', orderId, {});
    expect(problem).toMatchObject({ status: 409, facts: { state: 'accepted', by: '刘建华（村级网格长）' } });
  });
});

describe('不予受理 and 不服', () => {
  test('the text says where to go instead, and the resident may object once, to the level above', async () => {
    const orderId = await village.place();
    await village.does('deskLead', 'decline', orderId, decline);
    await village.drain();
    const { items } = await town.as('resident').ok('messages.list', {});
    expect(items.find(({ kind }) => kind === 'order.decline')?.words).toContain('122');
    expect(await village.does('resident', 'object', orderId, { words: '就是村里的路' })).toMatchObject({
      state: 'placed',
    });
    expect((await village.read(orderId)).desk.gridId).toBe(town.townId);
    await village.does('townDispatcher', 'decline', orderId, decline);
    expect(await village.cannot('resident', 'object', orderId, { words: '不服' })).toBe('order.objected-already');
  });

  test('five working days to object, not six', async () => {
    const [first, second] = [await village.place(), await village.place()];
    for (const orderId of [first, second]) await village.does('deskLead', 'decline', orderId, decline);
    // Wednesday, Thursday, Friday, Sunday the 20th (调休上班), Monday at nine.
    server.clock.advance(6 * days - 2 * hours);
    await village.does('resident', 'object', first, { words: '不服' });
    server.clock.advance(3 * hours);
    expect(await village.cannot('resident', 'object', second, { words: '不服' })).toBe('order.objection-over');
  });

  test('dangers and emergencies are not declined, nor what somebody once had in hand', async () => {
    const hazard = await village.place({ categoryId: 'hazard', noticeRead: true });
    await village.does('deskLead', 'accept', hazard, { urgency: 'normal' });
    expect(await village.cannot('deskLead', 'decline', hazard, decline)).toBe('order.no-decline');
    const emergency = await village.place({ emergency: true });
    expect(await village.cannot('deskLead', 'decline', emergency, decline)).toBe('order.no-decline');
    const { orderId, taskId } = await village.toDispatched({ mode: 'assigned', assigneeId: town.people.member.id });
    await village.claim(taskId, 'member');
    await village.doesTask('member', 'giveBack', taskId, { reason: 'noSkill' });
    expect(await village.cannot('deskLead', 'decline', orderId, decline)).toBe('order.claimed-already');
  });

  test('two persons find that it was abuse', async () => {
    const orderId = await village.place();
    const abuse = { reason: 'abuse', words: '请文明反映。' } as const;
    expect(await village.cannot('deskLead', 'decline', orderId, abuse)).toBe('request.bad-input');
    const self = { ...abuse, secondPersonId: town.people.deskLead.id };
    expect(await village.cannot('deskLead', 'decline', orderId, self)).toBe('request.bad-input');
    await village.does('deskLead', 'decline', orderId, { ...abuse, secondPersonId: town.people.deskLead2.id });
  });
});

describe('correcting what is known', () => {
  test('调整类别: the limits run anew by what it really is, and the trail stays', async () => {
    const { orderId, taskId } = await village.toClaimed();
    const before = await village.readTask(taskId);
    await village.does('deskLead', 'reclassify', orderId, { urgency: 'urgent', words: '晚上有人摔倒' });
    const after = await village.readTask(taskId);
    // 3 working days become 2 days of 14 hours.
    expect(before.handleDueAt).toBe('2026-09-18T01:00:00.000Z');
    expect(after.handleDueAt).toBe('2026-09-17T01:00:00.000Z');
    expect((await village.read(orderId)).history[0]).toMatchObject({ action: 'reclassify', words: '晚上有人摔倒' });
  });

  test('调整类别 while it rests: it goes on by the new limit', async () => {
    const { orderId, taskId } = await village.toClaimed();
    await village.does('deskLead', 'suspend', orderId, {
      reason: 'waitMaterials',
      words: '等',
      resumeAt: village.inHours(48),
    });
    await village.does('deskLead', 'reclassify', orderId, { categoryId: 'roadSafety', words: '是护栏' });
    server.clock.advance(2 * days);
    await village.does('deskLead', 'resume', orderId, {});
    const { handleDueAt } = await village.readTask(taskId);
    expect(Date.parse(handleDueAt ?? '') - server.clock.now()).toBeGreaterThan(20 * days);
  });

  test('调整为保密类别: it comes down from the hall', async () => {
    const { orderId, taskId } = await village.toDispatched();
    expect(
      await village.does('deskLead', 'reclassify', orderId, { categoryId: 'dispute', words: '是纠纷' }),
    ).toMatchObject({
      state: 'accepted',
    });
    const order = await village.read(orderId, 'deskLead');
    expect(order).toMatchObject({ visibility: 'confidential', tasks: [{ id: taskId, state: 'cancelled' }] });
    expect(order.dueAt).not.toBeNull();
  });

  test('更正当事人: the right person sees it, the wrong one no more', async () => {
    const orderId = await village.place();
    const right = town.people.otherResident.id;
    await village.does('deskLead', 'correctPerson', orderId, { requesterId: right, words: '是黄阿妹家的' });
    expect((await village.read(orderId, 'otherResident')).view).toBe('party');
    expect(await village.cannot('deskLead', 'correctPerson', orderId, { requesterId: ulid(), words: '?' })).toBe(
      'request.bad-input',
    );
  });
});
