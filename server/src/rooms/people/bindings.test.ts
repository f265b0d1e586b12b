import { ulid } from 'ulid';
import { linkTo } from '../../foundation/links/links';
import { bindingJourney } from '../../../test/binding-journey';
import type { Client } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { strangePhone } from '../../../test/strangers';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** 绑定 by the rules of domain.md §6. */
let server: TestServer;
let town: Town;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
});

const { newcomer, phoneCode, choosing, asking, confirming, told, boundAs } = bindingJourney(() => ({ server, town }));
/** What the app asks of everybody at first. */
const agree = (client: Client) =>
  client.ok('privacy.consent', { body: { actionId: ulid(), version: 1, answers: { basic: true } } });
const queueOf = async (name: PersonName) => (await town.as(name).ok('bindings.list', { query: {} })).items;
const lastIn = async (name: PersonName): Promise<string> => (await queueOf(name))[0]?.bindingId ?? '';
const setPhone = (personId: string, phone: string | null) =>
  server.world.database.transaction((db) =>
    db.write('UPDATE person SET phone_sealed = ?, phone_index = ? WHERE id = ?', [
      ...[db.vault.seal('person.phone', phone), db.vault.index('person.phone', phone), personId],
    ]),
  );

test('one match is still asked about; the yes binds at once, and what the newcomer had ordered is his', async () => {
  const { id: residentId, phone } = town.people.resident;
  const mine = await newcomer();
  const orderId = ulid();
  await agree(mine.client);
  const order = { categoryId: 'streetLight', words: '路灯不亮', gridId: town.groups.a1, contactPhone: phone };
  await mine.client.ok('orders.place', { params: { orderId }, body: order });
  const asked = await mine.client.ok('bindings.phone', await phoneCode(mine, phone));
  expect(asked).toMatchObject({ isHome: false, request: null, choices: [{ personId: residentId, name: '王*英' }] });

  const bound = await mine.client.ok('bindings.choose', choosing(residentId));
  expect(bound).toMatchObject({ isHome: true, choices: [], request: { state: 'bound' } });
  const me = await mine.client.ok('people.me');
  expect(me).toMatchObject({ personId: residentId, name: '王桂英', home: { householdId: town.households.resident } });
  const orders = await town.as('resident').ok('orders.list', { query: { scope: 'mine' } });
  expect(orders.items.map(({ id }) => id)).toEqual([orderId]);
  const { lines } = await mine.client.ok('privacy.consents', { query: {} });
  expect(lines).toContainEqual(expect.objectContaining({ purpose: 'basic', given: true }));
  expect(await told(mine.client)).toContain('绑定好了');
  expect(await told(town.as('gridWorker'))).toContain('有一户绑定了');
});

test('nobody on the roster has the number: nothing is shown, and he orders all the same', async () => {
  const mine = await newcomer();
  const standing = await mine.client.ok('bindings.phone', await phoneCode(mine, strangePhone()));
  expect(standing).toMatchObject({ isHome: false, choices: [], request: null });
  expect(standing.phone).toMatch(/^154\*{4}\d{4}$/);
});

