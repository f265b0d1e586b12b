import { fromJson, type Database, type Db, type Reading } from '../database/connect';
import { rowOf } from '../database/rows';
import type { Log } from '../log';
import type { Reference } from '../reference/reference';
import { errorLine } from '../told-error';
import { OutboxDelivery, type History } from './history.entity';

/** A row of history as the rooms react to it. */
export type DomainEvent = Pick<
  History,
  | 'id'
  | 'thing'
  | 'thingId'
  | 'aggregateId'
  | 'seq'
  | 'townId'
  | 'action'
  | 'actorId'
  | 'actorName'
  | 'actorRole'
  | 'at'
  | 'fromState'
  | 'toState'
  | 'words'
  | 'facts'
>;

/**
 * What a room does when something happened elsewhere. It writes to the database only and is marked in the same
 * transaction, so its effect happens exactly once (decisions.md §3.1). One that calls outside will be another kind.
 */
export interface Reaction {
  name: string;
  wants(event: Pick<DomainEvent, 'thing' | 'action'>): boolean;
  run(db: Db, event: DomainEvent, reference: Reference): Promise<void>;
}

export interface WorkerScope {
  /** Only this town's: tests under a moved clock must not fire other towns' work. */
  townId?: string;
}

const batch = 100;
const leaseSeconds = 30;
export const maxAttempts = 10;

const townFilter = (scope: WorkerScope, alias = '') => (scope.townId ? `AND ${alias}town_id = ?` : '');
const townValues = (scope: WorkerScope) => (scope.townId ? [scope.townId] : []);

/** Gives each new row of history one delivery per reaction that wants it. Returns how many rows it took. */
export const fanOut = (database: Database, reactions: readonly Reaction[], scope: WorkerScope = {}): Promise<number> =>
  database.transaction(async (db) => {
    const rows = await db.query<{
      id: string;
      thing: string;
      action: string;
      aggregate_id: string;
      seq: number;
      town_id: string | null;
    }>(
      `SELECT id, thing, action, aggregate_id, seq, town_id FROM history
       WHERE fanned_out_at IS NULL ${townFilter(scope)} LIMIT ${batch} FOR UPDATE SKIP LOCKED`,
      townValues(scope),
    );
    if (rows.length === 0) return 0;
    const now = await databaseTime(db);
    const deliveries = rows.flatMap((row) =>
      reactions
        .filter((reaction) => reaction.wants(row))
        .map(({ name }) => ({
          eventId: row.id,
          reaction: name,
          aggregateId: row.aggregate_id,
          seq: row.seq,
          townId: row.town_id,
          attempts: 0,
          nextAt: now,
        })),
    );
    await db.insert(OutboxDelivery, deliveries);
    await db.write('UPDATE history SET fanned_out_at = ? WHERE id IN (?)', [now, rows.map(({ id }) => id)]);
    return rows.length;
  });

/** Leases and retries go by the database's time: a moved clock cannot steal a lease (decisions.md §3.5). */
async function databaseTime(db: Db): Promise<Date> {
  const [row] = await db.query<{ now: Date }>('SELECT UTC_TIMESTAMP(3) AS now');
  if (!row) throw new Error('The database does not know the time');
  return row.now;
}

interface Leased {
  eventId: string;
  reaction: string;
  attempts: number;
}

/**
 * Takes a short lease on deliveries that are due: only the head of each aggregate and reaction, so that they run in the
 * order they happened (decisions.md §3.2).
 */
const lease = (database: Database, scope: WorkerScope): Promise<Leased[]> =>
  database.transaction(async (db) => {
    const rows = await db.query<{ event_id: string; reaction: string; attempts: number }>(
      `SELECT d.event_id, d.reaction, d.attempts FROM outbox_delivery d
       WHERE d.done_at IS NULL AND d.parked_at IS NULL AND d.next_at <= UTC_TIMESTAMP(3) ${townFilter(scope, 'd.')}
         AND (d.leased_until IS NULL OR d.leased_until < UTC_TIMESTAMP(3))
         AND NOT EXISTS (SELECT 1 FROM outbox_delivery e WHERE e.aggregate_id = d.aggregate_id AND e.reaction = d.reaction
               AND e.done_at IS NULL AND e.parked_at IS NULL AND (e.seq < d.seq OR (e.seq = d.seq AND e.event_id < d.event_id)))
         AND NOT EXISTS (SELECT 1 FROM history h WHERE h.aggregate_id = d.aggregate_id AND h.seq < d.seq AND h.fanned_out_at IS NULL)
       ORDER BY d.next_at LIMIT ${batch} FOR UPDATE SKIP LOCKED`,
      townValues(scope),
    );
    if (rows.length > 0)
      await db.write(
        `UPDATE outbox_delivery SET leased_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND
         WHERE event_id IN (?) AND (event_id, reaction) IN (?)`,
        [rows.map((row) => row.event_id), rows.map((row) => [row.event_id, row.reaction])],
      );
    return rows.map((row) => ({ eventId: row.event_id, reaction: row.reaction, attempts: row.attempts }));
  });

