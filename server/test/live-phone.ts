import { once } from 'node:events';
import { ulid } from 'ulid';
import { WebSocket } from 'ws';
import { livePath, type LiveMessage, type LiveTopic } from '@sandan/shared/live/live.words';
import type { Client } from './client';
import { until } from './web-process';

/** A phone that looks on: what it has heard over its live socket. */
export interface LivePhone {
  readonly ws: WebSocket;
  readonly messages: readonly LiveMessage[];
  /** Waits until that id was told under that topic; without an id, until something unnamed was. */
  hears(topic: LiveTopic, id?: string): Promise<void>;
  ids(topic: LiveTopic): string[];
  /** Up to where it has heard everything. */
  place(): string;
  /** The code it is closed with. */
  closed(): Promise<number>;
}

/** Shorter than a test may take, so that it says itself what did not come. */
const patience = 20_000;

export const liveAddress = (url: string): string => url.replace('http', 'ws') + livePath;

/** A socket at the server, without a word yet. */
export function knock(url: string, headers: Record<string, string> = {}): { ws: WebSocket; closed: Promise<number> } {
  const ws = new WebSocket(liveAddress(url), { headers });
  ws.on('error', () => undefined);
  return { ws, closed: once(ws, 'close').then(([code]) => code as number) };
}

export const askTicket = (client: Client): Promise<{ ticket: string; at: string }> =>
  client.ok('live.ticket', { body: { actionId: ulid() } });

interface Opening {
  /** Goes on from there. */
  since?: string;
  /** Answers no beat. */
  mute?: boolean;
}

/** Opens a socket at `url` as this person, and waits until the server is ready. */
export async function openPhone(client: Client, url: string, { since, mute }: Opening = {}): Promise<LivePhone> {
  const { ticket, at } = await askTicket(client);
  const { ws, closed } = knock(url);
  const messages: LiveMessage[] = [];
  ws.on('message', (data) => {
    const message = JSON.parse(String(data)) as LiveMessage;
    messages.push(message);
    if (message.kind === 'beat' && !mute) ws.send('{"kind":"beat"}');
  });
  await once(ws, 'open');
  ws.send(JSON.stringify({ ticket, since: since ?? at }));
  await until(async () => messages.length > 0 || ws.readyState === ws.CLOSED, patience);
  const changes = (topic: LiveTopic) =>
    messages.flatMap((message) => (message.kind === 'changed' && message.topic === topic ? [message.ids] : []));
  return {
    ...{ ws, messages },
    hears: (topic, id) =>
      until(async () => changes(topic).some((ids) => (id ? ids.includes(id) : ids.length === 0)), patience),
    ids: (topic) => changes(topic).flat(),
    place: () => messages.at(-1)?.at ?? '',
    closed: () => closed,
  };
}
