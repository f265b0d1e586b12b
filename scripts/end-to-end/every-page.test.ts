import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { pathOfPage, type PageName } from '../../miniapp/src/lib/page-table';
import { demoPeople, type DemoKey } from '../../server/src/rooms/people/demo-people';
import { clientOf, type Client } from '../../server/test/client';
import { fillTown, type FilledTown } from '../../server/test/demo-town';
import { tuesdayMorning } from '../../server/test/server';
import { someAtOnce } from '../../server/test/some-at-once';
import { buildMiniapp } from '../miniapp.mjs';
import { eventually } from './eventually';
import { layoutFaults } from './layout-faults';
import { pageVisits } from './page-visits';
import { signInAs } from './pages/sign-in';
import { arrive } from './people';
import { openStage, type Stage } from './stage';

/** Every page of the app with the demo town in it, on an ordinary and on a small phone: nothing cut, nothing to miss. */
let filled: FilledTown;
let stage: Stage;

beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  filled = await fillTown(new Date(tuesdayMorning));
  stage = await openStage({ config: { databaseUrl: filled.url, h5Dir } });
}, 180_000);
afterAll(async () => {
  await stage?.close();
  await filled?.close();
});

const phones = [
  { width: 320, height: 568, fontSize: '20px' },
  { width: 390, height: 844, fontSize: '20.8px' },
];

const visits = Object.entries(pageVisits) as [PageName, (typeof pageVisits)[keyof typeof pageVisits]][];
const pagesOf = (key: DemoKey): number => visits.filter(([, { as }]) => as === key).length;
/** Whoever has most to look at begins. */
const visitors = [...new Set(visits.map(([, visit]) => visit.as))].sort((one, other) => pagesOf(other) - pagesOf(one));
/** Of fifteen windows at once one may go long without being drawn. */
const windows = 4;

const types = [
  { type: 'normal', leastTarget: 44 },
  { type: 'large', leastTarget: 60 },
] as const;

test('every page holds on every phone, in normal and in large type', async () => {
  const found: string[] = [];
  await someAtOnce(windows, visitors, async (key) => void found.push(...(await faultsSeenBy(key))));
  expect(found).toEqual([]);
}, 240_000);

/** Pages with a list and, where there is room, what is chosen beside it. */
const paned = ['desk', 'households', 'sweeps', 'reviewCommitments', 'trees', 'auditLog'] as const;

test('beside a list on a wide screen, the row that is shown is marked, and the arrow keys go through it', async () => {
  const readers = [...new Set(paned.map((name) => pageVisits[name].as))];
  await someAtOnce(windows, readers, goThroughLists);
}, 240_000);

async function goThroughLists(key: DemoKey): Promise<void> {
  const { page, leave } = await arrive({ ...stage, device: 'desk', called: `lists-${key}` });
  await signInAs(page, nameOf(key));
  for (const name of paned.filter((each) => pageVisits[each].as === key)) {
    await openPage(page, name);
    // By place, for two rows may read alike.
    const marked = () =>
      page
        .locator('.two-pane__list [aria-current=true]:visible')
        .evaluateAll((rows) =>
          rows.map((row) => Array.from(document.querySelectorAll('.two-pane__list *')).indexOf(row)),
        );
    const before = await marked();
    await page.keyboard.press('ArrowDown');
    await eventually(async () => {
      const after = await marked();
      expect({ name, marked: after.length, moved: after[0] !== before[0] }).toEqual({ name, marked: 1, moved: true });
    });
  }
  await leave();
}

async function faultsSeenBy(key: DemoKey): Promise<string[]> {
  const { page, leave } = await arrive({ ...stage, called: `every-page-${key}` });
  await signInAs(page, nameOf(key));
  const phone = await phoneOf(key);
  const all: string[] = [];
  for (const { type, leastTarget } of types) {
    if (type === 'large') await turnToLargeType(page);
    for (const [name, visit] of visits.filter(([, { as }]) => as === key)) {
      await openPage(page, name, visit.params ? await visit.params(phone) : {});
      const faults = await faultsOnPhones(page, leastTarget);
      all.push(...faults.map((fault) => `${name} in ${type} type ${fault}`));
    }
  }
  await leave();
  return all;
}

const nameOf = (key: DemoKey): string => demoPeople.find((person) => person.key === key)?.name ?? key;

async function turnToLargeType(page: Page): Promise<void> {
  await openPage(page, 'me');
  await page.getByRole('switch', { name: '长辈版' }).click();
  await page.getByRole('switch', { name: '长辈版', checked: true }).waitFor();
}

async function phoneOf(key: DemoKey): Promise<Client> {
  const { token } = await clientOf(stage.server.url).ok('people.signInAsDemo', { body: { key } });
  return clientOf(stage.server.url, token);
}

async function faultsOnPhones(page: Page, leastTarget: number): Promise<string[]> {
  const all: string[] = [];
  for (const { fontSize, ...size } of phones) {
    await page.setViewportSize(size);
    // By the clock, not by drawn frames: a window says only with the next one that it has another size.
    const fits = (wanted: { width: number; fontSize: string }): boolean => {
      if (innerWidth === wanted.width) dispatchEvent(new Event('resize'));
      return document.documentElement.style.fontSize === wanted.fontSize;
    };
    await page.waitForFunction(fits, { width: size.width, fontSize }, { polling: 100 });
    const faults = await layoutFaults(page, leastTarget);
    all.push(...faults.map((fault) => `at ${size.width}: ${fault}`));
  }
  return all;
}

/** By its address, and until what it reads is there. */
async function openPage(page: Page, name: PageName, params: object = {}): Promise<void> {
  const path = pathOfPage(name);
  const address = `${path}?${new URLSearchParams({ ...params }).toString()}`;
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
  // Tabs that were open before stay below, unseen.
  const isThere = (wanted: string): boolean => {
    const shown = Array.from(document.querySelectorAll('.taro_page')).find(({ id }) => id.startsWith(wanted));
    return shown?.querySelector('.sandan') != null && shown.querySelector('.skeleton') === null;
  };
  await page.waitForFunction(isThere, path).catch((cause: unknown) => {
    throw new Error(`${address} does not come`, { cause });
  });
}
