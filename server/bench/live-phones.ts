import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { WebSocket } from 'ws';
import type { LiveMessage } from '@sandan/shared/live/live.words';
import { clientOf } from '../test/client';
import { liveAddress } from '../test/live-phone';

/**
 * A program of its own: open sockets as phones hold them, so that their memory is not the server's. `LIVE_URL`, `LIVE_TOKENS`
 * (JSON), `LIVE_EACH` sockets a person. Says to whoever started it when all are open, and what was heard when.
 */
export type Said =
  | { readonly open: number; readonly seconds: number }
  /** `at`: epoch milliseconds, with their fractions. */
  | { readonly id: string; readonly at: number };

const { LIVE_URL: url = '', LIVE_TOKENS: tokens = '[]', LIVE_EACH: each = '1' } = process.env;
const people = JSON.parse(tokens) as string[];
const say = (said: Said): void => void process.send?.(said);

async function openOne(token: string): Promise<void> {
  const { ticket, at } = await clientOf(url, token).ok('live.ticket', { body: { actionId: ulid() } });
  await new Promise<void>((resolve, reject) => {
    const ws = new WebSocket(liveAddress(url), { perMessageDeflate: false });
    ws.on('open', () => ws.send(JSON.stringify({ ticket, since: at })));
    ws.on('error', reject);
    ws.on('close', (code) => reject(new Error(`closed: ${code}`)));
    ws.on('message', (data) => {
      const message = JSON.parse(String(data)) as LiveMessage;
      if (message.kind === 'ready') resolve();
      if (message.kind === 'beat') ws.send('{"kind":"beat"}');
      if (message.kind !== 'changed' || message.topic !== 'tasks') return;
      for (const id of message.ids) say({ id, at: performance.timeOrigin + performance.now() });
    });
  });
}

const started = performance.now();
const waiting = people.flatMap((token) => Array.from({ length: Number(each) }, () => token));
const total = waiting.length;
const opener = async () => {
  for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) await openOne(token);
};
await Promise.all(Array.from({ length: 16 }, opener));
say({ open: total, seconds: (performance.now() - started) / 1_000 });
for (;;) await sleep(60_000);
