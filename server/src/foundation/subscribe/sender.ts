import { makeWaker } from '../background/waker';
import type { Database } from '../database/connect';
import type { Log } from '../log';
import type { WorkerScope } from '../outbox/outbox';
import type { Reference } from '../reference/reference';
import { errorLine } from '../told-error';
import type { Clock } from '../world/clock';
import type { Wechat } from '../world/wechat/client';
import { writeOutcome, type Outcome } from './outcome';
import { takeDue, type Prepare, type Taken } from './take';
import { holdTemplates } from './templates';

export interface SenderOptions {
  readonly database: Database;
  readonly wechat: Pick<Wechat, 'sendMessage'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly reference: () => Promise<Reference>;
  readonly prepare: Prepare;
  /** For the metrics: a message of this template ended so, or goes back to wait. */
  readonly onOutcome?: (template: string, outcome: string) => void;
}

export interface Sender {
  /** Sends what is due until nothing is; returns how many rows it moved. */
  run(scope?: WorkerScope): Promise<number>;
  /** Looks from time to time, and at once when it is woken. */
  start(): void;
  wake(): void;
  /** Takes no more, and waits for the calls under way. */
  stop(): Promise<void>;
}

/** As many as the client keeps connections. */
const lanes = 16;
const lookEvery = 250;
/** WeChat did not answer: one message at a time looks whether it is back, later and later. */
const silence = { first: 30_000, most: 10 * 60_000 };

/**
 * 订阅消息 leave here: taken and marked in one transaction, sent outside of any, marked again. Any number of processes may
 * do so at once. Nothing personal is logged: which message, which errcode.
 */
export function createSender(options: SenderOptions): Sender {
  const { database, wechat, clock, log, prepare, onOutcome } = options;
  const waker = makeWaker();
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let silent = { times: 0, until: 0 };
  const now = (): Date => new Date(clock.now());

  const listen = async ({ template: { countyId } }: Taken, outcome: Outcome): Promise<void> => {
    const failure = outcome !== 'sent' && 'mayBeDone' in outcome ? outcome : null;
    if (outcome === 'sent' || failure?.errcode) silent = { times: 0, until: 0 };
    // Those that were on their way together count as one.
    if (!failure?.mayBeDone || clock.now() < silent.until) return;
    const pause = Math.min(silence.most, silence.first * 2 ** silent.times);
    silent = { times: silent.times + 1, until: clock.now() + pause };
    await database.transaction((db) => holdTemplates(db, { countyId, until: new Date(silent.until) }));
  };

  const send = async (taken: Taken): Promise<void> => {
    const { openid, values, page, template } = taken;
    const outcome = await wechat.sendMessage({ openid, templateId: template.templateId, values, page }).then(
      (): Outcome => 'sent',
      (error: unknown) => error as Outcome,
    );
    const state = await database.transaction((db) => writeOutcome(db, taken, outcome, now()));
    await listen(taken, outcome);
    onOutcome?.(template.kind, state);
    if (outcome !== 'sent')
      log.info({ messageId: taken.message.id, state, why: errorLine(outcome) }, 'message not sent');
  };

  const run = async (scope: WorkerScope = {}): Promise<number> => {
    const flying = new Set<Promise<void>>();
    let moved = 0;
    try {
      for (;;) {
        const most = silent.times > 0 ? 1 : lanes;
        const room = most - flying.size;
        // Several at a time: to look for one costs as much as to look for eight.
        const waits = stopped || room * 2 < most;
        const round = waits ? { toSend: [], over: [], moved: 0 } : await take(room, scope);
        moved += round.moved;
        for (const { template, state } of round.over) onOutcome?.(template, state);
        for (const taken of round.toSend) {
          const flight = send(taken).finally(() => flying.delete(flight));
          flying.add(flight);
        }
        if (flying.size === 0 && round.moved === 0) return moved;
        if (flying.size > 0) await Promise.race(flying);
      }
    } finally {
      await Promise.allSettled(flying);
    }
  };
  const take = async (most: number, scope: WorkerScope) =>
    takeDue({ database, prepare, reference: await options.reference(), now: now() }, most, scope);

  const look = async (): Promise<void> => {
    while (!stopped) {
      // The database may be away for a moment; the next look tries again.
      await run().catch((error: unknown) => log.error({ err: error }, 'messages not sent'));
      if (!stopped) await waker.wait(lookEvery);
    }
  };

  return {
    run,
    start: () => void (running = look()),
    wake: waker.wake,
    stop: async () => {
      stopped = true;
      waker.wake();
      await running;
    },
  };
}
