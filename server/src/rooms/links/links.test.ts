import fc from 'fast-check';
import { ulid } from 'ulid';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { clientOf } from '../../../test/client';
import { scan } from '../../../test/scan';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** Links that outlive us (decisions.md §5.2), and the codes that lead to them. */
let server: TestServer;
let town: Town;
let village: CommitmentJourney;
let commitmentId: string;

beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  village = commitmentsIn(server, town);
  ({ commitmentId } = await village.toPublished());
});
afterAll(() => server.close());

const give = (person: 'resident' | 'member', thingId = commitmentId) =>
  town.as(person).ok('links.give', { params: { what: 'commitment', thingId } });

test('a key is short, the same for everybody and for ever, and opens the page of its thing', async () => {
  const first = await give('resident');
  expect(first.key).toMatch(/^[2-9a-hjkmnp-z]{12}$/);
  expect(first.address).toBe(`/c/${first.key}`);
  expect(await give('member')).toEqual(first);
  const opened = await town.as('farResident').ok('links.open', { params: { key: first.key } });
  expect(opened).toEqual({ page: 'commitment', params: { commitmentId } });
});

test('a member’s card and an organisation’s wall have keys of their own', async () => {
  const open = async (what: 'member' | 'organization', thingId: string) => {
    const { key } = await town.as('resident').ok('links.give', { params: { what, thingId } });
    return town.as('resident').ok('links.open', { params: { key } });
  };
  const { id: personId } = town.people.member;
  expect(await open('member', personId)).toEqual({ page: 'memberCard', params: { personId } });
  const organizationId = town.branches.a;
  expect(await open('organization', organizationId)).toEqual({ page: 'commitments', params: { organizationId } });
  const { id: thingId } = town.people.resident;
  const nobody = { params: { what: 'member' as const, thingId } };
  expect(await town.as('resident').refused('links.give', nobody)).toBe('member.not-found');
});

test('twenty who ask at once for the key of a fresh thing get the same one', async () => {
  const { commitmentId: fresh } = await village.toPublished({ roundId: (await round()).roundId, title: '修一段路' });
  const keys = await Promise.all(
    Array.from({ length: 20 }, (_, index) => give(index % 2 === 0 ? 'resident' : 'member', fresh)),
  );
  expect(new Set(keys.map(({ key }) => key)).size).toBe(1);
});

const round = async () => {
  const { items } = await town.as('member').ok('rounds.list', {});
  return { roundId: items[0]?.id ?? '' };
};

test('a key opens nothing that its holder may not see: it names the page, and the page refuses', async () => {
  const { key } = await give('member');
  const stranger = await buildTown(server);
  const { page, params } = await stranger.as('resident').ok('links.open', { params: { key } });
  expect(page).toBe('commitment');
  const read = await stranger
    .as('resident')
    .refused('commitments.read', { params: params as { commitmentId: string } });
  expect(read).toBe('commitment.not-found');
  const again = { params: { what: 'commitment' as const, thingId: commitmentId } };
  expect(await stranger.as('resident').refused('links.give', again)).toBe('commitment.not-found');
});

test('whatever else is in an address opens nothing, and is said so', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 70 }), async (key) => {
      const response = await town.as('resident').raw('GET', `/api/links/${encodeURIComponent(key)}`);
      const { code } = (await response.json()) as { code: string };
      expect(['link.not-found', 'request.bad-input', 'request.not-found']).toContain(code);
    }),
    { numRuns: 60, examples: [['%'], ['k=1'], ['__proto__'], ["' OR 1=1"], ['0'.repeat(64)]] },
  );
});

