import type { Reading } from '../database/connect';
import { genesis, hashAfter, sealedColumns, type Head, type SealedRow } from './chain';

const page = 2_000;
const hour = 60 * 60_000;
/** The longest transaction and the hourly look for what was forgotten, twice over. */
const patience = 2 * hour;
/** Of more faults than these only the number is kept: memory stays bounded. */
const mostTold = 50;

/** `seq` is the number of the link; `entryId` where there is an entry to look at. */
export type Fault =
  | { kind: 'changed' | 'missing' | 'outOfTime'; seq: number; entryId: string }
  | { kind: 'sealChanged'; seq: number; entryId: string }
  | { kind: 'sealsMissing'; seq: number; upTo: number }
  | { kind: 'tailMissing' | 'otherChain' | 'tooOld'; seq: number }
  | { kind: 'unsealed'; entryId: string; at: Date };

export interface Verdict {
  /** Where the chain ends. */
  head: Head;
  entries: number;
  /** Not sealed yet, and not for long. */
  waiting: number;
  faults: readonly Fault[];
  faultCount: number;
}

export interface LinkRow extends SealedRow {
  seq: number;
  hash: Buffer;
  entryId: string;
  /** Null where the entry is gone. */
  act: string;
}

/** The next links after a number, each with its entry. */
export const linksAfter = (reading: Reading, seq: number, limit = page): Promise<LinkRow[]> =>
  reading.query<LinkRow>(
    `SELECT s.seq, s.hash, s.entry_id AS entryId, ${sealedColumns('e')}
     FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id WHERE s.seq > ? ORDER BY s.seq LIMIT ${limit}`,
    [seq],
  );

/** Where verification begins: the last place up to which old entries were removed. */
export async function anchorOf(reading: Reading): Promise<Head> {
  const [row] = await reading.query<Head>('SELECT seq, hash FROM audit_anchor ORDER BY seq DESC LIMIT 1');
  return row ? { seq: Number(row.seq), hash: row.hash } : genesis;
}

interface Walk {
  head: Head;
  /** What the hash should have been where the link before was not as it should be. */
  rightHash: Buffer | null;
  lastAt: number;
  entries: number;
  faults: Fault[];
  faultCount: number;
}

/** From where, and how many links at most; to the end where nothing is said. */
export interface Part {
  from: Head;
  most?: number;
}

/**
 * Walks the whole chain, or a part of it, 2,000 links at a time, and of the whole the entries without a link. `known`: heads that were written down
 * before (the log, the last verification); the chain must still go through them, so a removed end is found too.
 */
export async function verifyChain(
  reading: Reading,
  now: Date,
  known: readonly Head[] = [],
  part?: Part,
): Promise<Verdict> {
  const anchor = await anchorOf(reading);
  const from = part?.from ?? anchor;
  const most = part?.most ?? Infinity;
  const walk: Walk = { head: from, rightHash: null, lastAt: 0, entries: 0, faults: [], faultCount: 0 };
  const expected = new Map(known.map(({ seq, hash }) => [seq, hash]));
  if (part) await checkStart(reading, walk, from, anchor);
  checkKnown(walk, expected, from);
  const next = () => linksAfter(reading, walk.head.seq, Math.min(page, most - walk.entries));
  for (let rows = await next(); rows.length > 0; rows = walk.entries < most ? await next() : [])
    for (const row of rows) checkLink(walk, row, expected);
  for (const { seq } of known) {
    if (seq > walk.head.seq && most === Infinity) tell(walk, { kind: 'tailMissing', seq });
    if (seq < anchor.seq) tell(walk, { kind: 'tooOld', seq });
  }
  const waiting = part ? 0 : await checkUnsealed(reading, walk, now);
  const { head, entries, faults, faultCount } = walk;
  return { head, entries, waiting, faults, faultCount };
}

