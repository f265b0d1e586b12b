import { readFileSync } from 'node:fs';
import { addressOf, inRepo, settingNames, testEnvironment, type Settings } from './settings.mjs';

test('.env.example lists every setting once, each below a line that explains it', () => {
  const lines = readFileSync(inRepo('.env.example'), 'utf8').split('\n');
  const entries = lines.flatMap((line, at) =>
    /^# [A-Z\d_]+=/.test(line) ? [{ name: line.slice(2).split('=')[0], at }] : [],
  );
  expect(entries.map(({ name }) => name).sort()).toEqual([...settingNames].sort());
  for (const { at } of entries) expect(lines[at - 1]).toMatch(/^# [A-Z\d].*\.$/);
});

test('a server that listens everywhere is reached over loopback', () => {
  const settings = (host: string): Settings => ({ host, port: 3000, dataDir: '/' });
  expect(addressOf(settings('0.0.0.0'))).toBe('http://127.0.0.1:3000');
  expect(addressOf(settings('::1'))).toBe('http://[::1]:3000');
});

test('tests never see the database of the person who runs them', () => {
  process.env.DATABASE_URL = 'mysql://somebody@elsewhere/real';
  try {
    expect(testEnvironment()).not.toHaveProperty('DATABASE_URL');
    expect(testEnvironment()).toHaveProperty('PATH');
  } finally {
    delete process.env.DATABASE_URL;
  }
});
