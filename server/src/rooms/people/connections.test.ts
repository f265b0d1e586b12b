import { ulid } from 'ulid';
import { usualProtection } from '@sandan/shared/settings/protection.words';
import { atComputer } from '../../../test/at-computer';
import { clientOf, type Client } from '../../../test/client';
import { codeAt } from '../../../test/one-time-code';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { makeAdministrator } from '../../first-administrator/first-administrator';

/** 连接手机: the first administrator came by a link; his WeChat becomes his by a code that both his hands confirm. */
let server: TestServer;
let town: Town;
let adminId: string;
let computer: Client;
beforeAll(async () => (server = await startTestServer()));
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  const wish = { name: '孙启明', grid: town.countyId };
  const made = await server.world.database.transaction((db) =>
    makeAdministrator(db, wish, new Date(server.clock.now())),
  );
  adminId = made.personId;
  computer = await atComputer(server, adminId);
});

const minute = 60_000;
const act = () => ({ actionId: ulid() });
const wechat = async (openid = `new-${ulid()}`) => {
  const code = await server.wechat.issueCode(openid);
  const { token } = await clientOf(server.url).ok('people.signInWithWechat', { body: { code } });
  return { phone: clientOf(server.url, token), openid };
};
const ask = async (client = computer) => {
  const { connectionId, address } = await client.ok('connections.ask', { body: {} });
  return { connectionId, code: address.split('/').at(-1) ?? '' };
};
const confirm = (phone: Client, code: string) => phone.ok('connections.confirm', { params: { code }, body: act() });
const finish = (connectionId: string, check: string, client = computer) =>
  client.call('connections.finish', { params: { connectionId }, body: { ...act(), check } });

test('scanned, confirmed on the phone, its digits typed at the computer: the same WeChat is the administrator', async () => {
  const { phone, openid } = await wechat();
  const { connectionId, code } = await ask();
  expect(await phone.ok('links.open', { params: { key: code } })).toEqual({ page: 'connectPhone', params: { code } });
  const seen = await phone.ok('connections.look', { params: { code } });
  expect(seen).toMatchObject({ state: 'waiting', name: '孙*明', check: null });
  expect(seen.post).toMatch(/管理员$/);
  const { check } = await confirm(phone, code);
  expect(check).toMatch(/^\d{4}$/);
  expect((await confirm(phone, code)).check).toBe(check);
  expect(await computer.ok('connections.standing', { params: { connectionId } })).toMatchObject({ state: 'confirmed' });
  for (let turn = 0; turn < 2; turn += 1)
    expect((await finish(connectionId, check ?? '')).data).toEqual({ state: 'done' });
  expect(await phone.ok('people.me')).toMatchObject({ personId: adminId, roles: [{ role: 'admin' }] });
  const again = await wechat(openid);
  expect((await again.phone.ok('people.me')).personId).toBe(adminId);
  // From now on his phone lets computers in.
  const { address } = await clientOf(server.url).ok('access.askCode', { body: {} });
  await again.phone.ok('access.look', { params: { code: address.split('/').at(-1) ?? '' } });
  const [entry] = await server.world.database.reading.query<{ byId: string }>(
    "SELECT person_id AS byId FROM audit_entry WHERE act = 'bind' AND thing_id = ?",
    [adminId],
  );
  expect(entry?.byId).toBe(adminId);
});

test('a second factor that the phone made for itself before is not the administrator’s', async () => {
  const { phone } = await wechat();
  const { secret } = await phone.ok('access.enrol', { body: {} });
  const code = codeAt(secret, server.clock.now());
  await phone.ok('access.confirmEnrolment', { body: { ...act(), code } });
  expect((await phone.ok('access.secondFactor')).shownUntil).not.toBeNull();
  const { connectionId, code: picture } = await ask();
  const { check } = await confirm(phone, picture);
  expect((await finish(connectionId, check ?? '')).data).toEqual({ state: 'done' });
  expect(await phone.ok('access.secondFactor')).toMatchObject({ enrolled: false, shownUntil: null });
  const params = { gridId: town.countyId };
  expect(await phone.refused('settings.changeProtection', { params, body: usualProtection })).toBe(
    'access.second-factor-missing',
  );
});

