import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ConfigFault } from '../config';
import { newKey, newKeyRing, readKeyRing, watchKeyRing, writeKeyRing, type KeyRing } from './key-ring';
import { openVault } from './open-vault';
import { sealedPattern } from './sealed-fields';
import { suiteNames } from './suites';
import { createVault, type Sealed } from './vault';

const vaultOf = (ring: KeyRing) => createVault(() => ring);

describe.each(suiteNames)('personal data sealed by %s', (suite) => {
  const vault = vaultOf(newKeyRing(suite));

  test('comes out as it went in, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        const value = vault.seal('household.door', text);
        expect(value).toMatch(new RegExp(sealedPattern));
        expect(vault.open('household.door', value)).toBe(text);
      }),
    );
  });

  test('reads differently each time, and never like the text', () => {
    const [one, other] = [vault.seal('person.phone', '15400001234'), vault.seal('person.phone', '15400001234')];
    expect(one).not.toBe(other);
    expect(Buffer.from(one.split('.')[1] ?? '', 'base64url').includes('15400001234')).toBe(false);
  });

  test('does not open after one bit was changed', () => {
    const value = vault.seal('person.phone', '15400001234');
    const [id = '', body = ''] = value.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => vault.open('person.phone', `${id}.${changed.toString('base64url')}` as Sealed)).toThrow(
        /does not open/,
      );
    }
  });

  test('does not open as another field', () => {
    const value = vault.seal('person.phone', '15400001234');
    expect(() => vault.open('person.publishedPhone', value)).toThrow(/does not open/);
  });

  test('is found again by its index, which another key and another field do not share', () => {
    const index = vault.index('person.phone', '15400001234');
    expect(index).toHaveLength(32);
    expect(vault.indexes('person.phone', '15400001234')).toEqual([index]);
    expect(vault.index('person.idNumber', '15400001234')).not.toEqual(index);
    expect(vaultOf(newKeyRing(suite)).index('person.phone', '15400001234')).not.toEqual(index);
  });
});

test('what is not there stays not there', () => {
  const vault = vaultOf(newKeyRing());
  expect([
    vault.seal('person.phone', null),
    vault.open('person.phone', null),
    vault.index('person.phone', null),
  ]).toEqual([null, null, null]);
});

test('an old key opens what it sealed while a new one, of the other suite, seals', () => {
  const ring = newKeyRing();
  const old = vaultOf(ring).seal('person.phone', '15400001234');
  const both = vaultOf({ ...ring, seal: { current: 'k2', keys: [...ring.seal.keys, newKey('k2', 'sm')] } });
  expect(both.open('person.phone', old)).toBe('15400001234');
  expect(both.seal('person.phone', '15400001234')).toMatch(/^k2\./);
  const without = vaultOf({ ...ring, seal: { current: 'k2', keys: [newKey('k2', 'sm')] } });
  expect(() => without.open('person.phone', old)).toThrow('There is no key k1 in the ring');
});

test('a fault never repeats what it was about', () => {
  const vault = vaultOf(newKeyRing());
  expect(() => vault.open('person.phone', '15400001234' as Sealed)).toThrow(
    /^What stands in person.phone is not sealed$/,
  );
});

describe('the key file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandan-keys-'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  test('is for its owner only, and refused where others may read it', async () => {
    const path = join(folder, 'made', 'keys.json');
    writeKeyRing(path, newKeyRing());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await chmod(path, 0o644);
    expect(() => readKeyRing(path)).toThrow(ConfigFault);
  });

  test('that is damaged, empty or names a key it does not hold is a fault that does not repeat it', async () => {
    const path = join(folder, 'keys.json');
    const { seal, index } = newKeyRing();
    const broken = ['', '{', JSON.stringify({ seal }), JSON.stringify({ index, seal: { ...seal, current: 'k9' } })];
    for (const text of broken) {
      await writeFile(path, text, { mode: 0o600 });
      expect(() => readKeyRing(path)).toThrow(`请从另存的那份恢复：${path} / the key file is no key ring`);
    }
  });

  test('is made where there is none, but never in production: there it would hide a lost one', () => {
    const keysFile = join(folder, 'keys.json');
    expect(() => openVault({ mode: 'production', keysFile })).toThrow(ConfigFault);
    const value = openVault({ mode: 'demo', keysFile }).seal('person.phone', '15400001234');
    expect(openVault({ mode: 'production', keysFile }).open('person.phone', value)).toBe('15400001234');
  });

  test('is read again when it has changed', () => {
    const path = join(folder, 'keys.json');
    const ring = newKeyRing();
    writeKeyRing(path, ring);
    let now = 0;
    const ringNow = watchKeyRing(path, () => now);
    writeKeyRing(path, { ...ring, seal: { current: 'k2', keys: [...ring.seal.keys, newKey('k2')] } });
    expect(ringNow().seal.current).toBe('k1');
    now += 3_000;
    expect(ringNow().seal.current).toBe('k2');
  });
});
