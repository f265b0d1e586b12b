import { count } from './jest-suite.mjs';

const none = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

test('passed, failed and skipped tests are counted, a file that does not load as a failure', () => {
  const summary = { ...none, numPassedTests: 5, numPendingTests: 1, numTodoTests: 1, numRuntimeErrorTestSuites: 1 };
  expect(count(1, 'text', summary)).toEqual({ passed: 5, failed: 1, skipped: 2, output: 'text' });
});

test('a suite without any test is a failure', () => {
  expect(count(0, '', none).failed).toBe(1);
  expect(count(1, 'No tests found', undefined).failed).toBe(1);
});

test('an error that no test explains is a failure', () => {
  expect(count(1, '', { ...none, numPassedTests: 5 })).toMatchObject({ passed: 5, failed: 1 });
});
