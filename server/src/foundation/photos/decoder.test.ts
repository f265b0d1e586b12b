import { execFile } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { Problem, type ProblemCode } from '@sandan/shared/problems';
import { startPhotoDecoder, type PhotoDecoder } from './decoder';

let folder: string;
let decoder: PhotoDecoder;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandan-photos-'));
  decoder = startPhotoDecoder();
});
afterAll(async () => {
  await decoder.close();
  await rm(folder, { recursive: true });
});

async function fileOf(contents: Buffer | string, name = 'upload'): Promise<string> {
  const path = join(folder, `${(files += 1)}-${name}`);
  await writeFile(path, contents);
  return path;
}

/** Left half red, right half blue: what is up and what is left can be read back. */
function twoColours(width: number, height: number): Sharp {
  const half = { create: { width: width / 2, height, channels: 3 as const, background: '#0000ff' } };
  return sharp({ create: { width, height, channels: 3, background: '#ff0000' } }).composite([
    { input: half, left: width / 2, top: 0 },
  ]);
}

async function colourAt(picture: Buffer, left: number, top: number): Promise<'red' | 'blue'> {
  const [red = 0, , blue = 0] = await sharp(picture).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return red > blue ? 'red' : 'blue';
}

/** Structure and noise, about as hard to pack as what a phone takes. */
const noisyPhoto = (width: number, height: number): Sharp =>
  sharp({
    create: { width, height, channels: 3, background: '#000000', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  }).blur(1.5);

/** Soft patches of light and dark, 1200 × 900: the same picture for the same seed, on every machine. */
async function patches(seed: number): Promise<Buffer> {
  let state = seed;
  const points = Uint8Array.from({ length: 9 * 8 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  const small = await sharp(points, { raw: { width: 9, height: 8, channels: 1 } })
    .png()
    .toBuffer();
  return sharp(small).resize(1200, 900, { fit: 'fill' }).png().toBuffer();
}

async function refusalOf(contents: Buffer | string, name?: string): Promise<ProblemCode | 'taken'> {
  try {
    await decoder.decode(await fileOf(contents, name));
    return 'taken';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('a photo', () => {
  test('comes out upright, whichever way the phone was held', async () => {
    const lying = await twoColours(400, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const photo = await decoder.decode(await fileOf(lying));
    expect([photo.width, photo.height]).toEqual([200, 400]);
    expect(await colourAt(photo.full, 100, 10)).toBe('red');
    expect(await colourAt(photo.full, 100, 390)).toBe('blue');
  });

  test('loses the place where it was taken, the phone and every other note', async () => {
    const gps = {
      GPSLatitudeRef: 'N',
      GPSLatitude: '27/1 12/1 0/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '109/1 0/1 0/1',
    };
    const told = await twoColours(400, 200)
      .withIccProfile('p3')
      .withExif({ IFD0: { Make: 'SecretPhone', Artist: 'Somebody' }, IFD3: gps })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">SecretPhone</x:xmpmeta>')
      .jpeg()
      .toBuffer();
    expect((await sharp(told).metadata()).exif?.includes('SecretPhone')).toBe(true);
    expect(told.includes('SecretPhone</x:xmpmeta>')).toBe(true);

    const photo = await decoder.decode(await fileOf(told));
    for (const picture of [photo.full, photo.thumb]) {
      const { format, exif, xmp, iptc, icc, orientation } = await sharp(picture).metadata();
      expect({ format, exif, xmp, iptc, icc, orientation }).toEqual({ format: 'jpeg' });
      expect(picture.includes('SecretPhone')).toBe(false);
    }
  });

  test('is made 1600 pixels long at most, with a thumbnail of 320', async () => {
    const photo = await decoder.decode(await fileOf(await twoColours(4000, 3000).jpeg().toBuffer()));
    const { width, height } = await sharp(photo.thumb).metadata();
    expect([photo.width, photo.height, width, height]).toEqual([1600, 1200, 320, 240]);
  });

  test('that is small stays as small as it is', async () => {
    const photo = await decoder.decode(await fileOf(await twoColours(120, 80).png().toBuffer()));
    expect([photo.width, photo.height]).toEqual([120, 80]);
  });

  test('may be PNG or WebP; what was see-through becomes white', async () => {
    const clear = sharp({ create: { width: 40, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    for (const contents of [await clear.clone().png().toBuffer(), await clear.clone().webp().toBuffer()]) {
      const photo = await decoder.decode(await fileOf(contents));
      const pixel = await sharp(photo.full).extract({ left: 20, top: 20, width: 1, height: 1 }).raw().toBuffer();
      expect([...pixel]).toEqual([255, 255, 255]);
    }
  });

  test.each([1, 2, 3, 4, 5])(
    'keeps its likeness when it is sent again smaller and more packed: scene %i',
    async (seed) => {
      const likenessOf = async (contents: Buffer) => BigInt((await decoder.decode(await fileOf(contents))).likeness);
      const differentBits = (one: bigint, other: bigint) => (one ^ other).toString(2).replaceAll('0', '').length;
      const scene = await patches(seed);
      const first = await likenessOf(scene);
      const again = await likenessOf(await sharp(scene).resize(500).jpeg({ quality: 40 }).toBuffer());
      const other = await likenessOf(await sharp(scene).flop().toBuffer());
      expect(differentBits(first, again)).toBeLessThanOrEqual(4);
      expect(differentBits(first, other)).toBeGreaterThan(12);
    },
  );
});

describe('what is no photo is refused by its content, not by its name', () => {
  test('a web page, a drawing and an empty file', async () => {
    expect(await refusalOf('<!doctype html><script>alert(1)</script>', 'photo.jpg')).toBe('photo.not-a-photo');
    expect(await refusalOf('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 'a.png')).toBe(
      'photo.not-a-photo',
    );
    expect(await refusalOf('', 'photo.jpg')).toBe('photo.not-a-photo');
  });

  test('a moving picture', async () => {
    const frames = sharp({ create: { width: 10, height: 20, channels: 3, background: '#ff0000' } });
    expect(await refusalOf(await frames.gif({ delay: [100, 100] }).toBuffer(), 'photo.jpg')).toBe('photo.not-a-photo');
  });

  test('an iPhone photo as HEIC, with words that help', async () => {
    const head = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
    expect(await refusalOf(Buffer.concat([head, Buffer.alloc(4096)]), 'photo.jpg')).toBe('photo.heic');
  });

  test('a JPEG that was cut off, and one of noise', async () => {
    const whole = await noisyPhoto(800, 600).jpeg().toBuffer();
    expect(await refusalOf(whole.subarray(0, whole.length / 2))).toBe('photo.broken');
    expect(await refusalOf(Buffer.concat([whole.subarray(0, 20), Buffer.alloc(5000, 0x55)]))).toBe('photo.broken');
  });

  test('a small PNG that unpacks to more than 50 million pixels', async () => {
    const bomb = pngHeader(20_000, 20_000);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusalOf(bomb)).toBe('photo.too-many-pixels');
  });

  test('an interlaced PNG and a progressive JPEG that would stand in memory as a whole', async () => {
    const flat = (width: number) => sharp({ create: { width, height: 6000, channels: 3, background: '#336699' } });
    expect(await refusalOf(await flat(6000).png({ progressive: true }).toBuffer())).toBe('photo.too-many-pixels');
    expect(await refusalOf(await flat(6000).jpeg({ progressive: true }).toBuffer())).toBe('photo.too-many-pixels');
    expect(await refusalOf(await flat(6000).jpeg({ progressive: false }).toBuffer())).toBe('taken');
    expect(await refusalOf(await flat(2500).jpeg({ progressive: true }).toBuffer())).toBe('taken');
  });

  test('a PNG that says it is small but is not whole', async () => {
    expect(await refusalOf(pngHeader(2_000, 2_000))).toBe('photo.broken');
  });
});

/** A PNG of one grey row, whose header claims any size. */
function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const row = deflateSync(Buffer.alloc(width + 1));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', row), pngChunk('IEND', Buffer.alloc(0))]);
}

function pngChunk(type: string, contents: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), contents]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(contents.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

describe('the child process', () => {
  const linuxTest = process.platform === 'linux' ? test : test.skip;

  linuxTest('stays under 400 MB with ten photos of 12 megapixels, and knows no secret', async () => {
    const own = startPhotoDecoder();
    const path = await fileOf(await noisyPhoto(4000, 3000).jpeg({ quality: 90 }).toBuffer());
    await Promise.all(Array.from({ length: 10 }, () => own.decode(path)));
    const peakKb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${own.pid()}/status`, 'utf8'))?.[1]);
    const environment = readFileSync(`/proc/${own.pid()}/environ`, 'utf8')
      .split('\0')
      .map((line) => line.split('=')[0]);
    await own.close();
    expect(peakKb).toBeGreaterThan(0);
    expect(peakKb / 1024).toBeLessThan(400);
    expect(environment).toContain('MALLOC_ARENA_MAX');
    expect(environment).not.toContain('NODE_OPTIONS');
  });

  test('that is killed loses nothing: its photos are tried once more in a new one', async () => {
    const incidents: string[] = [];
    const own = startPhotoDecoder({ onIncident: (incident) => incidents.push(incident) });
    const path = await fileOf(await noisyPhoto(3000, 2000).jpeg().toBuffer());
    await own.decode(path);
    const first = own.pid();
    const decoding = Promise.all([own.decode(path), own.decode(path), own.decode(path)]);
    process.kill(Number(first), 'SIGKILL');
    expect((await decoding).map(({ width }) => width)).toEqual([1600, 1600, 1600]);
    expect(own.pid()).not.toBe(first);
    expect(incidents).toEqual([expect.stringContaining('SIGKILL'), expect.stringContaining('SIGKILL')]);
    await own.close();
  });

  test('that dies of one file twice refuses that file, and the next one works', async () => {
    const incidents = new EventEmitter();
    const own = startPhotoDecoder({ onIncident: (incident) => incidents.emit('incident', incident) });
    const endless = await pipeFile();
    const poisoned = own.checkVoice(endless);
    for (const _ of ['first', 'second']) {
      const reader = await open(endless, 'w');
      const incident = once(incidents, 'incident');
      process.kill(Number(own.pid()), 'SIGKILL');
      expect(await incident).toEqual([expect.stringContaining('SIGKILL')]);
      await reader.close();
    }
    await expect(poisoned).rejects.toMatchObject({ code: 'voice.broken', status: 422 });
    const path = await fileOf(await twoColours(100, 100).jpeg().toBuffer());
    await expect(own.decode(path)).resolves.toMatchObject({ width: 100 });
    await own.close();
  });

  test('that takes too long is ended, and the file refused', async () => {
    const own = startPhotoDecoder({ timeLimitMs: 500 });
    await expect(own.checkVoice(await pipeFile())).rejects.toMatchObject({ code: 'voice.broken' });
    expect(own.pid()).toBeUndefined();
    await own.close();
  });

  test('is replaced after its share of photos', async () => {
    const own = startPhotoDecoder({ jobsPerChild: 2 });
    const path = await fileOf(await twoColours(100, 100).jpeg().toBuffer());
    const pids = new Set<number | undefined>();
    for (let count = 0; count < 6; count += 1) {
      await own.decode(path);
      pids.add(own.pid());
    }
    expect(pids.size).toBe(3);
    await own.close();
  });

  test('lets a few wait and refuses the rest in words that say: later', async () => {
    const own = startPhotoDecoder({ longestQueue: 1 });
    const path = await fileOf(await twoColours(100, 100).jpeg().toBuffer());
    const answers = await Promise.allSettled([own.decode(path), own.decode(path), own.decode(path), own.decode(path)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(answers[3]).toMatchObject({ reason: { code: 'photo.busy', status: 503, retryAfter: 5 } });
    await own.close();
    await expect(own.decode(path)).rejects.toMatchObject({ code: 'photo.busy' });
  });
});

/** A pipe with a name: whoever reads it waits for ever, and opening it to write waits until somebody reads. */
async function pipeFile(): Promise<string> {
  const path = join(folder, `${(files += 1)}-pipe`);
  await promisify(execFile)('mkfifo', [path]);
  return path;
}
