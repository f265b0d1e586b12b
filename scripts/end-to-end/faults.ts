import type { ConsoleMessage, Page } from 'playwright-core';

export interface Faults {
  /** All so far: errors nobody caught, errors on the console, what the Content-Security-Policy refused. */
  readonly all: readonly string[];
  /** Without network the browser says so on the console; nothing else is forgiven. */
  expectOffline(offline: boolean): void;
  /** The server will refuse something with this status, and the browser says so on the console. */
  expectStatus(status: number): void;
}

/** Browsers ask for it by themselves. */
const unasked = /favicon\.ico/;
const noNetwork = /^Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|FAILED|NETWORK_CHANGED)/;

/** Watches a page from now on. A test ends with `expect(faults.all).toEqual([])`. */
export function watchFaults(page: Page): Faults {
  const all: string[] = [];
  const statuses = new Set<number>();
  let offline = false;
  const isExpected = (words: string): boolean => {
    const status = /status of (\d{3})/.exec(words)?.[1];
    return (
      unasked.test(words) ||
      (offline && noNetwork.test(words)) ||
      (status !== undefined && statuses.has(Number(status)))
    );
  };
  page.on('pageerror', (error) => all.push(error.stack || String(error)));
  page.on('console', (message: ConsoleMessage) => {
    const words = `${message.text()} (${message.location().url})`;
    if (message.type() === 'error' && !isExpected(words)) all.push(words);
  });
  return {
    all,
    expectOffline: (expected) => {
      offline = expected;
    },
    expectStatus: (status) => void statuses.add(status),
  };
}
