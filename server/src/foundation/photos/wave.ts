/**
 * The sound of a WAV file (RIFF, little-endian): PCM of 16 bits, as a browser writes its recording. Everything else that
 * may stand in such a file, notes of place and device too, is left behind.
 */
export interface Wave {
  readonly seconds: number;
  /** A file of its own: the plainest header there is, and the samples. */
  readonly sound: Buffer;
}

interface Chunk {
  readonly id: string;
  readonly contents: Buffer;
}

const headerBytes = 44;
const pcm = 1;
const bits = 16;

/** Throws RangeError for what is damaged, cut off, or not of this kind. */
export function readWave(file: Buffer): Wave {
  const chunks = [...chunksOf(file)];
  const format = chunks.find(({ id }) => id === 'fmt ')?.contents;
  const samples = chunks.find(({ id }) => id === 'data')?.contents;
  if (format === undefined || samples === undefined || format.length < 16) throw new RangeError('no sound in it');
  const [kind, channels, rate] = [format.readUInt16LE(0), format.readUInt16LE(2), format.readUInt32LE(4)];
  const isPlain = kind === pcm && format.readUInt16LE(14) === bits;
  if (!isPlain || channels < 1 || channels > 2 || rate < 8_000 || rate > 48_000)
    throw new RangeError('not of our kind');
  const bytesASecond = rate * channels * (bits / 8);
  return {
    seconds: samples.length / bytesASecond,
    sound: Buffer.concat([header(channels, rate, samples.length), samples]),
  };
}

/** Id (4), size (4), contents, and a byte more where the size is odd. */
function* chunksOf(file: Buffer): Generator<Chunk> {
  let at = 12;
  while (at < file.length) {
    if (at + 8 > file.length) throw new RangeError('half a chunk');
    const size = file.readUInt32LE(at + 4);
    const end = at + 8 + size;
    if (end > file.length) throw new RangeError('a chunk does not fit');
    yield { id: file.toString('latin1', at, at + 4), contents: file.subarray(at + 8, end) };
    at = end + (size % 2);
  }
}

function header(channels: number, rate: number, bytes: number): Buffer {
  const made = Buffer.alloc(headerBytes);
  made.write('RIFF', 0, 'latin1');
  made.writeUInt32LE(headerBytes - 8 + bytes, 4);
  made.write('WAVEfmt ', 8, 'latin1');
  made.writeUInt32LE(16, 16);
  made.writeUInt16LE(pcm, 20);
  made.writeUInt16LE(channels, 22);
  made.writeUInt32LE(rate, 24);
  made.writeUInt32LE(rate * channels * (bits / 8), 28);
  made.writeUInt16LE(channels * (bits / 8), 32);
  made.writeUInt16LE(bits, 34);
  made.write('data', 36, 'latin1');
  made.writeUInt32LE(bytes, 40);
  return made;
}
