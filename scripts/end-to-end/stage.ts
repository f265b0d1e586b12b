import type { Browser } from 'playwright-core';
import { startTestServer, type TestServer, type TestServerOptions } from '../../server/test/server';
import { startChromium } from './chromium';

/** What every story stands on: the real server in this process, so that its clock can be moved, and one Chromium. */
export interface Stage {
  server: TestServer;
  browser: Browser;
  close(): Promise<void>;
}

export async function openStage(options: TestServerOptions = {}): Promise<Stage> {
  const browser = await startChromium();
  try {
    const server = await startTestServer(options);
    const close = async () => {
      await browser.close();
      await server.close();
    };
    return { server, browser, close };
  } catch (error) {
    await browser.close(); // or the process would never end
    throw error;
  }
}
