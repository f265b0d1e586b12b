import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { Problem, type ProblemCode } from '@sandan/shared/problems';
import { startPhotoDecoder } from './decoder';
import { checkVoice } from './voice';

let folder: string;

beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'sandan-voices-'))));
afterAll(async () => rm(folder, { recursive: true }));

async function fileOf(contents: Buffer | string, name = 'note.mp3'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, contents);
  return path;
}

const check = async (contents: Buffer | string) => checkVoice(await fileOf(contents));

/** Anything but a problem of the catalogue is an error of ours and fails the test. */
async function refusalOf(contents: Buffer | string): Promise<ProblemCode | 'taken'> {
  try {
    await check(contents);
    return 'taken';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

const repeat = (frame: Buffer, times: number): Buffer => Buffer.concat(Array.from({ length: times }, () => frame));
const framesIn = (seconds: number, rate: number, samples: number): number => Math.floor((seconds * rate) / samples);

/** MPEG 1 layer III, 32 kbit/s, 44,100 samples a second, mono: 104 bytes. */
const mp3Frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x10, 0xc0]), Buffer.alloc(100)]);
const mp3 = (seconds: number): Buffer => repeat(mp3Frame, framesIn(seconds, 44_100, 1152));

/** ADTS, AAC LC, 16,000 samples a second, mono. */
function adtsFrame(bytes: number): Buffer {
  const header = Buffer.from([0xff, 0xf1, 0x60, 0x40, 0, 0x1f, 0xfc]);
  header.writeUInt8(0x40 | (bytes >> 11), 3);
  header.writeUInt8((bytes >> 3) & 0xff, 4);
  header.writeUInt8(((bytes & 7) << 5) | 0x1f, 5);
  return Buffer.concat([header, Buffer.alloc(bytes - 7, 0x21)]);
}
const adts = (seconds: number, bytes = 90): Buffer => repeat(adtsFrame(bytes), framesIn(seconds, 16_000, 1024));

function box(type: string, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}
const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => bytes.writeUInt32BE(value, at * 4));
  return bytes;
};

interface M4a {
  seconds: number;
  /** What the header claims. */
  claimed?: number;
  codec?: string;
  note?: Buffer;
  tracks?: number;
}

/** What an iPhone's recorder writes: AAC, 44,100 samples a second, the sound first and the tables behind it. */
function m4a({ seconds, claimed = seconds, codec = 'mp4a', note = Buffer.alloc(0), tracks = 1 }: M4a): Buffer {
  const rate = 44_100;
  const frames = framesIn(seconds, rate, 1024);
  const sizes = Array.from({ length: frames }, () => 30);
  const sound = Buffer.concat([
    words(0, 0),
    Buffer.alloc(8),
    Buffer.from([0, 1, 0, 16]),
    Buffer.alloc(4),
    words(rate * 65_536),
  ]);
  const entry = box(codec, Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), sound.subarray(8));
  const tables = box(
    'stbl',
    box('stsd', words(0, 1), entry),
    box('stts', words(0, 1, frames, 1024)),
    box('stsz', words(0, 0, frames, ...sizes)),
  );
  const media = box(
    'mdia',
    box('mdhd', words(0, 0, 0, rate, Math.round(claimed * rate), 0)),
    box('hdlr', words(0, 0), Buffer.from('soun', 'latin1'), Buffer.alloc(13)),
    box('minf', tables),
  );
  const track = (_: unknown, at: number) =>
    box('trak', box('tkhd', words(7, 0, 0, at + 1, 0, claimed * 1000), Buffer.alloc(60)), media);
  const movie = box('mvhd', words(0, 0, 0, 1000, claimed * 1000), Buffer.alloc(80));
  return Buffer.concat([
    box('ftyp', Buffer.from('M4A \0\0\0\0M4A mp42isom\0\0\0\0', 'latin1')),
    box('mdat', Buffer.alloc(frames * 30, 0x21)),
    box('moov', movie, ...Array.from({ length: tracks }, track), note),
  ]);
}

