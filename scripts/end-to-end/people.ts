import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { TestServer } from '../../server/test/server';
import type { Town } from '../../server/test/town';
import type { PersonName } from '../../server/test/town-cast';
import { patienceMs } from './eventually';
import { watchFaults, type Faults } from './faults';
import { keepCalmPicture, keepPicture } from './pictures';

/** Somebody at a screen: a window, what goes wrong in it, and the eye that keeps pictures of it. */
export interface Person {
  page: Page;
  faults: Faults;
  /** Keeps a picture of the screen as it is now, for people to look at. */
  look(name: string): Promise<void>;
  /** The same when something failed: nothing is waited for. */
  lookBroken(): Promise<void>;
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
  const page = await context.newPage();
  const faults = watchFaults(page);
  const person: Person = {
    page,
    faults,
    look: (name) => keepCalmPicture(page, `${called}-${name}`),
    lookBroken: () => keepPicture(page, `${called}-broken`),
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
