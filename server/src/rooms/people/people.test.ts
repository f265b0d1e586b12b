import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import { clientOf } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { photoOf } from '../../../test/upload';
import { SignInFailure } from '../../foundation/access/access.entity';
import { Message } from '../messages/message.entity';
import type { Person } from './person.entity';
import { mergeProfile } from './profile.service';

let server: TestServer;
let nobody: ReturnType<typeof clientOf>;
let town: Town;

beforeAll(async () => {
  server = await startTestServer();
  nobody = clientOf(server.url);
  // All tests have one address and one hour; what another file or an earlier run failed at is not ours.
  await server.world.database.transaction((db) => db.write('DELETE FROM sign_in_failure'));
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
});

const signIn = async (openid: string) =>
  nobody.ok('people.signInWithWechat', { body: { code: await server.wechat.issueCode(openid) } });
const countOf = async (sql: string, values: (string | Date)[]) =>
  Number((await server.world.database.reading.query<{ n: number }>(sql, values))[0]?.n);

describe('signing in by WeChat', () => {
  test('the first time makes a person who can order help but lives nowhere yet', async () => {
    const signedIn = await signIn(`new-${ulid()}`);
    expect(signedIn).toMatchObject({ isNew: true, token: expect.stringMatching(/^[\w-]{43}$/) });
    const me = await clientOf(server.url, signedIn.token).ok('people.me');
    expect(me).toMatchObject({ home: null, linkedMember: null, roles: [], town: null, tabs: ['home', 'orders', 'me'] });
    expect(me.name).toMatch(/^新邻居\d{4}$/);
    expect(me.can).toContain('order.place');
  });

  test('the second time finds the same person', async () => {
    const openid = `again-${ulid()}`;
    const first = await signIn(openid);
    const second = await signIn(openid);
    expect(second).toMatchObject({ personId: first.personId, isNew: false });
    expect(second.token).not.toBe(first.token);
  });

  test('twenty phones of one new account at once make one person', async () => {
    const openid = `race-${ulid()}`;
    const all = await Promise.all(Array.from({ length: 20 }, () => signIn(openid)));
    expect(new Set(all.map(({ personId }) => personId)).size).toBe(1);
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await countOf('SELECT COUNT(*) AS n FROM wechat_account WHERE openid = ?', [openid])).toBe(1);
    expect(await countOf('SELECT COUNT(*) AS n FROM person WHERE id = ?', [all[0]?.personId ?? ''])).toBe(1);
  });

  test('a code works once', async () => {
    const code = await server.wechat.issueCode(`once-${ulid()}`);
    await nobody.ok('people.signInWithWechat', { body: { code } });
    expect(await nobody.refused('people.signInWithWechat', { body: { code } })).toBe('sign-in.bad-code');
  });

  test('a person whose account is closed stays outside', async () => {
    const openid = `closed-${ulid()}`;
    const { personId, token } = await signIn(openid);
    const now = new Date(server.clock.now());
    await server.world.database.transaction((db) =>
      db.write('UPDATE person SET disabled_at = ? WHERE id = ?', [now, personId]),
    );
    const code = await server.wechat.issueCode(openid);
    expect(await nobody.refused('people.signInWithWechat', { body: { code } })).toBe('session.disabled');
    expect(await clientOf(server.url, token).refused('people.me')).toBe('session.disabled');
  });

  test('while WeChat is busy nobody is blamed', async () => {
    await server.wechat.fault('busy', 'busy', 'busy');
    const code = await server.wechat.issueCode(`busy-${ulid()}`);
    const { status, problem, headers } = await nobody.call('people.signInWithWechat', { body: { code } });
    expect([status, problem?.code, headers.get('retry-after')]).toEqual([503, 'sign-in.wechat-busy', '5']);
    expect(await signIn(`busy-${ulid()}`)).toMatchObject({ isNew: true });
  });

  test('an address from which three hundred codes failed within a minute waits for as long', async () => {
    server.clock.advance(60 * 60_000);
    const attempt = (code: string) => nobody.call('people.signInWithWechat', { body: { code } });
    expect((await attempt('guess')).problem?.code).toBe('sign-in.bad-code');
    const addressHash = createHash('sha256').update('127.0.0.1').digest();
    const failed = (count: number) => {
      const at = new Date(server.clock.now());
      const rows = Array.from({ length: count }, () => ({ id: ulid(), addressHash, at }));
      return server.world.database.transaction((db) => db.insert(SignInFailure, rows));
    };
    await failed(298);
    expect(await signIn(`good-${ulid()}`)).toMatchObject({ isNew: true });
    await failed(1);
    const refused = await attempt(await server.wechat.issueCode(`good-${ulid()}`));
    expect([refused.status, refused.problem?.code, refused.headers.get('retry-after')]).toEqual([
      ...[429, 'sign-in.too-many', '60'],
    ]);
    server.clock.advance(60_001);
    expect(await signIn(`good-${ulid()}`)).toMatchObject({ isNew: true });
  });

  test('whoever tries codes by the hundred leaves a few entries in the audit, which say how many there were', async () => {
    server.clock.advance(2 * 60 * 60_000);
    const since = new Date(server.clock.now());
    const guess = () => nobody.refused('people.signInWithWechat', { body: { code: 'guess' } });
    const entries = async () =>
      (
        await server.world.database.reading.query<{ refusals: string }>(
          `SELECT JSON_VALUE(facts, '$.refusals') AS refusals FROM audit_entry
           WHERE act = 'signInRefused' AND at >= ? ORDER BY number`,
          [since],
        )
      ).map(({ refusals }) => Number(refusals));
    for (let tries = 0; tries < 120; tries += 1) await guess();
    expect(await entries()).toEqual([1, 100]);
    server.clock.advance(10 * 60_000);
    for (let tries = 0; tries < 5; tries += 1) await guess();
    expect(await entries()).toEqual([1, 100, 121]);
  });

  test('without a code there is nothing to sign in with', async () => {
    const { status, problem } = await nobody.call('people.signInWithWechat', { body: {} as never });
    expect([status, problem?.fields]).toEqual([400, { code: '缺少登录凭证' }]);
  });
});

