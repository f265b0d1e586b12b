import type { Database } from '../../database/connect';
import type { Log } from '../../log';
import type { Clock } from '../clock';
import type { WechatObservation } from './call';
import type { PushFault } from './push-cipher';

/**
 * What became of a push: done, done before, of a kind nobody wants, not believed; failed in our hands and kept to be done
 * again; or failed and not even kept, so that all hangs on WeChat's repeating it.
 */
export type PushOutcome = 'taken' | 'repeated' | 'unknown' | 'refused' | 'failed' | 'lost';

export interface PushSeen {
  readonly outcome: PushOutcome;
  /** Of one that was refused. */
  readonly fault?: PushFault;
  /** WeChat tells that it has punished the mini-program. */
  readonly punishes?: boolean;
}

/** Counts what passes between WeChat and us, for its operator: no words, no persons. */
export interface WechatTally {
  call(seen: WechatObservation): void;
  push(seen: PushSeen): void;
  /** Writes down what was counted since the last time. */
  flush(): Promise<void>;
  /** Writes down every ten seconds, until it is closed. */
  start(): void;
  close(): Promise<void>;
}

/** Names in the table that are no calls. */
export const pushName = 'push';
export const punishmentName = 'punishment';
const flushEvery = 10_000;
const hour = 60 * 60_000;

interface Counted {
  readonly hour: number;
  readonly name: string;
  readonly outcome: string;
  readonly errcode: number;
  times: number;
  lastAt: number;
  rid: string | null;
  address: string | null;
}
type New = Omit<Counted, 'hour' | 'times' | 'lastAt'>;

interface Surroundings {
  database: Database;
  clock: Clock;
  log: Log;
  /** For the metrics of this process. */
  count: { call(seen: WechatObservation): void; push(seen: PushSeen): void };
}

/**
 * Hours of the database, so that web processes and workers count together: a call costs an entry of a map, and everything
 * of ten seconds one statement. A process that is killed loses ten seconds of figures, nothing else.
 */
export function makeTally({ database, clock, log, count }: Surroundings): WechatTally {
  let counted = new Map<string, Counted>();
  let timer: NodeJS.Timeout | undefined;

  const note = (seen: New): void => {
    const now = clock.now();
    const from = now - (now % hour);
    const key = [from, seen.name, seen.outcome, seen.errcode].join(' ');
    const { times = 0, rid = null, address = null } = counted.get(key) ?? {};
    const latest = { rid: seen.rid ?? rid, address: seen.address ?? address };
    counted.set(key, { ...seen, ...latest, hour: from, times: times + 1, lastAt: now });
  };
  const flush = async (): Promise<void> => {
    const taken = counted;
    if (taken.size === 0) return;
    counted = new Map();
    try {
      await database.transaction(async (db) => {
        await db.write(addition(taken.size), [...taken.values()].flatMap(valuesOf));
      });
    } catch (error) {
      // Those of a minute without the database are told when it is back.
      for (const [key, row] of taken) {
        const since = counted.get(key);
        counted.set(key, since ? together(row, since) : row);
      }
      throw error;
    }
  };
  const flushOrTell = () =>
    flush().catch((error: unknown) => log.warn({ err: error }, 'what passed with WeChat was not written down'));

  return {
    call: (seen) => {
      count.call(seen);
      const { call: name, outcome, errcode, rid, address } = seen;
      note({ name, outcome, errcode: errcode ?? 0, rid, address });
    },
    push: (seen) => {
      count.push(seen);
      const { outcome, fault, punishes = false } = seen;
      const none = { errcode: 0, rid: null, address: null };
      note({ name: pushName, outcome: fault ? `${outcome}.${fault}` : outcome, ...none });
      if (punishes && outcome === 'taken') note({ name: punishmentName, outcome, ...none });
    },
    flush,
    start: () => {
      timer = setInterval(() => void flushOrTell(), flushEvery).unref();
    },
    close: async () => {
      clearInterval(timer);
      await flushOrTell();
    },
  };
}

const together = (before: Counted, since: Counted): Counted => ({
  ...since,
  times: before.times + since.times,
  rid: since.rid ?? before.rid,
  address: since.address ?? before.address,
});

const addition = (rows: number): string =>
  `INSERT INTO wechat_tally (hour, name, outcome, errcode, times, last_at, last_rid, last_address)
   VALUES ${Array(rows).fill('(?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}
   ON DUPLICATE KEY UPDATE times = times + VALUES(times), last_at = GREATEST(last_at, VALUES(last_at)),
     last_rid = COALESCE(VALUES(last_rid), last_rid), last_address = COALESCE(VALUES(last_address), last_address)`;

const valuesOf = ({ hour: from, name, outcome, errcode, times, lastAt, rid, address }: Counted) => [
  ...[new Date(from), name, outcome, errcode, times, new Date(lastAt), rid, address],
];
