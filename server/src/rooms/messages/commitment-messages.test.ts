import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

let server: TestServer;
let town: Town;
let village: CommitmentJourney;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = commitmentsIn(server, town);
});

async function told(person: PersonName): Promise<string[]> {
  await server.drain(town.townId);
  const { items } = await town.as(person).ok('messages.list', { query: { limit: 100 } });
  return items.map(({ title }) => title).sort();
}

test('whoever must act next is told, and whoever waits learns what came of it', async () => {
  const { commitmentId } = await village.toDelivered();
  await village.does('resident', 'dispute', commitmentId, { words: '有一盏不亮' });
  await village.does('townSecretary', 'dismiss', commitmentId, { words: '已经修好' });
  await village.does('secretary', 'accept', commitmentId, {});
  expect(await told('secretary')).toEqual(['开始拟诺了', '有承诺要审', '有承诺要验收'].sort());
  expect(await told('townSecretary')).toEqual(['开始拟诺了', '有人提出异议'].sort());
  expect(await told('member')).toEqual(
    ['开始拟诺了', '审诺通过', '亮诺了', '有人提出异议', '异议不成立', '验收通过'].sort(),
  );
  expect(await told('resident')).toEqual(['您的异议有答复']);
  expect(await told('otherResident')).toEqual([]);
});

test('a message leads to the deed it is about', async () => {
  const roundId = await village.toDrafting();
  const commitmentId = await village.toSubmitted({ roundId });
  await server.drain(town.townId);
  const { items } = await town.as('secretary').ok('messages.list', {});
  expect(items.find(({ kind }) => kind === 'commitment.submit')).toMatchObject({
    about: { thing: 'commitment', id: commitmentId },
    words: expect.stringContaining('装 4 盏路灯'),
  });
});

test('where the branch has no secretary the level above is told', async () => {
  const roundId = await village.toDrafting();
  await server.world.database.transaction((db) =>
    db.write('UPDATE role_grant SET ends_at = ? WHERE person_id = ?', [
      new Date(server.clock.now() - 1),
      town.people.secretary.id,
    ]),
  );
  await village.toSubmitted({ roundId });
  expect(await told('townSecretary')).toContain('有承诺要审');
});

test('many deeds at once are one message that counts them, until it is read', async () => {
  const roundId = await village.toDrafting();
  const submit = (title: string) => village.toSubmitted({ roundId, title });
  const reviews = async () => {
    await server.drain(town.townId);
    const { items } = await town.as('secretary').ok('messages.list', {});
    return items.filter(({ kind }) => kind === 'commitment.submit');
  };
  await submit('装路灯');
  expect((await reviews()).map(({ title, about }) => [title, about?.thing])).toEqual([['有承诺要审', 'commitment']]);
  for (const title of ['修水渠', '清水塘', '铺石板']) await submit(title);
  expect(await reviews()).toMatchObject([
    { title: '有承诺要审：4 件', words: expect.stringContaining('等 4 件报来了'), about: { thing: 'review' } },
  ]);
  await town.as('secretary').ok('messages.read', { body: { ids: (await reviews()).map(({ id }) => id) } });
  await submit('种树');
  expect((await reviews()).map(({ title }) => title).sort()).toEqual(['有承诺要审', '有承诺要审：4 件']);
});

test('whoever wrote deeds and is to make them public, too, hears of each once', async () => {
  const roundId = await village.toDrafting();
  for (const title of ['修水渠', '清水塘', '铺石板']) {
    const given = { roundId, title, kind: 'organization' as const, organizationId: town.branches.a };
    const id = await village.toSubmitted({ ...given, forGridId: town.villageA }, 'secretary');
    await village.does('townSecretary', 'approve', id, { version: 1 });
  }
  expect((await told('secretary')).filter((title) => /审诺通过|可以亮诺/.test(title))).toEqual(['审诺通过：3 件']);
});

test('approved and made public in bulk, each hears of his deeds once', async () => {
  const roundId = await village.toDrafting();
  const ids: string[] = [];
  for (const title of ['装路灯', '修水渠', '清水塘']) ids.push(await village.toSubmitted({ roundId, title }));
  for (const id of ids) await village.does('secretary', 'approve', id, { version: 1 });
  for (const id of ids) await village.does('secretary', 'publish', id, {});
  expect(await told('member')).toEqual(['开始拟诺了', '审诺通过：3 件', '亮诺了：3 件'].sort());
});
