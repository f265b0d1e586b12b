import type { Database, Db, Reading } from '../database/connect';
import { AuditSeal } from './audit-chain.entity';
import { genesis, hashAfter, sealedColumns, type Head, type SealedRow } from './chain';

const batch = 500;
/**
 * Numbers are given when a row is inserted, not when its transaction commits, so a row may appear below those that are
 * sealed already (decisions.md §3.3). Every round looks this far back; `sealForgotten` looks at everything.
 */
const lookBack = 2_000;

/** Where the chain stands: its last link, or where it was cut off, or its beginning. */
export async function headOfChain(reading: Reading): Promise<Head> {
  const [row] = await reading.query<Head>(
    `(SELECT seq, hash FROM audit_seal ORDER BY seq DESC LIMIT 1)
     UNION ALL (SELECT seq, hash FROM audit_anchor ORDER BY seq DESC LIMIT 1) ORDER BY seq DESC LIMIT 1`,
  );
  return row ? { seq: Number(row.seq), hash: row.hash } : genesis;
}

/**
 * Seals what is new, up to 500 entries, and says how many. Writers of entries never wait for it; of two processes one
 * does it (GET_LOCK, and where that does not reach, the key of the link's number lets one pass).
 */
export const sealNew = async (database: Database): Promise<number> =>
  (await database.alone('audit-seal', () => database.transaction((db) => sealBatch(db, lookBack)))) ?? 0;

/** The same without a limit to how far back: what a very long transaction left behind. */
export const sealForgotten = async (database: Database): Promise<number> =>
  (await database.alone('audit-seal', async () => {
    for (let all = 0; ;) {
      const sealed = await database.transaction((db) => sealBatch(db, null));
      all += sealed;
      if (sealed < batch) return all;
    }
  })) ?? 0;

async function sealBatch(db: Db, within: number | null): Promise<number> {
  const rows = await unsealed(db, within);
  if (rows.length === 0) return 0;
  let { seq, hash } = await headOfChain(db);
  const links = rows.map((row): AuditSeal => {
    seq += 1;
    hash = hashAfter(hash, seq, row);
    return { seq, entryId: row.id, hash };
  });
  await db.insert(AuditSeal, links);
  return links.length;
}

async function unsealed(db: Reading, within: number | null): Promise<SealedRow[]> {
  const from = within === null ? 0 : await lowestNew(db, within);
  return db.query<SealedRow>(
    `SELECT ${sealedColumns('e')} FROM audit_entry e LEFT JOIN audit_seal s ON s.entry_id = e.id
     WHERE e.number > ? AND s.entry_id IS NULL ORDER BY e.number LIMIT ${batch}`,
    [from],
  );
}

/** So many below the number of the entry that was sealed last. */
async function lowestNew(db: Reading, within: number): Promise<number> {
  const [row] = await db.query<{ number: number }>(
    'SELECT e.number FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id ORDER BY s.seq DESC LIMIT 1',
  );
  return Math.max(0, Number(row?.number ?? 0) - within);
}
