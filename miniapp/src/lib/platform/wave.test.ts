import { waveOf, waveRate } from './wave';

test('a second of sound is a WAV file of 16 bits and one channel, no louder than it can be', async () => {
  const samples = new Float32Array(waveRate).fill(0.5);
  samples.set([0, 1, -1, 3, -3]);
  const file = new DataView(await waveOf(samples).arrayBuffer());
  const text = (at: number) => String.fromCharCode(...new Uint8Array(file.buffer, at, 4));
  expect([text(0), text(8), text(12), text(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
  expect(file.byteLength).toBe(44 + waveRate * 2);
  expect(file.getUint32(4, true)).toBe(file.byteLength - 8);
  expect([20, 22, 32, 34].map((at) => file.getUint16(at, true))).toEqual([1, 1, 2, 16]);
  expect([24, 28, 40].map((at) => file.getUint32(at, true))).toEqual([waveRate, waveRate * 2, waveRate * 2]);
  expect([0, 1, 2, 3, 4, 5].map((at) => file.getInt16(44 + at * 2, true))).toEqual([
    ...[0, 32_767, -32_767, 32_767, -32_767, 16_384],
  ]);
});

test('a minute of it is less than the server takes', () => {
  expect(waveOf(new Float32Array(60 * waveRate)).size).toBeLessThan(2 * 1024 * 1024);
});