test('a stranger learns nothing: the answer is the same whether the head lives there or nobody of that name', async () => {
  const [right, wrong] = [await newcomer(), await newcomer()];
  const shape = (standing: object) =>
    JSON.stringify(standing)
      .replaceAll(/[0-7][0-9A-HJKMNP-TV-Z]{25}/g, 'ID')
      .replaceAll(/\d{4}-[^"]+/g, 'AT');
  const hit = await right.client.ok('bindings.ask', asking('王桂英', '12'));
  const miss = await wrong.client.ok('bindings.ask', asking('王桂花', '99号'));
  expect(shape(hit)).toBe(shape(miss));
  expect(await right.client.refused('bindings.read', { params: { bindingId: hit.request?.bindingId ?? '' } })).toBe(
    'access.forbidden',
  );
});

test('the work behind it is the same, too', async () => {
  const [right, wrong] = [await newcomer(), await newcomer()];
  await right.client.ok('bindings.mine');
  const hit = await server.statements.during(() => right.client.ok('bindings.ask', asking('王桂英', '12号')));
  const miss = await server.statements.during(() => wrong.client.ok('bindings.ask', asking('李四', '12号')));
  expect(hit).toEqual(miss);
});

test('three requests a day, one at a time', async () => {
  const mine = await newcomer();
  for (let turn = 0; turn < 3; turn += 1) {
    const { request } = await mine.client.ok('bindings.ask', asking('李四', `${turn}号`));
    expect(await mine.client.refused('bindings.ask', asking('李四', '7号'))).toBe('binding.asked-already');
    const params = { bindingId: request?.bindingId ?? '' };
    await mine.client.ok('bindings.withdraw', { params, body: { actionId: ulid() } });
  }
  expect(await mine.client.refused('bindings.ask', asking('李四', '8号'))).toBe('binding.too-many');
  server.clock.advance(25 * 60 * 60_000);
  await mine.client.ok('bindings.ask', asking('李四', '8号'));
});

test('the worker finds the household that was named, confirms with a proof, and the newcomer is told', async () => {
  const mine = await newcomer();
  await mine.client.ok('bindings.ask', asking('王桂英', '12号'));
  expect(await told(town.as('gridWorker'))).toContain('有人等您核实');
  const bindingId = await lastIn('gridWorker');
  const request = await town.as('gridWorker').ok('bindings.read', { params: { bindingId } });
  expect(request).toMatchObject({ saidHead: '王桂英', saidDoor: '12号', householdId: town.households.resident });
  expect(request.candidates.map(({ name }) => name)).toEqual(['王*英', '陈*柱']);
  expect(await queueOf('deskLeadOutside')).toEqual([]);
  expect(
    await town.as('deskLeadOutside').refused('bindings.confirm', confirming(bindingId, town.people.spouse.id)),
  ).toBe('binding.not-found');
  await town.as('gridWorker').ok('bindings.confirm', confirming(bindingId, town.people.spouse.id));
  expect((await mine.client.ok('people.me')).personId).toBe(town.people.spouse.id);
  expect(await told(mine.client)).toContain('绑定好了');
});

test('a worker names nobody of another village', async () => {
  const mine = await newcomer();
  await mine.client.ok('bindings.ask', asking('王桂英', '12号'));
  const bindingId = await lastIn('gridWorker');
  const outside = confirming(bindingId, town.people.farResident.id);
  expect(await town.as('gridWorker').refused('bindings.confirm', outside)).toBe('binding.person-outside');
});

test('what the worker refuses he explains', async () => {
  const mine = await newcomer();
  await mine.client.ok('bindings.ask', asking('李四', '5号'));
  const params = { bindingId: await lastIn('groupLead') };
  await town.as('groupLead').ok('bindings.refuse', { params, body: { actionId: ulid(), words: '5号没有这个人' } });
  const { request } = await mine.client.ok('bindings.mine');
  expect(request).toMatchObject({ state: 'refused', words: '5号没有这个人' });
  expect(await told(mine.client)).toContain('这次没有对上');
});

test('two of one household left the same number: he chooses among masked names; of several households a worker decides', async () => {
  const shared = strangePhone();
  await setPhone(town.people.resident.id, shared);
  await setPhone(town.people.spouse.id, shared);
  const mine = await newcomer();
  const { choices } = await mine.client.ok('bindings.phone', await phoneCode(mine, shared));
  expect(choices.map(({ name }) => name).sort()).toEqual(['王*英', '陈*柱']);

  await setPhone(town.people.otherResident.id, shared);
  const other = await newcomer();
  const standing = await other.client.ok('bindings.phone', await phoneCode(other, shared));
  expect(standing).toMatchObject({ choices: [], request: { state: 'waiting' } });
  // They live in two groups of the village: its desk decides.
  expect(await queueOf('gridWorker')).toEqual([]);
  expect(await queueOf('deskLead')).toMatchObject([{ kind: 'manyHouseholds' }]);
});

test('“都不是” goes to the worker and shows nothing', async () => {
  const mine = await newcomer();
  await mine.client.ok('bindings.phone', await phoneCode(mine, town.people.resident.phone));
  const standing = await mine.client.ok('bindings.choose', choosing(null));
  expect(standing).toMatchObject({ isHome: false, choices: [], request: { state: 'waiting' } });
  expect(await queueOf('gridWorker')).toMatchObject([{ kind: 'notMe' }]);
});

test('the code on the door: whoever reads it says who he is, and waits for the family or the worker unless the phone is his', async () => {
  const key = await server.world.database.transaction((db) =>
    linkTo(db, { what: 'home', thingId: town.households.resident }, new Date(server.clock.now())),
  );
  const mine = await newcomer();
  expect(await mine.client.refused('bindings.door', { body: { key } })).toBe('binding.phone-first');
  await mine.client.ok('bindings.phone', await phoneCode(mine, strangePhone()));
  const { choices } = await mine.client.ok('bindings.door', { body: { key } });
  expect(choices.map(({ name }) => name)).toEqual(['王*英', '陈*柱']);
  expect(await mine.client.refused('bindings.choose', choosing(town.people.farResident.id, { key }))).toBe(
    'binding.no-choice',
  );
  const standing = await mine.client.ok('bindings.choose', choosing(town.people.spouse.id, { key }));
  expect(standing).toMatchObject({ isHome: false, request: { state: 'waiting' } });
  // A photo of the paper is no account: nothing of the house opens, and he orders as anybody may.
  expect((await mine.client.ok('people.me')).home).toBeNull();
  expect((await mine.client.ok('bindings.family')).items).toEqual([]);
  expect(await told(mine.client)).not.toContain('绑定好了');
  expect(await queueOf('gridWorker')).toMatchObject([{ kind: 'doorCode' }]);
  const wife = await boundAs('resident');
  const [asked] = (await wife.client.ok('bindings.family')).items;
  expect(asked?.candidates).toMatchObject([{ personId: town.people.spouse.id }]);
  const params = { bindingId: asked?.bindingId ?? '' };
  await wife.client.ok('bindings.vouch', { params, body: { actionId: ulid(), personId: town.people.spouse.id } });
  expect((await mine.client.ok('people.me')).home?.householdId).toBe(town.households.resident);
  expect(await mine.client.refused('bindings.door', { body: { key: 'nosuchdoor' } })).toBe('binding.home-already');
  // Whose number the roster has anyway is bound at once.
  const other = await newcomer();
  const { phone } = town.people.farResident;
  const far = await server.world.database.transaction((db) =>
    linkTo(db, { what: 'home', thingId: town.households.farResident }, new Date(server.clock.now())),
  );
  await other.client.ok('bindings.phone', await phoneCode(other, phone));
  const home = await other.client.ok('bindings.choose', choosing(town.people.farResident.id, { key: far }));
  expect(home).toMatchObject({ isHome: true });
});

test('two phones bind the same person at once: one wins, the other waits for somebody who looks', async () => {
  const rivals = await Promise.all([newcomer(), newcomer(), newcomer(), newcomer()]);
  const { id, phone } = town.people.resident;
  for (const each of rivals) await each.client.ok('bindings.phone', await phoneCode(each, phone));
  const standings = await Promise.all(rivals.map(({ client }) => client.ok('bindings.choose', choosing(id))));
  expect(standings.filter(({ isHome }) => isHome)).toHaveLength(1);
  expect(standings.filter(({ request }) => request?.state === 'waiting')).toHaveLength(3);
});

test('a disputed person: worker and liaison both look, both sides are told, and neither sees anything of the other', async () => {
  const first = await boundAs('resident');
  const second = await newcomer();
  await second.client.ok('bindings.phone', await phoneCode(second, town.people.resident.phone));
  await second.client.ok('bindings.choose', choosing(town.people.resident.id));
  expect(await told(first.client)).toContain('身份要再核实一次');
  expect(await told(second.client)).toContain('身份要再核实一次');
  expect(await second.client.ok('people.me')).toMatchObject({ home: null });

  const bindingId = await lastIn('gridWorker');
  await town.as('gridWorker').ok('bindings.confirm', confirming(bindingId, town.people.resident.id));
  expect((await second.client.ok('people.me')).home).toBeNull();
  const press = { params: { bindingId }, body: { actionId: ulid() } };
  expect(await town.as('deskLead').refused('bindings.approve', press)).toBe('access.forbidden');
  await town.as('liaison').ok('bindings.approve', press);
  expect((await second.client.ok('people.me')).personId).toBe(town.people.resident.id);
  expect(await first.client.refused('people.me')).toBe('session.expired');
});

test('a changed phone or account is proven to the desk; the old one is unlinked, told in the app, and signed out', async () => {
  const old = await boundAs('resident');
  const fresh = await newcomer();
  await fresh.client.ok('bindings.phone', await phoneCode(fresh, town.people.resident.phone));
  await fresh.client.ok('bindings.choose', choosing(town.people.resident.id, { isRebinding: true }));
  const bindingId = await lastIn('deskLead');
  const proven = { ...confirming(bindingId, town.people.resident.id) };
  expect(await town.as('gridWorker').refused('bindings.confirm', proven)).toBe('binding.not-found');
  await town.as('deskLead').ok('bindings.confirm', proven);
  expect((await fresh.client.ok('people.me')).personId).toBe(town.people.resident.id);

  expect(await old.client.refused('people.me')).toBe('session.expired');
  const back = await newcomer(old.openid);
  expect(await back.client.ok('people.me')).toMatchObject({ home: null, roles: [] });
  expect(await told(back.client)).toContain('这个微信已解除绑定');
});

test('the same press again binds once', async () => {
  const mine = await newcomer();
  await mine.client.ok('bindings.phone', await phoneCode(mine, town.people.resident.phone));
  const press = choosing(town.people.resident.id);
  await mine.client.ok('bindings.choose', press);
  expect(await mine.client.ok('bindings.choose', press)).toMatchObject({ isHome: true });
});

test('the number comes from WeChat alone: a made-up, used or old code, and that of another account, give none', async () => {
  const [mine, other] = [await newcomer(), await newcomer()];
  const press = await phoneCode(other, strangePhone());
  expect(await mine.client.refused('bindings.phone', press)).toBe('binding.bad-code');
  const used = await phoneCode(mine, strangePhone());
  await mine.client.ok('bindings.phone', used);
  expect(await mine.client.ok('bindings.phone', used)).toMatchObject({ isHome: false });
  const again = { body: { ...used.body, actionId: ulid() } };
  expect(await mine.client.refused('bindings.phone', again)).toBe('binding.bad-code');
  const late = await phoneCode(mine, strangePhone());
  server.clock.advance(5 * 60_000);
  expect(await mine.client.refused('bindings.phone', late)).toBe('binding.bad-code');
});