describe('a link in a phone’s browser', () => {
  const nobody = () => clientOf(server.url);
  const asked = async () =>
    (await server.wechat.requests()).filter((request) => request.includes('generate_urllink')).length;

  test('is answered with an address that opens the mini-program there, asked of WeChat once', async () => {
    const { key } = await give('resident');
    const before = await asked();
    const { address } = await nobody().ok('links.app', { params: { key } });
    expect(address).toMatch(/^https:\/\/wxaurl\.cn\//);
    expect(await nobody().ok('links.app', { params: { key } })).toEqual({ address });
    expect(await asked()).toBe(before + 1);
    server.clock.advance(61 * 60_000);
    expect((await nobody().ok('links.app', { params: { key } })).address).not.toBe(address);
    expect(await server.wechat.unknownFields()).toEqual([]);
  });

  test('costs WeChat nothing where there is no such link, and says what to do where WeChat does not answer', async () => {
    const before = await asked();
    expect(await nobody().refused('links.app', { params: { key: 'nosuchkey' } })).toBe('link.not-found');
    expect(await asked()).toBe(before);
    const { commitmentId: fresh } = await village.toPublished({ roundId: (await round()).roundId, title: '修一座桥' });
    const { key } = await give('member', fresh);
    await server.wechat.refuse(
      '/wxa/generate_urllink',
      85079,
      'miniprogram not released rid: 0a1b2c3d-0a1b2c3d-0a1b2c3d',
      1,
    );
    const { problem } = await nobody().call('links.app', { params: { key } });
    expect(problem).toMatchObject({ status: 503, code: 'link.app-away' });
    expect(problem?.title).toContain('搜索“三单”');
  });
});

describe('a code', () => {
  const ask = (thingId: string) => town.as('resident').call('links.code', { params: { what: 'commitment', thingId } });
  const drawn = async () =>
    (await server.wechat.requests()).filter((request) => request.includes('getwxacodeunlimit')).length;

  test('scanned, leads back to the deed; WeChat draws it once', async () => {
    const before = await drawn();
    const { data } = await ask(commitmentId);
    expect((await ask(commitmentId)).data?.key).toBe(data?.key);
    expect(await drawn()).toBe(before + 1);
    const response = await town.as('resident').raw('GET', data?.image ?? '');
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    const read = await scan(new Uint8Array(await response.arrayBuffer()));
    expect(read).toBe(`https://sandan.example${data?.address}`);
    const key = read.split('/').at(-1) ?? '';
    const opened = await town.as('resident').ok('links.open', { params: { key } });
    expect(opened).toEqual({ page: 'commitment', params: { commitmentId } });
    expect(await server.wechat.unknownFields()).toEqual([]);
  });

  test('that WeChat does not give is told in plain words, the link works all the same, and the next try is the code', async () => {
    const { commitmentId: fresh } = await village.toPublished({ roundId: (await round()).roundId, title: '清一口塘' });
    await server.wechat.fault('cut', 'badGateway', 'html');
    const refused = await ask(fresh);
    expect(refused.problem).toMatchObject({ status: 503, code: 'link.code-away' });
    expect(refused.problem?.title).toContain('稍后再试');
    expect((await give('resident', fresh)).key).toHaveLength(12);
    expect((await ask(fresh)).status).toBe(200);
  });

  test('of a mini-program that has not been released is no matter of waiting, and nobody is told to wait', async () => {
    const { commitmentId: fresh } = await village.toPublished({ roundId: (await round()).roundId, title: '装一盏灯' });
    await server.wechat.refuse('/wxa/getwxacodeunlimit', 41030, 'invalid page rid: 0a1b2c3d-0a1b2c3d-0a1b2c3d', 1);
    const { problem } = await ask(fresh);
    expect(problem).toMatchObject({ status: 503, code: 'link.code-not-set-up' });
    expect(problem?.title).toContain('管理员');
    expect((await ask(fresh)).status).toBe(200);
  });

  test('drawn for 体验版 is drawn anew for the released one: strangers may not open the former', async () => {
    const { commitmentId: fresh } = await village.toPublished({ roundId: (await round()).roundId, title: '铺一段路' });
    const { wechat } = server.world.config;
    const released = { ...wechat };
    Object.assign(wechat, { envVersion: 'trial' });
    const before = await drawn();
    await ask(fresh);
    Object.assign(wechat, released);
    await ask(fresh);
    expect(await drawn()).toBe(before + 2);
    // And another app is another code: the stand-in's pictures of a trial lead nowhere afterwards.
    Object.assign(wechat, { appid: 'wx0000000000000000' });
    await ask(fresh);
    Object.assign(wechat, released);
    expect(await drawn()).toBe(before + 3);
  });

  test('of something that cannot be seen is not drawn', async () => {
    const before = await drawn();
    expect((await ask(ulid())).problem?.code).toBe('commitment.not-found');
    expect(await drawn()).toBe(before);
  });
});
