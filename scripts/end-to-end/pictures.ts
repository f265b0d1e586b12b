import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { inRepo } from '../settings.mjs';

/** git-ignored; scripts/test.mjs says where. */
const folder = process.env['ARTEFACTS_DIR'] ?? inRepo('.data', 'screenshots');
/** After that a toast no longer covers what is to be seen. */
const toastMs = 3_500;

/** Keeps a picture of a screen as it is now, for people to look at: `keepPicture(page, 'large-member-2-task')`. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The same without a toast over it: time passes for the page. */
export async function keepCalmPicture(page: Page, name: string): Promise<void> {
  await page.clock.fastForward(toastMs);
  await keepPicture(page, name);
}
