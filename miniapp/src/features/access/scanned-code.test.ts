import { codeIn } from './scanned-code';

const code = 'in-AbCdEfGhIjKlMnOpQrStUv';
const mine = 'me-AbCdEfGhIjKlMnOpQrStUv';

test('the picture on the computer leads to its code', () => {
  expect(codeIn(`https://sandan.example.cn/c/${code}`)).toEqual({ page: 'confirmSignIn', code });
  expect(codeIn(` http://127.0.0.1:3000/c/${code}\n`)).toEqual({ page: 'confirmSignIn', code });
  expect(codeIn(`https://sandan.example.cn/c/${mine}`)).toEqual({ page: 'connectPhone', code: mine });
});

test.each([
  '',
  'https://sandan.example.cn/c/abcdefghjkmn',
  code,
  `https://sandan.example.cn/c/${code}x`,
  'https://pay.example',
])('any other picture (%s) is none of ours', (scanned) => expect(codeIn(scanned)).toBeNull());
