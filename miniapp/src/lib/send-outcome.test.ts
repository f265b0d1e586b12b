import { NotAllowed } from './platform/device';
import { outcomeOf } from './send-outcome';
import { Offline, settle } from './answer';

/** What comes of an answer of the server, as the queue sees it. */
function answered(status: number, headers: Record<string, string> = {}) {
  try {
    settle(status, { code: 'x.y', title: '请稍后' }, headers);
  } catch (error) {
    return outcomeOf(error);
  }
  throw new Error(`${status} is no refusal`);
}

test('too often, too slow or busy is no refusal: it is sent later, when the server says', () => {
  expect(answered(429, { 'Retry-After': '7' })).toEqual({ kind: 'later', retryAfterMs: 7_000 });
  expect(answered(503, { 'retry-after': '2' })).toEqual({ kind: 'later', retryAfterMs: 2_000 });
  expect(answered(429)).toEqual({ kind: 'later', retryAfterMs: null });
  expect(answered(408)).toMatchObject({ kind: 'later' });
  expect(outcomeOf(new Offline('no network'))).toMatchObject({ kind: 'later' });
});

test('what is wrong with the order itself is a refusal; who is signed out sends it when he is back', () => {
  expect(answered(422)).toEqual({ kind: 'refused', refusal: { code: 'x.y', title: '请稍后', fields: {} } });
  expect(answered(401)).toEqual({ kind: 'later' });
  expect(outcomeOf(new NotAllowed('照片找不到了'))).toMatchObject({ kind: 'refused', refusal: { code: 'file.gone' } });
  expect(() => outcomeOf(new TypeError('ours'))).toThrow('ours');
});
