import { QueryFailedError } from 'typeorm';
import { z } from 'zod';
import { Problem } from '@sandan/shared/problems';
import { errorLine, toldError } from './told-error';

const ofDatabase = (message: string, code: string): QueryFailedError =>
  new QueryFailedError('INSERT INTO person (name) VALUES (?)', ['王桂英'], Object.assign(new Error(message), { code }));

test('what failed in the database is told without whom it failed on', () => {
  const failure = ofDatabase("Duplicate entry '15400001234' for key 'person_phone'", 'ER_DUP_ENTRY');
  const told = toldError(new Problem('server.internal', { cause: failure }));
  expect(told.cause).toMatchObject({
    ...{ type: 'QueryFailedError', code: 'ER_DUP_ENTRY', message: 'a statement failed at person_phone' },
    stack: expect.stringContaining('told-error.test.ts') as string,
  });
  expect(JSON.stringify(told)).not.toContain('154');
});

test('a value that has quotes in itself leaves nothing behind', () => {
  const words = "Duplicate entry '家住'Guiying'巷 for key '154'' for key 'person.PRIMARY'";
  expect(toldError(ofDatabase(words, 'ER_DUP_ENTRY')).message).toBe('a statement failed at person.PRIMARY');
  const tooLong = "Data too long for column 'words' at row 1";
  expect(toldError(ofDatabase(tooLong, 'ER_DATA_TOO_LONG')).message).toBe('a statement failed at words');
  const wrong = "Incorrect date value: 'guiying' for column `db`.`person`.`born_on` at row 1";
  expect(toldError(ofDatabase(wrong, 'ER_TRUNCATED_WRONG_VALUE')).message).toBe('a statement failed at born_on');
  const check = 'CONSTRAINT `person_name` failed for `db`.`person`';
  expect(toldError(ofDatabase(check, 'ER_CONSTRAINT_FAILED')).message).toBe('a statement failed at person_name');
  const unknown = "Unknown column 'p.nome' in 'SELECT'";
  expect(toldError(ofDatabase(unknown, 'ER_BAD_FIELD_ERROR')).message).toBe(unknown);
});

test('what a parser could not read stays out', () => {
  const broken = (): unknown => JSON.parse('{"name": "guiying", 154');
  expect(errorOf(broken)).not.toMatch(/guiying|154/);
  expect(errorOf(() => z.object({ phone: z.literal('a') }).parse({ phone: '15400001234' }))).toBe(
    'ZodError phone: invalid_value',
  );
});

function errorOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return errorLine(error);
  }
  throw new Error('it went well');
}

test('an error of ours keeps its words and its place, numbers and Chinese stay out', () => {
  expect(toldError(new TypeError("cannot read 'state'"))).toMatchObject({
    type: 'TypeError',
    message: "cannot read 'state'",
    stack: expect.stringContaining('told-error.test.ts') as string,
  });
  expect(toldError('gone')).toEqual({ type: 'string', message: 'gone' });
  expect(errorLine(new Error('no 王桂英 at 154 0000 1234', { cause: new Problem('request.not-found') }))).toBe(
    'Error no … at # <- Problem request.not-found 没有找到，可能已经删除或办完了，请返回看看列表',
  );
  expect(toldError(new Error('Person 01K9XQ2V7B3TC4D5E6F7G8H9JK is gone')).message).toContain('7G8H9JK');
});
