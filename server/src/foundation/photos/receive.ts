import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@sandan/shared/problems';
import busboy from 'busboy';

export interface UploadOptions {
  /** Chooses the words of the refusal; what the bytes really are is found out by decoding them. */
  readonly types: 'photo' | 'voice' | 'sheet' | 'roster';
  readonly maxBytes: number;
  /** Folder for temporary files, made when it is missing. */
  readonly folder: string;
}

export interface ReceivedUpload {
  /** A temporary file; whoever called removes it. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the bytes. */
  readonly sha256: Buffer;
}

type Save = (source: Readable) => Promise<ReceivedUpload>;

/** Boundary lines, part headers and the few small fields that may stand beside the file in a form. */
const formOverhead = 16 * 1024;
/** How long a client may go on sending what was refused. */
const restMs = 5_000;

/**
 * Streams one upload to a temporary file: a raw body (PUT) or a multipart form with the file in the field `file`, as
 * `wx.uploadFile` sends it (decisions.md §4.2). Leaves no file behind when it throws.
 *
 * Throws `photo.too-large` (voice, sheet, roster alike), as soon as that is known; `upload.wrong-form` for a form that is broken
 * or has not exactly one file; `upload.interrupted` when the client went away.
 */
export async function receiveUpload(request: IncomingMessage, options: UploadOptions): Promise<ReceivedUpload> {
  const isForm = /^multipart\//i.test(request.headers['content-type'] ?? '');
  const path = join(options.folder, `${randomUUID()}.upload`);
  const save: Save = (source) => writeCounted(source, path, options);
  try {
    refuseByHeaders(request, options.maxBytes + (isForm ? formOverhead : 0), tooLarge(options));
    await mkdir(options.folder, { recursive: true });
    return await (isForm ? receiveForm(request, save) : receiveRaw(request, save));
  } catch (error) {
    await rm(path, { force: true });
    discardRest(request);
    throw error;
  }
}

const tooLarge = ({ types }: UploadOptions): Problem => new Problem(`${types}.too-large`);

function refuseByHeaders(request: IncomingMessage, maxBytes: number, problem: Problem): void {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new Problem('upload.wrong-form');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw problem;
}

async function receiveRaw(request: IncomingMessage, save: Save): Promise<ReceivedUpload> {
  const body = new PassThrough();
  const saving = save(body);
  pour(request, body);
  return saving;
}

async function receiveForm(request: IncomingMessage, save: Save): Promise<ReceivedUpload> {
  const form = openForm(request);
  const saved: Promise<ReceivedUpload>[] = [];
  const closed = new Promise<void>((resolve, reject) => {
    const refuse = () => form.destroy(new Problem('upload.wrong-form'));
    form.on('file', (field, file) => {
      // An error of the file is an error of the form or of `saving` too; unheard here it would end the process.
      file.on('error', () => undefined);
      if (field !== 'file') return refuse();
      const saving = save(file);
      saving.catch((error: Error) => form.destroy(error));
      saved.push(saving);
    });
    form.on('filesLimit', refuse);
    form.on('error', reject);
    form.on('close', resolve);
  });
  pour(request, form);
  try {
    await closed;
  } catch (error) {
    // The temporary file may only be removed when nobody writes to it any more.
    await Promise.allSettled(saved);
    throw error instanceof Problem ? error : new Problem('upload.wrong-form', { cause: error });
  }
  const [only] = saved;
  if (only === undefined) throw new Problem('upload.wrong-form');
  return only;
}

function openForm(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      limits: { files: 1, fields: 10, fieldSize: 1024, parts: 12, headerPairs: 40 },
    });
  } catch (error) {
    throw new Problem('upload.wrong-form', { cause: error });
  }
}

/** `pipe` alone leaves its target waiting for ever when the client goes away. */
function pour(request: IncomingMessage, target: PassThrough | busboy.Busboy): void {
  const stop = () => {
    if (!request.complete) target.destroy(new Problem('upload.interrupted'));
  };
  // 'close' follows every error and says the same.
  request.on('error', () => undefined);
  if (request.destroyed) return stop();
  request.once('close', stop);
  request.pipe(target);
}

async function writeCounted(source: Readable, path: string, options: UploadOptions): Promise<ReceivedUpload> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > options.maxBytes) throw tooLarge(options);
      hash.update(chunk);
      yield chunk;
    }
  }
  await pipeline(source, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  return { path, bytes, sha256: hash.digest() };
}

/** Most clients read the refusal only after they have sent everything: the rest is thrown away, but not for ever. */
function discardRest(request: IncomingMessage): void {
  request.unpipe();
  if (request.destroyed) return;
  request.resume();
  const cut = setTimeout(() => request.destroy(), restMs).unref();
  request.once('close', () => clearTimeout(cut));
}
