import { jest } from '@jest/globals';
import { networkOf, useNetwork, watchNetwork } from './network';

let tell: (online: boolean) => void = () => undefined;
let tellWeak: (weak: boolean) => void = () => undefined;
const phone = (networkNow: () => Promise<{ online: boolean; weak: boolean }>) => ({
  networkNow,
  onNetworkChange: (listener: (online: boolean) => void) => void (tell = listener),
  onNetworkWeakChange: (listener: (weak: boolean) => void) => void (tellWeak = listener),
});
const now = () => networkOf(useNetwork.getState());

beforeEach(() => {
  jest.useFakeTimers();
  useNetwork.setState({ online: true, weak: false });
});
afterEach(() => jest.useRealTimers());

test('from one network to the next there is none for a moment, which nobody is told', async () => {
  watchNetwork(phone(async () => ({ online: true, weak: false })));
  await jest.advanceTimersByTimeAsync(0);
  tell(false);
  await jest.advanceTimersByTimeAsync(1_000);
  tell(true);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(now()).toBe('good');
  tell(false);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(now()).toBe('none');
  tell(true);
  expect(now()).toBe('good');
});

test('a network that is slow from the beginning is said to be so', async () => {
  watchNetwork(phone(async () => ({ online: true, weak: true })));
  await jest.advanceTimersByTimeAsync(0);
  expect(now()).toBe('weak');
  tellWeak(false);
  expect(now()).toBe('good');
});

test('a phone that does not tell is taken for good', async () => {
  watchNetwork(phone(() => Promise.reject(new Error('getNetworkType:fail'))));
  await jest.advanceTimersByTimeAsync(5_000);
  expect(now()).toBe('good');
});
