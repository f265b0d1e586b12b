import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database/connect';
import type { Log } from '../log';
import { writeOutcomes, type Ended } from './outcome';
import type { WechatMessageState } from './subscribe.entity';

export interface OutcomeBook {
  /** Resolves when it is written down; throws where that could not be done in time. */
  note(ended: Ended): Promise<WechatMessageState>;
}

interface Options {
  readonly database: Database;
  readonly log: Log;
  readonly now: () => Date;
}

interface Waiting {
  readonly ended: Ended;
  readonly done: (state: WechatMessageState) => void;
  readonly failed: (error: unknown) => void;
}

/** The database may be away for a moment, and WeChat has the messages: less than the lease of a message. */
const [tries, pause] = [30, 1_000];

/** Whatever ends while a transaction is being written down waits for the next one, and goes into it together. */
export function openOutcomeBook({ database, log, now }: Options): OutcomeBook {
  let waiting: Waiting[] = [];
  let writing = false;

  const written = async (all: readonly Waiting[]): Promise<WechatMessageState[]> => {
    const inOrder = all.map(({ ended }) => ended);
    for (let left = tries; ; left -= 1) {
      try {
        return await database.transaction((db) => writeOutcomes(db, inOrder, now()));
      } catch (error) {
        if (left === 0) throw error;
        log.error({ err: error, messages: all.length }, 'what became of messages was not written down');
        await sleep(pause);
      }
    }
  };
  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const all = waiting.sort((one, other) => (one.ended.taken.message.id < other.ended.taken.message.id ? -1 : 1));
      waiting = [];
      await written(all).then(
        (states) => all.forEach(({ done }, index) => done(states[index] ?? 'unknown')),
        (error: unknown) => all.forEach(({ failed }) => failed(error)),
      );
    }
    writing = false;
  };

  return {
    note: (ended) =>
      new Promise((done, failed) => {
        waiting.push({ ended, done, failed });
        if (writing) return;
        writing = true;
        void write();
      }),
  };
}
