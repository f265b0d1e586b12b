import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '@sandan/shared/problems';
import { receiveUpload, type ReceivedUpload } from './receive';

const maxBytes = 100_000;
const picture = Buffer.from(Array.from({ length: 60_000 }, (_, at) => at % 251));

let folder: string;
let server: Server;
let origin: string;
let outcomes: Promise<ReceivedUpload>[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandan-uploads-'));
  server = createServer((request, response) => {
    const receiving = receiveUpload(request, { types: 'photo', maxBytes, folder: join(folder, 'uploads') });
    outcomes.push(receiving);
    receiving.then(
      ({ bytes }) => response.end(String(bytes)),
      (error: Error) => response.writeHead(error instanceof Problem ? error.status : 500).end(error.message),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  outcomes = [];
  await rm(join(folder, 'uploads'), { recursive: true, force: true });
});

const left = (): Promise<string[]> => readdir(join(folder, 'uploads')).catch(() => []);

async function send(
  method: 'PUT' | 'POST',
  body: Buffer | FormData,
  headers = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(origin, { method, body, headers });
  return { status: response.status, text: await response.text() };
}

function formOf(...files: [field: string, contents: Buffer][]): FormData {
  const form = new FormData();
  form.append('name', 'a field beside the file');
  for (const [field, contents] of files) form.append(field, new Blob([new Uint8Array(contents)]), 'tmp_3fa.jpg');
  return form;
}

async function expectKept(contents: Buffer): Promise<void> {
  const received = await outcomes[0];
  if (received === undefined) throw new Error('nothing was received');
  expect(await readFile(received.path)).toEqual(contents);
  expect(received.sha256).toEqual(createHash('sha256').update(contents).digest());
  expect(await left()).toHaveLength(1);
}

/** Writes this text to the server as it stands, then hangs up or waits. */
async function speakRaw(text: string, { hangUp }: { hangUp: boolean }): Promise<void> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  const arrived = once(server, 'request');
  socket.write(text);
  await arrived;
  if (hangUp) socket.destroy();
}

describe('an upload arrives', () => {
  test('as the raw body of a PUT', async () => {
    expect(await send('PUT', picture, { 'content-type': 'image/jpeg' })).toEqual({ status: 200, text: '60000' });
    await expectKept(picture);
  });

  test('as the field "file" of a form, as wx.uploadFile sends it', async () => {
    expect(await send('POST', formOf(['file', picture]))).toEqual({ status: 200, text: '60000' });
    await expectKept(picture);
  });

  test('in pieces without a length', async () => {
    const upload = httpRequest(origin, { method: 'PUT' });
    const answered = once(upload, 'response');
    for (let at = 0; at < picture.length; at += 7_000) upload.write(picture.subarray(at, at + 7_000));
    upload.end();
    await answered;
    await expectKept(picture);
  });

  test('when it is just as large as allowed, and not when it is a byte larger', async () => {
    expect(await send('PUT', Buffer.alloc(maxBytes))).toMatchObject({ status: 200 });
    expect(await send('POST', formOf(['file', Buffer.alloc(maxBytes)]))).toMatchObject({ status: 200 });
    expect(await send('PUT', Buffer.alloc(maxBytes + 1))).toMatchObject({ status: 413 });
    expect(await send('POST', formOf(['file', Buffer.alloc(maxBytes + 1)]))).toMatchObject({ status: 413 });
    expect(await left()).toHaveLength(2);
  });
});

describe('an upload is refused and leaves nothing behind', () => {
  afterEach(async () => expect(await left()).toEqual([]));

  test('when its length is too large, before it is sent', async () => {
    await speakRaw('PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n', { hangUp: false });
    await expect(outcomes[0]).rejects.toMatchObject({ code: 'photo.too-large', status: 413 });
  });

  test('when it turns out too large on the way, long before its end', async () => {
    const upload = httpRequest(origin, { method: 'PUT' });
    upload.on('error', () => undefined);
    const answered = once(upload, 'response');
    upload.write(Buffer.alloc(maxBytes + 1));
    const [response] = (await answered) as [{ statusCode: number }];
    expect(response.statusCode).toBe(413);
    upload.destroy();
  });

  test('and the connection is cut when the rest is endless', async () => {
    const upload = httpRequest(origin, { method: 'PUT' });
    const cut = new Promise((resolve) => upload.on('close', resolve));
    upload.on('error', () => undefined);
    const endless = setInterval(() => upload.write(Buffer.alloc(50_000)), 1);
    await cut;
    clearInterval(endless);
    await expect(outcomes[0]).rejects.toMatchObject({ code: 'photo.too-large' });
  });

  test('when the form has the file under another name, several files, or none', async () => {
    const small = picture.subarray(0, 1000);
    for (const form of [formOf(['photo', small]), formOf(['file', small], ['file', small]), formOf()]) {
      expect(await send('POST', form)).toMatchObject({
        status: 400,
        text: expect.stringContaining('upload.wrong-form'),
      });
      expect(await left()).toEqual([]);
    }
  });

  test('when the form is broken', async () => {
    const type = 'multipart/form-data; boundary=X';
    const head = '--X\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';
    for (const [contentType, text] of [
      ['multipart/form-data', 'no boundary'],
      ['multipart/mixed; boundary=X', '--X--\r\n'],
      [type, 'no form at all'],
      [type, '--X\r\nContent-Disp'],
      [type, `${head}it never ends`],
    ] as const) {
      const answer = await send('POST', Buffer.from(text), { 'content-type': contentType });
      expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('upload.wrong-form') });
      expect(await left()).toEqual([]);
    }
  });

  test('when it is packed', async () => {
    expect(await send('PUT', picture, { 'content-encoding': 'gzip' })).toMatchObject({ status: 400 });
  });

  test('when the phone loses the network half-way, raw or in a form', async () => {
    await speakRaw('PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nhalf', { hangUp: true });
    await expect(outcomes[0]).rejects.toMatchObject({ code: 'upload.interrupted' });
    const head = '--X\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nhalf';
    const type = 'Content-Type: multipart/form-data; boundary=X';
    await speakRaw(`POST / HTTP/1.1\r\nHost: x\r\n${type}\r\nContent-Length: 9000\r\n\r\n${head}`, { hangUp: true });
    await expect(outcomes[1]).rejects.toMatchObject({ code: 'upload.interrupted' });
  });
});

test('the words of a refusal fit what was sent', async () => {
  const own = createServer((request, response) => {
    receiveUpload(request, { types: 'voice', maxBytes: 10, folder }).catch((error: Problem) =>
      response.end(error.code),
    );
  }).listen(0, '127.0.0.1');
  await once(own, 'listening');
  const address = `http://127.0.0.1:${(own.address() as AddressInfo).port}`;
  const response = await fetch(address, { method: 'PUT', body: Buffer.alloc(11) });
  expect(await response.text()).toBe('voice.too-large');
  own.closeAllConnections();
  await new Promise((resolve) => own.close(resolve));
});
