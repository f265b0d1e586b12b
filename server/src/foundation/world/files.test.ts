import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, pipeline } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createFiles, type Files } from './files';

const hello = Buffer.from('你好');

/** The part of S3 that is used here: objects in a map, addressed by path, listed two to a page. Checks that requests are signed. */
function startS3(objects: Map<string, { contents: Buffer; type: string | undefined }>): Server {
  return createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://s3.test');
    const key = decodeURIComponent(url.pathname.replace(/^\/town\/?/, ''));
    const contents = await buffer(request);
    const isSigned = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=reader/');
    if (!isSigned) return void response.writeHead(403).end();
    if (request.method === 'GET' && key === '') return void response.end(listing(url.searchParams));
    if (request.method === 'PUT') objects.set(key, { contents, type: request.headers['content-type'] });
    if (request.method === 'DELETE') objects.delete(key);
    if (request.method === 'PUT' || request.method === 'DELETE') return void response.end();
    const found = objects.get(key);
    response.writeHead(found ? 200 : 404, { 'content-type': found?.type ?? 'application/xml' });
    response.end(request.method === 'HEAD' ? undefined : (found?.contents ?? '<Error><Code>NoSuchKey</Code></Error>'));
  }

  function listing(query: URLSearchParams): string {
    const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).sort();
    const from = Number(query.get('continuation-token') ?? 0);
    const isLast = from + 2 >= keys.length;
    const page = keys.slice(from, from + 2).map((key) => `<Contents><Key>${key}</Key></Contents>`);
    const next = isLast ? '' : `<NextContinuationToken>${from + 2}</NextContinuationToken>`;
    return `<ListBucketResult><IsTruncated>${!isLast}</IsTruncated>${next}${page.join('')}</ListBucketResult>`;
  }
}

async function keysOf(files: Files, folder: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of files.list(folder)) keys.push(key);
  return keys.sort();
}

/** Two write the same file, others read it: never half of it. */
async function expectWhole(files: Files): Promise<void> {
  const large = Buffer.alloc(3_000_000, 7);
  await files.put('codes/whole.jpg', large, 'image/jpeg');
  const writes = [1, 2, 3].map(() => files.put('codes/whole.jpg', large, 'image/jpeg'));
  const reads = Array.from({ length: 20 }, async () => (await files.read('codes/whole.jpg')).length);
  expect(new Set(await Promise.all(reads))).toEqual(new Set([large.length]));
  await Promise.all(writes);
  await files.remove('codes/whole.jpg');
}

/** What both kinds of storage must do alike. */
async function expectStorage(files: Files): Promise<void> {
  for (const name of ['a', 'b', 'c', 'd/e']) await files.put(`photos/2026-11-22/${name}.jpg`, hello, 'image/jpeg');
  await files.put('photos/2026-11-221/x.jpg', hello, 'image/jpeg');
  await files.put('photos/2026-11-22/empty.jpg', Buffer.alloc(0), 'image/jpeg');

  expect(await files.read('photos/2026-11-22/a.jpg')).toEqual(hello);
  await expectWhole(files);
  expect(await buffer(await files.stream('photos/2026-11-22/d/e.jpg'))).toEqual(hello);
  const throughPipe = new PassThrough();
  pipeline(await files.stream('photos/2026-11-22/b.jpg'), throughPipe, () => undefined);
  expect(await buffer(throughPipe)).toEqual(hello);
  expect(await buffer(await files.stream('photos/2026-11-22/empty.jpg'))).toEqual(Buffer.alloc(0));

  expect(await keysOf(files, 'photos/2026-11-22')).toEqual(
    ['a', 'b', 'c', 'd/e', 'empty'].map((name) => `photos/2026-11-22/${name}.jpg`),
  );
  expect(await keysOf(files, 'photos/1999-01-01')).toEqual([]);

  expect(await files.exists('photos/2026-11-22/a.jpg')).toBe(true);
  await files.remove('photos/2026-11-22/a.jpg');
  await files.remove('photos/2026-11-22/a.jpg');
  expect(await files.exists('photos/2026-11-22/a.jpg')).toBe(false);
  await expect(files.stream('photos/2026-11-22/a.jpg')).rejects.toThrow();
  await expect(files.read('photos/2026-11-22/a.jpg')).rejects.toThrow();
}

test('files are kept in a folder, and no key leads out of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandan-files-'));
  const files = await createFiles({ kind: 'local', folder: join(folder, 'photos') });
  expect(await readdir(folder)).toEqual([]);
  await expectStorage(files);
  await expect(files.put('../outside.jpg', hello, 'image/jpeg')).rejects.toThrow('Path traversal');
  expect(await readdir(folder)).toEqual(['photos']);
  await rm(folder, { recursive: true });
});

test('files are kept in a service that speaks S3', async () => {
  const objects = new Map<string, { contents: Buffer; type: string | undefined }>();
  const server = startS3(objects);
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { accessKeyId: 'reader', secretAccessKey: 'not a real one' };
  const files = await createFiles({
    kind: 's3',
    bucket: 'town',
    region: 'cn-test',
    endpoint,
    pathStyle: true,
    ...keys,
  });
  await expectStorage(files);
  expect(objects.get('photos/2026-11-22/b.jpg')).toEqual({ contents: hello, type: 'image/jpeg' });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
