import type { Clock } from '../clock';
import { addTo } from './bounded';
import { deliver, tryAddress, type PushAddress, type PushAnswer, type Spoilt } from './push-address';
import type { WechatEvent } from './push-message';
import type { PlatformApp } from './platform-call';

export type { WechatEvent } from './push-message';

/** What became of one push. */
export interface PushOutcome extends PushAnswer {
  readonly event: string;
  readonly openid: string;
  /** When it left, in the app's time. */
  readonly at: number;
  readonly tries: number;
  /** Whether the receiver answered as WeChat wants it. */
  readonly taken: boolean;
}

export interface DeliverOptions {
  /** The last first. */
  readonly reversed?: boolean;
  /** Each of them so often. */
  readonly copies?: number;
}

/** What WeChat has to tell the server, and when (wechat.md §8). Without an address it tells nothing. */
export interface Pushes {
  add(event: WechatEvent): void;
  /** What is still being found out; its delay begins now. */
  addLater(found: Promise<readonly { event: WechatEvent; delayMs: number }[]>): void;
  setPush(address: PushAddress | null): void;
  /** Where to; null: nowhere. */
  pushUrl(): string | null;
  checkAddress(spoilt?: 'signature'): Promise<PushAnswer & { taken: boolean }>;
  /** At once, whatever waits. */
  push(event: WechatEvent, spoilt?: Spoilt): Promise<PushOutcome>;
  /** All that are due by the app's clock, one after the other. */
  deliverPushes(options?: DeliverOptions): Promise<PushOutcome[]>;
  /** What still waits, due or not. */
  waitingPushes(): Promise<WechatEvent[]>;
  readonly outcomes: PushOutcome[];
  close(): void;
}

interface Waiting {
  readonly event: WechatEvent;
  readonly dueAt: number;
}

export function makePushes({ appid }: PlatformApp, clock: Clock): Pushes {
  let address: PushAddress | null = null;
  let waiting: Waiting[] = [];
  const finding = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  const outcomes: PushOutcome[] = [];

  const sender = () => {
    if (!address) throw new Error(`The app ${appid} has no address for pushes`);
    return { appid, address };
  };
  const push = async (event: WechatEvent, spoilt?: Spoilt): Promise<PushOutcome> => {
    const at = clock.now();
    const answer = await deliver(sender(), event, { at, spoilt });
    const outcome = { event: event.event, openid: event.openid, at, ...answer };
    addTo(outcomes, outcome);
    return outcome;
  };
  const add = (event: WechatEvent, delayMs = 0, from = clock.now()): void => {
    if (!address) return;
    if (!address.byItself) return void waiting.push({ event, dueAt: from + delayMs });
    const timer = setTimeout(() => {
      timers.delete(timer);
      void push(event);
    }, delayMs);
    timers.add(timer);
  };

  return {
    add: (event) => add(event),
    addLater: (found) => {
      const from = clock.now();
      const adding = found.then((all) => {
        all.forEach(({ event, delayMs }) => add(event, delayMs, from));
        finding.delete(adding);
      });
      finding.add(adding);
    },
    setPush: (to) => {
      address = to;
    },
    pushUrl: () => address?.url ?? null,
    checkAddress: (spoilt) => tryAddress(sender(), { at: clock.now(), spoilt }),
    push,
    deliverPushes: async ({ reversed = false, copies = 1 } = {}) => {
      await Promise.all(finding);
      const due = waiting.filter(({ dueAt }) => dueAt <= clock.now());
      waiting = waiting.filter((each) => !due.includes(each));
      const inOrder = reversed ? due.reverse() : due;
      const done: PushOutcome[] = [];
      for (const { event } of inOrder) for (let copy = 0; copy < copies; copy++) done.push(await push(event));
      return done;
    },
    waitingPushes: async () => {
      await Promise.all(finding);
      return waiting.map(({ event }) => event);
    },
    outcomes,
    close: () => timers.forEach((timer) => clearTimeout(timer)),
  };
}