test('three wrong digits end it, and so does the next code, time, or 不是我', async () => {
  const { phone } = await wechat();
  const { connectionId, code } = await ask();
  const right = (await confirm(phone, code)).check ?? '';
  const wrong = right === '0000' ? '1111' : '0000';
  const answers = [wrong, wrong, wrong, right].map((digits) => () => finish(connectionId, digits));
  const codes: (string | undefined)[] = [];
  for (const answer of answers) codes.push((await answer()).problem?.code);
  expect(codes).toEqual(['connection.wrong-check', 'connection.wrong-check', 'connection.spent', 'connection.spent']);

  const [old, next] = [await ask(), await ask()];
  expect(await phone.refused('connections.confirm', { params: { code: old.code }, body: act() })).toBe(
    'sign-in.code-used',
  );
  const refused = await phone.ok('connections.refuse', { params: { code: next.code }, body: act() });
  expect(refused.state).toBe('refused');
  expect((await finish(next.connectionId, right)).problem?.code).toBe('connection.spent');

  const late = await ask();
  server.clock.advance(2 * minute);
  expect(await phone.refused('connections.confirm', { params: { code: late.code }, body: act() })).toBe(
    'sign-in.code-expired',
  );
  expect((await finish(late.connectionId, right)).problem?.code).toBe('sign-in.code-expired');
});

test('no other session, no other phone, nobody of the roll, and nobody without a fresh second factor', async () => {
  const [{ phone }, { phone: thief }] = [await wechat(), await wechat()];
  const { connectionId, code } = await ask();
  const { check } = await confirm(phone, code);
  // Whoever was sent a picture of the code comes second and sees no digits.
  expect(await thief.refused('connections.confirm', { params: { code }, body: act() })).toBe('sign-in.code-used');
  expect((await thief.ok('connections.look', { params: { code } })).check).toBeNull();
  const other = await atComputer(server, adminId);
  expect((await finish(connectionId, check ?? '', other)).problem?.code).toBe('request.not-found');
  expect(await other.refused('connections.standing', { params: { connectionId } })).toBe('request.not-found');
  expect(await town.as('member').refused('connections.look', { params: { code } })).toBe('connection.somebody-already');
  expect(await computer.refused('connections.look', { params: { code } })).toBe('connection.by-phone-only');
  server.clock.advance(6 * minute);
  expect((await finish(connectionId, check ?? '')).problem?.code).toBe('access.second-factor-needed');
});

test('what the stranger had asked to be is settled: confirmed later it would close the administrator’s account', async () => {
  const { phone } = await wechat();
  const asked = { gridId: town.groups.a1, headName: '王桂英', door: '12号' };
  await phone.ok('bindings.ask', { body: { ...act(), ...asked } });
  const [waiting] = (await town.as('gridWorker').ok('bindings.list', { query: {} })).items;
  const { connectionId, code } = await ask();
  const { check } = await confirm(phone, code);
  expect((await finish(connectionId, check ?? '')).status).toBe(200);
  expect((await town.as('gridWorker').ok('bindings.list', { query: {} })).items).toEqual([]);
  const confirming = await town.as('gridWorker').call('bindings.confirm', {
    params: { bindingId: waiting?.bindingId ?? '' },
    body: { ...act(), personId: town.people.resident.id, proof: 'knownInPerson' },
  });
  expect(confirming.problem?.code).toBe('binding.wrong-state');
  expect(await phone.ok('people.me')).toMatchObject({ personId: adminId, roles: [{ role: 'admin' }] });
  // Once he is somebody, he becomes nobody else, whatever he asks.
  expect((await phone.call('bindings.ask', { body: { ...act(), ...asked } })).status).toBe(409);
});

test('who guesses codes is stopped, and who asks for them without end', async () => {
  const { phone } = await wechat();
  const guess = () => phone.call('connections.look', { params: { code: `me-${ulid().slice(0, 22)}` } });
  for (let turn = 0; turn < 5; turn += 1) expect((await guess()).problem?.code).toBe('sign-in.code-unknown');
  expect((await guess()).problem?.code).toBe('sign-in.too-many');
  for (let turn = 0; turn < 20; turn += 1) await ask();
  expect(await computer.refused('connections.ask', { body: {} })).toBe('connection.too-many');
});
