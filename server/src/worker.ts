import { makeWaker } from './foundation/background/waker';
import { createSender } from './foundation/subscribe/sender';
import { headWords } from './foundation/audit/chain';
import { checkNightly } from './foundation/audit/nightly-check';
import { headOfChain, sealForgotten, sealNew } from './foundation/audit/seal';
import { runChecks } from './foundation/checks/run-checks';
import { runDueWork, type DueHandler } from './foundation/due-work/due-work';
import type { World } from './foundation/http/world';
import type { Metrics } from './foundation/http/observe';
import { isNews, runOutbox, type Reaction, type WorkerScope } from './foundation/outbox/outbox';
import { keepHouse, listErasures } from './housekeeping';
import { dueHandlers, reactions } from './rooms';
import { hearVoices } from './rooms/orders/hear-voices';
import { prepareMessages } from './rooms/subscriptions/prepare-message';

export interface Worker {
  /** Runs all that is due until nothing is left. Returns the number of rounds. */
  drain(scope?: WorkerScope): Promise<number>;
  /** Looks four times a second, for events twenty times; at once while there is work or when it is woken. */
  start(): void;
  /** Something was written in this process. */
  wake(): void;
  /** Stops after the round under way. */
  stop(): Promise<void>;
}

const pause = 250;
/** What has happened in another process is seen so soon. */
const newsPause = 50;
/** A recording may be listened to from the beginning. */
const voicePause = 2_000;
const hour = 60 * 60_000;
/** A drain that never ends is a reaction that feeds itself: better to fail loudly. */
const mostRounds = 500;

export function createWorker(world: World, metrics?: Metrics): Worker {
  const { database, log, references, clock } = world;
  const handlers: Readonly<Record<string, DueHandler>> = dueHandlers;
  const all: readonly Reaction[] = reactions;
  const reference = () => references.current();
  const due = { database, handlers, reference, now: () => new Date(clock.now()), log };
  const sender = createSender({
    ...{ database, log, clock, reference, wechat: world.wechat, prepare: prepareMessages },
    onOutcome: (template, outcome) => metrics?.messages.inc({ template, outcome }),
  });
  const outbox = {
    database,
    reactions: all,
    reference,
    log,
    onParked: (reaction: string) => metrics?.parked.inc({ reaction }),
    onDone: sender.wake,
  };

  const hear = hearVoices(world);

  // At once, not with the hourly housekeeping: until it stands there a restore would bring the erased back. An erasure that
  // is not listed waits for it, looks again each minute (privacy.due-work.ts), and nothing else does; metrics count them.
  let listing = Promise.resolve();
  const list = (): Promise<void> =>
    (listing = listing.then(async () => {
      try {
        await listErasures(world);
      } catch (error) {
        log.error({ err: error }, 'the list of the erased is not written: can BACKUP_DIR be written to?');
      }
    }));
  const round = async (scope?: WorkerScope) => {
    const done = (await runDueWork(due, scope)) + (await runOutbox(outbox, scope)) + (await runChecks(world, scope));
    if (done > 0) await list();
    return done + (await hear(scope));
  };
  // The head of the audit's chain goes into the log too: who changes the table cannot change what was told before.
  const tidy = async (): Promise<void> => {
    await list();
    try {
      const [gone, sealedLate] = [await keepHouse(world), await sealForgotten(database)];
      const auditHead = headWords(await headOfChain(database.reading));
      if (gone) log.info({ ...gone, sealedLate, auditHead }, 'housekeeping');
    } catch (error) {
      log.error({ err: error }, 'housekeeping failed');
    }
  };
  const checkAudit = async (): Promise<void> => {
    try {
      const check = await checkNightly(database, new Date(clock.now()));
      if (!check) return;
      if (check.faults > 0) log.error(check, 'the audit chain is broken: run npm run audit:verify');
      else log.info({ entries: check.entries }, 'audit chain verified');
    } catch (error) {
      log.error({ err: error }, 'audit check failed');
    }
  };
  /** Asks often whether something has happened, and looks at everything from time to time: what is tried again, what a dead process has left. */
  let wholeAt = 0;
  const events = async (): Promise<number> => {
    if (performance.now() < wholeAt && !(await isNews(database.reading))) return 0;
    const done = await runOutbox(outbox);
    wholeAt = done > 0 ? 0 : performance.now() + pause;
    if (done > 0) await list();
    return done + (await sealNew(database));
  };
  const clocks = async (): Promise<number> => {
    const done = await runDueWork(due);
    if (done > 0) await list();
    return done;
  };
  const stopping = new AbortController();
  // Side by side: nobody's message waits for an erasure of minutes, for what WeChat thinks of twenty photos, or for a machine
  // that listens to a minute of dialect.
  const loops = [
    { step: events, rest: newsPause, waker: makeWaker() },
    { step: clocks, rest: pause, waker: makeWaker() },
    { step: () => runChecks(world), rest: pause, waker: makeWaker() },
  ];
  // Nobody waits for it: it is not woken by what is written.
  const listening = { step: () => hear({}, stopping.signal), rest: voicePause, waker: makeWaker() };
  const wake = (): void => loops.forEach(({ waker }) => waker.wake());
  let hourly: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;

  const look = async ({ step, rest, waker }: (typeof loops)[number]): Promise<void> => {
    while (!stopped) {
      const done = await step().catch((error: unknown) => {
        // The database may be away for a moment; the next round tries again.
        log.error({ err: error }, 'worker round failed');
        return 0;
      });
      if (!stopped) await waker.wait(done > 0 ? 1 : rest);
    }
  };

  return {
    drain: async (scope) => {
      for (let rounds = 1; rounds <= mostRounds; rounds += 1)
        if ((await round(scope)) + (await sender.run(scope)) === 0) return rounds;
      throw new Error(`The worker did not come to an end in ${mostRounds} rounds`);
    },
    start: () => {
      running = Promise.all([...loops, listening].map(look));
      sender.start();
      hourly = setInterval(() => void tidy().then(checkAudit), hour);
    },
    wake,
    stop: async () => {
      stopped = true;
      stopping.abort();
      wake();
      listening.waker.wake();
      clearInterval(hourly);
      await Promise.all([running, sender.stop()]);
    },
  };
}
