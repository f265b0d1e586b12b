import { liveCloses, liveTopics } from '@sandan/shared/live/live.words';
import type { Caller } from '../access/caller';
import { callersBehind } from '../access/sessions';
import { breathing } from '../background/breathe';
import { makeWaker } from '../background/waker';
import type { World } from '../http/world';
import type { LiveSocket } from './live-socket';
import type { Hearing, LiveStream, Notice } from './live-stream';

/** In milliseconds. */
export interface ListenersTimes {
  /** Between two looks where nobody calls. */
  poll: number;
  /** Between two looks at least. */
  rest: number;
  beat: number;
  /** Whoever says nothing for so long is gone. */
  silence: number;
}

export interface Listeners {
  /** Tells what came since, and from now on what comes. `since` null: everything may have changed. */
  add(socket: LiveSocket, since: Date | null): void;
  remove(socket: LiveSocket): void;
  all(): Iterable<LiveSocket>;
  count(): number;
  /** Something has been written here: it is looked for at once. */
  wake(): void;
  stop(): Promise<void>;
}

type Ground = Pick<World, 'database' | 'references' | 'clock' | 'log'>;

const anything = liveTopics.map((topic): Notice => ({ topic, id: null }));
/** Those who were away since nearly the same moment are told the same: after a restart everybody comes at once. */
const together = 30_000;

/** The open sockets of this process. The database is followed only while there are some. */
export function createListeners(world: Ground, streams: readonly LiveStream[], times: ListenersTimes): Listeners {
  const { log } = world;
  const { reading } = world.database;
  const sockets = new Set<LiveSocket>();
  /** What they have missed is still to be read: their place stays where it was. */
  const joining = new Map<LiveSocket, Date>();
  const waker = makeWaker();
  const begin = () => streams.map((stream) => ({ ...stream.follow(), every: stream.every, readAt: -stream.every }));
  let followed = begin();
  let running: Promise<void> | null = null;
  let stopped = false;
  let failing = false;
  let beatAt = 0;

  const end = (socket: LiveSocket, code: number): void => {
    sockets.delete(socket);
    socket.close(code);
  };
  /** Asks the database once who all these are now; whose session is over is cut. */
  const checkAgain = async (asked: readonly LiveSocket[]): Promise<void> => {
    const ids = [...new Set(asked.map(({ sessionId }) => sessionId))];
    const callers = await callersBehind(reading, world.references, ids, new Date(world.clock.now()));
    for (const socket of asked) {
      const caller = callers.get(socket.sessionId);
      if (caller) socket.caller = caller;
      else end(socket, liveCloses.sessionOver);
    }
  };

  /** By rights as they stand now: whoever would hear of it is asked after first, all of them at once. */
  const spread = async (hearing: Hearing, among: Iterable<LiveSocket>): Promise<void> => {
    const heard = oncePerCaller(hearing);
    const breathe = breathing();
    const hearers: LiveSocket[] = [];
    for (const socket of among) {
      if (heard(socket.caller).length > 0) hearers.push(socket);
      await breathe();
    }
    await checkAgain(hearers);
    for (const socket of hearers) if (sockets.has(socket)) socket.note(heard(socket.caller));
  };

  const listen = async (): Promise<void> => {
    const now = performance.now();
    const places: Date[] = [];
    for (const stream of followed) {
      if (now - stream.readAt < stream.every) continue;
      const { at, hearing } = await stream.next(reading);
      if (hearing) await spread(hearing, [...sockets]);
      stream.told();
      stream.readAt = now;
      places.push(at);
    }
    const place = new Date(Math.min(...places.map(Number)));
    for (const socket of sockets) if (!joining.has(socket)) socket.flush(place);
  };

  /** What everybody who has come back since the last time has missed. */
  const welcome = async (): Promise<void> => {
    const groups = new Map<number, [LiveSocket, Date][]>();
    for (const one of joining) {
      const moment = Math.floor(one[1].getTime() / together);
      const group = groups.get(moment) ?? [];
      group.push(one);
      groups.set(moment, group);
    }
    for (const group of groups.values()) {
      const back = group.map(([socket]) => socket);
      try {
        await catchUp(back, new Date(Math.min(...group.map(([, since]) => since.getTime()))));
      } catch (error) {
        log.warn({ err: error }, 'what sockets have missed cannot be read');
        for (const socket of back) socket.note(anything);
      }
      for (const socket of back) joining.delete(socket);
    }
  };
  const catchUp = async (back: readonly LiveSocket[], since: Date): Promise<void> => {
    for (const stream of streams) {
      const hearing = await stream.since(reading, since);
      if (hearing) await spread(hearing, back);
    }
  };

  /** Each socket has beats of its own: not all of them speak in the same moment. */
  const beat = async (): Promise<void> => {
    const now = performance.now();
    if (now - beatAt < times.beat / beatsApart) return;
    const due = [...sockets].filter((socket) => socket.beatsAt <= now);
    await checkAgain(due);
    beatAt = now;
    for (const socket of due) {
      socket.beatsAt = now + times.beat;
      if (socket.beat(times.silence)) continue;
      sockets.delete(socket);
      socket.cut();
    }
  };

  const round = async (): Promise<void> => {
    try {
      await listen();
      await welcome();
      await beat();
      failing = false;
    } catch (error) {
      // The database may be away for a moment; the next round goes on from the same place.
      if (!failing) log.warn({ err: error }, 'the live desk cannot follow');
      failing = true;
    }
  };

  const follow = async (): Promise<void> => {
    followed = begin();
    while (sockets.size > 0 && !stopped) {
      await round();
      await new Promise((resolve) => setTimeout(resolve, times.rest));
      await waker.wait(times.poll - times.rest);
    }
  };
  const start = (): void => {
    running ??= follow().finally(() => {
      running = null;
      if (sockets.size > 0 && !stopped) start();
    });
  };

  return {
    add: (socket, since) => {
      sockets.add(socket);
      socket.beatsAt = performance.now() + times.beat * (0.5 + Math.random() / 2);
      if (since) joining.set(socket, since);
      else socket.note(anything);
      start();
      waker.wake();
    },
    remove: (socket) => {
      sockets.delete(socket);
      joining.delete(socket);
    },
    all: () => sockets,
    count: () => sockets.size,
    wake: () => {
      if (sockets.size > 0) waker.wake();
    },
    stop: async () => {
      stopped = true;
      waker.wake();
      await running;
    },
  };
}

/** Into so many parts the time between two beats is cut. */
const beatsApart = 30;

/** Somebody with several sockets is asked after once. */
function oncePerCaller(hearing: Hearing): Hearing {
  const known = new Map<Caller, readonly Notice[]>();
  return (caller) => {
    const notices = known.get(caller) ?? hearing(caller);
    known.set(caller, notices);
    return notices;
  };
}
