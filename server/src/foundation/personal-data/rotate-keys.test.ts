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
import { dropKey, keysInUse } from './drop-key';
import { resealAll, rotateKeys, useKey, type Rotation } from './rotate-keys';
import { createVault, type Sealed } from './vault';

let folder: string;
let database: Database;
let rotation: Rotation;
let told: string[];
let people: { id: string; phone: string }[];
const door = '老屋巷 9 号';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandan-rotation-'));
  const keysFile = join(folder, 'keys.json');
  writeKeyRing(keysFile, newKeyRing());
  // As a server knows the file, only without the two seconds between looks.
  const vault = createVault(() => readKeyRing(keysFile));
  database = await connectDatabase({ url: await testDatabaseUrl('rotation'), entities, vault });
  told = [];
  const backupDir = join(folder, 'backups');
  rotation = { database, keysFile, backupDir, settle: 5, wait: () => breath(), say: (line) => told.push(line) };
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
const keyIds = () => readKeyRing(rotation.keysFile).seal.keys.map(({ id }) => id);
const drop = async (id: string, giveUpBackups = false) => (await dropKey(rotation, id, { giveUpBackups })).is;
/** What a process writes that has sealed before the change. */
const byOldKey = (phone: string) =>
  createVault(() => {
    const ring = readKeyRing(rotation.keysFile);
    return { ...ring, seal: { ...ring.seal, current: 'k1' } };
  }).seal('person.phone', phone);
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
  // Begun again, it is not one key more.
  expect(await rotateKeys(rotation, 'seal', 'aes')).toBe(101);
  expect(await sealedBy()).toEqual(['k2']);
  expect(keyIds()).toEqual(['k1', 'k2']);
  await rotateKeys(rotation, 'seal', 'aes');
  expect(keyIds()).toEqual(['k1', 'k2', 'k3']);
});

test('what a slow transaction seals with the old key afterwards is found, too', async () => {
  await rotateKeys(rotation, 'seal', 'aes');
  await database.transaction((db) =>
    db.write('UPDATE person SET phone_sealed = ? WHERE id = ?', [byOldKey('15499999999'), people[3]?.id ?? '']),
  );
  expect(await sealedBy()).toEqual(expect.arrayContaining(['k1', 'k2']));
  expect(await resealAll(rotation)).toBe(1);
  expect(await sealedBy()).toEqual(['k2']);
});

test('a key goes only when nothing needs it, and its values are counted', async () => {
  const before = await keysInUse(rotation);
  expect(before.find(({ id }) => id === 'k1')).toMatchObject({ isCurrent: true, values: 1_101 });
  expect(await drop('k1')).toBe('in-use');
  expect(await drop('k9')).toBe('unknown');
  await rotateKeys(rotation, 'seal', 'aes');
  expect(await keysInUse(rotation)).toMatchObject([
    { id: 'k1', isCurrent: false, values: 0 },
    { id: 'k2', isCurrent: true, values: 1_101 },
    { id: 'i1', isCurrent: true, values: null },
  ]);
  expect(await drop('k1')).toBe('dropped');
  expect(keyIds()).toEqual(['k2']);
  expect(() => useKey(rotation.keysFile, 'seal', 'k1')).toThrow(ConfigFault);
});

test('keys wait for an import to end, and what it brought with the old key is found', async () => {
  const imported = { id: ulid(), name: '名册里的', phone: '15488888888', createdAt: new Date() };
  const at: string[] = [];
  // The import begins the rotation when it has written, and goes on when that has come to wait for it.
  let rotating: Promise<unknown> = Promise.resolve();
  await database.alone('rosters', () =>
    database.transaction(async (db) => {
      await db.insert(Person, [imported]);
      await new Promise<void>((isWaiting) => {
        const wait = () => breath().then(isWaiting);
        rotating = rotateKeys({ ...rotation, wait }, 'seal', 'aes').then(() => at.push('rotated'));
      });
      at.push('imported');
    }),
  );
  await rotating;
  expect(at).toEqual(['imported', 'rotated']);
  expect(told[0]).toContain('正在导入名册');
  expect(await sealedBy()).toEqual(['k2']);
  expect(await drop('k1')).toBe('dropped');
  const [row] = (await rows()).filter(({ id }) => id === imported.id);
  expect(row && database.reading.vault.open('person.phone', row.phone)).toBe(imported.phone);
});

test('a key stays while a transaction is open in which it may stand', async () => {
  await rotateKeys(rotation, 'seal', 'aes');
  await database.transaction(async (db) => {
    const { id, phone } = people[7] ?? { id: '', phone: '' };
    await db.write('UPDATE person SET phone_sealed = ? WHERE id = ?', [byOldKey(phone), id]);
    // Nobody else sees it yet.
    expect((await keysInUse(rotation)).find(({ id: key }) => key === 'k1')?.values).toBe(0);
    expect(await drop('k1')).toBe('busy');
  });
  expect(await drop('k1')).toBe('still-holds-values');
  expect(await drop('k1')).toBe('dropped');
  for (const { phone } of await rows()) database.reading.vault.open('person.phone', phone);
});
