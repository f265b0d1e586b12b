import { makeWaker } from '../background/waker';
import type { Database } from '../database/connect';
import type { Log } from '../log';
import type { WorkerScope } from '../outbox/outbox';
import type { Reference } from '../reference/reference';
import { errorLine } from '../told-error';
import type { Clock } from '../world/clock';
import type { Wechat } from '../world/wechat/client';
import type { Outcome } from './outcome';
import { openOutcomeBook } from './outcome-book';
import { dueAmong, giveUpOnTheDead, take, type Candidate, type Prepare, type Round, type Taken } from './take';
import { holdTemplates, openTemplates, type UsedTemplate } from './templates';

export interface SenderOptions {
  readonly database: Database;
  readonly wechat: Pick<Wechat, 'sendMessage' | 'reach' | 'isSilent'>;
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
const lanes = 32;
/** After a while in which WeChat told nothing: it may be away, and what meets its gateway's 502 is lost for WeChat. */
const [firstLanes, longAgo] = [2, 30_000];
const lookEvery = 250;
/** WeChat did not answer, not even to a question that asks for nothing: so long nobody asks again. */
const silence = 30_000;

/** What was seen due and is not taken yet is not looked for again: so long, whatever has come since waits. */
const freshFor = 200;

interface Flight {
  readonly countyId: string;
  readonly landed: Promise<void>;
}

/**
 * 订阅消息 leave here: taken and marked in one transaction, sent outside of any, marked again. Any number of processes may
 * do so at once. Nothing personal is logged: which message, which errcode.
 */
export function createSender(options: SenderOptions): Sender {
  const { database, wechat, clock, log, prepare, onOutcome } = options;
  const waker = makeWaker();
  const now = (): Date => new Date(clock.now());
  const book = openOutcomeBook({ database, log, now });
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let nap: Promise<void> | null = null;
  let opened = { lanes: firstLanes, at: 0 };

  /** One more lane for each answer, so that as many again are under way a moment later; none gets through: begin anew. */
  const listen = (outcome: Outcome): void => {
    const answered = outcome === 'sent' || ('errcode' in outcome && outcome.errcode !== null);
    opened = { lanes: answered ? Math.min(lanes, opened.lanes + 1) : firstLanes, at: clock.now() };
  };
  const lanesNow = (): number => (clock.now() - opened.at > longAgo ? firstLanes : opened.lanes);

  const send = async (taken: Taken): Promise<void> => {
    const { openid, values, page, template, message } = taken;
    const outcome = await wechat.sendMessage({ openid, templateId: template.templateId, values, page }).then(
      (): Outcome => 'sent',
      (error: unknown) => error as Outcome,
    );
    listen(outcome);
    const state = await book.note({ taken, outcome });
    onOutcome?.(template.kind, state);
    if (outcome !== 'sent') log.info({ messageId: message.id, state, why: errorLine(outcome) }, 'message not sent');
  };

  /**
   * WeChat has been silent: a message that meets its gateway's 502 is lost for WeChat, so first a call that asks for
   * nothing finds out whether somebody is there. False: nobody is, and nothing of these is sent for a while.
   */
  const isThere = async (countyIds: readonly string[]): Promise<boolean> => {
    try {
      await wechat.reach();
      return true;
    } catch (error) {
      log.info({ why: errorLine(error) }, 'WeChat is still away');
      const until = new Date(clock.now() + silence);
      await database.transaction(async (db) => {
        for (const countyId of countyIds) await holdTemplates(db, { countyId, until });
      });
      return false;
    }
  };

  let seen: { due: readonly Candidate[]; until: number } = { due: [], until: 0 };
  const lookFor = async (most: number, scope: WorkerScope, open: readonly UsedTemplate[], at: Date) => {
    if (!scope.townId && seen.due.length > 0 && performance.now() < seen.until) return seen.due;
    const due = await dueAmong(database.reading, { open, most, scope, now: at });
    seen = { due, until: performance.now() + freshFor };
    return due;
  };

  const nothing: Round = { toSend: [], over: [], moved: 0, done: new Set() };
  const takeDue = async (most: number, scope: WorkerScope, flying: ReadonlySet<Flight>): Promise<Round> => {
    // Before the templates are read: whoever lands meanwhile may have found nobody there.
    const busy = new Set([...flying].map(({ countyId }) => countyId));
    const reference = await options.reference();
    const at = now();
    const given = await giveUpOnTheDead(database, at);
    const county = scope.townId ? reference.tree.grid(scope.townId)?.county : undefined;
    const open = (await openTemplates(database.reading, at)).filter((each) => !county || each.countyId === county);
    const due = await lookFor(most, scope, open, at);
    // Sending itself, or here any other call: a sign-in, a text to be checked.
    const isSilent = wechat.isSilent();
    const silent = new Set(open.filter((each) => isSilent || each.silent > 0).map(({ countyId }) => countyId));
    const wanted = oneByOne(due, silent, busy);
    const asked = [...new Set(wanted.map(({ countyId }) => countyId))].filter((each) => silent.has(each));
    if (wanted.length === 0 || (asked.length > 0 && !(await isThere(asked)))) return { ...nothing, moved: given };
    const round = await take({ database, prepare, reference, now: at }, wanted, most);
    // Where others have them all, what stands behind them is looked for.
    const { done } = round;
    seen = { ...seen, due: done.size === 0 ? [] : seen.due.filter(({ id }) => !done.has(id)) };
    return { ...round, moved: given + round.moved };
  };

  const run = async (scope: WorkerScope = {}, called?: () => Promise<void>): Promise<number> => {
    const flying = new Set<Flight>();
    let moved = 0;
    try {
      for (;;) {
        const most = lanesNow();
        const room = most - flying.size;
        // Several at a time: to look for one costs as much as to look for sixteen.
        const round = stopped || room * 2 < most ? nothing : await takeDue(room, scope, flying);
        moved += round.moved;
        for (const { template, state } of round.over) onOutcome?.(template, state);
        for (const taken of round.toSend) {
          const landed = send(taken).finally(() => flying.delete(flight));
          const flight: Flight = { countyId: taken.template.countyId, landed };
          flying.add(flight);
        }
        if (round.moved > 0) continue;
        if (flying.size === 0) return moved;
        // An answer that is long in coming keeps nobody waiting: whoever calls has something new.
        await Promise.race([...[...flying].map(({ landed }) => landed), ...(called ? [called()] : [])]);
      }
    } finally {
      await Promise.allSettled([...flying].map(({ landed }) => landed));
    }
  };

  const rest = (): Promise<void> =>
    (nap ??= waker.wait(lookEvery).finally(() => {
      nap = null;
    }));
  const look = async (): Promise<void> => {
    while (!stopped) {
      // The database may be away for a moment; the next look tries again.
      await run({}, rest).catch((error: unknown) => log.error({ err: error }, 'messages not sent'));
      if (!stopped) await rest();
    }
  };

  return {
    run: (scope) => run(scope),
    start: () => void (running = look()),
    wake: waker.wake,
    stop: async () => {
      stopped = true;
      waker.wake();
      await running;
    },
  };
}

/** Of a county of which WeChat was silent one at a time looks whether it takes messages again. */
function oneByOne(due: readonly Candidate[], silent: ReadonlySet<string>, busy: Set<string>): readonly Candidate[] {
  if (silent.size === 0) return due;
  return due.filter(({ countyId }) => {
    if (!silent.has(countyId)) return true;
    if (busy.has(countyId)) return false;
    busy.add(countyId);
    return true;
  });
}
