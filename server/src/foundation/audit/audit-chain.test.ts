import { testDatabaseUrl } from '../../../test/database';
import { testVault } from '../../../test/vault';
import { connectDatabase, type Database } from '../database/connect';
import { History } from '../outbox/history.entity';
import { AuditAnchor, AuditCheck, AuditSeal } from './audit-chain.entity';
import { AuditEntry } from './audit-entry.entity';
import { headOf, headWords } from './chain';
import { faultWords } from './fault-words';
import { checkNightly } from './nightly-check';
import { recordAct } from './record-act';
import { headOfChain, sealForgotten, sealNew } from './seal';
import { BrokenChain, trimAudit } from './trim';
import { verifyChain } from './verify';

/** The chain of the audit, and what somebody with the owner's account can do to it without being found: nothing. */
let owner: Database;
const now = new Date('2026-09-15T01:00:00Z');
const minute = 60_000;
const day = 24 * 60 * minute;
const at = (minutes: number) => new Date(now.getTime() + minutes * minute);

beforeAll(async () => {
  const entities = [AuditEntry, AuditSeal, AuditAnchor, AuditCheck, History];
  owner = await connectDatabase({ url: await testDatabaseUrl('audit'), writers: 8, vault: testVault, entities });
});
beforeEach(async () => {
  for (const table of ['audit_entry', 'audit_seal', 'audit_anchor', 'audit_check', 'history'])
    await write(`DELETE FROM ${table}`);
});
afterAll(() => owner.close());

const write = (sql: string, values: (string | number | Date | Buffer)[] = []) =>
  owner.transaction((db) => db.write(sql, values));
const record = (when: Date, ended = 1) =>
  owner.transaction((db) =>
    recordAct(db, { personId: null, now: when, townId: null }, 'signOut', { facts: { everywhere: false, ended } }),
  );
async function recorded(count: number): Promise<void> {
  for (let each = 0; each < count; each += 1) await record(at(each), each);
}
const entryAt = async (seq: number): Promise<string> => {
  const [row] = await owner.reading.query<{ id: string }>('SELECT entry_id AS id FROM audit_seal WHERE seq = ?', [seq]);
  return row?.id ?? '';
};
const verdict = (known?: Parameters<typeof verifyChain>[2], when = at(60)) => verifyChain(owner.reading, when, known);
const found = async (known?: Parameters<typeof verifyChain>[2]) =>
  (await verdict(known)).faults.map((fault) => [fault.kind, 'seq' in fault ? fault.seq : fault.entryId]);

describe('sealing', () => {
  test('hangs every entry on the one before, in the order in which they came', async () => {
    await recorded(5);
    expect(await sealNew(owner)).toBe(5);
    expect(await sealNew(owner)).toBe(0);
    await record(at(6));
    expect(await verdict()).toMatchObject({ entries: 5, waiting: 1, faultCount: 0 });
    expect(await sealNew(owner)).toBe(1);
    expect(await verdict()).toMatchObject({ entries: 6, waiting: 0, faultCount: 0 });
  });

  test('does not skip an entry that becomes visible after later ones were sealed', async () => {
    let commit: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (commit = resolve));
    let inserted: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (inserted = resolve));
    const slow = owner.transaction(async (db) => {
      const doer = { personId: null, now: at(0), townId: null };
      await recordAct(db, doer, 'signOut', { facts: { everywhere: true, ended: 9 } });
      inserted();
      await until;
    });
    await begun;
    await record(at(1));
    expect(await sealNew(owner)).toBe(1);
    commit();
    await slow;
    expect(await sealNew(owner)).toBe(1);
    expect(await verdict()).toMatchObject({ entries: 2, waiting: 0, faultCount: 0 });
  });

  test('finds what lies further back than it usually looks, once an hour', async () => {
    await recorded(2);
    await sealNew(owner);
    await write('UPDATE audit_entry SET number = number + 5000');
    await record(at(3));
    await sealNew(owner);
    await write('UPDATE audit_entry SET number = 1 ORDER BY at DESC LIMIT 1');
    await write('DELETE FROM audit_seal WHERE seq = 3');
    expect(await sealNew(owner)).toBe(0);
    expect(await sealForgotten(owner)).toBe(1);
    expect(await verdict()).toMatchObject({ entries: 3, faultCount: 0 });
  });

  test('is done once, however many workers are at it, while others write', async () => {
    const writing = Promise.all(Array.from({ length: 40 }, (_, each) => record(at(0), each)));
    await Promise.all(Array.from({ length: 20 }, () => sealNew(owner)));
    await writing;
    await sealNew(owner);
    expect(await verdict()).toMatchObject({ entries: 40, waiting: 0, faultCount: 0 });
  });
});

