import { ulid } from 'ulid';
import { extractText, getDocumentProxy } from 'unpdf';
import { startTestServer, tuesdayMorning, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { linkTo } from '../../foundation/links/links';
import { checkedCode, checkInCode } from './check-in-code';

/** 活动: published by the desk or the secretary, joined and attended by who wants to. */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.set(tuesdayMorning);
  town = await buildTown(server);
});

const minutes = 60_000;
const later = (count: number): string => new Date(server.clock.now() + count * minutes).toISOString();
const plan = (more: object = {}) => ({
  ...{ version: 0, gridId: town.villageA, kind: 'volunteering' as const, audience: 'everyone' as const },
  ...{ title: '清理沟渠', words: '带上铁锹', place: '村文化广场', places: null },
  ...{ startsAt: later(60), endsAt: later(180), ...more },
});
async function published(more: object = {}, by: PersonName = 'deskLead'): Promise<string> {
  const activityId = ulid();
  await town.as(by).ok('activities.save', { params: { activityId }, body: plan(more) });
  return activityId;
}
const act = (person: PersonName, key: 'activities.join' | 'activities.leave', activityId: string, actionId = ulid()) =>
  town.as(person).call(key, { params: { activityId }, body: { actionId } });
async function shownCode(activityId: string): Promise<string> {
  const { database, signing } = server.world;
  const now = new Date(server.clock.now());
  const key = await database.transaction((db) => linkTo(db, { what: 'activity', thingId: activityId }, now));
  return checkInCode(key, signing, now).code;
}
const checkIn = async (person: PersonName, code: string) => {
  const { problem, data } = await town.as(person).call('activities.checkIn', {
    ...{ params: { code }, body: { actionId: ulid() } },
  });
  return problem?.code ?? data?.mine;
};

test('whoever lives there sees it, signs up and changes his mind; a sign-up that comes again late changes nothing', async () => {
  const activityId = await published({ places: 2 });
  const { items } = await town.as('resident').ok('activities.list');
  expect(items).toMatchObject([{ activityId, standing: 'coming', joined: 0, places: 2, mine: 'none' }]);
  expect((await town.as('farResident').ok('activities.list')).items).toEqual([]);
  const actionId = ulid();
  expect((await act('resident', 'activities.join', activityId, actionId)).data).toMatchObject({
    joined: 1,
    mine: 'joined',
  });
  expect((await act('resident', 'activities.leave', activityId)).data).toMatchObject({ joined: 0, allows: ['join'] });
  expect((await act('resident', 'activities.join', activityId, actionId)).data).toMatchObject({
    joined: 0,
    mine: 'none',
  });
});

test('whoever is sent the link of one that is open to everybody signs up, wherever he lives; of 党员参加 it opens nothing', async () => {
  const far = town.as('farResident');
  const linkOf = async (activityId: string) =>
    (await town.as('resident').ok('links.give', { params: { what: 'activity', thingId: activityId } })).key;
  const activityId = await published();
  const k = await linkOf(activityId);
  expect(await far.ok('links.open', { params: { key: k } })).toEqual({ page: 'activity', params: { activityId, k } });
  const params = { activityId };
  const join = (key: string | undefined) =>
    far.call('activities.join', { params, query: { k: key }, body: { actionId: ulid() } });
  expect(await far.refused('activities.read', { params })).toBe('activity.not-found');
  expect((await join(undefined)).problem?.code).toBe('activity.not-found');
  expect((await join(await linkOf(await published()))).problem?.code).toBe('activity.not-found');
  expect((await far.ok('activities.read', { params, query: { k } })).allows).toEqual(['join']);
  expect((await join(k)).data?.mine).toBe('joined');
  // And he may send it on.
  expect((await far.ok('links.give', { params: { what: 'activity', thingId: activityId } })).key).toBe(k);
  // From now on it is his: it stands in his list, and opens from a message without the link.
  expect((await far.ok('activities.list')).items.map((each) => each.activityId)).toEqual([activityId]);
  expect((await far.ok('activities.read', { params })).mine).toBe('joined');
  expect((await act('farResident', 'activities.leave', activityId)).data?.mine).toBe('none');
  expect((await far.ok('activities.list')).items).toEqual([]);
  const closed = await published({ audience: 'members' });
  const closedKey = await linkOf(closed);
  expect(await far.refused('links.give', { params: { what: 'activity', thingId: closed } })).toBe('activity.not-found');
  expect(await far.refused('activities.read', { params: { activityId: closed }, query: { k: closedKey } })).toBe(
    'activity.not-found',
  );
});

