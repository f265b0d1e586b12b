import { once } from 'node:events';
import { STATUS_CODES, ServerResponse, createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type Koa from 'koa';
import { Problem, type ProblemCode } from '@sandan/shared/problems';
import { errorCodeOf } from '../database/conflicts';
import type { Live } from '../live/live';
import type { Log } from '../log';
import { newRequestId } from './observe';
import { problemBody, problemType } from './problem-replies';

const seconds = 1_000;

/** In milliseconds, as Node's server takes them. */
const usualLimits = {
  /** A photo of 10 MB over a bad village line still arrives; nobody holds a connection for longer. */
  requestTimeout: 120 * seconds,
  headersTimeout: 15 * seconds,
  /** Longer than that of the usual proxies, which would otherwise reuse a connection that we are just closing. */
  keepAliveTimeout: 75 * seconds,
  connectionsCheckingInterval: 5 * seconds,
};
const maxHeaderSize = 16 * 1024;
/** How long a connection that was refused may go on talking. */
const lastWords = 1 * seconds;

interface Listening {
  host: string;
  port: number;
  log: Log;
  /** Takes the sockets at /api/live; without it nothing is upgraded. */
  live?: Live;
  limits?: typeof usualLimits;
}

export interface WebServer {
  /** `http://127.0.0.1:3000` */
  url: string;
  /** Takes no new connections, takes leave of live sockets, lets open requests end for so long (ms), then cuts them. */
  close(patience?: number): Promise<void>;
}

/** The HTTP server around the application; everything that never becomes a request is answered here, as a problem too. */
export async function startWebServer(
  app: Koa,
  { host, port, log, live, limits = usualLimits }: Listening,
): Promise<WebServer> {
  const handle = app.callback() as (request: IncomingMessage, response: ServerResponse) => void;
  // Node's own answer to a missing Host has no body; the application refuses it in the common form.
  const server = createServer({ ...limits, maxHeaderSize, requireHostHeader: false });
  const connections = watchConnections(server);
  // An expectation that we do not know may be ignored (RFC 9110 §10.1.1); Node would answer 417 without a body.
  for (const event of ['request', 'checkExpectation']) server.on(event, handle);
  if (live) upgradeFor(live, { server, handle, log });
  server.on('connect', (_request, socket: Duplex) => refuse(socket, 'request.method-not-allowed', log));
  server.on('clientError', (error: Error, socket: Duplex) => refuse(socket, codeOf(error), log));

  server.listen(port, host);
  await once(server, 'listening');
  const close = (patience = 10 * seconds) => closeGently({ server, live }, connections, patience);
  return { url: addressOf(server), close };
}

interface Upgrading {
  server: Server;
  handle: (request: IncomingMessage, response: ServerResponse) => void;
  log: Log;
}

/** Once somebody listens, Node hands over every wish to upgrade; those that are not for the live desk may be ignored (RFC 9110 §7.8). */
function upgradeFor(live: Live, { server, handle, log }: Upgrading): void {
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (live.wants(request)) return live.take(request, socket, head, (code) => refuse(socket, code, log));
    // Node reads no further here: what has a body cannot be answered as if nothing had been wished.
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(socket, 'request.malformed', log);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => socket.end());
    socket.on('error', () => socket.destroy());
    handle(request, response);
  });
}

function codeOf(error: Error): ProblemCode {
  const code = errorCodeOf(error);
  if (code === 'HPE_HEADER_OVERFLOW') return 'request.headers-too-large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request.too-slow';
  return 'request.malformed';
}

interface HttpSocket extends Duplex {
  /** Node's own mark of the reply that is on its way. */
  _httpMessage?: ServerResponse | null;
}

/** Where there is no request there is no response object: the reply is written by hand, and the connection ends. */
function refuse(socket: HttpSocket, code: ProblemCode, log: Log): void {
  // Each further piece of what was refused ends up here as well.
  if (socket.writableEnded) return;
  const requestId = newRequestId();
  log.info({ requestId, problem: code }, 'not a request');
  if (!socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const problem = new Problem(code);
  const body = problemBody(problem, requestId);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.on('error', () => undefined); // whoever speaks like this may also hang up like this
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Destroyed at once, with bytes unread, the connection would take our answer with it.
  const cut = setTimeout(() => socket.destroy(), lastWords);
  socket.resume().once('close', () => clearTimeout(cut));
}

function addressOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Connections that nobody is being answered on. Node's own list of idle ones leaves out those that never spoke. */
function watchConnections(server: Server): { closeIdle: () => void } {
  const open = new Set<Socket>();
  const busy = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  for (const event of ['request', 'checkExpectation']) {
    server.on(event, ({ socket }: IncomingMessage, response: ServerResponse) => {
      busy.add(socket);
      response.once('close', () => busy.delete(socket));
    });
  }
  return {
    closeIdle: () => {
      for (const socket of open) if (!busy.has(socket)) socket.destroy();
    },
  };
}

async function closeGently(
  { server, live }: { server: Server; live: Live | undefined },
  connections: { closeIdle: () => void },
  patience: number,
): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await live?.close();
  // A connection that is busy now becomes idle later and would stay open.
  const sweep = setInterval(connections.closeIdle, 20);
  const cut = setTimeout(() => server.closeAllConnections(), patience);
  try {
    await closed;
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}
