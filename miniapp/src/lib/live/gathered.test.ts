import { jest } from '@jest/globals';
import { Offline } from '../answer';
import { gathered } from './gathered';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('what is asked for ten times is done once, a moment later, and then not too often', async () => {
  const change = jest.fn();
  const { soon } = gathered(change);
  for (let times = 0; times < 10; times += 1) soon();
  expect(change).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(800);
  expect(change).toHaveBeenCalledTimes(1);
  soon();
  await jest.advanceTimersByTimeAsync(2_000);
  expect(change).toHaveBeenCalledTimes(1);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(change).toHaveBeenCalledTimes(2);
});

test('what fails for want of a network is done again; what is refused, or nobody looks at any more, is not', async () => {
  const answers = [new Offline('timeout'), new Error('refused')];
  const change = jest.fn(() => Promise.reject<void>(answers.shift() ?? new Offline('timeout')));
  const { soon, forget } = gathered(change);
  soon();
  await jest.advanceTimersByTimeAsync(11_000);
  expect(change).toHaveBeenCalledTimes(2);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(change).toHaveBeenCalledTimes(2);
  soon();
  await jest.advanceTimersByTimeAsync(1_000);
  forget();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(change).toHaveBeenCalledTimes(3);
});
