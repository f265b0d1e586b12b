import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { ulid } from 'ulid';
import { testDatabaseUrl } from '../../../test/database';
import { entities } from '../../rooms';
import { Household } from '../../rooms/households/household.entity';
import { Person } from '../../rooms/people/person.entity';
import { ConfigFault } from '../config';
import { connectDatabase, type Database, type Db } from '../database/connect';
import { newKeyRing, readKeyRing, writeKeyRing } from './key-ring';
import { dropKey, keysInUse, resealAll, rotateKeys, useKey, type Rotation } from './rotate-keys';
import { createVault, type Sealed } from './vault';

let folder: string;
let database: Database;
let rotation: Rotation;
let people: { id: string; phone: string }[];
const door = '老屋巷 9 号';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandan-rotation-'));
  const keysFile = join(folder, 'keys.json');
  writeKeyRing(keysFile, newKeyRing());
  // As a server knows the file, only without the two seconds between looks.
  const vault = createVault(() => readKeyRing(keysFile));
  database = await connectDatabase({ url: await testDatabaseUrl('rotation'), entities, vault });
  rotation = { database, keysFile, settle: 5, wait: () => breath(), say: () => undefined };
  people = Array.from({ length: 1_100 }, (_, at) => ({ id: ulid(), phone: `154${String(20_000_000 + at)}` }));
  await database.transaction(async (db) => {
    await db.insert(
      Person,
      people.map((person) => ({ ...person, name: '陈老旧', createdAt: new Date() })),
    );
    await db.insert(Household, [{ id: ulid(), gridId: ulid(), door }]);
  });
});
afterEach(async () => {
  await database.transaction(async (db) => {
    await db.write('DELETE FROM person');
    await db.write('DELETE FROM household');
  });
  await database.close();
  await rm(folder, { recursive: true });
});

const rows = () =>
  database.reading.query<{ id: string; phone: Sealed; at: Buffer }>(
    'SELECT id, phone_sealed AS phone, phone_index AS at FROM person ORDER BY id',
  );
const sealedBy = async (): Promise<string[]> => [
  ...new Set((await rows()).map(({ phone }) => phone.split('.')[0] ?? '')),
];

test('keys are changed while people read, change and come in: nobody meets a value that does not open', async () => {
  const { vault } = database.reading;
  let going = true;
  let met = 0;
  const load = Array.from({ length: 4 }, async (_, lane) => {
    for (let turn = 0; going; turn += 1) {
      // Each lane has people of its own: what it has just written nobody else overwrites.
      const { id } = people[((turn * 7) % 275) * 4 + lane] ?? { id: '' };
      const phone = `155${String(lane)}${String(turn).padStart(7, '0')}`;
      await database.transaction((db) =>
        db.write('UPDATE person SET phone_sealed = ?, phone_index = ? WHERE id = ?', [
          ...[db.vault.seal('person.phone', phone), db.vault.index('person.phone', phone), id],
        ]),
      );
      const [found] = await database.reading.query<{ phone: Sealed }>(
        'SELECT phone_sealed AS phone FROM person WHERE id = ? AND phone_index IN (?)',
        [id, vault.indexes('person.phone', phone)],
      );
      expect(found && vault.open('person.phone', found.phone)).toBe(phone);
      await database.transaction((db) =>
        db.insert(Person, [{ id: ulid(), name: '新来的', phone, createdAt: new Date() }]),
      );
      met += 1;
    }
  });
  await rotateKeys(rotation, 'seal', 'sm');
  await rotateKeys(rotation, 'index', 'aes');
  going = false;
  await Promise.all(load);
  await resealAll(rotation);

  expect(met).toBeGreaterThan(20);
  expect(await sealedBy()).toEqual(['k2']);
  for (const { phone, at } of await rows())
    expect(at).toEqual(vault.index('person.phone', vault.open('person.phone', phone)));
  const [household] = await database.reading.query<{ door: Sealed }>('SELECT door_sealed AS door FROM household');
  expect(household?.door).toMatch(/^k2\./);
  expect(household && vault.open('household.door', household.door)).toBe(door);
}, 60_000);

test('a change that was cut off goes on with the next one', async () => {
  let batches = 0;
  const cutShort = {
    ...database,
    transaction: <T>(work: (db: Db) => Promise<T>) => {
      if ((batches += 1) > 2) throw new Error('The power went');
      return database.transaction(work);
    },
  };
  await expect(rotateKeys({ ...rotation, database: cutShort }, 'seal', 'aes')).rejects.toThrow('The power went');
  expect(await sealedBy()).toEqual(expect.arrayContaining(['k1', 'k2']));
  expect(await resealAll(rotation)).toBe(101);
  expect(await sealedBy()).toEqual(['k2']);
});

test('what a slow transaction seals with the old key afterwards is found, too', async () => {
  await rotateKeys(rotation, 'seal', 'aes');
  await database.transaction((db) =>
    db.write('UPDATE person SET phone_sealed = ? WHERE id = ?', [
      createVault(() => {
        const ring = readKeyRing(rotation.keysFile);
        return { ...ring, seal: { ...ring.seal, current: 'k1' } };
      }).seal('person.phone', '15499999999'),
      people[3]?.id ?? '',
    ]),
  );
  expect(await sealedBy()).toEqual(expect.arrayContaining(['k1', 'k2']));
  expect(await resealAll(rotation)).toBe(1);
  expect(await sealedBy()).toEqual(['k2']);
});

test('a key goes only when nothing needs it, and its values are counted', async () => {
  const before = await keysInUse(rotation);
  expect(before.find(({ id }) => id === 'k1')).toMatchObject({ isCurrent: true, values: 1_101 });
  expect(await dropKey(rotation, 'k1')).toBe('in-use');
  expect(await dropKey(rotation, 'k9')).toBe('unknown');
  await rotateKeys(rotation, 'seal', 'aes');
  expect(await keysInUse(rotation)).toMatchObject([
    { id: 'k1', isCurrent: false, values: 0 },
    { id: 'k2', isCurrent: true, values: 1_101 },
    { id: 'i1', isCurrent: true, values: null },
  ]);
  expect(await dropKey(rotation, 'k1')).toBe('dropped');
  expect(readKeyRing(rotation.keysFile).seal.keys.map(({ id }) => id)).toEqual(['k2']);
  expect(() => useKey(rotation.keysFile, 'seal', 'k1')).toThrow(ConfigFault);
});
