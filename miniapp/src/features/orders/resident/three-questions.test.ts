import { answerOf, emptyAnswers, endings, onwards } from './three-questions';

test('all three questions have to be answered', () => {
  const answers = { ...emptyAnswers, contacted: 'yes', ending: 'solved' } as const;
  expect(answerOf(answers)).toBeNull();
  expect(answerOf({ ...answers, stars: 5, words: '  ' })).toEqual({ contacted: true, solved: true, stars: 5 });
});

test('事没办成，但答复能接受: not solved, and yet closed', () => {
  const answers = { contacted: 'no', ending: 'accepted', stars: 3, words: '说清楚了' } as const;
  expect(answerOf(answers)).toEqual({ contacted: false, solved: false, stars: 3, words: '说清楚了' });
});

test('没办好 is no answer but goes on, to the level above after two rounds', () => {
  expect(answerOf({ contacted: 'yes', ending: 'goOn', stars: 1, words: '' })).toBeNull();
  expect(onwards(['confirm', 'reopen'])).toBe('reopen');
  expect(onwards(['confirm', 'appealUp'])).toBe('appealUp');
  expect(onwards(['confirm'])).toBeNull();
});

test('who was told that it is solved cannot call it unsolved and accept that', () => {
  const values = (outcome: 'solved' | 'explained', allows: ('confirm' | 'reopen')[]) =>
    endings({ outcome, allows }).map(({ value }) => value);
  expect(values('solved', ['confirm', 'reopen'])).toEqual(['solved', 'goOn']);
  expect(values('explained', ['confirm', 'reopen'])).toEqual(['solved', 'accepted', 'goOn']);
});

test('after the ruling of the level above a "no" is kept as it is said, whatever was reported', () => {
  for (const outcome of ['solved', 'explained'] as const) {
    expect(endings({ outcome, allows: ['confirm'] })).toEqual([
      { value: 'solved', words: '办好了' },
      { value: 'accepted', words: '没办好，照实记下' },
    ]);
  }
});
