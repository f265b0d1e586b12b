import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { TestServer } from '../../server/test/server';
import type { Town } from '../../server/test/town';
import type { PersonName } from '../../server/test/town-cast';
import { inRepo } from '../settings.mjs';
import { patienceMs } from './eventually';
import { watchFaults, type Faults } from './faults';

/** Somebody at a screen: a window, what goes wrong in it, and the eye that keeps pictures of it. */
export interface Person {
  page: Page;
  faults: Faults;
  /** Keeps a picture of the screen as it is now, for people to look at. */
  look(name: string): Promise<void>;
  setOnline(online: boolean): Promise<void>;
  /** Closes the page and opens the app anew. What was only in memory is gone. */
  reopen(): Promise<void>;
  leave(): Promise<void>;
}

export type Device = 'phone' | 'desk';
const sizes: Record<Device, { width: number; height: number }> = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 800 },
};

/** After that a toast no longer covers what is to be seen. */
const toastMs = 3_500;

/** git-ignored; scripts/test.mjs says where. */
const pictures = process.env['ARTEFACTS_DIR'] ?? inRepo('.data', 'screenshots');

export interface Arrival {
  browser: Browser;
  server: Pick<TestServer, 'url' | 'clock'>;
  device?: Device;
  /** Goes before the names of pictures: `large-member-hall`. */
  called: string;
}

/** A person with a browser of his own; its clock shows the village's time and goes on by itself. */
export async function arrive({ browser, server, device = 'phone', called }: Arrival): Promise<Person> {
  const context = await browser.newContext({ viewport: sizes[device], reducedMotion: 'reduce', locale: 'zh-CN' });
  context.setDefaultTimeout(patienceMs);
  await context.clock.install({ time: server.clock.now() });
  return openWindow(context, server.url, called);
}

async function openWindow(context: BrowserContext, url: string, called: string): Promise<Person> {
  await mkdir(pictures, { recursive: true });
  const page = await context.newPage();
  const faults = watchFaults(page);
  const person: Person = {
    page,
    faults,
    look: async (name) => {
      await page.clock.fastForward(toastMs);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(pictures, `${called}-${name}.png`), fullPage: true });
    },
    setOnline: (online) => {
      faults.expectOffline(!online);
      return context.setOffline(!online);
    },
    reopen: async () => {
      await page.goto('about:blank');
      await page.goto(url);
    },
    leave: () => context.close(),
  };
  await page.goto(url);
  return person;
}

/** Makes people of a town those whom the sign-in page offers, under the keys of the prepared people. */
export async function prepareForDemo(
  { world }: Pick<TestServer, 'world'>,
  { people }: Town,
  keys: Partial<Record<PersonName, string>>,
): Promise<void> {
  await world.database.transaction(async (db) => {
    for (const [name, key] of Object.entries(keys) as [PersonName, string][]) {
      await db.write('UPDATE person SET demo_key = NULL WHERE demo_key = ?', [key]);
      await db.write('UPDATE person SET demo_key = ? WHERE id = ?', [key, people[name].id]);
    }
  });
}
