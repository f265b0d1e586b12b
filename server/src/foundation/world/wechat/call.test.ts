import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Agent } from 'undici';
import { z } from 'zod';
import { failureOf } from '../../../../test/wechat-failure';
import { makeBreakers } from './breaker';
import { callWechat, type WechatLine } from './call';

/** Whether a message that got no answer may have arrived: only what certainly has not is sent again (at most once). */
const servers: Server[] = [];
const sockets: Socket[] = [];
const agents: Agent[] = [];
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
  sockets.splice(0).forEach((socket) => void socket.destroy());
  for (const server of servers.splice(0)) await new Promise((closed) => server.close(closed));
});

/** Somebody who listens, and does so with whoever connects; returns his port. */
async function listening(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    onSocket(socket);
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const silent = { warn: () => undefined, error: () => undefined };
function lineTo(origin: string, connections = 4): WechatLine {
  const dispatcher = new Agent({ connections, connect: { timeout: 300 } });
  agents.push(dispatcher);
  const breakers = makeBreakers({ now: () => Date.now() });
  return { origin, dispatcher, breakers, timeoutMs: 300, backoffMs: 1, log: silent, observe: () => undefined };
}
const request = {
  call: 'sendSubscribeMessage',
  path: '/send',
  body: { touser: 'o-wang' },
  reply: z.object({}),
  once: true,
};
const sent = (line: WechatLine) => failureOf(callWechat(line, request));

test.each<[string, (port: number) => string, (socket: Socket) => void]>([
  ['nobody listens', () => 'http://127.0.0.1:1', () => undefined],
  ['reset before TLS was agreed upon', (port) => `https://127.0.0.1:${port}`, (socket) => socket.resetAndDestroy()],
  ['hung up before TLS was agreed upon', (port) => `https://127.0.0.1:${port}`, (socket) => socket.end()],
  ['TLS is never agreed upon', (port) => `https://127.0.0.1:${port}`, () => undefined],
])('%s: it has not arrived', async (_, originOf, onSocket) => {
  const line = lineTo(originOf(await listening(onSocket)));
  expect(await sent(line)).toMatchObject({ kind: 'network', mayBeDone: false });
});

test.each<[string, (socket: Socket) => void]>([
  ['reset after it was read', (socket) => socket.once('data', () => socket.resetAndDestroy())],
  ['hung up after it was read', (socket) => socket.once('data', () => socket.end())],
  ['read and not answered', (socket) => socket.resume()],
])('%s: it may have arrived, and is not sent again', async (_, onSocket) => {
  const line = lineTo(`http://127.0.0.1:${await listening(onSocket)}`);
  expect(await sent(line)).toMatchObject({ kind: 'network', mayBeDone: true, tries: 1 });
});

test('what waits behind another one until its time is over has not arrived', async () => {
  const line = lineTo(`http://127.0.0.1:${await listening((socket) => socket.resume())}`, 1);
  const [first, second] = await Promise.all([sent(line), sent(line)]);
  expect([first.mayBeDone, second.mayBeDone]).toEqual([true, false]);
});