describe('verification finds', () => {
  beforeEach(async () => {
    await recorded(6);
    await sealNew(owner);
  });

  test.each(["facts = JSON_SET(facts, '$.ended', 99)", "act = 'signIn'", 'at = at + INTERVAL 1 SECOND'])(
    'a changed entry (%s)',
    async (change) => {
      await write(`UPDATE audit_entry SET ${change} WHERE id = ?`, [await entryAt(3)]);
      expect(await found()).toEqual([['changed', 3]]);
    },
  );

  test('a changed entry whose link was made to fit', async () => {
    await write("UPDATE audit_entry SET act = 'signIn' WHERE id = ?", [await entryAt(3)]);
    await write('UPDATE audit_seal SET hash = ? WHERE seq = 3', [Buffer.alloc(32, 7)]);
    expect((await found()).map(([kind]) => kind)).toContain('changed');
  });

  test('a link that was changed, and says that its entry was not', async () => {
    await write('UPDATE audit_seal SET hash = ? WHERE seq = 4', [Buffer.alloc(32, 7)]);
    expect(await found()).toEqual([['sealChanged', 4]]);
  });

  test('a removed entry, and one removed with its link', async () => {
    await write('DELETE FROM audit_entry WHERE id = ?', [await entryAt(2)]);
    expect(await found()).toEqual([['missing', 2]]);
    await write('DELETE FROM audit_entry WHERE id = ?', [await entryAt(4)]);
    await write('DELETE FROM audit_seal WHERE seq = 4');
    expect(await found()).toEqual([
      ['missing', 2],
      ['sealsMissing', 4],
    ]);
  });

  test('an entry put in later, whether it was sealed or not', async () => {
    const id = '01K9ZZZZZZZZZZZZZZZZZZZZZZ';
    const insert = "INSERT INTO audit_entry (id, at, act) VALUES (?, ?, 'signIn')";
    await write(insert, [id, at(-300)]);
    expect(await found()).toEqual([['unsealed', id]]);
    await sealNew(owner);
    expect(await found()).toEqual([['outOfTime', 7]]);
  });

  test('a removed end, by a head that was noted', async () => {
    const head = await headOfChain(owner.reading);
    expect(headOf(headWords(head))).toEqual(head);
    await write('DELETE FROM audit_entry WHERE id = ?', [await entryAt(6)]);
    await write('DELETE FROM audit_seal WHERE seq = 6');
    expect(await found()).toEqual([]);
    expect(await found([head])).toEqual([['tailMissing', 6]]);
  });

  test('a chain that was made anew after an entry was changed, by a head that was noted', async () => {
    const head = await headOfChain(owner.reading);
    await write("UPDATE audit_entry SET act = 'signIn' WHERE id = ?", [await entryAt(3)]);
    await write('DELETE FROM audit_seal');
    await sealForgotten(owner);
    expect(await found()).toEqual([]);
    expect(await found([head])).toEqual([['otherChain', 6]]);
  });

  test('and says each in words', async () => {
    await write('DELETE FROM audit_entry WHERE id = ?', [await entryAt(2)]);
    const { faults } = await verdict();
    expect(faults.map(faultWords)).toEqual([expect.stringMatching(/^第 2 号：记录 \w{26} 不见了/)]);
  });
});