test('of ten who want the last two places, two get them', async () => {
  const activityId = await published({ places: 2 });
  const people = (await town.moreMembers(10)).map(({ client }) => client);
  const body = () => ({ actionId: ulid() });
  const answers = await Promise.all(
    people.map((client) => client.call('activities.join', { params: { activityId }, body: body() })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  expect(new Set(answers.map(({ problem }) => problem?.code ?? 'in'))).toEqual(new Set(['in', 'activity.full']));
  expect(await town.as('deskLead').ok('activities.read', { params: { activityId } })).toMatchObject({ joined: 2 });
});

test('the code on the screen is good for minutes, from half an hour before until the end, once for each', async () => {
  const activityId = await published({ places: 1 });
  expect(await checkIn('resident', await shownCode(activityId))).toBe('activity.too-early');
  server.clock.advance(31 * minutes);
  const early = await shownCode(activityId);
  const screen = await town.as('deskLead').ok('activities.code', { params: { activityId } });
  expect(screen.image).toMatch(/^data:image\/jpeg;base64,/);
  // By what is left of these five minutes, whatever the clock of the screen says.
  expect(screen.seconds * 1000).toBe(Date.parse(screen.until) - server.clock.now());
  expect(await town.as('resident').ok('links.open', { params: { key: early } })).toEqual({
    ...{ page: 'checkIn', params: { code: early } },
  });
  expect(early.length).toBeLessThanOrEqual(32);
  server.clock.advance(4 * minutes);
  // Nobody has signed up: there is room for one who just comes, also from another village.
  expect(await checkIn('farResident', early)).toBe('came');
  expect(await checkIn('farResident', early)).toBe('came');
  expect(await checkIn('otherResident', early)).toBe('activity.full');
  server.clock.advance(10 * minutes);
  expect(await checkIn('otherResident', early)).toBe('activity.code-old');
  expect(await checkIn('otherResident', `${early.slice(0, -1)}${early.endsWith('A') ? 'B' : 'A'}`)).toBe(
    'link.not-found',
  );
  server.clock.advance(200 * minutes);
  expect(await checkIn('resident', await shownCode(activityId))).toBe('activity.too-late');
});

test('a code of another key of ours, or of another activity, is none', () => {
  const now = new Date(tuesdayMorning);
  const { code } = checkInCode('abcdefghjkmn', server.world.signing, now);
  expect(checkedCode(code, server.world.signing, now)).toEqual({ linkKey: 'abcdefghjkmn', isGood: true });
  expect(checkedCode(code.replace('abc', 'abd'), server.world.signing, now)).toBeNull();
  expect(checkedCode(code, [{ id: 'other', secret: 'x'.repeat(32) }], now)).toBeNull();
});

test('the organiser notes by hand who came without a phone, also afterwards, and has a list with the time', async () => {
  const activityId = await published();
  const { id: personId, name } = town.people.otherResident;
  const mark = (came: boolean, who = personId) =>
    town
      .as('deskLead')
      .call('activities.mark', { params: { activityId }, body: { actionId: ulid(), personId: who, came } });
  expect((await mark(true)).problem?.code).toBe('activity.too-early');
  server.clock.advance(90 * minutes);
  expect(await checkIn('resident', await shownCode(activityId))).toBe('came');
  server.clock.advance(1000);
  expect((await mark(true)).data?.items.map(({ byHand }) => byHand)).toEqual([false, true]);
  expect((await mark(true, town.people.farResident.id)).problem?.code).toBe('person.not-found');
  server.clock.advance(120 * minutes);
  const { items } = await town.as('secretary').ok('activities.people', { params: { activityId } });
  expect(items.map(({ name: each, minutes: count }) => [each, count])).toEqual([
    ...[
      [town.people.resident.name, 90],
      [name, 90],
    ],
  ]);
  // Who had not signed up was there by that note alone.
  expect((await mark(false)).data?.items.map((each) => each.personId)).toEqual([town.people.resident.id]);
  // What he scanned himself nobody takes back.
  const own = (await mark(false, town.people.resident.id)).data?.items.find(({ byHand }) => !byHand);
  expect(own?.cameAt).not.toBeNull();
});

test('who is noted by mistake leaves the list; who had signed up stays on it; where each lives tells two of a name apart', async () => {
  const activityId = await published();
  await act('resident', 'activities.join', activityId);
  server.clock.advance(61 * minutes);
  const mark = async (who: 'resident' | 'otherResident', came: boolean) => {
    const body = { actionId: ulid(), personId: town.people[who].id, came };
    server.clock.advance(1000);
    const { items } = await town.as('deskLead').ok('activities.mark', { params: { activityId }, body });
    return items.map(({ name, home, walkedIn, cameAt }) => [name, home, walkedIn, cameAt !== null]);
  };
  const [signedUp, justCame] = [town.people.resident.name, town.people.otherResident.name];
  await mark('resident', true);
  expect(await mark('otherResident', true)).toEqual([
    ...[
      [signedUp, '一组', false, true],
      [justCame, '二组', true, true],
    ],
  ]);
  // On the screen as on the paper.
  expect(await town.as('deskLead').ok('activities.read', { params: { activityId } })).toMatchObject({
    ...{ joined: 1, came: 2 },
  });
  const { address } = await town.as('deskLead').ok('activities.export', { params: { activityId }, body: {} });
  const paper = Buffer.from(await (await town.as('resident').raw('GET', address)).arrayBuffer());
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(paper)), { mergePages: true });
  const words = text.replace(/\s/g, '');
  for (const said of ['报名1人，签到2人，其中1人没报名、直接来', '没报名，直接来的', '二组', '碧塘村'])
    expect(words).toContain(said);
  expect(await mark('otherResident', false)).toEqual([[signedUp, '一组', false, true]]);
  expect(await mark('resident', false)).toEqual([[signedUp, '一组', false, false]]);
  expect(await town.as('deskLead').ok('activities.read', { params: { activityId } })).toMatchObject({
    ...{ joined: 1, came: 0 },
  });
  // Noted again, he stands there again.
  expect((await mark('otherResident', true)).at(-1)).toEqual([justCame, '二组', true, true]);
});

