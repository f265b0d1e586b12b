import {
  add,
  afterStep,
  hurry,
  jobWords,
  nextStep,
  pauseAfter,
  takeOut,
  tryAgain,
  wakeAt,
  type Job,
} from './send-queue';

const wang = 'person-wang';
const order = (id: string, photoIds: string[] = []) => ({
  id,
  personId: wang,
  title: '路灯不亮',
  key: 'orders.place',
  sent: { params: { orderId: id }, body: { words: '三组路灯不亮' } },
  form: 'order',
  fields: { words: '三组路灯不亮' },
  photoIds,
});
const refusal = { code: 'order.phone-needed', title: '请留一个能联系上的电话', fields: {} };

/** Takes the next step and ends it with `kind`. */
function step(jobs: readonly Job[], kind: 'done' | 'later', now = 0): readonly Job[] {
  const next = nextStep(jobs, wang, now);
  if (!next) throw new Error('nothing to do');
  return afterStep(jobs, next, { kind }, now);
}

test('an order with two photos goes out as photo, photo, order', () => {
  let jobs = add([], order('A', ['p1', 'p2']));
  expect(nextStep(jobs, wang, 0)).toMatchObject({ kind: 'photo', photoId: 'p1', number: 1, of: 2 });
  jobs = step(jobs, 'done');
  expect(nextStep(jobs, wang, 0)).toMatchObject({ kind: 'photo', photoId: 'p2', number: 2, of: 2 });
  jobs = step(jobs, 'done');
  expect(nextStep(jobs, wang, 0)).toMatchObject({ kind: 'words' });
  jobs = step(jobs, 'done');
  expect(jobs[0]).toMatchObject({ state: 'sent' });
  expect(nextStep(jobs, wang, 0)).toBeNull();
});

test('what was said instead of written goes out after the photos and before the order, once', () => {
  let jobs = step(add([], { ...order('A', ['p1']), voiceId: 'v1' }), 'done');
  expect(nextStep(jobs, wang, 0)).toMatchObject({ kind: 'voice', voiceId: 'v1' });
  expect(jobWords(jobs[0]!, nextStep(jobs, wang, 0))).toBe('正在传录音');
  jobs = step(step(jobs, 'later', 0), 'done', 3_000);
  expect(nextStep(jobs, wang, 3_000)).toMatchObject({ kind: 'words' });
});

test('pressing 提交 twice queues one order, in its first version', () => {
  const jobs = add([], order('A'));
  expect(add(jobs, { ...order('A'), title: '改了' })).toEqual(jobs);
});

test('without network an order waits 3 s, then 6 s, and at most 5 minutes', () => {
  let jobs = step(add([], order('A')), 'later', 1_000);
  expect(nextStep(jobs, wang, 3_999)).toBeNull();
  expect(wakeAt(jobs, wang)).toBe(4_000);
  jobs = step(jobs, 'later', 4_000);
  expect(wakeAt(jobs, wang)).toBe(10_000);
  expect(pauseAfter(50)).toBe(300_000);
});

test('photos that have arrived are not sent again after the network breaks', () => {
  let jobs = step(add([], order('A', ['p1', 'p2', 'p3'])), 'done');
  jobs = step(jobs, 'later', 0);
  expect(nextStep(hurry(jobs), wang, 0)).toMatchObject({ kind: 'photo', photoId: 'p2', number: 2, of: 3 });
});

test('an app that was killed goes on with the photo it was at', () => {
  const jobs = step(add([], order('A', ['p1', 'p2'])), 'done');
  const restored = JSON.parse(JSON.stringify(jobs)) as Job[];
  expect(nextStep(restored, wang, 0)).toMatchObject({ kind: 'photo', photoId: 'p2' });
});

test('when the network is back nobody waits for the end of a pause', () => {
  const jobs = hurry(step(step(add([], order('A')), 'later', 0), 'later', 3_000));
  expect(nextStep(jobs, wang, 3_001)).toMatchObject({ kind: 'words' });
  expect(jobs[0]).toMatchObject({ failures: 0 });
});

test('asked to wait (429, 503), nobody tries earlier, however often the app is opened', () => {
  const added = add([], order('A'));
  let jobs = afterStep(added, nextStep(added, wang, 0)!, { kind: 'later', retryAfterMs: 60_000 }, 1_000);
  jobs = hurry(hurry(jobs));
  expect(jobs[0]).toMatchObject({ state: 'waiting', refusal: null });
  expect(jobWords(jobs[0]!, null)).toBe('系统正忙，过一会儿自动发出');
  expect(nextStep(jobs, wang, 60_999)).toBeNull();
  expect(wakeAt(jobs, wang)).toBe(61_000);
  jobs = step(jobs, 'done', 61_000);
  expect(jobs[0]).toMatchObject({ state: 'sent' });
});

test('a short wait asked for does not shorten the growing pause', () => {
  let jobs = add([], order('A'));
  for (const now of [0, 3_000]) {
    jobs = afterStep(jobs, nextStep(jobs, wang, now)!, { kind: 'later', retryAfterMs: 1_000 }, now);
  }
  expect(wakeAt(jobs, wang)).toBe(9_000);
  expect(wakeAt(hurry(jobs), wang)).toBe(4_000);
});

test('a refused order stops, says why, and does not hold up the next one', () => {
  let jobs = add(add([], order('A')), order('B'));
  const first = nextStep(jobs, wang, 0)!;
  jobs = afterStep(jobs, first, { kind: 'refused', refusal }, 0);
  expect(jobWords(jobs[0]!, null)).toBe('请留一个能联系上的电话');
  expect(nextStep(jobs, wang, 0)).toMatchObject({ job: { id: 'B' } });
});

test('an order in a pause does not hold up the next one', () => {
  const jobs = step(add(add([], order('A')), order('B')), 'later', 0);
  expect(nextStep(jobs, wang, 0)).toMatchObject({ job: { id: 'B' } });
});

test('a refused order can be sent once more, from the photo it had reached', () => {
  let jobs = step(add([], order('A', ['p1'])), 'done');
  jobs = afterStep(jobs, nextStep(jobs, wang, 0)!, { kind: 'refused', refusal }, 0);
  expect(nextStep(tryAgain(jobs, 'A'), wang, 0)).toMatchObject({ kind: 'words', job: { refusal: null } });
});

test('a sent order is not sent again by 再发一次', () => {
  const jobs = step(add([], order('A')), 'done');
  expect(tryAgain(jobs, 'A')).toEqual(jobs);
});

test('a refused order can be taken back', () => {
  expect(takeOut(add(add([], order('A')), order('B')), 'A').map((job) => job.id)).toEqual(['B']);
});

test("what Wang said is not sent under Li's name on the same phone", () => {
  const jobs = add([], order('A'));
  expect(nextStep(jobs, 'person-li', 0)).toBeNull();
  expect(wakeAt(jobs, 'person-li')).toBeNull();
  expect(nextStep(jobs, null, 0)).toBeNull();
});

test('the bar says which photo is on its way', () => {
  const jobs = step(add([], order('A', ['p1', 'p2', 'p3'])), 'done');
  expect(jobWords(jobs[0]!, nextStep(jobs, wang, 0))).toBe('正在传照片 2/3');
  expect(jobWords(jobs[0]!, null)).toBe('等网络好了自动发出');
});