interface Wav {
  seconds: number;
  /** 1: PCM; 3: numbers with a point. */
  kind?: number;
  bits?: number;
  note?: Buffer;
  /** What the header claims of the samples. */
  claimed?: number;
}

function chunk(id: string, contents: Buffer, size = contents.length): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 0, 'latin1');
  header.writeUInt32LE(size, 4);
  return Buffer.concat([header, contents, Buffer.alloc(contents.length % 2)]);
}

/** What a browser makes of its recording: PCM, 16 bits, 16,000 samples a second, mono. */
function wav({ seconds, kind = 1, bits = 16, note = Buffer.alloc(0), claimed }: Wav): Buffer {
  const format = Buffer.alloc(16);
  [kind, 1].forEach((value, at) => format.writeUInt16LE(value, at * 2));
  [16_000, 32_000].forEach((value, at) => format.writeUInt32LE(value, 4 + at * 4));
  [2, bits].forEach((value, at) => format.writeUInt16LE(value, 12 + at * 2));
  const samples = Buffer.alloc(seconds * 32_000, 0x21);
  const inside = Buffer.concat([chunk('fmt ', format), note, chunk('data', samples, claimed)]);
  return chunk('RIFF', Buffer.concat([Buffer.from('WAVE', 'latin1'), inside]));
}

describe('a voice note of at most a minute is taken', () => {
  test('as MP3', async () => {
    expect(await check(mp3(9.5))).toMatchObject({ seconds: 10, format: 'mp3' });
  });

  test('as AAC from an Android phone', async () => {
    expect(await check(adts(12))).toMatchObject({ seconds: 12, format: 'aac' });
  });

  test('as AAC in a file from an iPhone', async () => {
    expect(await check(m4a({ seconds: 7.2 }))).toMatchObject({ seconds: 8, format: 'm4a' });
  });

  test('as WAV from a browser, without what else stands in the file', async () => {
    const note = chunk('LIST', Buffer.from('INFO 24.48N 118.08E', 'latin1'));
    const taken = await check(wav({ seconds: 4.5, note }));
    expect(taken).toEqual({ seconds: 5, format: 'wav', sound: wav({ seconds: 4.5 }) });
  });

  test.each<[string, Wav]>([
    ['of another kind', { seconds: 2, kind: 3 }],
    ['of eight bits', { seconds: 2, bits: 8 }],
    ['cut off', { seconds: 2, claimed: 80_000 }],
    ['empty', { seconds: 0 }],
  ])('but no WAV that is %s', async (_, file) => expect(await refusalOf(wav(file))).toBe('voice.broken'));

  test('up to 60 seconds, and one more because recorders stop late', async () => {
    const others = [(seconds: number) => m4a({ seconds }), (seconds: number) => wav({ seconds })];
    for (const sound of [mp3, adts, ...others]) {
      expect(await check(sound(60.9))).toMatchObject({ seconds: 60 });
      expect(await refusalOf(sound(61.3))).toBe('voice.too-long');
    }
  });

  test('when the recorder stopped within a frame', async () => {
    const whole = mp3(5);
    const { sound } = await check(whole.subarray(0, -50));
    expect(sound).toEqual(whole.subarray(0, -mp3Frame.length));
  });

  test('by the child process too', async () => {
    const decoder = startPhotoDecoder();
    const path = await fileOf(adts(3));
    expect(await decoder.checkVoice(path)).toEqual({ seconds: 3, format: 'aac', sound: adts(3) });
    await expect(decoder.checkVoice(await fileOf('no sound'))).rejects.toMatchObject({ code: 'voice.not-voice' });
    await decoder.close();
  });
});

