import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import busboy from 'busboy';

/** What one request brought, as a strict service reads it. */
export interface HeardRequest {
  fields: Record<string, string>;
  filename: string;
  type: string;
  bytes: number;
}

/** How it answers the next request instead of as it should. */
export type SpeechFault = { status: number; body?: string } | { ms: number } | 'cut';

/** A speech service as FunASR and the like offer it: one path, a multipart form, a bearer key; anything else is refused. */
export interface SpeechService {
  readonly url: string;
  readonly key: string;
  readonly model: string;
  readonly heard: HeardRequest[];
  /** Requests, whatever came of them. */
  asked(): number;
  /** As new: nothing heard, nothing wrong with it. */
  restart(text: string): void;
  /** What it hears from now on. */
  says(text: string): void;
  /** How it answers the next requests. */
  faults(...faults: SpeechFault[]): void;
  /** How it answers all from now on; null: as it should. */
  ailing(fault: SpeechFault | null): void;
  close(): Promise<void>;
}

export async function startSpeechService(): Promise<SpeechService> {
  const [key, model] = ['key-of-the-tests', 'sensevoice'];
  const heard: HeardRequest[] = [];
  const faults: SpeechFault[] = [];
  let text = '';
  let asked = 0;
  let always: SpeechFault | null = null;

  const refuse = (response: ServerResponse, status: number, message: string): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message } }));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked += 1;
    const fault = faults.shift() ?? always;
    if (fault === 'cut') return void request.socket.destroy();
    if (fault && 'ms' in fault) await sleep(fault.ms);
    if (fault && 'status' in fault) return void response.writeHead(fault.status).end(fault.body ?? '{}');
    if (request.method !== 'POST' || request.url !== '/v1/audio/transcriptions')
      return refuse(response, 404, 'no such path');
    if (request.headers.authorization !== `Bearer ${key}`) return refuse(response, 401, 'invalid key');
    const form = await readForm(request);
    if (form === null || form.bytes === 0) return refuse(response, 400, 'file is required');
    if (form.fields['model'] !== model) return refuse(response, 400, 'Model not found');
    if (!/\.(mp3|wav|m4a|aac)$/.test(form.filename)) return refuse(response, 400, 'unknown format');
    heard.push(form);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ text }));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...{ key, model, heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` },
    asked: () => asked,
    restart: (words) => {
      heard.length = 0;
      faults.length = 0;
      [text, asked, always] = [words, 0, null];
    },
    says: (words) => (text = words),
    faults: (...more) => void faults.push(...more),
    ailing: (fault) => (always = fault),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Null where it is no form with a file. */
async function readForm(request: IncomingMessage): Promise<HeardRequest | null> {
  const form: HeardRequest = { fields: {}, filename: '', type: '', bytes: 0 };
  try {
    const parser = busboy({ headers: request.headers });
    parser.on('field', (name, value) => (form.fields[name] = value));
    parser.on('file', (name, stream, { filename, mimeType }) => {
      if (name === 'file') Object.assign(form, { filename, type: mimeType });
      stream.on('data', (chunk: Buffer) => (form.bytes += chunk.length));
    });
    request.pipe(parser);
    await once(parser, 'close');
    return form.filename === '' ? null : form;
  } catch {
    return null; // no form at all
  }
}
