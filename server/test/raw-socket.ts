import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What came back over the wire, of the first reply. */
export interface RawReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export const openSocket = async (url: string): Promise<Socket> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // The server may hang up while we still write; what it said before counts.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

/** Says these bytes to the server as they stand, and listens until the first reply is complete or nobody is there. */
export async function say(url: string, ...parts: (string | Buffer)[]): Promise<RawReply> {
  const socket = await openSocket(url);
  for (const part of parts) socket.write(part);
  return listen(socket);
}

export async function listen(socket: Socket, patience = 10_000): Promise<RawReply> {
  let heard = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
  const closed = once(socket, 'close').catch(() => undefined);
  const late = new AbortController();
  try {
    for (;;) {
      const reply = replyIn(heard);
      if (reply) return reply;
      const ended = await Promise.race([closed.then(() => true), wait(5, false, { signal: late.signal })]);
      if (ended) return replyIn(heard) ?? { status: 0, headers: {}, body: heard };
      if ((patience -= 5) < 0) throw new Error(`no reply, only: ${heard}`);
    }
  } finally {
    late.abort();
    socket.destroy();
  }
}

function replyIn(heard: string): RawReply | undefined {
  const [head = '', ...rest] = heard.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1];
  if (rest.length === 0 || status === undefined) return undefined;
  if (status === '100') return replyIn(rest.join('\r\n\r\n'));
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = rest.join('\r\n\r\n');
  return Buffer.byteLength(body) >= Number(headers['content-length'] ?? 0)
    ? { status: Number(status), headers, body }
    : undefined;
}
