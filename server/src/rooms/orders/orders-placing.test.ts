import { ulid } from 'ulid';
import { journeyIn, days, type Journey } from '../../../test/journey';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { voiceOf } from '../../../test/upload';

/** 点单 (domain.md §3.2 `place`, `placeDirect`, `settle`): who may ask for what, in whose name, how often. */
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

const lamp = { categoryId: 'streetLight', words: '路灯不亮了' };
const at = (orderId: string) => ({ params: { orderId } });
const tell = (sql: string, values: (string | Date)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));

describe('placing an order', () => {
  test('it goes to the village, or to the town where the category says so', async () => {
    const lampOrder = await village.read(await village.place());
    expect(lampOrder.desk.gridId).toBe(town.villageA);
    const firm = await village.read(await village.place({ categoryId: 'businessSupport' }));
    expect(firm.desk.gridId).toBe(town.townId);
  });

  test('words, or a voice note, or a photo: nothing at all is no order', async () => {
    const { words: _, ...silent } = lamp;
    expect(await town.as('resident').refused('orders.place', { ...at(ulid()), body: silent })).toBe(
      'order.nothing-said',
    );
  });

  test('who cannot write speaks: the desk sees that there is a recording, and hears it', async () => {
    const [orderId, voiceId] = [ulid(), await voiceOf(town, 'resident')];
    const { words: _, ...silent } = lamp;
    await town.as('resident').ok('orders.place', { ...at(orderId), body: { ...silent, voiceId } });
    const { items } = await town.as('deskLead').ok('orders.list', { query: { scope: 'desk' } });
    expect(items.find(({ id }) => id === orderId)).toMatchObject({ title: '路灯不亮', voiceSeconds: 2 });
    const { voice } = await village.read(orderId, 'deskLead');
    expect((await town.as('deskLead').raw('GET', voice?.address ?? '')).status).toBe(200);
  });

  test('a photo or voice note that is not one’s own is named as what is wrong', async () => {
    const place = (more: object) =>
      town.as('resident').refused('orders.place', { ...at(ulid()), body: { ...lamp, ...more } });
    expect(await place({ photoIds: [ulid()] })).toBe('photo.not-yours');
    expect(await place({ voiceId: ulid() })).toBe('voice.not-found');
  });

  test('without a phone that reaches somebody it is no use', async () => {
    await tell('UPDATE person SET phone_sealed = NULL, phone_index = NULL WHERE id = ?', [
      town.people.otherResident.id,
    ]);
    const other = town.as('otherResident');
    expect(await other.refused('orders.place', { ...at(ulid()), body: lamp })).toBe('order.phone-needed');
    await other.ok('orders.place', { ...at(ulid()), body: { ...lamp, contactPhone: '13800000001' } });
  });

  test('a category with a notice wants it read: 120 before an order for a doctor', async () => {
    const doctor = { categoryId: 'medicalHelp', words: '肚子疼得厉害' };
    const { problem } = await town.as('resident').call('orders.place', { ...at(ulid()), body: doctor });
    expect(problem).toMatchObject({ status: 422, code: 'order.notice-unread' });
    expect(JSON.stringify(problem?.facts)).toContain('120');
    await village.place({ ...doctor, noticeRead: true });
  });

  test('five of one’s own may be open; a sixth waits, and the fifth may still be sent again', async () => {
    const fifth = ulid();
    for (const _ of [1, 2, 3, 4]) await village.place();
    await town.as('resident').ok('orders.place', { ...at(fifth), body: lamp });
    expect(await town.as('resident').refused('orders.place', { ...at(ulid()), body: lamp })).toBe(
      'order.too-many-open',
    );
    const again = await town.as('resident').ok('orders.place', { ...at(fifth), body: lamp });
    expect(again).toMatchObject({ id: fifth, state: 'placed' });
  });

  test('ten phones at once do not get more than five in', async () => {
    const ids = Array.from({ length: 10 }, () => ulid());
    const replies = await Promise.all(
      ids.map((id) => town.as('resident').call('orders.place', { ...at(id), body: lamp })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([...Array(5).fill(200), ...Array(5).fill(409)]);
  });

  test('the id belongs to who used it first: the same again is answered, another content and another author are not', async () => {
    const orderId = await village.place();
    const same = await town.as('resident').ok('orders.place', { ...at(orderId), body: lamp });
    expect(same.id).toBe(orderId);
    const other = await town
      .as('resident')
      .refused('orders.place', { ...at(orderId), body: { ...lamp, words: '别的' } });
    expect(other).toBe('order.sent-differently');
    const stranger = await town.as('otherResident').call('orders.place', { ...at(orderId), body: lamp });
    expect(stranger.problem).toMatchObject({ status: 409, code: 'order.id-taken' });
    expect(stranger.problem?.facts).toBeUndefined();
  });

  test('who is complained about neither sees the order nor takes part in it', async () => {
    const orderId = await village.place({ subjectIds: [town.people.deskLead.id] });
    expect(await village.cannot('deskLead', 'accept', orderId, {})).toBe('order.not-found');
    const { items } = await town.as('deskLead').ok('orders.list', { query: { scope: 'desk' } });
    expect(items).toEqual([]);
    await village.does('deskLead2', 'accept', orderId, {});
  });

  const forMother = { categoryId: 'errand', words: '帮妈妈交电费', source: 'family' as const };

  test('for the parents far away: requester, beneficiary and contact are three, she is named in words', async () => {
    const contact = { beneficiaryName: '妈妈', contactName: '王桂英', contactPhone: '13800000002' };
    const body = { ...forMother, ...contact, gridId: town.groups.a1 };
    const placed = await town.as('child').ok('orders.place', { ...at(ulid()), body });
    expect(placed).toMatchObject({ beneficiary: '妈妈', contact: { clear: true, phone: '13800000002' } });
  });

  test('for who lives in the same household: he sees it as his own, and may answer', async () => {
    const orderId = ulid();
    const body = { ...forMother, beneficiaryId: town.people.resident.id };
    await town.as('spouse').ok('orders.place', { ...at(orderId), body });
    expect((await town.as('resident').ok('orders.read', at(orderId))).view).toBe('party');
  });

  test('nobody ties a stranger to his order, nor learns whether there is such a person', async () => {
    for (const beneficiaryId of [town.people.otherResident.id, ulid()]) {
      for (const source of ['family', 'resident'] as const) {
        const body = { ...forMother, source, beneficiaryId };
        const { problem } = await town.as('resident').call('orders.place', { ...at(ulid()), body });
        expect(problem).toMatchObject({
          ...{ status: 422, code: 'order.not-family' },
          fields: { beneficiaryId: expect.any(String) },
        });
      }
    }
  });

  test('what comes again names the order it follows: one that the person may see', async () => {
    const earlier = await village.place();
    const again = (who: 'resident' | 'farResident', followsId: string) =>
      town.as(who).call('orders.place', { ...at(ulid()), body: { ...lamp, followsId } });
    expect((await again('resident', earlier)).data).toMatchObject({ followsId: earlier });
    const wrong = { status: 400, code: 'request.bad-input', fields: { followsId: '没有找到原来的单子' } };
    expect((await again('resident', ulid())).problem).toMatchObject(wrong);
    expect((await again('farResident', earlier)).problem).toMatchObject(wrong);
  });

  test('in another’s name only by who works there, and with consent', async () => {
    const proxy = { ...lamp, source: 'hub' as const, beneficiaryId: town.people.resident.id };
    const keeper = town.as('hubKeeper');
    expect(await keeper.refused('orders.place', { ...at(ulid()), body: proxy })).toBe('order.consent-needed');
    const consent = { how: 'spoken' as const, by: '王桂英' };
    const orderId = ulid();
    await keeper.ok('orders.place', { ...at(orderId), body: { ...proxy, consent } });
    expect((await town.as('resident').ok('orders.read', at(orderId))).view).toBe('party');
    const outside = town.as('memberOutside');
    expect(
      await outside.refused('orders.place', { ...at(ulid()), body: { ...proxy, consent, gridId: town.groups.a1 } }),
    ).toBe('access.forbidden');
  });

  test('an emergency alerts village and town together', async () => {
    await village.place({ categoryId: 'hazard', words: '墙要塌了', noticeRead: true });
    await village.drain();
    for (const desk of ['deskLead', 'townDispatcher'] as const) {
      const { items } = await town.as(desk).ok('messages.list', {});
      expect(items.map(({ title }) => title)).toContain('新单待研判');
    }
  });
});

describe('找我的党员', () => {
  const direct = (orderId: string, more: object = {}) => ({
    ...at(orderId),
    body: { categoryId: 'elderHelp', words: '帮忙换个灯泡', ...more },
  });

  test('the member linked to the household gets it at once; the desk knows', async () => {
    const orderId = ulid();
    const placed = await town.as('resident').ok('orders.placeDirect', direct(orderId));
    expect(placed).toMatchObject({ state: 'dispatched', tasks: [{ mode: 'assigned', assignee: '李晓峰' }] });
    await village.drain();
    const { items } = await town.as('deskLead').ok('messages.list', {});
    expect(items.map(({ title }) => title)).toContain('群众直接找党员');
  });

  test('not where the category is not for it, nobody is linked, or the member is away or the one complained about', async () => {
    expect(await town.as('resident').refused('orders.placeDirect', direct(ulid(), { categoryId: 'streetLight' }))).toBe(
      'order.not-direct',
    );
    expect(await town.as('otherResident').refused('orders.placeDirect', direct(ulid()))).toBe('order.no-linked-member');
    const complaint = direct(ulid(), { subjectIds: [town.people.member.id] });
    expect(await town.as('resident').refused('orders.placeDirect', complaint)).toBe('order.no-linked-member');
    const nextWeek = new Date(server.clock.now() + 7 * days);
    await tell('UPDATE person SET away_until = ? WHERE id = ?', [nextWeek, town.people.member.id]);
    expect(await town.as('resident').refused('orders.placeDirect', direct(ulid()))).toBe('order.no-linked-member');
  });

  test('not signed for in time it comes to the desk, not to somebody else', async () => {
    const orderId = ulid();
    await town.as('resident').ok('orders.placeDirect', direct(orderId));
    await village.wait(2.1 * 60 * 60_000);
    const { state, tasks, desk } = await village.read(orderId, 'deskLead');
    expect(state).toBe('accepted');
    expect(desk.gridId).toBe(town.villageA);
    expect(tasks.map((task) => task.state)).toEqual(['expired']);
  });
});

describe('当场办结 in one form', () => {
  const settlement = {
    outcome: 'solved',
    words: '顺手修好了',
    noPhotoReason: 'nothingVisible',
    contacted: true,
  } as const;
  const onVisit = (more: object = {}) => ({
    ...lamp,
    source: 'patrol' as const,
    gridId: town.groups.a1,
    settlement,
    ...more,
  });

  test('a helper on his round settles what he sees: one task, claimed and reported by him', async () => {
    const orderId = ulid();
    const made = await town.as('gridWorker').ok('orders.placeSettled', { ...at(orderId), body: onVisit() });
    expect(made).toMatchObject({ state: 'reported', outcome: 'solved', selfHandled: false });
    expect(made.tasks).toMatchObject([{ state: 'reported', onTheSpot: true, taken: 1 }]);
    expect((await village.read(orderId, 'deskLead')).history.map(({ action }) => action)).toEqual(['settle']);
  });

  test('what the desk settles itself is counted as its own', async () => {
    const made = await town.as('deskLead').ok('orders.placeSettled', { ...at(ulid()), body: onVisit() });
    expect(made.selfHandled).toBe(true);
  });

  test('nobody settles what he asks for himself, nor his household’s affair, nor what cannot be settled on the spot', async () => {
    const own = { ...onVisit(), source: 'resident' as const };
    expect(await town.as('deskLead').refused('orders.placeSettled', { ...at(ulid()), body: own })).toBe(
      'order.own-household',
    );
    const forWife = onVisit({
      source: 'hub',
      beneficiaryId: town.people.hubKeeper.id,
      consent: { how: 'spoken', by: '本人' },
    });
    expect(await town.as('hubKeeper').refused('orders.placeSettled', { ...at(ulid()), body: forWife })).toBe(
      'order.own-household',
    );
    const road = onVisit({ categoryId: 'roadDamage' });
    expect(await town.as('gridWorker').refused('orders.placeSettled', { ...at(ulid()), body: road })).toBe(
      'order.not-settleable',
    );
  });

  test('a lamp wants a photo or a reason for none', async () => {
    const { noPhotoReason: _, ...bare } = settlement;
    const body = onVisit({ settlement: bare });
    expect(await town.as('gridWorker').refused('orders.placeSettled', { ...at(ulid()), body })).toBe(
      'task.photos-needed',
    );
  });
});
