import type { Database, Db } from '../database/connect';
import { AuditAnchor } from './audit-chain.entity';
import { hashAfter, type Head } from './chain';
import { recordAct } from './record-act';
import { anchorOf, linksAfter, type LinkRow } from './verify';

const batch = 5_000;

/** The chain is broken at this link: nothing from there on is removed before somebody has looked into it. */
export class BrokenChain extends Error {
  constructor(readonly seq: number) {
    super(`The audit chain is broken at ${seq}`);
  }
}

/**
 * Removes what is older than `before`, from the beginning of the chain, and leaves an anchor (number and hash of the last
 * one removed), so that the rest can still be verified. Each batch is verified, then removed in one transaction. Only the
 * owner's account can do this. Returns how many went and where the chain begins now.
 *
 * @throws BrokenChain
 */
export async function trimAudit(
  database: Database,
  { before, now }: { before: Date; now: Date },
): Promise<{ removed: number; anchor: Head }> {
  let removed = 0;
  let anchor = await anchorOf(database.reading);
  for (;;) {
    const rows = await linksAfter(database.reading, anchor.seq, batch);
    const firstKept = rows.findIndex(({ act, at }) => act !== null && at >= before);
    const old = firstKept < 0 ? rows : rows.slice(0, firstKept);
    if (old.length > 0) {
      const next = verified(anchor, old);
      await database.transaction((db) => remove(db, anchor, next, now));
      removed += old.length;
      anchor = next;
    }
    if (old.length < batch) break;
  }
  if (removed > 0) {
    const doer = { personId: null, now, townId: null };
    await database.transaction((db) => recordAct(db, doer, 'trimAudit', { facts: { removed, upTo: anchor.seq } }));
  }
  return { removed, anchor };
}

function verified(from: Head, rows: readonly LinkRow[]): Head {
  return rows.reduce((head, row): Head => {
    const seq = Number(row.seq);
    const holds = seq === head.seq + 1 && row.act !== null && hashAfter(head.hash, seq, row).equals(row.hash);
    if (!holds) throw new BrokenChain(seq);
    return { seq, hash: row.hash };
  }, from);
}

async function remove(db: Db, from: Head, to: Head, now: Date): Promise<void> {
  await db.insert(AuditAnchor, [{ ...to, at: now }]);
  const range = [from.seq, to.seq];
  await db.write(
    'DELETE e FROM audit_entry e JOIN audit_seal s ON s.entry_id = e.id WHERE s.seq > ? AND s.seq <= ?',
    range,
  );
  await db.write('DELETE FROM audit_seal WHERE seq > ? AND seq <= ?', range);
}
