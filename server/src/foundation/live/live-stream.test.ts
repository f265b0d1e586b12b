import type { Caller } from '../access/caller';
import type { Reading } from '../database/connect';
import { streamOf, type Happened } from './live-stream';

const reading = {} as Reading;
const caller = {} as Caller;

/** What the database would say, one answer after the other. */
function streamSaying(answers: Partial<Happened<string>>[], hearing = (items: readonly string[]) => items) {
  const quiet = { items: [], at: new Date(0), cutShort: false, behind: false };
  const stream = streamOf<string>({
    ...{ topics: ['tasks'], every: 0, keyOf: (item) => item },
    since: () => Promise.resolve({ ...quiet, ...answers.shift() }),
    hearing: async (_reading, items) => {
      const heard = hearing(items).map((id) => ({ topic: 'tasks' as const, id }));
      return () => heard;
    },
  });
  const { next, told } = stream.follow();
  const ids = async () => (await next(reading)).hearing?.(caller).map(({ id }) => id) ?? [];
  return { ids, told };
}

test('what is read twice is told once, and what could not be told is told the next time', async () => {
  const { ids, told } = streamSaying([{ items: ['a'] }, { items: ['a', 'b'] }, { items: ['b', 'c'] }]);
  expect(await ids()).toEqual(['a']);
  told();
  expect(await ids()).toEqual(['b']);
  expect(await ids()).toEqual(['b', 'c']);
});

test('what was missed is told as: anything may have changed', async () => {
  const { ids, told } = streamSaying([{ items: ['a'], cutShort: true }, {}]);
  expect(await ids()).toEqual([null]);
  told();
  expect(await ids()).toEqual([]);
});

test('whoever is only behind tells what he knows', async () => {
  const { ids } = streamSaying([{ items: ['a'], behind: true }]);
  expect(await ids()).toEqual(['a']);
});

test('one thing that cannot be read does not silence all others for ever', async () => {
  const unreadable = (items: readonly string[]) => {
    if (items.includes('bad')) throw new Error('cannot be read');
    return items;
  };
  const { ids, told } = streamSaying([{ items: ['bad'] }, {}, {}, {}, { items: ['good'] }], unreadable);
  for (let failures = 0; failures < 3; failures += 1) await expect(ids()).rejects.toThrow('cannot be read');
  expect(await ids()).toEqual([null]);
  told();
  expect(await ids()).toEqual(['good']);
});