/** A part begins where an earlier check ended: the link must still stand there as it stood then. */
async function checkStart(reading: Reading, walk: Walk, { seq, hash }: Head, anchor: Head): Promise<void> {
  if (seq <= anchor.seq) return;
  const [row] = await reading.query<{ hash: Buffer }>('SELECT hash FROM audit_seal WHERE seq = ?', [seq]);
  if (!row) tell(walk, { kind: 'tailMissing', seq });
  else if (!row.hash.equals(hash)) tell(walk, { kind: 'otherChain', seq });
}

function tell(walk: Walk, fault: Fault): void {
  walk.faultCount += 1;
  if (walk.faults.length < mostTold) walk.faults.push(fault);
}

function checkLink(walk: Walk, row: LinkRow, expected: ReadonlyMap<number, Buffer>): void {
  const seq = Number(row.seq);
  const { entryId } = row;
  const gap = seq !== walk.head.seq + 1;
  if (gap) tell(walk, { kind: 'sealsMissing', seq: walk.head.seq + 1, upTo: seq - 1 });
  if (row.act === null) {
    tell(walk, { kind: 'missing', seq, entryId });
    step(walk, { seq, hash: row.hash }, null);
  } else {
    checkHash(walk, row, seq, gap);
  }
  checkKnown(walk, expected, walk.head);
}

function checkHash(walk: Walk, row: LinkRow, seq: number, gap: boolean): void {
  const { entryId, hash } = row;
  const right = hashAfter(walk.head.hash, seq, row);
  // The link before was changed, not its entry: this one was made from what stood there.
  const viaRight = walk.rightHash === null ? null : hashAfter(walk.rightHash, seq, row);
  const holds = gap || right.equals(hash) || viaRight?.equals(hash);
  if (viaRight?.equals(hash)) becomesSealChanged(walk, seq - 1);
  if (!holds) tell(walk, { kind: 'changed', seq, entryId });
  const at = row.at.getTime();
  if (at < walk.lastAt - patience) tell(walk, { kind: 'outOfTime', seq, entryId });
  walk.lastAt = at;
  step(walk, { seq, hash }, holds ? null : right);
}

function step(walk: Walk, head: Head, rightHash: Buffer | null): void {
  walk.head = head;
  walk.rightHash = rightHash;
  walk.entries += 1;
}

/** The entry holds; it was the link's own hash that somebody changed. */
function becomesSealChanged(walk: Walk, seq: number): void {
  const at = walk.faults.findIndex((fault) => fault.kind === 'changed' && fault.seq === seq);
  const found = walk.faults[at];
  if (found?.kind === 'changed') walk.faults[at] = { ...found, kind: 'sealChanged' };
}

function checkKnown(walk: Walk, expected: ReadonlyMap<number, Buffer>, { seq, hash }: Head): void {
  const known = expected.get(seq);
  if (known && !known.equals(hash)) tell(walk, { kind: 'otherChain', seq });
}

/** Returns how many are merely new; one that has waited for hours was put in by another way, or the worker stands still. */
async function checkUnsealed(reading: Reading, walk: Walk, now: Date): Promise<number> {
  const overdue = new Date(now.getTime() - patience);
  const without = 'FROM audit_entry e LEFT JOIN audit_seal s ON s.entry_id = e.id WHERE s.entry_id IS NULL';
  const [row] = await reading.query<{ waiting: number; late: number }>(
    `SELECT COUNT(*) AS waiting, COALESCE(SUM(e.at < ?), 0) AS late ${without}`,
    [overdue],
  );
  const late = Number(row?.late ?? 0);
  const rows = await reading.query<{ id: string; at: Date }>(
    `SELECT e.id, e.at ${without} AND e.at < ? ORDER BY e.number LIMIT ${mostTold}`,
    [overdue],
  );
  for (const { id, at } of rows) tell(walk, { kind: 'unsealed', entryId: id, at });
  walk.faultCount += late - rows.length;
  return Number(row?.waiting ?? 0) - late;
}
