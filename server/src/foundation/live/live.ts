import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { liveCloses, livePath, liveTimes, type LiveMessage } from '@sandan/shared/live/live.words';
import type { ProblemCode } from '@sandan/shared/problems';
import { callersBehind } from '../access/sessions';
import { addressOf } from '../http/address';
import type { Metrics } from '../http/observe';
import type { World } from '../http/world';
import { firstWord, type Hello } from './first-word';
import { createListeners, type ListenersTimes } from './listeners';
import { liveSocket } from './live-socket';
import type { LiveStream } from './live-stream';
import { isOwnOrigin } from './own-origin';
import { countStrangers } from './strangers';
import { takeTicket } from './tickets';

export interface LiveOptions {
  metrics?: Metrics;
  times?: Partial<ListenersTimes & { hello: number }>;
  /** Sockets of one address that have not shown a ticket yet: a whole village shares one. */
  strangers?: number;
}

/** The live desk of one web process. */
export interface Live {
  /** Is this upgrade for us? */
  wants(request: IncomingMessage): boolean;
  /** Opens a socket, or has it refused. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer, refuse: (code: ProblemCode) => void): void;
  /** Something has been written by this process: who looks on hears of it at once. */
  wake(): void;
  /** Says goodbye (1001) to everybody; who does not answer within a second is cut. */
  close(): Promise<void>;
}

const usualTimes = { ...{ poll: 300, rest: 100 }, ...liveTimes };
/** A ticket and a time; a beat is shorter. */
const largestMessage = 512;
const mostStrangers = 100;
const mostPerPerson = 8;
/** More than one process is meant for. */
const mostSockets = 10_000;
const goodbye = 1_000;

/** WebSocket at `/api/live`: ticket first, then ids of what changes, until the session is over (decisions.md §3.3, §5.9). */
export function createLive(world: World, streams: readonly LiveStream[], options: LiveOptions = {}): Live {
  const { config, log } = world;
  const times = { ...usualTimes, ...options.times };
  const listeners = createListeners(world, streams, times);
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  const strangers = countStrangers(options.strangers ?? mostStrangers);
  let closed = false;
  options.metrics?.gauge('sandan_live_sockets', 'Open sockets of the live desk', [], (gauge) =>
    gauge.set(listeners.count()),
  );

  const against = (request: IncomingMessage): ProblemCode | null => {
    if (closed || server.clients.size >= mostSockets) return 'server.busy';
    if (!isOwnOrigin(request, config.origin)) return 'access.forbidden';
    return strangers.isCrowd(addressOf(request, config.trustProxy)) ? 'request.too-many' : null;
  };

  /** Until it has shown a ticket it is told nothing, and one message is all that it may say. */
  const greet = (ws: WebSocket, address: string): void => {
    ws.on('error', () => undefined); // too long, or no WebSocket at all: `ws` ends it by itself
    const known = strangers.count(address);
    ws.once('close', known);
    firstWord(ws, times.hello, (hello, letIn) => {
      const welcome = () => {
        letIn();
        known();
      };
      admit(ws, hello, welcome).catch((error: unknown) => {
        log.warn({ err: error }, 'a live socket could not be opened');
        ws.close(liveCloses.tryLater);
      });
    });
  };

  const admit = async (ws: WebSocket, hello: Hello, welcome: () => void): Promise<void> => {
    const now = new Date(world.clock.now());
    const sessionId = await world.database.transaction((db) => takeTicket(db, hello.ticket, now));
    const callers = await callersBehind(world.database.reading, world.references, sessionId ? [sessionId] : [], now);
    const caller = callers.get(sessionId ?? '');
    if (!caller) return ws.close(liveCloses.sessionOver);
    if (ws.readyState !== ws.OPEN) return;
    welcome();
    makeRoom(caller.personId);
    const since = new Date(hello.since);
    const socket = liveSocket(ws, { caller, since });
    ws.once('close', () => listeners.remove(socket));
    ws.send(JSON.stringify({ kind: 'ready', at: hello.since } satisfies LiveMessage));
    const age = Date.now() - since.getTime();
    listeners.add(socket, age >= -liveTimes.memory && age <= liveTimes.memory ? since : null);
  };

  /** Whoever opens one more than his share loses the oldest: it is likely forgotten. */
  const makeRoom = (personId: string): void => {
    const his = [...listeners.all()].filter(({ caller }) => caller.personId === personId);
    for (const socket of his.slice(0, Math.max(0, his.length + 1 - mostPerPerson))) socket.close(liveCloses.tooMany);
  };

  return {
    wants: ({ url, headers }) => url === livePath && headers.upgrade?.toLowerCase() === 'websocket',
    take: (request, socket, head, refuse) => {
      const code = against(request);
      if (code) return refuse(code);
      server.handleUpgrade(request, socket, head, (ws) => greet(ws, addressOf(request, config.trustProxy)));
    },
    wake: () => listeners.wake(),
    close: async () => {
      closed = true;
      for (const ws of server.clients) ws.close(liveCloses.goingAway);
      const until = performance.now() + goodbye;
      while (server.clients.size > 0 && performance.now() < until) await new Promise((done) => setTimeout(done, 10));
      for (const ws of server.clients) ws.terminate();
      await listeners.stop();
    },
  };
}
