import { shapeOf, sharedAreaOf, type Rings } from './polygon-area';

/** A border from south to north that swings to and fro `swings` times, as a stream does; `shift` moves it to the east. */
const stream = (lng: number, shift = 0, swings = 7): number[][] =>
  Array.from({ length: 101 }, (_, step) => [
    lng + shift + 0.0004 * Math.sin((swings * 2 * Math.PI * step) / 100),
    31 + step / 10_000,
  ]);
const between = (west: number[][], east: number[][]): Rings => [[...west, ...east.toReversed(), west[0] ?? []]];
const square = (lng: number, lat: number, size: number): number[][] => [
  ...[
    [lng, lat],
    [lng + size, lat],
    [lng + size, lat + size],
    [lng, lat + size],
  ],
  [lng, lat],
];
const shareOf = (one: Rings, other: Rings): number => sharedAreaOf(shapeOf(one), shapeOf(other)) / shapeOf(one).area;

test('neighbours along a winding stream share nothing, and what they share is told to a millionth', () => {
  const west = between(stream(115), stream(115.01));
  for (const shift of [0, -0.00008, -0.00012]) {
    const east = between(stream(115.01, shift), stream(115.02));
    // Both borders swing alike: the overlap is a band of just that width.
    expect(shareOf(west, east)).toBeCloseTo(-shift / 0.01, 6);
    expect(shareOf(east, west) * shapeOf(east).area).toBeCloseTo(shareOf(west, east) * shapeOf(west).area, 3);
  }
});

test('holes, turns of the clock, one inside the other, one across the other', () => {
  const [whole, inside] = [square(115, 31, 0.01), square(115.004, 31.004, 0.002)];
  expect(shareOf([inside], [whole])).toBeCloseTo(1, 6);
  expect(shareOf([whole], [inside])).toBeCloseTo(0.04, 6);
  expect(shareOf([whole, inside], [inside])).toBeCloseTo(0, 6);
  expect(shareOf([inside], [whole.toReversed(), inside])).toBeCloseTo(0, 6);
  expect(shareOf([whole], [whole.toReversed()])).toBeCloseTo(1, 6);
  expect(shareOf([whole], [square(115.01, 31, 0.01)])).toBe(0);
  // A diamond cuts off the corners of the square that it stands on.
  const diamond = [
    [115.005, 30.998],
    [115.012, 31.005],
    [115.005, 31.012],
    [114.998, 31.005],
    [115.005, 30.998],
  ];
  expect(shareOf([whole], [diamond])).toBeCloseTo(1 - (4 * 0.003 ** 2) / 2 / 0.01 ** 2, 4);
});