export interface OutboxWorker {
  database: Database;
  reactions: readonly Reaction[];
  reference: () => Promise<Reference>;
  log: Log;
  onParked?: (reaction: string) => void;
  /** A reaction has run: what it has put on its way need not wait for the others. */
  onDone?: () => void;
}

/** So many reactions side by side; each of them takes its events one after the other. */
const lanes = 4;

/** One round: fan out, lease, run. Returns how much there was to do; 0 means nothing is waiting. */
export async function runOutbox(worker: OutboxWorker, scope: WorkerScope = {}): Promise<number> {
  const fanned = await fanOut(worker.database, worker.reactions, scope);
  const leased = await lease(worker.database, scope);
  const waiting = new Set(leased.map(({ reaction }) => reaction)).values();
  const lane = async (): Promise<void> => {
    for (const name of waiting)
      for (const delivery of leased) if (delivery.reaction === name) await deliver(worker, delivery);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return fanned + leased.length;
}

/** Whether something has happened of which no worker knows yet: one look along an index, for whoever asks often. */
export async function isNews(reading: Reading): Promise<boolean> {
  const [row] = await reading.query<{ news: number }>(
    'SELECT EXISTS (SELECT 1 FROM history WHERE fanned_out_at IS NULL) AS news',
  );
  return Number(row?.news) === 1;
}

async function deliver(worker: OutboxWorker, { eventId, reaction: name, attempts }: Leased): Promise<void> {
  try {
    const reaction = worker.reactions.find((each) => each.name === name);
    if (!reaction) throw new Error(`No reaction is called ${name}`);
    const reference = await worker.reference();
    await worker.database.transaction(async (db) => {
      const event = await eventById(db, eventId);
      // Marked in the same transaction as its effect; whoever finds it done already has nothing to do.
      const first = await db.write(
        'UPDATE outbox_delivery SET done_at = UTC_TIMESTAMP(3), error = NULL WHERE event_id = ? AND reaction = ? AND done_at IS NULL',
        [eventId, name],
      );
      if (first > 0) await reaction.run(db, event, reference);
    });
    worker.onDone?.();
  } catch (error) {
    await retryLater(worker, eventId, name, attempts + 1, error);
  }
}

async function retryLater(worker: OutboxWorker, eventId: string, reaction: string, attempts: number, error: unknown) {
  worker.log.error({ err: error, eventId, reaction, attempts }, 'reaction failed');
  const parked = attempts >= maxAttempts;
  const seconds = Math.min(3600, 2 ** attempts);
  await worker.database.transaction((db) =>
    db.write(
      `UPDATE outbox_delivery SET attempts = ?, leased_until = NULL, next_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND,
              parked_at = IF(?, UTC_TIMESTAMP(3), NULL), error = ? WHERE event_id = ? AND reaction = ?`,
      [attempts, seconds, parked, errorLine(error), eventId, reaction],
    ),
  );
  if (parked) worker.onParked?.(reaction);
}

async function eventById(db: Db, id: string): Promise<DomainEvent> {
  const [row] = await db.query<Record<string, unknown>>('SELECT * FROM history WHERE id = ?', [id]);
  if (!row) throw new Error(`Event ${id} is gone`);
  const event = rowOf<DomainEvent>(row);
  // 内容检查 may have been quicker: what others do not read on the page by now is told to nobody.
  const words = row['held'] === 0 ? event.words : null;
  return { ...event, words, facts: fromJson<DomainEvent['facts']>(row['facts']) };
}
