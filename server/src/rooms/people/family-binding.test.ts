import { ulid } from 'ulid';
import { bindingJourney } from '../../../test/binding-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 家里人核实: “只认同一户”, and the worker is told; the second yes of the level above (domain.md §6). */
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
const vouching = (bindingId: string, personId: string) => ({
  ...{ params: { bindingId }, body: { actionId: ulid(), personId } },
});

test('somebody of the house knows him and says so: for his own house only, of whom nobody is bound to, and the worker hears', async () => {
  const { resident, spouse, otherResident } = town.people;
  const wife = await boundAs('resident');
  const mine = await newcomer();
  await mine.client.ok('bindings.ask', asking('王桂英', '12号'));
  await server.drain(town.townId);
  const message = (await wife.client.ok('messages.list', { query: {} })).items.find(({ title }) =>
    /家里人/.test(title),
  );
  expect(message).toMatchObject({ about: { thing: 'household', id: town.households.resident } });
  const { items } = await wife.client.ok('bindings.family');
  expect(items).toMatchObject([{ candidates: [{ personId: spouse.id, name: '陈*柱' }] }]);
  const bindingId = items[0]?.bindingId ?? '';
  for (const stranger of ['otherResident', 'child', 'farResident'] as const) {
    expect((await town.as(stranger).ok('bindings.family')).items).toEqual([]);
    expect(await town.as(stranger).refused('bindings.vouch', vouching(bindingId, spouse.id))).toBe('binding.not-found');
  }
  expect(await wife.client.refused('bindings.vouch', vouching(bindingId, otherResident.id))).toBe(
    'binding.not-that-person',
  );
  expect(await wife.client.refused('bindings.vouch', vouching(bindingId, resident.id))).toBe('binding.person-bound');
  const press = vouching(bindingId, spouse.id);
  expect(await wife.client.ok('bindings.vouch', press)).toEqual({ state: 'bound', stateName: '已绑定' });
  expect(await wife.client.ok('bindings.vouch', press)).toMatchObject({ state: 'bound' });
  expect((await mine.client.ok('people.me')).personId).toBe(spouse.id);
  expect((await wife.client.ok('bindings.family')).items).toEqual([]);
  await server.drain(town.townId);
  const atWork = (await town.as('gridWorker').ok('messages.list', { query: { limit: 100 } })).items;
  expect(atWork.find(({ kind }) => kind === 'binding.vouch')?.words).toContain('由家里人在手机上认定');
  const closed = await town.as('gridWorker').ok('bindings.read', { params: { bindingId } });
  expect(closed).toMatchObject({ proofName: '家里人在手机上认定', confirmedBy: '王桂英', isDoubted: false });
});

test('of worker and family who press at once one decides; no family opens a post', async () => {
  const mine = await newcomer();
  const { request } = await mine.client.ok('bindings.ask', asking('王桂英', '12号'));
  const bindingId = request?.bindingId ?? '';
  const { spouse, member, hubKeeper } = town.people;
  const answers = await Promise.all([
    town.as('resident').call('bindings.vouch', vouching(bindingId, spouse.id)),
    town.as('gridWorker').call('bindings.confirm', confirming(bindingId, spouse.id)),
  ]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);

  await server.world.database.transaction((db) =>
    db.write('UPDATE person SET household_id = ? WHERE id = ?', [town.households.hubKeeper, member.id]),
  );
  const other = await newcomer();
  await other.client.ok('bindings.ask', asking(hubKeeper.name, '1号'));
  const { items } = await town.as('hubKeeper').ok('bindings.family');
  const ofPost = vouching(items[0]?.bindingId ?? '', member.id);
  expect(await town.as('hubKeeper').ok('bindings.vouch', ofPost)).toMatchObject({ state: 'waitingAbove' });
  expect((await other.client.ok('people.me')).roles).toEqual([]);
});

test('the family says no: it stays with the worker, whose yes then needs the liaison', async () => {
  const wife = await boundAs('resident');
  const mine = await newcomer();
  await mine.client.ok('bindings.ask', asking('王桂英', '12号'));
  const bindingId = (await wife.client.ok('bindings.family')).items[0]?.bindingId ?? '';
  const press = () => ({ params: { bindingId }, body: { actionId: ulid() } });
  expect(await wife.client.ok('bindings.doubt', press())).toMatchObject({ state: 'waiting' });
  expect(await wife.client.refused('bindings.vouch', vouching(bindingId, town.people.spouse.id))).toBe(
    'binding.not-found',
  );
  expect(await told(town.as('gridWorker'))).toContain('家里人说不认识');
  const worker = town.as('gridWorker');
  expect(await worker.ok('bindings.read', { params: { bindingId } })).toMatchObject({ isDoubted: true });
  const confirmed = await worker.ok('bindings.confirm', confirming(bindingId, town.people.spouse.id));
  expect(confirmed).toMatchObject({ state: 'waitingAbove', kind: 'disputed' });
  expect(await told(wife.client)).toContain('身份要再核实一次');
  expect((await mine.client.ok('people.me')).home).toBeNull();
  await town.as('liaison').ok('bindings.approve', press());
  expect((await mine.client.ok('people.me')).personId).toBe(town.people.spouse.id);
});

test('whoever comes to a higher post meanwhile waits for whoever stands above that; his first post binds the WeChat he has', async () => {
  const mine = await newcomer();
  await mine.client.ok('bindings.phone', await phoneCode(mine, town.people.hubKeeper.phone));
  await mine.client.ok('bindings.choose', choosing(town.people.hubKeeper.id));
  const [waiting] = (await town.as('deskLead').ok('bindings.list', { query: {} })).items;
  const params = { bindingId: waiting?.bindingId ?? '' };
  const give = (personId: string) => ({
    params: { postId: ulid() },
    body: {
      ...({ role: 'deskLead', tree: 'grid', nodeId: town.villageA, personId } as const),
      ...{ until: null, openReason: '专职' },
    },
  });
  await town.as('admin').ok('posts.give', give(town.people.hubKeeper.id));
  const press = () => ({ params, body: { actionId: ulid() } });
  expect(await town.as('deskLead').ok('bindings.approve', press())).toMatchObject({ state: 'waitingAbove' });
  expect((await mine.client.ok('people.me')).roles).toEqual([]);
  expect(await town.as('townDispatcher').ok('bindings.approve', press())).toMatchObject({ state: 'bound' });

  const chosen = await newcomer();
  await chosen.client.ok('bindings.phone', await phoneCode(chosen, '15400012345'));
  await town.as('admin').ok('posts.give', give(chosen.id));
  const [row] = await server.world.database.reading.query<{ at: Date | null }>(
    'SELECT bound_at AS at FROM person WHERE id = ?',
    [chosen.id],
  );
  expect(row?.at).not.toBeNull();
});