describe('a voice note keeps its sound and nothing else', () => {
  test('no tags before or behind an MP3', async () => {
    const tag = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\x14', 'latin1'), Buffer.from('somebody was here....')]);
    const { sound } = await check(Buffer.concat([tag.subarray(0, 30), mp3(2), Buffer.from('TAG a title')]));
    expect(sound).toEqual(mp3(2));
  });

  test('no place of the recording in an M4A, which is else the same', async () => {
    const plain = m4a({ seconds: 2 });
    const note = box('udta', box('\xa9xyz', Buffer.from('\0\x12\x15\xc7+27.20+109.00/', 'latin1')));
    const file = m4a({ seconds: 2, note });
    expect(file.includes('+27.20')).toBe(true);
    const { sound, seconds } = await check(file);
    expect(sound.includes('+27.20')).toBe(false);
    expect(sound).toHaveLength(file.length);
    expect(seconds).toBe(2);
    expect(sound.subarray(0, plain.length - 700)).toEqual(file.subarray(0, plain.length - 700));
    expect(await check(sound)).toMatchObject({ seconds: 2 });
  });
});

describe('what is no voice note is refused by its content, not by its name', () => {
  test('a picture, a web page, an empty file, another kind of sound', async () => {
    const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const flac = Buffer.concat([Buffer.from('fLaC\0\0\0\x22', 'latin1'), Buffer.alloc(2000)]);
    for (const contents of [picture, '<html>', '', flac]) expect(await refusalOf(contents)).toBe('voice.not-voice');
  });

  test('three hours of silence that call themselves ten seconds', async () => {
    const xing = Buffer.from(mp3Frame);
    xing.write('Xing', 21, 'latin1');
    xing.writeUInt32BE(3, 25);
    xing.writeUInt32BE(383, 29);
    expect(await refusalOf(Buffer.concat([xing, mp3(600)]))).toBe('voice.too-long');
    expect(await refusalOf(adts(3 * 3600, 9))).toBe('voice.too-long');
    expect(await refusalOf(m4a({ seconds: 600, claimed: 10 }))).toBe('voice.too-long');
    expect(await refusalOf(m4a({ seconds: 10, claimed: 600 }))).toBe('voice.too-long');
  });

  test('a few frames of sound before something else', async () => {
    const hidden = Buffer.alloc(100_000, 'PK\x03\x04');
    expect(await refusalOf(Buffer.concat([mp3(1), hidden]))).toBe('voice.broken');
    expect(await refusalOf(Buffer.concat([adts(1), hidden]))).toBe('voice.broken');
    expect(await refusalOf(mp3Frame)).toBe('voice.broken');
    expect(await refusalOf(Buffer.concat([Buffer.from('ID3\x03\0\0\x7f\x7f\x7f\x7f', 'latin1'), mp3(1)]))).toBe(
      'voice.broken',
    );
  });

  test('a film, two tracks, another code in an M4A', async () => {
    expect(await refusalOf(m4a({ seconds: 5, codec: 'avc1' }))).toBe('voice.not-voice');
    expect(await refusalOf(m4a({ seconds: 5, codec: 'alac' }))).toBe('voice.not-voice');
    expect(await refusalOf(m4a({ seconds: 5, tracks: 2 }))).toBe('voice.not-voice');
  });

  test('an M4A that was cut off, at whatever byte, is refused and never hangs', async () => {
    const whole = m4a({ seconds: 5 });
    for (let length = 12; length < whole.length; length += 97) {
      expect(await refusalOf(whole.subarray(0, length))).toMatch(/^voice\.(broken|not-voice)$/);
    }
  });

  test('noise in every place of an M4A is refused or harmless, and never hangs', async () => {
    const whole = m4a({ seconds: 1 });
    const tables = whole.indexOf('moov');
    for (let at = tables - 4; at < whole.length - 4; at += 1) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt32BE(0xfffffff0, at);
      expect(['taken', 'voice.broken', 'voice.not-voice', 'voice.too-long']).toContain(await refusalOf(damaged));
    }
  });
});
