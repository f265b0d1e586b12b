import { signInCodeIn } from './scanned-code';

const code = 'in-AbCdEfGhIjKlMnOpQrStUv';

test('the picture on the computer leads to its code', () => {
  expect(signInCodeIn(`https://sandan.example.cn/c/${code}`)).toBe(code);
  expect(signInCodeIn(` http://127.0.0.1:3000/c/${code}\n`)).toBe(code);
});

test.each([
  '',
  'https://sandan.example.cn/c/abcdefghjkmn',
  code,
  `https://sandan.example.cn/c/${code}x`,
  'https://pay.example',
])('any other picture (%s) is none of ours', (scanned) => expect(signInCodeIn(scanned)).toBeNull());
