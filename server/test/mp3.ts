/** MPEG 1 layer III, 32 kbit/s, 44,100 samples a second, mono: 104 bytes and 26 ms each. */
export const mp3Frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x10, 0xc0]), Buffer.alloc(100)]);

/** So many seconds of silence, as a phone would record them. */
export const mp3 = (seconds: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(Array.from({ length: Math.floor((seconds * 44_100) / 1152) }, () => mp3Frame)));
