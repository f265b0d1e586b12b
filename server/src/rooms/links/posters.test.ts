import { ulid } from 'ulid';
import { plainFoot, plainWords } from '@sandan/shared/links/poster.words';
import { extractText, getDocumentProxy } from 'unpdf';
import { scanPaper } from '../../../test/scan';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { HouseholdName, PersonName } from '../../../test/town-cast';

/** 码和海报: what hangs at a door, in a group, at a desk, and where it leads whoever scans it. */
let server: TestServer;
let town: Town;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
});

const keyOf = async (what: 'home' | 'grid' | 'desk', thingId: string, by: PersonName = 'deskLead') =>
  (await town.as(by).ok('links.give', { params: { what, thingId } })).key;
const opened = (key: string) => town.as('farResident').ok('links.open', { params: { key } });
const merge = (nodeId: string, successorId: string | null) =>
  town.as('admin').ok('trees.change', {
    params: { tree: 'grid', nodeId },
    body: { actionId: ulid(), change: { kind: 'close', successorId }, reason: '县里批复' },
  });

interface Made {
  pages: string[];
  pdf: Buffer;
}
async function made({ address }: { address: string }): Promise<Made> {
  const response = await town.as('resident').raw('GET', address);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const pdf = Buffer.from(await response.arrayBuffer());
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: false });
  return { pdf, pages: text.map((page) => page.replace(/\s/g, '')) };
}

describe('the code of a place', () => {
  test('opens 点单 there, by the name that it has now', async () => {
    const key = await keyOf('grid', town.groups.a1, 'groupLead');
    const params = { gridId: town.groups.a1, at: '碧塘村一组', scannedKey: key };
    expect(await opened(key)).toEqual({ page: 'place', params });
    const desk = await keyOf('desk', town.villageA, 'secretary');
    expect(await opened(desk)).toMatchObject({ params: { gridId: town.villageA, at: '碧塘村便民服务点' } });
  });

  test('that was merged leads to its successor, and one that was closed to what it belonged to', async () => {
    const [a2, a3] = [await keyOf('grid', town.groups.a2), await keyOf('grid', town.groups.a3)];
    await merge(town.groups.a2, town.groups.a3);
    for (const key of [a2, a3])
      expect(await opened(key)).toMatchObject({ page: 'place', params: { gridId: town.groups.a3, at: '碧塘村三组' } });
  });

  test('is made only by who serves it, and of what may hang', async () => {
    const refused = (by: PersonName, what: 'grid' | 'desk', thingId: string) =>
      town.as(by).refused('links.give', { params: { what, thingId } });
    expect(await refused('resident', 'grid', town.groups.a1)).toBe('access.forbidden');
    expect(await refused('deskLeadOutside', 'grid', town.groups.a1)).toBe('access.forbidden');
    expect(await refused('deskLead', 'desk', town.groups.a1)).toBe('poster.not-here');
    expect(await refused('deskLead', 'grid', ulid())).toBe('grid.not-found');
  });
});

describe('a code that is taken back', () => {
  const replace = (by: PersonName, what: 'grid' | 'desk', gridId: string, actionId = ulid()) =>
    town.as(by).call('posters.replacePlace', { params: { gridId }, body: { actionId, what } });

  test('opens nothing any more and says so; the new one leads there, and a repeat replaces nothing twice', async () => {
    const [old, group] = [await keyOf('desk', town.villageA), await keyOf('grid', town.villageA)];
    const actionId = ulid();
    expect((await replace('deskLead', 'desk', town.villageA, actionId)).data).toEqual({ replaced: true });
    const fresh = await keyOf('desk', town.villageA);
    await replace('deskLead', 'desk', town.villageA, actionId);
    expect(await keyOf('desk', town.villageA)).toBe(fresh);
    const { problem } = await town.as('resident').call('links.open', { params: { key: old } });
    expect(problem).toMatchObject({ status: 410, code: 'link.replaced' });
    expect(await opened(fresh)).toMatchObject({ page: 'place', params: { gridId: town.villageA } });
    // Of the two that hang there the other one stays.
    expect(await keyOf('grid', town.villageA)).toBe(group);
    const acts = await server.world.database.reading.query<{ facts: string }>(
      "SELECT JSON_VALUE(facts, '$.hung') AS facts FROM audit_entry WHERE act = 'replacePlaceCode' AND thing_id = ?",
      [town.villageA],
    );
    expect(acts).toEqual([{ facts: 'desk' }]);
  });

  test('is taken back only by who hangs it there, and only where such a code may hang', async () => {
    expect((await replace('deskLeadOutside', 'grid', town.groups.a1)).problem?.code).toBe('access.forbidden');
    expect((await replace('resident', 'grid', town.groups.a1)).problem?.code).toBe('access.forbidden');
    expect((await replace('deskLead', 'desk', town.groups.a1)).problem?.code).toBe('poster.not-here');
  });
});

