import { chinaDay, startOfChinaDay } from '@sandan/shared/china-time';
import type { Database, Reading } from '../database/connect';
import { newId } from '../ids';
import { History } from '../outbox/history.entity';
import { AuditCheck } from './audit-chain.entity';
import type { Head } from './chain';
import { anchorOf, verifyChain, type Verdict } from './verify';

/** Old links looked at in one night: some seconds of reading, and ten million are through in a few months. */
const oldLinks = 100_000;
const hour = 60 * 60_000;
/** In China: nobody works, and the backup is not written yet. */
const nightFrom = 3;

interface CheckHeads {
  seq: number;
  hash: Buffer;
  roundSeq: number | null;
  roundHash: Buffer | null;
}

export interface NightlyCheck {
  entries: number;
  faults: number;
  /** The first of them, for the log: numbers and ids, no names. */
  told: Verdict['faults'];
}

/** Once a night, by one process: null when it is not time. A break of the chain is an event, of which the auditors hear. */
export const checkNightly = async (database: Database, now: Date): Promise<NightlyCheck | null> => {
  if (!(await isDue(database.reading, now))) return null;
  return database.alone('audit-check', async () =>
    (await isDue(database.reading, now)) ? checkTonight(database, now) : null,
  );
};

/** After three in the morning, and not done since. */
async function isDue(reading: Reading, now: Date): Promise<boolean> {
  const tonight = startOfChinaDay(chinaDay(now.getTime())) + nightFrom * hour;
  if (now.getTime() < tonight) return false;
  const [row] = await reading.query('SELECT 1 FROM audit_check WHERE round_seq IS NOT NULL AND at >= ? LIMIT 1', [
    new Date(tonight),
  ]);
  return row === undefined;
}

/**
 * Everything since the last check without a fault, and the next piece of what is older, which goes round and round: so
 * that neither a new entry nor an old one can be changed for long, and no night reads the whole table.
 */
async function checkTonight(database: Database, now: Date): Promise<NightlyCheck> {
  const { reading } = database;
  const [anchor, last] = [await anchorOf(reading), await lastGood(reading)];
  const isKept = (head: Head | null): head is Head => head !== null && head.seq >= anchor.seq;
  const since = last && { seq: last.seq, hash: last.hash };
  const before = last?.roundHash && last.roundSeq !== null ? { seq: last.roundSeq, hash: last.roundHash } : null;
  const from = isKept(since) ? since : anchor;
  const roundFrom = isKept(before) && before.seq < from.seq ? before : anchor;
  const tail = await verifyChain(reading, now, isKept(since) ? [since] : [], { from });
  // Both ends of the piece are heads that were good before: a chain made anew does not go through them.
  const round = await verifyChain(reading, now, [roundFrom, from], {
    ...{ from: roundFrom, most: Math.min(oldLinks, from.seq - roundFrom.seq) },
  });
  const [entries, faults] = [tail.entries + round.entries, tail.faultCount + round.faultCount];
  const id = newId(now);
  await database.transaction(async (db) => {
    // Once through, from the beginning again.
    const next = round.head.seq < from.seq ? round.head : anchor;
    const heads = { ...tail.head, roundSeq: next.seq, roundHash: next.hash };
    await db.insert(AuditCheck, [{ id, at: now, ...heads, entries, faults }]);
    if (faults > 0) await db.insert(History, [brokenChain(id, faults, now)]);
  });
  return { entries, faults, told: [...tail.faults, ...round.faults].slice(0, 5) };
}

/** Of a check that found nothing wrong: from there the next one goes on. */
async function lastGood(reading: Reading): Promise<CheckHeads | null> {
  const [row] = await reading.query<CheckHeads>(
    `SELECT seq, hash, round_seq AS roundSeq, round_hash AS roundHash FROM audit_check
     WHERE faults = 0 ORDER BY at DESC, id DESC LIMIT 1`,
  );
  return row ? { ...row, seq: Number(row.seq), roundSeq: row.roundSeq === null ? null : Number(row.roundSeq) } : null;
}

const brokenChain = (id: string, faults: number, at: Date): Partial<History> => ({
  ...{ id: newId(at), thing: 'audit', thingId: id, aggregateId: id, seq: 1, townId: null, action: 'broken' },
  ...{ actorId: null, actorName: '系统', actorRole: 'system', onBehalfId: null, at },
  ...{ fromState: null, toState: null, words: null, facts: { faults }, fannedOutAt: null },
});
