import { count } from './jest-suite.mjs';

const none = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
};

test('passed, failed and skipped tests are counted, a file that does not load as a failure', () => {
  const summary = { ...none, numPassedTests: 5, numPendingTests: 1, numTodoTests: 1, numRuntimeErrorTestSuites: 1 };
  expect(count(1, 'text', summary)).toMatchObject({ passed: 5, failed: 1, skipped: 2 });
});

test('what failed is shown without what passed', () => {
  const testResults = [
    { name: '/a.test.ts', message: '' },
    { name: '/b.test.ts', message: '● it does not hold' },
  ];
  const summary = { ...none, numPassedTests: 5, numFailedTests: 1, testResults };
  expect(count(1, 'PASS a.test.ts', summary).output).toBe('/b.test.ts\n● it does not hold');
});

test('a suite without any test is a failure', () => {
  expect(count(0, '', none).failed).toBe(1);
  expect(count(1, 'No tests found', undefined).failed).toBe(1);
});

test('an error that no test explains is a failure', () => {
  expect(count(1, 'why', { ...none, numPassedTests: 5 })).toMatchObject({ passed: 5, failed: 1, output: 'why' });
});
