import type { RawData, WebSocket } from 'ws';
import { liveCloses, type LiveMessage, type LiveTopic } from '@sandan/shared/live/live.words';
import type { Caller } from '../access/caller';
import type { Notice } from './live-source';

/** Bytes that wait in the process for a phone that does not read: ids are short, so it is not coming back for them. */
const mostUnread = 64 * 1024;
/** A phone that lists more than this reads its list anew. */
const mostIds = 50;
/** One topic is said so often at most, in milliseconds; what comes meanwhile goes together. */
const gap = 1_000;
/** Beats between two of ours; more is a flood. */
const mostSaid = 10;
const mostAtAll = 200;

/** A person's open socket: what he has not heard yet, and up to where he has heard everything. */
export interface LiveSocket {
  readonly sessionId: string;
  caller: Caller;
  /** When the database was last asked who he is, by `performance.now()`. */
  checkedAt: number;
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
  const saidAt = new Map<LiveTopic, number>();
  let heardAt = performance.now();
  let said = 0;
  let position = known.since;

  const say = (message: LiveMessage): void => {
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > mostUnread) ws.terminate();
    else ws.send(JSON.stringify(message));
  };
  ws.on('message', (data, isBinary) => {
    said += 1;
    if (said > mostAtAll) return ws.terminate(); // the polite close is not heard
    if (isBinary || !isBeat(data) || said > mostSaid) ws.close(liveCloses.malformed);
    heardAt = performance.now();
  });

  return {
    sessionId: known.caller.sessionId,
    caller: known.caller,
    checkedAt: performance.now(),
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
      const due = [...waiting].filter(([topic]) => now - (saidAt.get(topic) ?? -gap) >= gap);
      for (const [topic] of due) {
        waiting.delete(topic);
        saidAt.set(topic, now);
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
