import type { Database, Db } from '../database/connect';
import { rowOf } from '../database/rows';
import type { Log } from '../log';
import { maxAttempts, type WorkerScope } from '../outbox/outbox';
import type { Reference } from '../reference/reference';
import { errorLine } from '../told-error';
import type { DueWork } from './due-work.entity';

/**
 * What a room does when a clock rings. It is an ordinary service in one transaction: it looks at the present state first
 * and does nothing when the clock no longer applies. Returns when to ring again; null: not any more.
 */
export type DueHandler = (db: Db, row: DueWork, now: Date, reference: Reference) => Promise<Alarm | null>;

/** The next time a clock rings, and how many times it will have rung before. */
export interface Alarm {
  at: Date;
  rung: number;
}

export interface DueWorker {
  database: Database;
  handlers: Readonly<Record<string, DueHandler>>;
  reference: () => Promise<Reference>;
  /** The village's time: tests move it. Leases go by the database's. */
  now: () => Date;
  log: Log;
  /** Milliseconds between two renewals of the leases; left out: a third of a lease. */
  renewEvery?: number;
}

const batch = 50;
const leaseSeconds = 30;

/** Takes what is due, each row once among any number of processes (SKIP LOCKED). Returns how many it ran. */
export async function runDueWork(worker: DueWorker, scope: WorkerScope = {}): Promise<number> {
  const now = worker.now();
  const due = await worker.database.transaction((db) => lease(db, now, scope));
  const waiting = new Set(due);
  const end = keepLeases(worker, waiting);
  try {
    for (const row of due) {
      await ring(worker, row, now);
      waiting.delete(row);
    }
  } finally {
    end();
  }
  return due.length;
}

/**
 * A step may take minutes, in a county an erasure does, and those behind it wait as long: while this process works at them
 * nobody else takes them. A process that dies renews nothing. Returns what ends it.
 */
function keepLeases(
  { database, log, renewEvery = leaseSeconds * 333 }: DueWorker,
  waiting: ReadonlySet<DueWork>,
): () => void {
  const timer = setInterval(() => {
    renew(database, [...waiting]).catch((error: unknown) => log.warn({ err: error }, 'leases not renewed'));
  }, renewEvery);
  return () => clearInterval(timer);
}

/** One that has rung, or failed, since has another number and is left; one that its own step holds nobody else can take. */
async function renew(database: Database, rows: readonly DueWork[]): Promise<void> {
  if (rows.length === 0) return;
  const key = rows.map(({ thingId, kind, rung, attempts }) => [thingId, kind, rung, attempts]);
  await database.transaction(async (db) => {
    const held = await db.query<{ thingId: string; kind: string }>(
      `SELECT thing_id AS thingId, kind FROM due_work
       WHERE (thing_id, kind, rung, attempts) IN (?) AND leased_until IS NOT NULL FOR UPDATE SKIP LOCKED`,
      [key],
    );
    if (held.length === 0) return;
    await db.write(
      `UPDATE due_work SET leased_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND WHERE (thing_id, kind) IN (?)`,
      [held.map(({ thingId, kind }) => [thingId, kind])],
    );
  });
}

async function lease(db: Db, now: Date, scope: WorkerScope): Promise<DueWork[]> {
  const rows = await db.query<Record<string, unknown>>(
    `SELECT * FROM due_work WHERE next_at <= ? ${scope.townId ? 'AND town_id = ?' : ''}
       AND (leased_until IS NULL OR leased_until < UTC_TIMESTAMP(3))
     ORDER BY next_at, thing_id LIMIT ${batch} FOR UPDATE SKIP LOCKED`,
    [now, ...(scope.townId ? [scope.townId] : [])],
  );
  for (const row of rows) {
    await db.write(
      `UPDATE due_work SET leased_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND WHERE thing_id = ? AND kind = ?`,
      [row['thing_id'] as string, row['kind'] as string],
    );
  }
  return rows.map((row) => rowOf<DueWork>(row));
}

async function ring(worker: DueWorker, leased: DueWork, now: Date): Promise<void> {
  const { thingId, kind } = leased;
  try {
    const handler = worker.handlers[kind];
    if (!handler) throw new Error(`Nobody knows what to do about ${kind}`);
    const reference = await worker.reference();
    await worker.database.transaction(async (db) => {
      const row = await present(db, leased);
      if (!row) return;
      const next = await handler(db, row, now, reference);
      await settle(db, row, next);
    });
  } catch (error) {
    worker.log.error({ err: error, thingId, kind }, 'due work failed');
    await retryLater(worker, leased, error);
  }
}

/** The row as it is now; null when it was moved, stopped or already rung since the lease. */
async function present(db: Db, leased: DueWork): Promise<DueWork | null> {
  const [row] = await db.query<Record<string, unknown>>('SELECT * FROM due_work WHERE thing_id = ? AND kind = ?', [
    leased.thingId,
    leased.kind,
  ]);
  if (!row) return null;
  const now = rowOf<DueWork>(row);
  const same = now.rung === leased.rung && now.nextAt?.getTime() === leased.nextAt?.getTime();
  return same ? now : null;
}

/** Sets the next alarm, unless the handler itself has set the clock anew. */
async function settle(db: Db, row: DueWork, next: Alarm | null): Promise<void> {
  await db.write(
    `UPDATE due_work SET rung = ?, next_at = ?, leased_until = NULL, attempts = 0, error = NULL
     WHERE thing_id = ? AND kind = ? AND rung = ? AND next_at = ?`,
    [next?.rung ?? row.rung + 1, next?.at ?? null, row.thingId, row.kind, row.rung, row.nextAt],
  );
}

/** Later and later; after ten attempts once a day, so that it neither blocks others nor is forgotten. */
async function retryLater(worker: DueWorker, row: DueWork, error: unknown): Promise<void> {
  const attempts = row.attempts + 1;
  const seconds = attempts >= maxAttempts ? 24 * 3600 : 2 ** attempts;
  await worker.database.transaction((db) =>
    db.write(
      'UPDATE due_work SET attempts = ?, error = ?, leased_until = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE thing_id = ? AND kind = ?',
      [attempts, errorLine(error), seconds, row.thingId, row.kind],
    ),
  );
}
