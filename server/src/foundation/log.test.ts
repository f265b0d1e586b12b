import { QueryFailedError } from 'typeorm';
import { Problem } from '@sandan/shared/problems';
import { plainError } from './log';

test('what failed in the database is logged without whom it failed on', () => {
  const driverError = Object.assign(new Error("Duplicate entry '13812345678' for key 'person_phone'"), {
    code: 'ER_DUP_ENTRY',
    sql: "INSERT INTO person (phone) VALUES ('13812345678')",
  });
  const failure = new QueryFailedError('INSERT INTO person (phone) VALUES (?)', ['13812345678'], driverError);
  const logged = plainError(new Problem('server.internal', { cause: failure }));
  expect(logged.cause).toMatchObject({ type: 'QueryFailedError', code: 'ER_DUP_ENTRY' });
  expect(JSON.stringify(logged)).not.toContain('138');
  expect(logged.cause?.stack).toContain('log.test.ts');
});

test('an error of ours keeps its words and its place', () => {
  expect(plainError(new TypeError("cannot read 'state'"))).toMatchObject({
    type: 'TypeError',
    message: "cannot read 'state'",
    stack: expect.stringContaining('log.test.ts') as string,
  });
  expect(plainError('gone')).toEqual({ type: 'string', message: 'gone' });
});
