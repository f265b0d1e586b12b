import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { liveCloses } from '@sandan/shared/live/live.words';

const Hello = z.strictObject({ ticket: z.string().regex(/^[\w-]{43}$/), since: z.iso.datetime() });
export type Hello = z.infer<typeof Hello>;

/** Pings of the protocol, each of which `ws` answers. */
const mostPings = 10;

/**
 * Waits for the one message that a socket may say before it is let in, for so long (ms). Whoever says nothing, something
 * else, or more while his ticket is looked at, is closed, and `onHello` never called. `letIn`: from now on he may speak.
 */
export function firstWord(ws: WebSocket, patience: number, onHello: (hello: Hello, letIn: () => void) => void): void {
  const end = () => ws.close(liveCloses.malformed);
  const late = setTimeout(end, patience);
  let pings = 0;
  const onPing = () => {
    pings += 1;
    if (pings > mostPings) ws.terminate();
  };
  ws.on('ping', onPing);
  ws.once('close', () => clearTimeout(late));
  ws.once('message', (data, isBinary) => {
    clearTimeout(late);
    const hello = isBinary ? undefined : helloIn(data);
    if (!hello) return end();
    ws.once('message', end);
    onHello(hello, () => ws.off('message', end).off('ping', onPing));
  });
}

function helloIn(data: RawData): Hello | undefined {
  try {
    return Hello.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}
