import { ConfigFault, readConfig } from './config';

const production = {
  SANDAN_MODE: 'production',
  DATABASE_URL: 'mysql://app:pw@localhost/sandan',
  WECHAT_APPID: 'wx0123456789abcdef',
  WECHAT_SECRET: 'f00dfacef00dfacef00dfacef00dface',
  WECHAT_PUSH_TOKEN: 'tokenOfPushes',
  WECHAT_PUSH_KEY: 'k'.repeat(43),
  SIGNING_SECRET: 'k'.repeat(40),
  SANDAN_ORIGIN: 'https://sandan.example.cn/',
};

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
};

test('without a word about the mode it is production, never the demo by accident', () => {
  expect(readConfig({ ...production, SANDAN_MODE: '' }).mode).toBe('production');
});

test('production names everything that is missing or a default, all at once', () => {
  expect(readConfig(production).origin).toBe('https://sandan.example.cn');
  const faults = faultsOf({ SANDAN_MODE: 'production', WECHAT_SECRET: 'change-me' });
  const wanted = ['WECHAT_APPID', 'WECHAT_SECRET', 'WECHAT_PUSH_TOKEN', 'WECHAT_PUSH_KEY', 'SANDAN_ORIGIN'];
  for (const name of [...wanted, 'DATABASE_URL', 'SIGNING_SECRET']) {
    expect(faults.filter((fault) => fault.startsWith(name))).toHaveLength(1);
  }
  expect(faults.join()).toContain('WECHAT_SECRET is a default value');
});

test('in production WeChat is WeChat, over TLS: no stand-in, no proxy, no look-alike', () => {
  const faults = (origin: string) => faultsOf({ ...production, WECHAT_ORIGIN: origin });
  for (const own of ['https://api.weixin.qq.com', 'https://api2.weixin.qq.com', 'https://sh.api.weixin.qq.com'])
    expect(faults(own)).toEqual([]);
  for (const other of [
    ...['http://127.0.0.1:3999', 'http://api.weixin.qq.com', 'https://api.weixin.qq.com.evil.example'],
    ...['https://evil.example/https://api.weixin.qq.com', 'https://api.weixin.qq.com@evil.example'],
  ])
    expect(faults(other)).toEqual([expect.stringContaining('WECHAT_ORIGIN')]);
});

test('outside production too it is an address and nothing else', () => {
  const faults = (WECHAT_ORIGIN: string) =>
    faultsOf({ SANDAN_MODE: 'demo', DATABASE_URL: 'mysql://app@localhost/x', WECHAT_ORIGIN });
  expect(faults('http://127.0.0.1:3999')).toEqual([]);
  for (const odd of ['somewhere', 'http://127.0.0.1:3999/', 'http://proxy/wechat', 'http://a@b', 'ftp://127.0.0.1'])
    expect(faults(odd)).toEqual([expect.stringContaining('WECHAT_ORIGIN')]);
});

test('a short signing secret is no secret', () => {
  expect(faultsOf({ ...production, BACKUP_DAYS: '0' })).toEqual([expect.stringContaining('BACKUP_DAYS=0')]);
  expect(faultsOf({ ...production, SIGNING_SECRET: 'short' })).toEqual([
    expect.stringContaining('SIGNING_SECRET is shorter'),
  ]);
});

test('recordings leave the own network over TLS only', () => {
  const faults = (SPEECH_URL: string) => faultsOf({ ...production, SPEECH_URL, SPEECH_MODEL: 'sensevoice' });
  for (const own of [
    'http://10.0.0.8:8000/v1',
    'http://localhost:8000/v1/',
    'http://asr:8000',
    'https://asr.example.cn/v1',
  ])
    expect(faults(own)).toEqual([]);
  for (const other of [
    'http://asr.example.cn/v1',
    'http://8.8.8.8/v1',
    'http://172.32.0.1/v1',
    'ftp://asr',
    'asr',
    'https://a@b/',
  ])
    expect(faults(other)).toEqual([expect.stringContaining('SPEECH_URL')]);
  const unfinished = { ...production, SPEECH_URL: 'http://asr:8000/v1', SPEECH_KEY: '密钥' };
  expect(faultsOf(unfinished)).toEqual([
    ...[expect.stringContaining('SPEECH_KEY'), expect.stringContaining('SPEECH_MODEL')],
  ]);
  expect(readConfig(production).speech).toBeNull();
  expect(readConfig({ ...production, SPEECH_URL: 'http://asr:8000/v1/', SPEECH_MODEL: 'sensevoice' }).speech).toEqual({
    ...{ url: 'http://asr:8000/v1', key: null, model: 'sensevoice' },
  });
});

test('outside production everything but the database has a working default', () => {
  expect(readConfig({ SANDAN_MODE: 'demo', DATABASE_URL: 'mysql://app@localhost/x' })).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    role: 'all',
    storage: { kind: 'local' },
  });
});

test('the demo, where anybody is administrator, does not listen to the world unless it is told so', () => {
  const demo = { SANDAN_MODE: 'demo', DATABASE_URL: 'mysql://app@localhost/x', HOST: '0.0.0.0' };
  expect(faultsOf(demo)).toEqual([expect.stringContaining('DEMO_OPEN=1')]);
  expect(faultsOf({ ...demo, DEMO_OPEN: '1' })).toEqual([]);
});

test('settings that cannot be are refused with what they may be', () => {
  expect(faultsOf({ ...production, ROLE: 'boss', PORT: 'eighty', STORAGE: 's3' })).toEqual([
    expect.stringContaining('ROLE=boss'),
    expect.stringContaining('PORT=eighty'),
    expect.stringContaining('S3_BUCKET'),
    expect.stringContaining('S3_ACCESS_KEY_ID'),
    expect.stringContaining('S3_SECRET_ACCESS_KEY'),
  ]);
});
