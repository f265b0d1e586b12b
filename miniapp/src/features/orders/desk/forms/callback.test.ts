import { callbackEndings, callbackOf, type Callback } from './callback';

const whole: Callback = {
  method: 'phone',
  spokeTo: ' 老伴 ',
  contacted: 'yes',
  ending: 'solved',
  stars: 5,
  words: '',
};

test('a call-back says how, with whom, and all three answers', () => {
  expect(callbackOf(whole)).toEqual({
    method: 'phone',
    spokeTo: '老伴',
    contacted: true,
    solved: true,
    stars: 5,
    reopen: false,
  });
  for (const missing of [
    { method: null },
    { spokeTo: ' ' },
    { contacted: null },
    { ending: null },
    { stars: null },
  ] satisfies Partial<Callback>[]) {
    expect(callbackOf({ ...whole, ...missing })).toBeNull();
  }
});

test('not done but accepted closes it; not done at all goes on, with words for whoever does it again', () => {
  expect(callbackOf({ ...whole, ending: 'accepted' })).toMatchObject({ solved: false, reopen: false });
  expect(callbackOf({ ...whole, ending: 'goOn' })).toBeNull();
  expect(callbackOf({ ...whole, ending: 'goOn', words: '灯还是不亮' })).toMatchObject({
    solved: false,
    reopen: true,
    words: '灯还是不亮',
  });
});

test('after the ruling of the level above his "no" is written down and nothing is promised', () => {
  const values = (outcome: 'solved' | 'explained', ruled: boolean) =>
    callbackEndings({ outcome, ruled }).map(({ value }) => value);
  expect(values('solved', false)).toEqual(['solved', 'goOn']);
  expect(values('explained', false)).toEqual(['solved', 'accepted', 'goOn']);
  expect(values('solved', true)).toEqual(['solved', 'accepted']);
});
