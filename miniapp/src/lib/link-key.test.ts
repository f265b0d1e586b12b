import { linkKeyOf } from './link-key';

test('a shared card brings its key as it is, a scanned code brings it encoded', () => {
  expect(linkKeyOf({ k: '7xk2mq9wdz3p' })).toBe('7xk2mq9wdz3p');
  expect(linkKeyOf({ scene: '7xk2mq9wdz3p' })).toBe('7xk2mq9wdz3p');
  expect(linkKeyOf({ scene: encodeURIComponent('7xk2-q9_dz3p') })).toBe('7xk2-q9_dz3p');
  expect(linkKeyOf({ scene: '%37xk2' })).toBe('7xk2');
});

test('a plain code that WeChat’s own scanner has read brings the whole address', () => {
  const address = 'https://sandan.example.cn/c/in-AbCdEfGhIjKlMnOpQrStUv';
  expect(linkKeyOf({ q: encodeURIComponent(address) })).toBe('in-AbCdEfGhIjKlMnOpQrStUv');
  expect(linkKeyOf({ q: encodeURIComponent('https://sandan.example.cn/') })).toBeNull();
});

test('an address without a key, or with what is none, brings nothing', () => {
  expect(linkKeyOf({})).toBeNull();
  expect(linkKeyOf({ k: '', scene: '' })).toBeNull();
  expect(linkKeyOf({ scene: '%E7%A2' })).toBeNull();
  expect(linkKeyOf({ k: '../../etc' })).toBeNull();
  expect(linkKeyOf({ k: 'a'.repeat(65) })).toBeNull();
});
