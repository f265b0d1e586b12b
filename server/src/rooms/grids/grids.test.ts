import { ulid } from 'ulid';
import { clientOf, type Client } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

let server: TestServer;
let town: Town;
let nobody: Client;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  nobody = clientOf(server.url);
});
afterAll(async () => server.close());

const names = async (query: { underId?: string; tier?: 'village' | 'group' }): Promise<string[]> =>
  (await nobody.ok('grids.list', { query })).grids.map(({ name }) => name);

describe('the tree of grids', () => {
  test('is open to anybody, below any of its nodes, at any of its tiers', async () => {
    expect((await names({ underId: town.townId })).sort()).toEqual(
      ['东澄镇', '碧塘村', '石岭村', ...Array(2).fill(['一组', '二组', '三组']).flat()].sort(),
    );
    expect(await names({ underId: town.townId, tier: 'village' })).toEqual(['碧塘村', '石岭村']);
    expect(await names({ underId: town.villageA, tier: 'group' })).toEqual(['一组', '二组', '三组']);
    expect(await names({ underId: town.groups.a1, tier: 'village' })).toEqual([]);
  });

  test('shows where a grid is and whom to ring, and who it belongs to', async () => {
    const { grids } = await nobody.ok('grids.list', { query: { underId: town.townId } });
    const group = grids.find(({ id }) => id === town.groups.a1);
    expect(group).toMatchObject({ parentId: town.villageA, tier: 'group' });
    const { lat, lng } = town.centres.a1;
    expect(group?.centre).toEqual({ lat: expect.closeTo(lat, 6), lng: expect.closeTo(lng, 6) });
    expect(group?.code).toMatch(/^\d{15}$/);
  });

  test('has a number that changes with every change, so that nobody works on an old copy', async () => {
    const { version } = await nobody.ok('grids.list');
    await buildTown(server);
    expect((await nobody.ok('grids.list')).version).toBeGreaterThan(version);
  });

  test('does not end in something that is not there', async () => {
    expect(await nobody.refused('grids.list', { query: { underId: ulid() } })).toBe('grid.not-found');
    expect((await nobody.raw('GET', '/api/grids?underId=x')).status).toBe(400);
    expect((await nobody.raw('GET', '/api/grids?tier=province')).status).toBe(400);
  });
});

describe('where am I?', () => {
  test('inside a group: that group, its village and its town', async () => {
    const here = await nobody.ok('grids.locate', { query: town.centres.b2 });
    expect([here.group?.id, here.village?.id, here.town?.id, here.exact]).toEqual([
      ...[town.groups.b2, town.villageB, town.townId, true],
    ]);
  });

  test('on the line between two groups: the one with the lower code', async () => {
    const [a1, a2] = [town.centres.a1, town.centres.a2];
    const here = await nobody.ok('grids.locate', { query: { lat: a1.lat, lng: (a1.lng + a2.lng) / 2 } });
    expect([here.group?.id, here.exact]).toEqual([town.groups.a1, true]);
  });

  test('just outside: the nearest group, to be confirmed', async () => {
    const { lat, lng } = town.centres.a1;
    const here = await nobody.ok('grids.locate', { query: { lat: lat - 0.01, lng } });
    expect([here.group?.id, here.exact]).toEqual([town.groups.a1, false]);
  });

  test('far away: please choose by hand', async () => {
    expect(await nobody.refused('grids.locate', { query: { lat: 48.85, lng: 2.35 } })).toBe('grid.out-of-area');
  });

  test.each([
    '?lat=23',
    '?lat=north&lng=114',
    '?lat=91&lng=114',
    '?lat=23&lng=NaN',
    '?lat=1e999&lng=0',
    '?lat=1&lat=2&lng=3',
  ])('nowhere: %s', async (query) => {
    const response = await nobody.raw('GET', `/api/grids/locate${query}`);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'request.bad-input']);
  });
});
