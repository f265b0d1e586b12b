import { liveCloses, liveTopics } from '@sandan/shared/live/live.words';
import { callersBehind } from '../access/sessions';
import { breathing } from '../background/breathe';
import type { World } from '../http/world';
import { followHistory, happenedSince, type LiveEvent } from './feed';
import type { LiveSocket } from './live-socket';
import type { Hearing, LiveSource } from './live-source';

/** In milliseconds. */
export interface ListenersTimes {
  poll: number;
  beat: number;
  /** Whoever says nothing for so long is gone. */
  silence: number;
  /** Who was asked after longer ago is asked after again before anything is told to him. */
  trust: number;
}

export interface Listeners {
  /** Tells what came since, and from now on what comes. `since` null: everything may have changed. */
  add(socket: LiveSocket, since: Date | null): Promise<void>;
  remove(socket: LiveSocket): void;
  all(): Iterable<LiveSocket>;
  count(): number;
  stop(): Promise<void>;
}

type Ground = Pick<World, 'database' | 'references' | 'clock' | 'log'>;

const anything = liveTopics.map((topic) => ({ topic, id: null }));

/** The open sockets of this process. History is followed only while there are some. */
export function createListeners(world: Ground, sources: readonly LiveSource[], times: ListenersTimes): Listeners {
  const { database, log } = world;
  const { reading } = database;
  const sockets = new Set<LiveSocket>();
  const things = sources.flatMap((source) => source.things);
  let next = followHistory(reading, things);
  /** Read and not yet told: where telling fails, the next round has them still. */
  let untold: { events: LiveEvent[]; tooMany: boolean } = { events: [], tooMany: false };
  /** What they have missed is still being read: their place stays where it was. */
  const joining = new Set<LiveSocket>();
  /** There is more that no worker has fanned out than is read: of that nobody can be told one by one. */
  let isCutShort = false;
  let running: Promise<void> | null = null;
  let stopped = false;
  let failing = false;
  let beatAt = 0;

  const hearingOf = async (events: readonly LiveEvent[]): Promise<Hearing> => {
    const heard = await Promise.all(
      sources.map((source) =>
        source.hearing(
          reading,
          events.filter(({ thing }) => source.things.includes(thing)),
        ),
      ),
    );
    return (caller) => heard.flatMap((hearing) => hearing(caller));
  };

  /** Asks the database once who all these are now; whose session is over is cut. */
  const checkAgain = async (asked: readonly LiveSocket[]): Promise<void> => {
    const ids = [...new Set(asked.map(({ sessionId }) => sessionId))];
    const callers = await callersBehind(reading, world.references, ids, new Date(world.clock.now()));
    for (const socket of asked) {
      const caller = callers.get(socket.sessionId);
      if (caller) Object.assign(socket, { caller, checkedAt: performance.now() });
      else end(socket, liveCloses.sessionOver);
    }
  };
  const end = (socket: LiveSocket, code: number): void => {
    sockets.delete(socket);
    socket.close(code);
  };

  /** By rights as they stand now: whoever would hear of it is asked after first, all of them at once. */
  const spread = async (hearing: Hearing, among: Iterable<LiveSocket>): Promise<void> => {
    const breathe = breathing();
    const hearers: LiveSocket[] = [];
    for (const socket of among) {
      if (hearing(socket.caller).length > 0) hearers.push(socket);
      await breathe();
    }
    const oldest = performance.now() - times.trust;
    await checkAgain(hearers.filter(({ checkedAt }) => checkedAt < oldest));
    for (const socket of hearers) if (sockets.has(socket)) socket.note(hearing(socket.caller));
  };

  const listen = async (): Promise<void> => {
    const { events, at, cutShort } = await next();
    const tooMany = cutShort && events.length > 0;
    untold = { events: [...untold.events, ...events], tooMany: untold.tooMany || tooMany };
    if (untold.tooMany) for (const socket of sockets) socket.note(anything);
    else if (untold.events.length > 0) await spread(await hearingOf(untold.events), [...sockets]);
    untold = { events: [], tooMany: false };
    isCutShort = cutShort;
    for (const socket of sockets) if (!joining.has(socket)) socket.flush(at);
  };

  const beat = async (): Promise<void> => {
    beatAt = performance.now();
    await checkAgain([...sockets]);
    for (const socket of sockets) {
      if (isCutShort) socket.note(anything);
      if (socket.beat(times.silence)) continue;
      sockets.delete(socket);
      socket.cut();
    }
  };

  const round = async (): Promise<void> => {
    try {
      await listen();
      if (performance.now() - beatAt >= times.beat) await beat();
      failing = false;
    } catch (error) {
      // The database may be away for a moment; the next round goes on from the same place.
      if (!failing) log.warn({ err: error }, 'the live desk cannot follow');
      failing = true;
    }
  };

  const follow = async (): Promise<void> => {
    next = followHistory(reading, things);
    beatAt = performance.now();
    while (sockets.size > 0 && !stopped) {
      await round();
      await new Promise((resolve) => setTimeout(resolve, times.poll));
    }
  };
  const start = (): void => {
    running ??= follow().finally(() => {
      running = null;
      if (sockets.size > 0 && !stopped) start();
    });
  };

  return {
    add: async (socket, since) => {
      sockets.add(socket);
      joining.add(socket);
      start();
      try {
        if (since === null) return socket.note(anything);
        const { events, cutShort } = await happenedSince(reading, things, since);
        if (cutShort) socket.note(anything);
        else if (events.length > 0) await spread(await hearingOf(events), [socket]);
      } finally {
        joining.delete(socket);
      }
    },
    remove: (socket) => sockets.delete(socket),
    all: () => sockets,
    count: () => sockets.size,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
