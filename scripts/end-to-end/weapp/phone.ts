import { build as bundle } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { inRepo } from '../../settings.mjs';
import { patienceMs } from '../eventually';
import { watchFaults, type Faults } from '../faults';
import { compileProgram } from './compile';
import type { BuildFolder } from './build-folder';
import { startPhoneServer } from './phone-server';
import type { Hands, PhoneSettings, ShareCard } from './program';

export interface Phone {
  /** The screen: selectors by role and text, as in a browser. */
  page: Page;
  faults: Faults;
  /** What is given to the phone when it asks; a test may exchange each of them. */
  hands: Hands;
  /** WeChat's arrow at the top left. */
  goBack(): Promise<void>;
  /** `pages/me/index` */
  pathNow(): Promise<string>;
  /** The person goes elsewhere, WeChat ends the app, and it is opened anew: what was only in memory is gone. */
  restart(): Promise<void>;
  setOnline(online: boolean): Promise<void>;
  /** Somebody calls while something is being said. */
  ring(): Promise<void>;
  /** A newer build has been loaded behind the app's back. */
  bringUpdate(): Promise<void>;
  /** The page in front is sent to a friend: the card in the chat. */
  sendOn(): Promise<ShareCard | null>;
  /** A card in a chat is touched, or a code scanned. */
  openCard(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface PhoneOptions {
  browser: Browser;
  build: BuildFolder;
  /** The real BFF. */
  serverUrl: string;
  hands: Partial<Hands>;
  now: number;
  settings?: PhoneSettings | undefined;
}

/** What the build calls the server by; see miniapp/config. */
const serverOrigin = process.env['SANDAN_ORIGIN'] ?? 'http://127.0.0.1:3000';

/** A phone with the built mini-program on it, in a window of its own. */
export async function openPhone({
  browser,
  build,
  serverUrl,
  hands: given,
  now,
  settings = { fontSize: 16 },
}: PhoneOptions): Promise<Phone> {
  const scripts = { '/program.js': compileProgram(build, serverOrigin), '/phone.js': await phoneCode() } as const;
  const server = await startPhoneServer(scripts, serverUrl);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(patienceMs);
  await context.clock.install({ time: now });
  const page = await context.newPage();
  const faults = watchFaults(page);
  const hands: Hands = { ...idleHands, ...given };
  await lendHands(page, hands);
  await page.addInitScript((set) => {
    window.phoneSettings = set;
  }, settings);
  await page.goto(server.url);
  return {
    page,
    faults,
    hands,
    goBack: () => page.evaluate(() => window.phone.goBack()),
    pathNow: () => page.evaluate(() => window.phone.pathNow()),
    restart: async () => {
      await page.evaluate(() => window.phone.putAway());
      await page.reload();
    },
    setOnline: (online) => {
      faults.expectOffline(!online);
      return context.setOffline(!online);
    },
    ring: () => page.evaluate(() => window.phone.ring()),
    bringUpdate: () => page.evaluate(() => window.phone.bringUpdate()),
    sendOn: () => page.evaluate(() => window.phone.sendOn()),
    openCard: (path) => page.evaluate((given) => window.phone.openCard(given), path),
    close: async () => {
      await context.close();
      await server.close();
    },
  };
}

/** Of somebody who changes his mind at every question, and lets the phone do what it asks leave for. */
const idleHands: Hands = {
  ...{ loginCode: () => '', photos: () => [], place: () => null, scan: () => null },
  ...{ permit: () => true, say: () => ({ sound: '', milliseconds: 0 }), subscribe: () => ({}) },
  ...{ avatar: () => null, phoneCode: () => null, call: () => undefined, open: () => undefined },
  ...{ openMicrophone: () => undefined, listen: () => undefined, passNickname: () => true },
};

async function lendHands(page: Page, hands: Hands): Promise<void> {
  const names = Object.keys(hands) as (keyof Hands)[];
  for (const name of names) {
    await page.exposeFunction(`hand_${name}`, (...given: unknown[]) =>
      (hands[name] as (...all: unknown[]) => unknown)(...given),
    );
  }
  await page.addInitScript((all) => {
    const lent = window as unknown as Record<string, unknown>;
    window.hands = Object.fromEntries(all.map((name) => [name, lent[`hand_${name}`]])) as unknown as Window['hands'];
  }, names);
}

let code: Promise<string> | undefined;

/** What runs in the browser: the engine, the elements, `wx`. One file, made once. */
const phoneCode = (): Promise<string> => (code ??= bundlePhone());

async function bundlePhone(): Promise<string> {
  const entry = inRepo('scripts', 'end-to-end', 'weapp', 'inside', 'main.ts');
  const { outputFiles } = await bundle({
    entryPoints: [entry],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
