/**
 * The frames of an MP3 or AAC (ADTS) file, counted one by one. A header may promise ten seconds for three hours of
 * sound, so only the frames themselves are believed. Linear in the size of the file: every frame moves forward.
 */
export interface SoundFrames {
  readonly seconds: number;
  readonly frames: number;
  /** The part of the file that is frames; tags before it and after it are not. */
  readonly start: number;
  readonly end: number;
}

export interface Frame {
  readonly bytes: number;
  readonly samples: number;
  /** Samples a second. */
  readonly rate: number;
}

/** Reads the header at `at` (7 bytes are there); undefined when no frame begins there. */
type ReadHeader = (sound: Buffer, at: number) => Frame | undefined;

const longestHeader = 7;

export function countFrames(sound: Buffer, readHeader: ReadHeader): SoundFrames {
  const start = endOfId3(sound);
  let at = start;
  let frames = 0;
  let seconds = 0;
  let rate: number | undefined;
  while (at + longestHeader <= sound.length) {
    const frame = readHeader(sound, at);
    // A recorder that was stopped may leave half a frame; a change of rate means that this is no sound any more.
    if (frame === undefined || at + frame.bytes > sound.length || frame.rate !== (rate ?? frame.rate)) break;
    rate = frame.rate;
    at += frame.bytes;
    frames += 1;
    seconds += frame.samples / frame.rate;
  }
  return { seconds, frames, start, end: at };
}

/** ID3v2: "ID3", version (2), flags (1), size in four bytes of seven bits; the size leaves out these ten. */
function endOfId3(sound: Buffer): number {
  if (sound.length < 10 || sound.toString('latin1', 0, 3) !== 'ID3') return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (sound.readUInt8(at) & 0x7f), 0);
  return Math.min(10 + size, sound.length);
}

const mp3Rates = [44100, 48000, 32000];
const mp3Kilobits = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

/** MPEG 1, 2 and 2.5 layer III (ISO 11172-3, 13818-3). */
export const mp3Header: ReadHeader = (sound, at) => {
  const bits = sound.readUInt32BE(at);
  const version = (bits >>> 19) & 3;
  const isLayer3 = ((bits >>> 17) & 3) === 1;
  if (bits >>> 21 !== 0x7ff || version === 1 || !isLayer3) return undefined;
  const isFirst = version === 3;
  const kilobits = mp3Kilobits[isFirst ? 1 : 2][(bits >>> 12) & 15];
  const fullRate = mp3Rates[(bits >>> 10) & 3];
  if (!kilobits || fullRate === undefined) return undefined;
  const rate = fullRate / { 3: 1, 2: 2, 0: 4 }[version as 0 | 2 | 3];
  const samples = isFirst ? 1152 : 576;
  const padding = (bits >>> 9) & 1;
  return { bytes: Math.floor((samples * kilobits * 125) / rate) + padding, samples, rate };
};

const aacRates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/** AAC in ADTS (ISO 13818-7 §6.2). */
export const adtsHeader: ReadHeader = (sound, at) => {
  const isAdts = (sound.readUInt16BE(at) & 0xfff6) === 0xfff0;
  const rate = aacRates[(sound.readUInt8(at + 2) >>> 2) & 15];
  const bytes = (sound.readUIntBE(at + 3, 3) >>> 5) & 0x1fff;
  if (!isAdts || rate === undefined || bytes < longestHeader) return undefined;
  const blocks = (sound.readUInt8(at + 6) & 3) + 1;
  return { bytes, samples: blocks * 1024, rate };
};