describe('an order that came by a code', () => {
  const placed = async (by: PersonName, more: object) => {
    const orderId = ulid();
    const body = { categoryId: 'streetLight', words: '路灯不亮了', ...more };
    return town.as(by).ok('orders.place', { params: { orderId }, body });
  };
  const first = async (orderId: string) =>
    (await town.as('deskLead').ok('orders.read', { params: { orderId } })).history[0]?.detail;

  test('says at the desk which code that was, also where he has chosen another place', async () => {
    const scannedKey = await keyOf('desk', town.villageA, 'secretary');
    const atDesk = await placed('resident', { gridId: town.villageA, scannedKey });
    expect(await first(atDesk.id)).toBe('扫的是“碧塘村便民服务点”上的码');
    const elsewhere = await placed('resident', { gridId: town.groups.a2, scannedKey });
    expect(elsewhere.place.gridId).toBe(town.groups.a2);
    expect(await first(elsewhere.id)).toBe('扫的是“碧塘村便民服务点”上的码');
  });

  test('does not fail for a code that is no good', async () => {
    const order = await placed('resident', { scannedKey: 'nosuchcode' });
    expect(await first(order.id)).toBeNull();
    const old = await keyOf('home', town.households.resident);
    const sent = { params: { householdId: town.households.resident }, body: { actionId: ulid() } };
    await town.as('groupLead').ok('posters.replace', sent);
    expect(await first((await placed('resident', { scannedKey: old })).id)).toBe('扫的是“碧塘村一组的门牌”上的码');
  });

  test('at somebody else’s door has its number, for who serves the house; a stranger does not learn it', async () => {
    const scannedKey = await keyOf('home', town.households.resident);
    const here = { gridId: town.groups.a1, scannedKey };
    expect((await placed('member', here)).address).toBe('12号');
    expect((await placed('otherResident', here)).address).toBeNull();
    expect((await placed('member', { ...here, gridId: town.groups.a2 })).address).toBeNull();
    expect((await placed('member', { ...here, address: '屋后水沟' })).address).toBe('屋后水沟');
  });
});

describe('门牌码', () => {
  const doorFor = async (by: PersonName, house: HouseholdName = 'resident') =>
    town.as(by).ok('links.door', { params: { key: await keyOf('home', town.households[house]) } });

  test('offers what whoever scans it may do, and tells a stranger the group alone', async () => {
    expect(await opened(await keyOf('home', town.households.resident))).toMatchObject({ page: 'door' });
    const place = { gridId: town.groups.a1, place: '碧塘村一组', isClosed: false };
    const householdId = town.households.resident;
    expect(await doorFor('resident')).toEqual({ ...place, householdId, offers: ['place', 'home'] });
    expect(await doorFor('groupLead')).toEqual({ ...place, householdId, offers: ['place', 'serve'] });
    expect(await doorFor('member')).toMatchObject({ offers: ['place', 'serve'] });
    expect(await doorFor('otherResident')).toEqual({ ...place, householdId: null, offers: ['place', 'askCare'] });
    expect(await doorFor('villageSupervisor')).toEqual({
      ...{ ...place, householdId: null, offers: ['place', 'bind', 'askCare'] },
    });
  });

  test('that was replaced opens nothing any more, and says so; a repeat replaces nothing twice', async () => {
    const old = await keyOf('home', town.households.resident);
    const sent = { params: { householdId: town.households.resident }, body: { actionId: ulid() } };
    await town.as('groupLead').ok('posters.replace', sent);
    const fresh = await keyOf('home', town.households.resident);
    await town.as('groupLead').ok('posters.replace', sent);
    expect(await keyOf('home', town.households.resident)).toBe(fresh);
    expect(fresh).not.toBe(old);
    for (const ask of ['links.open', 'links.door'] as const)
      expect((await town.as('otherResident').call(ask, { params: { key: old } })).problem).toMatchObject({
        ...{ status: 410, code: 'link.replaced' },
      });
    const care = { body: { actionId: ulid(), key: old, kinship: 'child' as const } };
    expect(await town.as('farResident').refused('care.ask', care)).toBe('binding.bad-door-code');
    const [{ acts } = { acts: 0 }] = await server.world.database.reading.query<{ acts: number }>(
      "SELECT COUNT(*) AS acts FROM audit_entry WHERE act = 'replaceDoorCode' AND thing_id = ?",
      [town.households.resident],
    );
    expect(Number(acts)).toBe(1);
  });

  test('replaced by ten at once leaves one that is good', async () => {
    const params = { householdId: town.households.resident };
    const replace = () => town.as('groupLead').call('posters.replace', { params, body: { actionId: ulid() } });
    const answers = await Promise.all(Array.from({ length: 10 }, replace));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const [{ good } = { good: 0 }] = await server.world.database.reading.query<{ good: number }>(
      'SELECT COUNT(*) AS good FROM link WHERE thing_id = ? AND revoked_at IS NULL',
      [params.householdId],
    );
    expect(Number(good)).toBe(1);
  });
});

