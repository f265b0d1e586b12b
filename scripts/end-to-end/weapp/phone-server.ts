import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface PhoneServer {
  url: string;
  close(): Promise<void>;
}

const html = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width,initial-scale=1" />
<link rel="icon" href="data:," />
<style>
  html, body { margin: 0; height: 100%; overflow: hidden; }
  page { display: block; height: 100vh; overflow-y: auto; }
  page[hidden] { display: none; }
  view, scroll-view, form, picker { display: block; }
  swiper { display: flex; height: 150px; overflow-x: auto; scroll-snap-type: x mandatory; }
  swiper-item { flex: 0 0 100%; scroll-snap-align: start; overflow: hidden; }
  image { display: inline-block; width: 320px; height: 240px; overflow: hidden; }
  image > img { display: block; width: 100%; height: 100%; }
  text { white-space: pre-line; }
  input, textarea { display: block; width: 100%; box-sizing: border-box; border: 0; padding: 0; background: none; font: inherit; }
  button { display: block; width: 100%; font: inherit; }
  output { position: fixed; left: 0; right: 0; top: 40%; text-align: center; pointer-events: none; }
</style>
<body><script src="/program.js"></script><script src="/phone.js"></script></body>
</html>`;

/** The phone's own origin on loopback: the program, the code that runs it, and the BFF's API under `/api`. */
export async function startPhoneServer(
  scripts: Record<'/program.js' | '/phone.js', string>,
  bff: string,
): Promise<PhoneServer> {
  const files = new Map<string, [type: string, content: string]>([
    ['/', ['text/html', html]],
    ...Object.entries(scripts).map(([path, content]): [string, [string, string]] => [
      path,
      ['text/javascript', content],
    ]),
  ]);
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/';
    const file = files.get(path);
    if (file) return void answer.writeHead(200, { 'content-type': `${file[0]}; charset=utf-8` }).end(file[1]);
    if (path.startsWith('/api/')) return void passOn(asked, answer, bff);
    answer.writeHead(404).end();
  });
  const sockets = new Set<Duplex>();
  server.on('upgrade', (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.add(socket);
    passSocketOn(asked, socket, head, new URL(bff));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref(); // a phone that was forgotten keeps nobody waiting
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** A browser would ask the BFF for leave (CORS), a phone does not; so the phone's own origin passes requests on. */
async function passOn(asked: IncomingMessage, answer: ServerResponse, bff: string): Promise<void> {
  const { method, headers, url } = asked;
  const onward = request(new URL(url ?? '/', bff), { method, headers: { ...headers, host: new URL(bff).host } });
  const broken = () => void answer.destroy();
  onward.on('error', broken);
  onward.on('response', (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    pipeline(reply, answer).catch(broken);
  });
  await pipeline(asked, onward).catch(broken);
}

/** The same for a WebSocket. A phone names no origin, unlike the browser that plays it. */
function passSocketOn(asked: IncomingMessage, socket: Duplex, head: Buffer, bff: URL): void {
  const { origin: _origin, ...headers } = asked.headers;
  const lines = Object.entries({ ...headers, host: bff.host }).map(([name, value]) => `${name}: ${String(value)}`);
  const onward = connect(Number(bff.port), bff.hostname);
  onward.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  onward.write(head);
  socket.pipe(onward).pipe(socket);
  for (const [one, other] of [
    [socket, onward],
    [onward, socket],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}
