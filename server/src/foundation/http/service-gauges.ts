import type { Metrics } from './observe';
import type { World } from './world';

export interface GaugeValue {
  name: string;
  /** Value of the set's label, when it has one. */
  label?: string;
  value: number;
}

/** Figures that are read when /metrics is asked for, not counted along. */
export interface Gauges {
  /** Name → what it says. */
  readonly help: Readonly<Record<string, string>>;
  readonly label?: string;
  read(world: World): Promise<GaugeValue[]>;
}

/** However many ask, the database counts at most so often. */
const countAgainAfter = 15_000;

/** A database that is away leaves its gauges empty: the rest of the page is wanted all the more then. */
export function registerGauges(metrics: Metrics, world: World, sets: readonly Gauges[]): void {
  for (const { help, label, read } of sets) {
    const values = remember(countAgainAfter, () =>
      read(world).catch((error: unknown): GaugeValue[] => {
        world.log.warn({ err: error }, 'gauges not read');
        return [];
      }),
    );
    for (const [name, text] of Object.entries(help)) {
      metrics.gauge(name, text, label ? [label] : [], async (gauge) => {
        // What cannot be read is left out: 0 would say that all is well.
        if (label) gauge.reset();
        else gauge.remove();
        for (const each of await values()) {
          if (each.name === name) gauge.set(label && each.label ? { [label]: each.label } : {}, each.value);
        }
      });
    }
  }
}

function remember<T>(milliseconds: number, make: () => Promise<T>): () => Promise<T> {
  let made: { value: Promise<T>; at: number } | undefined;
  return () => {
    if (!made || performance.now() - made.at >= milliseconds) made = { value: make(), at: performance.now() };
    return made.value;
  };
}

const pool: Gauges = {
  help: { sandan_pool_connections: 'Database connections: size of the pool, in use, and requests waiting for one' },
  label: 'what',
  read: async ({ database }) =>
    Object.entries(database.pool()).map(([label, value]) => ({ name: 'sandan_pool_connections', label, value })),
};

const outbox: Gauges = {
  help: {
    sandan_outbox_lag_seconds: 'Age of the oldest event that is not through',
    sandan_outbox_waiting: 'Deliveries waiting for their reaction',
    sandan_outbox_parked: 'Deliveries given up after ten attempts: somebody must look',
    sandan_due_work_late: 'Due work more than a minute late',
  },
  read: async ({ database, clock }) => {
    const now = clock.now();
    const [row] = await database.reading.query<OutboxRow>(outboxQuery, [new Date(now - 60_000)]);
    if (!row) return [];
    const ages = [row.unfanned, row.undelivered].map((at) => (at === null ? 0 : (now - at.getTime()) / 1000));
    return [
      { name: 'sandan_outbox_lag_seconds', value: Math.max(0, ...ages) },
      { name: 'sandan_outbox_waiting', value: Number(row.waiting) },
      { name: 'sandan_outbox_parked', value: Number(row.parked) },
      { name: 'sandan_due_work_late', value: Number(row.late) },
    ];
  },
};

interface OutboxRow {
  unfanned: Date | null;
  undelivered: Date | null;
  /** Counts are BIGINT and come as text. */
  waiting: string;
  parked: string;
  late: string;
}

/** What is done is never looked at: each part reads the short, open end of an index. */
const outboxQuery = `
SELECT (SELECT MIN(h.at) FROM history h WHERE h.fanned_out_at IS NULL) AS unfanned,
       (SELECT MIN(h.at) FROM outbox_delivery d JOIN history h ON h.id = d.event_id
         WHERE d.done_at IS NULL AND d.parked_at IS NULL) AS undelivered,
       (SELECT COUNT(*) FROM outbox_delivery d WHERE d.done_at IS NULL AND d.parked_at IS NULL) AS waiting,
       (SELECT COUNT(*) FROM outbox_delivery d WHERE d.done_at IS NULL AND d.parked_at IS NOT NULL) AS parked,
       (SELECT COUNT(*) FROM due_work w WHERE w.next_at < ?) AS late`;

const audit: Gauges = {
  help: {
    sandan_audit_faults:
      'What the last check of the audit chain found changed, missing or inserted: anything but 0 is an alarm',
    sandan_audit_check_age_seconds:
      'Time since the audit chain was last checked; nightly, so more than 26 hours is an alarm',
  },
  read: async ({ database, clock }) => {
    const [row] = await database.reading.query<{ at: Date; faults: number }>(
      'SELECT at, faults FROM audit_check ORDER BY at DESC, id DESC LIMIT 1',
    );
    if (!row) return [];
    return [
      { name: 'sandan_audit_faults', value: Number(row.faults) },
      { name: 'sandan_audit_check_age_seconds', value: Math.max(0, (clock.now() - row.at.getTime()) / 1000) },
    ];
  },
};

const erasures: Gauges = {
  help: {
    sandan_erasures_unlisted:
      'Erasures that do not stand in the list beside the backups yet: more than 0 for minutes is an alarm, see BACKUP_DIR',
  },
  read: async ({ database }) => {
    const [row] = await database.reading.query<{ unlisted: string }>(
      "SELECT COUNT(*) AS unlisted FROM account_closing WHERE listed_at IS NULL AND state IN ('erasing', 'erased')",
    );
    return [{ name: 'sandan_erasures_unlisted', value: Number(row?.unlisted) }];
  },
};

export const serviceGauges: readonly Gauges[] = [pool, outbox, audit, erasures];