describe('on paper', () => {
  const params = () => ({ gridId: town.groups.a1 });

  test('a poster says where it hangs and what to do, and its code leads there', async () => {
    const link = await town.as('secretary').ok('posters.poster', { params: params(), query: { what: 'grid' } });
    expect(link.fileName).toBe('碧塘村一组海报.pdf');
    const { pdf, pages } = await made(link);
    expect(pages).toHaveLength(1);
    for (const words of ['碧塘村一组', '有事扫一扫，说了就有人来', '扫码', '说事', '有人来'])
      expect(pages[0]).toContain(words);
    const key = (await scanPaper(pdf))?.split('/c/').at(-1) ?? '';
    expect(await opened(key)).toMatchObject({ page: 'place', params: { gridId: town.groups.a1 } });
  });

  test('a village is printed at once, a page for each of its groups', async () => {
    const at = await town.as('deskLead').ok('posters.at', { params: { gridId: town.villageA } });
    expect(at.posters.map(({ what, pages }) => [what, pages])).toEqual([
      ...[
        ['grid', 1],
        ['desk', 1],
        ['groups', 3],
      ],
    ]);
    expect(at.plates).toMatchObject({ households: 4, parts: [{ part: 1, name: '一组到二组', plates: 4 }] });
    const sent = { params: { gridId: town.villageA }, query: { what: 'groups' as const } };
    expect((await made(await town.as('deskLead').ok('posters.poster', sent))).pages).toHaveLength(3);
  });

  test('plates stand in the order of the doors, without a name or a phone', async () => {
    const { pages } = await made(
      await town.as('deskLead').ok('posters.plates', { params: params(), body: { part: 1 } }),
    );
    expect(pages).toHaveLength(1);
    const [page = ''] = pages;
    const at = ['1号', '12号', '15号'].map((door) => page.indexOf(`一组${door}`));
    expect(at.every((place) => place >= 0)).toBe(true);
    expect(at).toEqual([...at].sort((one, other) => one - other));
    for (const { name } of Object.values(town.people).filter(({ id }) => id !== town.people.deskLead.id))
      expect(page).not.toContain(name);
    const none = { params: params(), body: { part: 2 } };
    expect(await town.as('deskLead').refused('posters.plates', none)).toBe('poster.no-such-part');
    const b2 = { params: { gridId: town.groups.b2 }, body: { part: 1 } };
    expect(await town.as('deskLeadOutside').refused('posters.plates', b2)).toBe('poster.no-households');
  });

  test('is made while WeChat is away, with an ordinary code of the same address: told before, and on the paper', async () => {
    const params = { householdId: town.households.resident };
    const plate = () => town.as('groupLead').ok('posters.plate', { params });
    await server.wechat.outage(true);
    const link = await plate();
    expect(link).toMatchObject({ codes: 1, plain: { codes: 1, why: 'away' } });
    expect(plainWords(link)).toContain('过一会儿再打');
    const { pdf, pages } = await made(link);
    await server.wechat.outage(false);
    expect(await scanPaper(pdf)).toBeNull();
    expect(pages[0]).toContain('碧塘村一组12号');
    expect(pages[0]).toContain(plainFoot);

    server.clock.advance(60_000);
    const later = await plate();
    expect(later.plain).toBeNull();
    expect(plainWords(later)).toBeNull();
    const drawn = await made(later);
    expect(await scanPaper(drawn.pdf)).toContain('/c/');
    expect(drawn.pages[0]).not.toContain(plainFoot);
  });

  test('when WeChat is back the first who prints gets all of its codes', async () => {
    const groups = () =>
      town.as('deskLead').ok('posters.poster', { params: { gridId: town.villageA }, query: { what: 'groups' } });
    await server.wechat.outage(true);
    // Until nobody asks it any more.
    for (let times = 0; times < 6; times += 1) expect((await groups()).plain).toEqual({ codes: 3, why: 'away' });
    await server.wechat.outage(false);
    server.clock.advance(60_000);
    expect((await groups()).plain).toBeNull();
  });

  test('whoever prints many hears how many are ordinary ones, and of a mini-program not released he is not told to wait', async () => {
    const params = { gridId: town.villageA };
    const plates = () => town.as('deskLead').ok('posters.plates', { params, body: { part: 1 } });
    await town.as('groupLead').ok('posters.plate', { params: { householdId: town.households.resident } });
    await server.wechat.refuse('/wxa/getwxacodeunlimit', 41030, 'invalid page rid: 0a1b2c3d-0a1b2c3d-0a1b2c3d', 6);
    const link = await plates();
    await server.wechat.noFaults();
    expect(link).toMatchObject({ codes: 4, plain: { codes: 3, why: 'notSetUp' } });
    expect(plainWords(link)).toContain('4 个码里有 3 个');
    expect(plainWords(link)).not.toContain('过一会儿');
    expect((await plates()).plain).toBeNull();
  });
});