test('changed or cancelled, whoever signed up hears of it', async () => {
  const activityId = await published();
  await act('resident', 'activities.join', activityId);
  const change = (more: object) =>
    town.as('deskLead').call('activities.save', { params: { activityId }, body: plan(more) });
  expect((await change({ version: 1, place: '村委会' })).data).toMatchObject({ version: 2, place: '村委会' });
  expect((await change({ version: 1, place: '祠堂' })).problem?.code).toBe('activity.changed-meanwhile');
  expect((await change({ version: 1, place: '村委会' })).data).toMatchObject({ version: 2 });
  server.clock.advance(1000);
  const sent = { params: { activityId }, body: { actionId: ulid(), words: '下大雨' } };
  await town.as('deskLead').ok('activities.cancel', sent);
  await town.as('deskLead').ok('activities.cancel', sent);
  await server.drain(town.townId);
  const { items } = await town.as('resident').ok('messages.list', { query: {} });
  expect(items.map(({ title, about }) => [title, about])).toEqual([
    ['活动取消了', { thing: 'activity', id: activityId }],
    ['活动有变化', { thing: 'activity', id: activityId }],
  ]);
  expect((await act('otherResident', 'activities.join', activityId)).problem?.code).toBe('activity.cancelled');
});

test('what cannot be is refused: over before it begins, in the past, for members alone', async () => {
  const save = (more: object) =>
    town.as('deskLead').refused('activities.save', { params: { activityId: ulid() }, body: plan(more) });
  expect(await save({ endsAt: later(30) })).toBe('activity.bad-times');
  expect(await save({ startsAt: later(-60) })).toBe('activity.past');
  expect(await save({ gridId: town.villageB })).toBe('access.forbidden');
  const activityId = await published({ audience: 'members', kind: 'partyDay' }, 'secretary');
  expect((await act('resident', 'activities.join', activityId)).problem?.code).toBe('activity.members-only');
  expect((await act('member', 'activities.join', activityId)).data?.mine).toBe('joined');
});