describe('signing in as somebody of the demo', () => {
  test('by the key of a prepared person, who is listed with role and place', async () => {
    const { people } = town;
    const key = 'member';
    await server.world.database.transaction(async (db) => {
      await db.write('UPDATE person SET demo_key = NULL WHERE demo_key = ?', [key]);
      await db.write('UPDATE person SET demo_key = ? WHERE id = ?', [key, people.member.id]);
    });
    const listed = await nobody.ok('people.demoPeople');
    expect(listed.people.find((person) => person.key === key)).toMatchObject({
      ...{ name: '李晓峰', roleName: '党员', place: '碧塘村一组' },
    });
    expect(await nobody.ok('people.signInAsDemo', { body: { key } })).toMatchObject({ personId: people.member.id });
  });

  test('by anybody’s id', async () => {
    const { token } = await nobody.ok('people.signInAsDemo', { body: { key: town.people.inspector.id } });
    expect((await clientOf(server.url, token).ok('people.me')).name).toBe('郑小兰');
  });

  test('nobody of that name: 404', async () => {
    expect(await nobody.refused('people.signInAsDemo', { body: { key: 'nobody' } })).toBe('sign-in.unknown-person');
  });
});

test('signing out ends this session at once, or all of them', async () => {
  const openid = `out-${ulid()}`;
  const [one, two, three] = [await signIn(openid), await signIn(openid), await signIn(openid)];
  expect(await clientOf(server.url, one.token).ok('people.signOut', { body: {} })).toEqual({ ended: 1 });
  expect(await clientOf(server.url, one.token).refused('people.me')).toBe('session.expired');
  expect(await clientOf(server.url, two.token).ok('people.signOut', { body: { everywhere: true } })).toEqual({
    ended: 2,
  });
  expect(await clientOf(server.url, three.token).refused('people.me')).toBe('session.expired');
  const acts = await server.world.database.reading.query<{ act: string }>(
    'SELECT act FROM audit_entry WHERE person_id = ? ORDER BY act',
    [one.personId],
  );
  expect(acts.map(({ act }) => act)).toEqual(['signIn', 'signIn', 'signIn', 'signOut', 'signOut']);
});

