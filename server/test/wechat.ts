import { randomBytes } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { movableClock, type MovableClock } from '../src/foundation/world/clock';
import type { AppSettings } from '../src/foundation/world/wechat-stand-in/app';
import { registerApp, type AppControl } from '../src/foundation/world/wechat-stand-in/control';

/** Where the stand-in of this test run listens: one process for all tests, started by scripts/suites.mjs. */
export function standInControl(): string {
  const control = process.env['WECHAT_STAND_IN'];
  if (!control) throw new Error('WECHAT_STAND_IN is missing: run the tests by `npm test -- api`');
  return control;
}

/** An app of its own for a test: with one process for all, what one test does must not reach another. */
export const newAppid = (): string => `wx${randomBytes(8).toString('hex')}`;

export interface SharedClock extends MovableClock {
  /** Where other processes read the time. */
  readonly file: string;
  remove(): void;
}

/** A clock that a test moves and the stand-in reads: every move is written before it returns, and never half. */
export function sharedClock(start: number): SharedClock {
  const folder = mkdtempSync(join(tmpdir(), 'sandan-clock-'));
  const file = join(folder, 'now');
  const clock = movableClock(start);
  const write = (): void => {
    writeFileSync(`${file}.new`, String(clock.now()));
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    file,
    now: clock.now,
    advance: (milliseconds) => {
      clock.advance(milliseconds);
      write();
    },
    set: (at) => {
      clock.set(at);
      write();
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Takes the app away again with {@link AppControl.remove}. */
export const testApp = (settings: AppSettings): Promise<AppControl> => registerApp(standInControl(), settings);
