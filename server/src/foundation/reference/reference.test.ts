import type { Reading } from '../database/connect';
import { createReferenceCache, type Reference } from './reference';

/** The trees in memory, while somebody changes them. */
let version: number;
let loads: { version: number; end: () => void }[];
const reading = { query: async () => [{ version }] } as unknown as Reading;
const load = (_: Reading, of: number) =>
  new Promise<Reference>((resolve) => loads.push({ version: of, end: () => resolve({ version: of } as Reference) }));
const underWay = async (count: number) => {
  for (let turn = 0; loads.length < count && turn < 50; turn += 1) await Promise.resolve();
  return loads[count - 1];
};
beforeEach(() => {
  version = 5;
  loads = [];
});

test('any number who ask at once cause one load, and it is kept', async () => {
  const cache = createReferenceCache(reading, load);
  const asked = [cache.at(5), cache.at(4), cache.current()];
  (await underWay(1))?.end();
  expect((await Promise.all(asked)).map((each) => each.version)).toEqual([5, 5, 5]);
  await cache.current();
  expect(loads).toHaveLength(1);
});

test('whoever comes from a change that was made during a load does not get what that load read before', async () => {
  const cache = createReferenceCache(reading, load);
  const before = cache.at(5);
  const first = await underWay(1);
  version = 6;
  const after = [cache.at(6), cache.at(6), cache.current()];
  first?.end();
  expect((await before).version).toBe(5);
  (await underWay(2))?.end();
  expect((await Promise.all(after)).map((each) => each.version)).toEqual([6, 6, 6]);
  expect(loads).toHaveLength(2);
});
