import { adopt, choose, told, type LargeType } from './large-type-choice';

const usual: LargeType = { large: false, chosen: false, unsent: false, choices: 0 };

test('an answer that was asked for before the switch was pressed does not flip it back', () => {
  const asked = usual.choices;
  const switched = told(choose(usual, true), true);
  expect(adopt(switched, false, asked)).toEqual({ large: true, chosen: true, unsent: false, choices: 1 });
});

test('not while the server has yet to be told, either', () => {
  const switched = choose(usual, true);
  expect(adopt(switched, false, switched.choices)).toEqual(switched);
});

test('pressed twice: the reply to the first press says nothing of the second', () => {
  const twice = choose(choose(usual, true), false);
  expect(told(twice, true)).toEqual(twice);
  expect(told(twice, false)).toMatchObject({ large: false, unsent: false });
});

test('what was chosen on another phone comes here with the next answer', () => {
  expect(adopt(usual, true, 0)).toMatchObject({ large: true, chosen: true });
  const switched = told(choose(usual, true), true);
  expect(adopt(switched, false, switched.choices)).toMatchObject({ large: false });
});

test('who has never chosen keeps what his phone says', () => {
  const byPhone = { ...usual, large: true };
  expect(adopt(byPhone, false, 0)).toEqual(byPhone);
});
