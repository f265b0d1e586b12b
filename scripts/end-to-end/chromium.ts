import { chromium, type Browser } from 'playwright-core';

const quiet = [
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
  '--use-fake-device-for-media-stream', // a microphone that beeps
];

/** Everybody lets pages use the microphone: a browser without windows cannot ask. */
export const listening = ['--use-fake-ui-for-media-stream'];

/** One Chromium for a whole test file; each person gets a context. scripts/test.mjs says where it is. */
export function startChromium(besides: readonly string[] = []): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // root cannot have it
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [...quiet, ...sandbox, ...besides],
  });
}