describe('what is older than must be kept', () => {
  test('is removed from the beginning, and the rest is still verified from the anchor', async () => {
    await recorded(6);
    await sealNew(owner);
    const head = await headOfChain(owner.reading);
    const { removed, anchor } = await trimAudit(owner, { before: at(4), now: at(10) });
    expect([removed, anchor.seq]).toEqual([4, 4]);
    await sealNew(owner);
    expect(await verdict([head])).toMatchObject({ entries: 3, faultCount: 0, head: { seq: 7 } });
    const [entry] = await owner.reading.query<{ act: string }>(
      'SELECT act FROM audit_entry ORDER BY number DESC LIMIT 1',
    );
    expect(entry?.act).toBe('trimAudit');
    expect(await found([{ ...head, seq: 2 }])).toEqual([['tooOld', 2]]);
    expect((await trimAudit(owner, { before: at(4), now: at(11) })).removed).toBe(0);
  });

  test('may be all there is: the chain goes on from the anchor', async () => {
    await recorded(3);
    await sealNew(owner);
    await trimAudit(owner, { before: at(30), now: new Date(at(30).getTime() + 200 * day) });
    await sealNew(owner);
    expect(await verdict([], at(300 * 24 * 60))).toMatchObject({ entries: 1, faultCount: 0, head: { seq: 4 } });
  });

  test('stays where it was tampered with', async () => {
    await recorded(6);
    await sealNew(owner);
    await write("UPDATE audit_entry SET act = 'signIn' WHERE id = ?", [await entryAt(2)]);
    await expect(trimAudit(owner, { before: at(4), now: at(10) })).rejects.toEqual(new BrokenChain(2));
    expect(await found()).toEqual([['changed', 2]]);
  });
});

describe('every night', () => {
  const night = (nth: number) => checkNightly(owner, at(nth * 24 * 60));
  const alarms = () => owner.reading.query("SELECT 1 FROM history WHERE thing = 'audit' AND action = 'broken'");
  const recordedAndSealed = async (from: number, count: number): Promise<void> => {
    for (let each = from; each < from + count; each += 1) await record(at(each), each);
    await sealNew(owner);
  };

  test('what is new is verified once, and what is older goes round', async () => {
    expect(await checkNightly(owner, new Date('2026-09-14T18:00:00Z'))).toBeNull();
    await recordedAndSealed(0, 5);
    expect(await night(0)).toMatchObject({ entries: 5, faults: 0 });
    expect(await night(0)).toBeNull();
    await recordedAndSealed(5, 3);
    expect(await night(1)).toMatchObject({ entries: 3 + 5, faults: 0 });
    expect(await night(2)).toMatchObject({ entries: 0 + 8, faults: 0 });
    expect(await Promise.all([night(3), night(3), night(3)])).toEqual(
      expect.arrayContaining([expect.objectContaining({ entries: 8 }), null, null]),
    );
    expect(await alarms()).toHaveLength(0);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'an old entry that was changed',
      async () => write('UPDATE audit_entry SET act = ? WHERE id = ?', ['signIn', await entryAt(2)]),
      'changed',
    ],
    [
      'a new entry that was removed',
      async () => write('DELETE FROM audit_entry WHERE id = ?', [await entryAt(7)]),
      'missing',
    ],
    ['an end that was cut off', () => write('DELETE FROM audit_seal WHERE seq > 4'), 'tailMissing'],
    [
      'a chain that was made anew',
      () => write('UPDATE audit_seal SET hash = ? WHERE seq = 5', [Buffer.alloc(32, 7)]),
      'otherChain',
    ],
  ])('%s is found, and found again until somebody has mended it', async (_, tamper, kind) => {
    await recordedAndSealed(0, 5);
    await night(0);
    await recordedAndSealed(5, 3);
    await tamper();
    for (const nth of [1, 2]) expect((await night(nth))?.told.map((fault) => fault.kind)).toContain(kind);
    expect(await alarms()).toHaveLength(2);
  });
});
