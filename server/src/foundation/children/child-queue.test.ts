import { startChildQueue, type QueueOptions } from './child-queue';
import type { Wish } from './test-worker';

/** The queue with a child that does what it is told: dies, never ends, refuses, answers. */
function queueOf(options: QueueOptions = {}) {
  const incidents: string[] = [];
  const queue = startChildQueue<Wish, string>({
    ...{ jobsPerChild: 100, longestQueue: 10, timeLimitMs: 20_000, idleLimitMs: Infinity },
    onIncident: (incident) => incidents.push(incident),
    ...options,
    entry: new URL('./test-worker', import.meta.url),
    atOnce: 2,
    busy: 'paper.busy',
    broken: () => 'paper.failed',
  });
  return { ...queue, incidents };
}

test('a job that takes the child with it is tried once more, then refused; its neighbours are not blamed', async () => {
  const { run, incidents, close } = queueOf();
  const answers = await Promise.allSettled([run({ kind: 'die' }), run({ kind: 'answer' }), run({ kind: 'answer' })]);
  expect(answers[0]).toMatchObject({ status: 'rejected', reason: { code: 'paper.failed', status: 503 } });
  expect(answers.slice(1)).toEqual([
    { status: 'fulfilled', value: 'done' },
    { status: 'fulfilled', value: 'done' },
  ]);
  expect(incidents.filter((incident) => incident.startsWith('die job died'))).toHaveLength(2);
  expect(await run({ kind: 'answer' })).toBe('done');
  await close();
});

test('a problem of the child is the same problem here, any other fault is one of ours', async () => {
  const { run, close } = queueOf();
  await expect(run({ kind: 'refuse' })).rejects.toMatchObject({ code: 'photo.broken', status: 422 });
  await expect(run({ kind: 'throw' })).rejects.toThrow('a mistake');
  await close();
});

test('what cannot be copied into the child is refused, and the next job runs', async () => {
  const { run, close } = queueOf();
  const unfit = { kind: 'answer', extra: () => undefined } as unknown as Wish;
  await expect(run(unfit)).rejects.toThrow('could not be cloned');
  expect(await run({ kind: 'answer' })).toBe('done');
  await close();
});

test('after closing, whoever waits is told to come again later', async () => {
  const { run, close } = queueOf();
  const waiting = expect(run({ kind: 'never' })).rejects.toMatchObject({ code: 'paper.busy', retryAfter: 5 });
  await close();
  await waiting;
  await expect(run({ kind: 'answer' })).rejects.toMatchObject({ code: 'paper.busy' });
});
