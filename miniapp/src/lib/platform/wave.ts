/** Enough for a voice, and a minute of it is less than 2 MB. */
export const waveRate = 16_000;

const headerBytes = 44;

/** Samples from -1 to 1 as a WAV file: PCM, 16 bit, one channel. Every phone and browser plays it, and WeChat checks it. */
export function waveOf(samples: Float32Array): Blob {
  const bytes = samples.length * 2;
  const file = new DataView(new ArrayBuffer(headerBytes + bytes));
  const text = (at: number, words: string) =>
    [...words].forEach((letter, place) => file.setUint8(at + place, letter.charCodeAt(0)));
  text(0, 'RIFF');
  file.setUint32(4, headerBytes - 8 + bytes, true);
  text(8, 'WAVEfmt ');
  file.setUint32(16, 16, true); // bytes of what follows: format, channels, rate, bytes a second, bytes a sample, bits
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, waveRate, true);
  file.setUint32(28, waveRate * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  text(36, 'data');
  file.setUint32(40, bytes, true);
  samples.forEach((sample, at) => {
    file.setInt16(headerBytes + at * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff), true);
  });
  return new Blob([file.buffer], { type: 'audio/wav' });
}
