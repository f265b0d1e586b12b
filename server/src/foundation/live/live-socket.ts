import type { RawData, WebSocket } from 'ws';
import { liveCloses, type LiveMessage, type LiveTopic } from '@sandan/shared/live/live.words';
import type { Caller } from '../access/caller';
import type { Notice } from './live-stream';

/** Bytes that wait in the process for a phone that does not read: ids are short, so it is not coming back for them. */
const mostUnread = 64 * 1024;
/** A phone that lists more than this reads its list anew. */
const mostIds = 50;
/** One topic is said so often in a row, and then once in so many milliseconds; what comes meanwhile goes together. */
const inRow = 3;
const gap = 1_000;
/** Beats, and pings of the protocol, between two of our beats; more is a flood. */
const mostSaid = 10;
const mostAtAll = 200;

/** A person's open socket: what he has not heard yet, and up to where he has heard everything. */
export interface LiveSocket {
  readonly sessionId: string;
  /** Who he was when he was last asked after. */
  caller: Caller;
  /** When the next beat is due, by `performance.now()`. */
  beatsAt: number;
  note(notices: readonly Notice[]): void;
  /** Says what may be said now; `at`: up to where everything was noted. */
  flush(at: Date): void;
  /** False when nothing was heard for so long (ms). */
  beat(silence: number): boolean;
  close(code: number): void;
  /** Without a word, for whoever does not listen. */
  cut(): void;
}

export function liveSocket(ws: WebSocket, known: { caller: Caller; since: Date }): LiveSocket {
  const waiting = new Map<LiveTopic, Set<string> | 'any'>();
  /** When a topic could be said `inRow` times again. */
  const restedAt = new Map<LiveTopic, number>();
  let heardAt = performance.now();
  let said = 0;
  let position = known.since;

  const say = (message: LiveMessage): void => {
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > mostUnread) ws.terminate();
    else ws.send(JSON.stringify(message));
  };
  const isFlood = (): boolean => {
    said += 1;
    if (said > mostAtAll) ws.terminate(); // the polite close is not heard
    return said > mostAtAll;
  };
  ws.on('ping', isFlood);
  ws.on('message', (data, isBinary) => {
    if (isFlood()) return;
    if (isBinary || !isBeat(data) || said > mostSaid) ws.close(liveCloses.malformed);
    heardAt = performance.now();
  });

  return {
    sessionId: known.caller.sessionId,
    caller: known.caller,
    beatsAt: 0,
    note: (notices) => {
      for (const { topic, id } of notices) {
        const ids = waiting.get(topic) ?? new Set<string>();
        if (id === null || (ids !== 'any' && ids.size >= mostIds)) waiting.set(topic, 'any');
        else if (ids !== 'any') waiting.set(topic, ids.add(id));
      }
    },
    flush: (at) => {
      if (waiting.size === 0) {
        position = at;
        return;
      }
      const now = performance.now();
      const due = [...waiting].filter(([topic]) => (restedAt.get(topic) ?? 0) - now <= (inRow - 1) * gap);
      for (const [topic] of due) {
        waiting.delete(topic);
        restedAt.set(topic, Math.max(restedAt.get(topic) ?? 0, now) + gap);
      }
      // What still waits would be lost with the line if the place said were already behind it.
      if (waiting.size === 0) position = at;
      for (const [topic, ids] of due)
        say({ kind: 'changed', topic, ids: ids === 'any' ? [] : [...ids], at: position.toISOString() });
    },
    beat: (silence) => {
      said = 0;
      say({ kind: 'beat', at: position.toISOString() });
      return performance.now() - heardAt < silence;
    },
    close: (code) => ws.close(code),
    cut: () => ws.terminate(),
  };
}

function isBeat(data: RawData): boolean {
  try {
    const said: unknown = JSON.parse(String(data));
    return typeof said === 'object' && said !== null && 'kind' in said && said.kind === 'beat';
  } catch {
    return false;
  }
}
