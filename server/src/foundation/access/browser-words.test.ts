import { browserWords, networkWords } from './browser-words';

const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15';

test.each([
  [windows, 'Chrome（Windows）'],
  [`${windows} Edg/130.0.0.0`, 'Edge（Windows）'],
  [mac, 'Safari（macOS）'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox（Linux）'],
  [
    'Mozilla/5.0 (Linux; Android 12; A) AppleWebKit/537.36 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0.50',
    '微信（Android）',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50', '微信（iOS）'],
  ['curl/8.5.0', '其他浏览器'],
])('%s is called by what it says of itself', (userAgent, words) => expect(browserWords(userAgent)).toBe(words));

test('a browser that says nothing is not guessed', () => {
  expect(browserWords(undefined)).toBeNull();
  expect(browserWords('')).toBeNull();
});

test.each([
  ['203.0.113.57', '203.0.*.*'],
  ['::ffff:203.0.113.57', '203.0.*.*'],
  ['2001:db8:85a3::8a2e:370:7334', '2001:db8:*'],
  ['127.0.0.1', '本机'],
  ['::1', '本机'],
  ['', '未知网络'],
  ['<script>', '未知网络'],
])('of the address %s the one who confirms sees %s', (address, words) => expect(networkWords(address)).toBe(words));