describe('who am I', () => {
  test('a resident sees her home and her party member, whose phone is published', async () => {
    const me = await town.as('resident').ok('people.me');
    expect(me).toMatchObject({
      name: '王桂英',
      phone: expect.stringMatching(/^\d{3}\*{4}\d{4}$/),
      home: { town: '东澄镇', village: '碧塘村', group: '一组', door: '12号', gridId: town.groups.a1 },
      linkedMember: { name: '李晓峰', kindName: '党员', away: false, phone: town.people.member.phone },
      town: { gridId: town.townId, name: '东澄镇', dutyPhone: '0752-8880110' },
      tabs: ['home', 'orders', 'me'],
    });
  });

  test('a member who keeps his number private is shown without it, and as away while he is', async () => {
    const until = new Date(server.clock.now() + 3 * 24 * 60 * 60_000).toISOString();
    await town.as('member').ok('people.changeMe', { body: { awayUntil: until } });
    await server.world.database.transaction((db) =>
      db.write('UPDATE person SET published_phone_sealed = NULL WHERE id = ?', [town.people.member.id]),
    );
    const { linkedMember } = await town.as('resident').ok('people.me');
    expect(linkedMember).toMatchObject({ away: true, phone: null });
    server.clock.advance(4 * 24 * 60 * 60_000);
    expect((await town.as('resident').ok('people.me')).linkedMember).toMatchObject({ away: false });
  });

  const tabs = async (name: Parameters<Town['as']>[0]) => (await town.as(name).ok('people.me')).tabs.join(' ');
  test('everybody has the tabs that the roles ask for', async () => {
    expect(await tabs('newcomer')).toBe('home orders me');
    expect(await tabs('member')).toBe('home orders claims me');
    expect(await tabs('externalKeeper')).toBe('home orders claims me');
    const both = ['gridWorker', 'groupLead', 'hubKeeper'] as const;
    for (const name of both) expect(await tabs(name)).toBe('home orders claims desk me');
    const desks = ['deskLead', 'inspector', 'villageSupervisor', 'secretary', 'admin'] as const;
    for (const name of desks) expect(await tabs(name)).toBe('home orders desk me');
  });

  test('a secretary’s role stands on a branch and reaches the village tied to it', async () => {
    const { roles } = await town.as('secretary').ok('people.me');
    expect(roles).toEqual([
      expect.objectContaining({
        ...{ role: 'partySecretary', roleName: '党组织书记', tree: 'party', nodeName: '碧塘村党支部' },
        ...{ gridId: town.villageA, tier: 'village' },
      }),
    ]);
  });

  test('unread messages are counted to 99', async () => {
    const personId = town.people.resident.id;
    const at = new Date(server.clock.now());
    const message = { personId, kind: 'progress', title: '有进展', words: '有人接了您的单', at };
    const messages = Array.from({ length: 120 }, () => ({ ...message, id: ulid(), eventId: ulid() }));
    await server.world.database.transaction((db) => db.insert(Message, messages));
    expect((await town.as('resident').ok('people.me')).unreadMessages).toBe(99);
  });

  test('it costs two reads', async () => {
    const client = town.as('resident');
    await client.ok('people.me');
    expect(await server.statements.during(() => client.ok('people.me'))).toHaveLength(2);
  });
});

describe('my settings', () => {
  test('large type stays on, and one setting leaves the other alone', async () => {
    const client = town.as('member');
    const until = new Date(server.clock.now() + 24 * 60 * 60_000).toISOString();
    expect(await client.ok('people.changeMe', { body: { largeType: true } })).toMatchObject({ largeType: true });
    await client.ok('people.changeMe', { body: { awayUntil: until } });
    expect(await client.ok('people.me')).toMatchObject({ largeType: true });
    const away = await server.world.database.reading.query<Pick<Person, 'awayUntil'>>(
      'SELECT away_until AS awayUntil FROM person WHERE id = ?',
      [town.people.member.id],
    );
    expect(away[0]?.awayUntil).toEqual(new Date(until));
  });

  test('nobody is away for more than a year', async () => {
    const { status, problem } = await town
      .as('member')
      .call('people.changeMe', { body: { awayUntil: '2999-01-01T00:00:00Z' } });
    expect([status, problem?.fields]).toEqual([400, { awayUntil: '外出最长填一年' }]);
  });
});

describe('my face and nickname', () => {
  const change = (nickname: string | null, pictureId: string | null) =>
    town.as('resident').ok('profile.change', { body: { nickname, pictureId } });
  const isGone = async (address: string) => (await clientOf(server.url).raw('GET', address)).status === 404;

  test('a picture taken back is gone at once, and nobody else is told of either', async () => {
    const [first, second] = [await photoOf(town, 'resident'), await photoOf(town, 'resident')];
    const { picture } = await change('山里人', first);
    expect(picture?.id).toBe(first);
    expect(await change('山里人', first)).toMatchObject({ nickname: '山里人' });
    await change('山里人', second);
    expect(await isGone(picture?.full ?? '')).toBe(true);
    expect(await town.as('spouse').ok('profile.read')).toEqual({ nickname: null, picture: null });
    const kept = await town.as('resident').ok('profile.read');
    expect(await change(null, null)).toEqual({ nickname: null, picture: null });
    expect(await isGone(kept.picture?.full ?? '')).toBe(true);
    expect(await countOf('SELECT COUNT(*) AS n FROM erased_file', [])).toBeGreaterThanOrEqual(2);
  });

  test("somebody else's picture is not taken for one's own", async () => {
    const body = { nickname: null, pictureId: await photoOf(town, 'member') };
    expect(await town.as('resident').refused('profile.change', { body })).toBe('photo.not-yours');
  });

  test('they go on with whoever is bound to the roster, unless he has chosen there', async () => {
    await town
      .as('resident')
      .ok('profile.change', { body: { nickname: null, pictureId: await photoOf(town, 'resident') } });
    const become = (from: PersonName, to: PersonName) =>
      server.world.database.transaction((db) =>
        mergeProfile(db, town.people[from].id, town.people[to].id, new Date(server.clock.now())),
      );
    await become('resident', 'spouse');
    const { picture } = await town.as('spouse').ok('profile.read');
    expect(picture).not.toBeNull();
    await town.as('member').ok('profile.change', { body: { nickname: '老陈', pictureId: null } });
    await become('member', 'spouse');
    expect(await town.as('spouse').ok('profile.read')).toEqual({ nickname: null, picture });
    expect(await town.as('member').ok('profile.read')).toEqual({ nickname: null, picture: null });
  });
});
