import fc from 'fast-check';
import { Problem } from '@sandan/shared/problems';
import { decodeCursor, encodeCursor } from './cursor';

const id = '01K9ZZZZZZZZZZZZZZZZZZZZZZ';
const at = new Date('2026-09-15T01:00:00.123Z');
const filters = { scope: 'desk', stage: 'open' };

const refusalOf = (cursor: string, given: unknown = filters): string | undefined => {
  try {
    decodeCursor(cursor, given, ['time', 'id']);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};

test('a list goes on where its last page ended', () => {
  expect(decodeCursor(encodeCursor([at, id], filters), filters, ['time', 'id'])).toEqual([at, id]);
  expect(decodeCursor(encodeCursor([0.25, '桥头'], null), null, ['number', 'text'])).toEqual([0.25, '桥头']);
});

test('a list without a cursor begins at the beginning', () => {
  expect(decodeCursor(undefined, filters, ['time', 'id'])).toBeUndefined();
});

test('the same filters in another order, or with an empty one more, are the same filters', () => {
  const cursor = encodeCursor([at, id], filters);
  expect(refusalOf(cursor, { stage: 'open', gridId: undefined, scope: 'desk' })).toBeUndefined();
});

test('a cursor of another list or of other filters is refused', () => {
  expect(refusalOf(encodeCursor([at, id], { scope: 'mine' }))).toBe('request.bad-cursor');
  expect(refusalOf(encodeCursor([id, at], filters))).toBe('request.bad-cursor');
  expect(refusalOf(encodeCursor([at, id, 1], filters))).toBe('request.bad-cursor');
});

test('a cursor with any letter changed is refused, or says the same', () => {
  const cursor = encodeCursor([at, id], filters);
  fc.assert(
    fc.property(fc.nat(cursor.length - 1), fc.constantFrom(...'abcXYZ019-_'), (index, letter) => {
      const changed = cursor.slice(0, index) + letter + cursor.slice(index + 1);
      const sameBytes = Buffer.from(changed, 'base64url').equals(Buffer.from(cursor, 'base64url'));
      expect(refusalOf(changed)).toBe(sameBytes ? undefined : 'request.bad-cursor');
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('nonsense is refused, and so is a time that no calendar knows', () => {
  for (const nonsense of ['', '!', 'null', 'e30', Buffer.from('[[[]]]').toString('base64url')]) {
    expect(refusalOf(nonsense)).toBe('request.bad-cursor');
  }
  for (const time of [8.64e15, -1, 0.5])
    expect(refusalOf(encodeCursor([time, id], filters))).toBe('request.bad-cursor');
});
